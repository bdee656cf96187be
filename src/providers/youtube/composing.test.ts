import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { optionsOf } from '../../actions/posts/options.ts';
import { limitsOf } from '../../domain/capabilities.ts';
import { checkContent, type Problem } from '../../domain/limits.ts';
import type { VideoFacts } from '../../domain/media.ts';
import type { Composing } from '../contract.ts';
import { fakeIo } from '../fake/io.ts';
import { check } from './check.ts';
import { composing } from './composing.ts';
import { startFakeYouTube, type FakeYouTube } from './fake.ts';
import { youtube } from './index.ts';
import { capabilities } from './limits.ts';
import { fields, options, tagsLength, tagsOf, usualCategories } from './options.ts';
import { accountOf, settings } from './subject.ts';

let fake: FakeYouTube;
beforeEach(async () => { fake = await startFakeYouTube(); });
afterEach(() => fake.close());

const ioOf = (more: Record<string, string> = {}, now = Date.now) => fakeIo({ upstreams: fake.upstreams, now, settings: { ...settings, ...more } });
const target = { remoteId: 'UCabcdefghijklmnopqrstuv' };
const paths = () => fake.calls.map(({ path }) => path.split('/').at(-1));

describe('while a person writes', () => {
  it('YouTube says who it is for, which categories there are, and how long a video may be', async () => {
    expect(await composing(accountOf(fake).grant, target, ioOf())).toEqual({
      account: { name: 'Ada at the harbour', avatarUrl: 'https://yt3.ggpht.com/240.jpg' }, limits: { videos: { maxMs: 43_200_000 } }, notices: [],
      choices: { category: [
        { value: '22', label: 'People & Blogs' }, { value: '27', label: 'Education' }, { value: '1', label: 'Film & Animation' }, { value: '20', label: 'Gaming' },
        { value: '10', label: 'Music' }, { value: '15', label: 'Pets & Animals' }, { value: '17', label: 'Sports' },
      ] },
    });
  });

  it('categories are asked for once a week and region', async () => {
    let now = Date.UTC(2026, 10, 24, 9);
    const io = ioOf({}, () => now);
    const { grant } = accountOf(fake);
    const ask = () => composing(grant, target, io);
    const first = await ask();
    expect(await ask()).toEqual(first);
    expect(paths()).toEqual(['channels', 'videoCategories', 'channels']);
    fake.state.channel.country = 'FR';
    await ask();
    now += 8 * 24 * 3600 * 1000;
    await ask();
    expect(paths().filter((path) => path === 'videoCategories')).toHaveLength(3);
    delete fake.state.channel.country;
    await ask();
    expect(paths().filter((path) => path === 'videoCategories')).toHaveLength(4);
  });

  it.each([['no'], ['false'], ['perhaps'], ['']])('people are told that videos stay private while the project is not audited (%s)', async (setting) => {
    expect((await composing(accountOf(fake).grant, target, ioOf({ YOUTUBE_PROJECT_AUDITED: setting }))).notices).toEqual([expect.stringContaining('locks every video')]);
  });

  it('people are told of a phone number that is not verified', async () => {
    fake.state.channel.longUploads = 'disallowed';
    const said = await composing(accountOf(fake).grant, target, ioOf());
    expect(said).toMatchObject({ limits: { videos: { maxMs: 900_000 } }, notices: [expect.stringContaining('youtube.com/verify')] });
  });

  it('what cannot be asked keeps nobody from writing, and is said', async () => {
    for (const answer of [{ status: 503, body: 'down' }, { status: 403, body: {} }]) {
      fake.fault({ kind: { answer } });
      expect(await composing(accountOf(fake).grant, target, ioOf({ YOUTUBE_PROJECT_AUDITED: 'no' }))).toEqual({ notices: [expect.stringContaining('locks every video'), expect.stringContaining('could not be asked')] });
    }
    fake.state.hasChannel = false;
    expect(await composing(accountOf(fake).grant, target, ioOf())).toEqual({ notices: [] });
  });

  it('a refused or ended access token is left to the engine, which renews it for everybody', async () => {
    const { grant } = accountOf(fake);
    await expect(composing({ ...grant, expiresAt: Date.now() }, target, ioOf())).rejects.toMatchObject({ failure: { kind: 'auth' } });
    expect(fake.calls).toEqual([]);
    for (const token of fake.oauth.tokens) token.revoked = true;
    await expect(composing(grant, target, ioOf())).rejects.toMatchObject({ failure: { kind: 'auth' } });
  });
});

describe('tags', () => {
  it.each([[['Foo-Baz'], 7], [['Foo Baz'], 9], [['Foo Baz', 'bar'], 13], [[], 0], [['a', 'b', 'c'], 5]])('%o count as %i', (tags, length) => expect(tagsLength(tags)).toBe(length));
  it('are cut at commas, without repeats and outer space', () => expect(tagsOf({ tags: ' a,b  c,, a ,\tb c' })).toEqual(['a', 'b c']));
});

describe('the options', () => {
  const of = (given: Record<string, string>, intent: 'draft' | 'schedule' = 'schedule') => {
    const problems: Problem[] = [];
    const kept = optionsOf({ channelId: 'c', provider: youtube, options: given }, { intent, zone: 'Europe/Berlin', composing: null, files: new Map() }, problems);
    return { kept, problems };
  };

  it('want a title and a word about kids, when it is meant', () => {
    expect(of({}).problems).toMatchObject([{ field: 'c.option.title', message: 'Title is missing.' }, { field: 'c.option.madeForKids', message: 'Choose: Made for kids.' }]);
    expect(of({}, 'draft').problems).toEqual([]);
  });

  it('have no default about kids', () => {
    expect(options.parse({}).madeForKids).toBeUndefined();
    expect(fields.find(({ name }) => name === 'madeForKids')).toMatchObject({ required: true, placeholder: 'Choose' });
  });

  it('are kept as they were chosen, and a time only where it is asked for', () => {
    const given = { title: ' A ', madeForKids: 'yes', publishAt: '2026-12-01T10:00:00Z', quiet: 'on', category: '27' };
    expect(of({ ...given, privacy: 'private' }).kept).toMatchObject({ title: 'A', privacy: 'private', publishAt: '2026-12-01T10:00:00.000Z', quiet: true, noEmbedding: false, category: '27' });
    expect(of({ ...given, privacy: 'public' }).kept).toMatchObject({ privacy: 'public', publishAt: '' });
  });

  it.each([['publishAt', 'tomorrow'], ['category', 'music'], ['privacy', 'friends'], ['license', 'mine'], ['madeForKids', 'perhaps']])('blame %s for "%s"', (name, value) => {
    const { problems } = of({ title: 'A', madeForKids: 'no', privacy: 'private', [name]: value });
    expect(problems.map(({ field }) => field)).toEqual([`c.option.${name}`]);
  });

  it('offer what the network knows without being asked', () => {
    expect(usualCategories[0]).toEqual({ value: options.parse({}).category, label: 'People & Blogs' });
  });

  it('show the sentence that YouTube\'s terms want where people upload, and why there is no first comment', () => {
    const note = (name: string) => fields.find((field) => field.name === name);
    expect(note('terms')).toMatchObject({ kind: 'note', help: expect.stringContaining('By clicking \'upload,\' you certify that the content you are uploading complies with the YouTube Terms of Service (including the YouTube Community Guidelines) at https://www.youtube.com/t/terms. Please be sure not to violate others\' copyright or privacy rights.') as string });
    expect(note('comments')).toMatchObject({ kind: 'note' });
    for (const { help, links = [] } of fields) for (const { text } of links) expect(help).toContain(text);
  });
});

describe('the checks', () => {
  const facts: VideoFacts = { kind: 'video', mediaId: 'm', alt: '', type: 'video/mp4', bytes: 1_000, width: 1920, height: 1080, durationMs: 60_000, videoCodec: 'h264', audioCodec: 'aac', frameRate: 30 };
  const problems = (given: Record<string, unknown>, text = '', video: Partial<VideoFacts> = {}, said: Composing | null = null) =>
    check({ options: options.parse({ title: 'A', madeForKids: 'no', ...given }), parts: [{ text, media: [{ ...facts, ...video }] }], composing: said });

  it.each<[string, Record<string, unknown>, string, string | null]>([
    ['nothing', {}, '', null],
    ['a title of 100', { title: 'a'.repeat(100) }, '', null],
    ['a title of 101', { title: 'a'.repeat(101) }, '', 'option.title'],
    ['a title of 51 pairs', { title: '😀'.repeat(51) }, '', 'option.title'],
    ['brackets in the title', { title: 'a <b>' }, '', 'option.title'],
    ['brackets in the description', {}, 'a > b', 'part.0'],
    ['tags of 500', { tags: `${'a'.repeat(250)},${'b'.repeat(249)}` }, '', null],
    ['tags of 501', { tags: `${'a'.repeat(250)},b ${'b'.repeat(246)}` }, '', 'option.tags'],
    ['a time for a public video', { publishAt: '2026-12-01T10:00:00Z' }, '', 'option.publishAt'],
    ['a time for a private one', { privacy: 'private', publishAt: '2026-12-01T10:00:00Z' }, '', null],
  ])('%s', (_name, given, text, field) => {
    expect(problems(given, text).map((problem) => problem.field)).toEqual(field === null ? [] : [field]);
  });

  it('know the categories of the channel\'s region', () => {
    const said = { choices: { category: [{ value: '22', label: 'People & Blogs' }] } };
    expect(problems({ category: '10' }, '', {}, said)).toMatchObject([{ field: 'option.category' }]);
    expect(problems({ category: '22' }, '', {}, said)).toEqual([]);
    expect(problems({ category: '10' }, '', {}, { notices: [] })).toEqual([]);
  });

  it('say what becomes a Short, and of what thumbnails do there', () => {
    const upright = { width: 1080, height: 1920, durationMs: 180_000 };
    expect(problems({}, '', upright)).toEqual([{ field: 'part.0.media', level: 'warning', message: 'YouTube shows square and upright videos of up to 3 minutes as Shorts.' }]);
    expect(problems({ thumbnail: 'x' }, '', upright)).toMatchObject([{ level: 'warning' }, { field: 'option.thumbnail', level: 'warning' }]);
    expect(problems({ thumbnail: 'x' }, '', { ...upright, durationMs: 180_001 })).toEqual([]);
  });

  it('live with options that could not be read', () => {
    expect(check({ options: {} as never, parts: [], composing: null })).toEqual([]);
  });

  const content = (part: { text: string; media: readonly (VideoFacts | { kind: 'image' })[] }, more: Parameters<typeof limitsOf>[1] = []) =>
    checkContent([part as never], limitsOf(capabilities, more), 'YouTube').map(({ message }) => message);

  it.each<[string, Partial<VideoFacts> | null, string | null]>([
    ['a video', {}, null], ['no video', null, 'YouTube needs a video here.'],
    ['a video of 12 hours', { durationMs: 43_200_000 }, null], ['a longer one', { durationMs: 43_200_001 }, 'The video lasts 12:00:00 h; YouTube takes 12:00:00 h.'],
    ['one of 256 GiB', { bytes: 274_877_906_944 }, null], ['a larger one', { bytes: 274_877_906_945 }, 'The video has 274.9 GB; YouTube takes 274.9 GB.'],
    ['a WebM', { type: 'video/webm', videoCodec: 'vp9', audioCodec: 'opus' }, null], ['one whose codec could not be told', { videoCodec: null }, null],
  ])('of the network take %s as they should', (_name, video, message) => {
    expect(content({ text: '', media: video ? [{ ...facts, ...video }] : [] })).toEqual(message === null ? [] : [message]);
  });

  it('of the network count the description in bytes, and take one video and no pictures', () => {
    expect(content({ text: 'é'.repeat(2500), media: [facts] })).toEqual([]);
    expect(content({ text: `${'é'.repeat(2500)}a`, media: [facts] })).toEqual(['YouTube takes 5000 bytes of text; this has 5001.']);
    expect(content({ text: '', media: [facts, facts] })).toHaveLength(1);
    expect(content({ text: '', media: [{ kind: 'image', mediaId: 'i', alt: '', type: 'image/png', bytes: 1, width: 1, height: 1, animated: false } as never] })).toEqual(['YouTube takes no pictures here, only video.']);
    expect(content({ text: '', media: [{ ...facts, durationMs: 900_001 }] }, [{ videos: { maxMs: 900_000 } }])).toEqual([expect.stringContaining('YouTube takes 15:00 min')]);
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { limitsOf } from '../../domain/capabilities.ts';
import { checkContent, type DraftPart } from '../../domain/limits.ts';
import type { ImageFacts, VideoFacts } from '../../domain/media.ts';
import { fakeIo } from '../fake/io.ts';
import { check } from './check.ts';
import { composing } from './composing.ts';
import { startFakeReddit, type FakeReddit, type FakeSubreddit } from './fake.ts';
import { capabilities } from './limits.ts';
import { options, type Options } from './options.ts';
import { accountOf, place, settings } from './subject.ts';

let fake: FakeReddit;
beforeEach(async () => { fake = await startFakeReddit(); });
afterEach(() => fake.close());

const ask = (remoteId = place) => composing(accountOf(fake), { remoteId }, fakeIo({ upstreams: fake.upstreams, settings }));
const change = (more: Partial<FakeSubreddit>) => Object.assign(fake.state.subreddits[0] ?? {}, more);

const photo: ImageFacts = { kind: 'image', mediaId: 'i', alt: '', type: 'image/jpeg', bytes: 1e5, width: 1080, height: 1350, animated: false };
const film: VideoFacts = { kind: 'video', mediaId: 'v', alt: '', type: 'video/mp4', bytes: 1e6, width: 720, height: 1280, durationMs: 15_000, videoCodec: 'h264', audioCodec: 'aac', frameRate: 30 };

describe('what the composer is told', () => {
  it('is the flairs and rules of the subreddit', async () => {
    change({ requirements: { guidelines_text: 'Testing 1 2 3', title_regexes: ['^\\[.+\\]'], link_repost_age: 30 }, over18: true });
    const told = await ask();
    expect(told.account?.name).toBe('u/harbour_news');
    expect(told.choices?.['flair']).toEqual([{ value: '', label: 'None' }, { value: 'ca999154-c1b0-11e7', label: 'Tides (may be worded)' }]);
    expect(told.notices).toEqual([
      'r/HarbourNews asks: Testing 1 2 3', 'Rules of r/HarbourNews: 1. Be kind', 'Titles in r/HarbourNews must fit one of these patterns: ^\\[.+\\]',
      'r/HarbourNews takes a link again only after 30 days.', 'r/HarbourNews is for adults: what is posted there counts as not safe for work.',
    ]);
    expect(told.disabled).toEqual({});
  });

  it('is little on the own profile, without a call', async () => {
    expect(await ask('u_harbour_news')).toEqual({ account: { name: 'u/harbour_news', avatarUrl: null }, choices: { flair: [{ value: '', label: 'None' }] } });
    expect(fake.calls).toEqual([]);
  });

  it('is what cannot be set there', async () => {
    change({ flairs: [], noSpoilers: true });
    expect(Object.keys((await ask()).disabled ?? {}).toSorted()).toEqual(['flair', 'flairText', 'spoiler']);
  });

  it.each<[Partial<FakeSubreddit>, RegExp | undefined]>([
    [{ banned: true }, /banned from/u], [{ type: 'archived' }, /archived/u], [{ type: 'restricted', role: 'subscriber' }, /approved/u], [{ type: 'private', role: 'subscriber' }, /approved/u],
    [{ type: 'private', role: 'none' }, /cannot be seen/u], [{ name: 'Renamed' }, /cannot be seen/u], [{ type: 'restricted', role: 'moderator' }, undefined],
  ])('is why nothing can be posted: %j', async (more, why) => {
    change(more);
    expect((await ask()).blocked).toEqual(why === undefined ? undefined : expect.stringMatching(why));
  });

  it('is less where requirements, flairs and rules may not be read', async () => {
    fake.fault({ path: /post_requirements|flairselector|rules/u, times: 3, kind: { answer: { status: 403, body: { message: 'Forbidden', error: 403 } } } });
    expect(await ask()).toMatchObject({ notices: [], choices: { flair: [{ value: '' }] } });
  });
});

describe('what is checked before scheduling', () => {
  const problems = async (given: Partial<Options>, part: DraftPart = { text: 'a', media: [] }, more: Partial<FakeSubreddit> = {}) => {
    change(more);
    const told = await ask();
    const limits = limitsOf(capabilities, told.limits ? [told.limits] : [], given.format);
    return [...checkContent([part], limits, 'Reddit').filter(({ level }) => level !== 'warning'), ...check({ options: options.parse({ title: 'A title', ...given }), parts: [part], composing: told })]
      .map(({ field, message }) => `${field}: ${message}`);
  };
  const wants = (requirements: Record<string, unknown>) => ({ requirements });
  const pictures = (count: number, text = ''): DraftPart => ({ text, media: Array.from({ length: count }, () => photo) });
  const link = { format: 'link', url: 'https://news.example.org/a' } as const;

  it.each<[string, Partial<Options>, DraftPart | undefined, Partial<FakeSubreddit>]>([
    ['a text', {}, undefined, {}],
    ['a link without any text', link, { text: '', media: [] }, {}],
    ['a title alone, where it must be', {}, { text: '', media: [] }, wants({ body_restriction_policy: 'notAllowed' })],
    ['a link where bodies are limited', link, { text: 'a long text that is not sent', media: [] }, wants({ body_text_max_length: 3, body_restriction_policy: 'notAllowed' })],
    ['a gallery of 20', { format: 'gallery' }, pictures(20), {}],
    ['a link to an allowed site', link, undefined, wants({ link_restriction_policy: 'whitelist', domain_whitelist: ['example.org'] })],
    ['a list that does not count', link, undefined, wants({ link_restriction_policy: 'none', domain_blacklist: ['example.org'] })],
    ['a title with one of the words', { title: 'Some TIDES' }, undefined, wants({ title_required_strings: ['x', 'tides'] })],
  ])('is nothing: %s', async (_, given, part, more) => expect(await problems(given, part, more)).toEqual([]));

  it.each<[Partial<Options>, DraftPart | undefined, Partial<FakeSubreddit>, string]>([
    [{}, undefined, wants({ is_flair_required: true }), 'option.flair: r/HarbourNews wants a flair on each post.'],
    [{ flairText: 'High' }, undefined, {}, 'option.flairText: Choose a flair, then its text.'],
    [{}, undefined, wants({ title_text_min_length: 8 }), 'option.title: The title must have at least 8 characters in r/HarbourNews; this has 7.'],
    [{}, undefined, wants({ title_text_max_length: 6 }), 'option.title: The title may have 6 characters in r/HarbourNews; this has 7.'],
    [{}, undefined, wants({ title_required_strings: ['[News]', '[Ask]'] }), 'option.title: The title must have one of these in r/HarbourNews: [News], [Ask].'],
    [{}, undefined, wants({ title_blacklisted_strings: ['TITLE'] }), 'option.title: The title may not have this in r/HarbourNews: TITLE.'],
    [{}, undefined, wants({ body_text_min_length: 2 }), 'part.0: The text must have at least 2 characters in r/HarbourNews; this has 1.'],
    [{}, undefined, wants({ body_blacklisted_strings: ['a'] }), 'part.0: The text may not have this in r/HarbourNews: a.'],
    [{}, undefined, wants({ body_restriction_policy: 'notAllowed' }), 'part.0: r/HarbourNews takes titles alone. Leave the text empty here.'],
    [{ format: 'image' }, pictures(1), wants({ body_restriction_policy: 'required' }), 'part.0: r/HarbourNews wants a text below the title.'],
    [link, undefined, wants({ link_restriction_policy: 'blacklist', domain_blacklist: ['example.org'] }), 'option.url: r/HarbourNews takes no links to news.example.org.'],
    [link, undefined, wants({ link_restriction_policy: 'whitelist', domain_whitelist: ['www.other.test'] }), 'option.url: r/HarbourNews takes links to these sites alone: www.other.test.'],
    [link, undefined, { only: 'self' }, 'option.format: r/HarbourNews takes no links.'],
    [{}, undefined, { only: 'link' }, 'option.format: r/HarbourNews takes no text posts.'],
    [{ format: 'gallery' }, pictures(2), { noGalleries: true }, 'option.format: r/HarbourNews takes no galleries.'],
    [{ format: 'gallery' }, pictures(2), wants({ gallery_min_items: 3 }), 'part.0.media: r/HarbourNews wants at least 3 pictures in a gallery; this has 2.'],
    [{ format: 'gallery' }, pictures(4), wants({ gallery_max_items: 3 }), 'part.0.media: r/HarbourNews takes 3 pictures in a gallery; this has 4.'],
  ])('is %j', async (given, part, more, problem) => expect(await problems(given, part, more)).toEqual([problem]));

  it('is which kind of post takes files, even while Reddit cannot be asked', () => {
    expect(check({ options: options.parse({}), parts: [pictures(1)], composing: null })).toEqual([{ field: 'option.format', message: 'Choose Image, Gallery or Video to post these files on Reddit.' }]);
  });
});

describe('the limits', () => {
  const problems = (part: DraftPart, format: string) => checkContent([part], limitsOf(capabilities, [], format), 'Reddit').map(({ message, level }) => `${level ?? 'stop'}: ${message}`);
  const of = (media: DraftPart['media'], text = ''): DraftPart => ({ text, media });

  it.each<[string, DraftPart, string, string[]]>([
    ['40,000 characters', of([], '🐈'.repeat(40_000)), 'text', []],
    ['one more', of([], 'x'.repeat(40_001)), 'text', ['stop: Reddit takes 40000 characters; this has 40001.']],
    ['no text', of([]), 'text', ['stop: Write something for Reddit.']],
    ['a picture in a text', of([photo], 'a'), 'text', ['stop: Reddit takes no pictures.']],
    ['a link with text', of([], 'a'), 'link', ['warning: Reddit shows no text here. It is left out.']],
    ['two pictures in one', of([photo, photo]), 'image', ['stop: Reddit takes 1 picture; this has 2.']],
    ['a gallery of one', of([{ ...photo, alt: 'x' }]), 'gallery', ['stop: Reddit needs at least 2 files here.']],
    ['a long caption', of([{ ...photo, alt: 'x' }, { ...photo, alt: 'x'.repeat(181) }]), 'gallery', ['stop: Reddit takes 180 characters of description; picture 2 has 181.']],
    ['a video', of([film]), 'video', []],
    ['a short video', of([{ ...film, durationMs: 1_000 }]), 'video', ['stop: The video lasts 1 s; Reddit needs at least 2 s.']],
    ['a WebM', of([{ ...film, type: 'video/webm' }]), 'video', ['stop: The video is WebM; Reddit takes MP4 or MOV. Export it anew.']],
    ['no video', of([]), 'video', ['stop: Reddit needs a video here.']],
  ])('%s', (_, part, format, expected) => expect(problems(part, format)).toEqual(expected));
});

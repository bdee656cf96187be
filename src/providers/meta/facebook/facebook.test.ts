import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import type { Json } from '../../../domain/json.ts';
import type { Publication } from '../../../domain/publication.ts';
import { publishOnce, trialOf, type Trial } from '../../../testing/trial.ts';
import { sampleBytes } from '../../fake/io.ts';
import type { FakeAnswer, FakeRequest } from '../../fake/server.ts';
import type { SubjectCase } from '../../subject.ts';
import { hasSpecs, misfitsOf, type Seen } from '../fake/referee.ts';
import type { FakeMetaState } from '../fake/world.ts';
import { startFakeFacebook, type FakeFacebook } from './fake.ts';
import type { FakeFacebookState } from './fake/state.ts';
import { subject } from './subject.ts';

let trial: Trial;
let fake: FakeFacebook;
afterEach(() => trial.close());

type Behaviour = Partial<FakeFacebookState>;

/** One post, ready to go out to a Facebook that behaves like this. */
async function start(part: SubjectCase['parts'][number], options: { [key: string]: Json } = {}, behaviour: Behaviour = {}, meta: Partial<FakeMetaState> = {}) {
  trial = await trialOf({ ...subject, start: () => startFakeFacebook(meta, behaviour) }, { name: 'own', parts: [part], options, visible: 1 });
  fake = trial.fake as FakeFacebook;
  fake.state.now = trial.clock.now;
}

async function publish(...given: Parameters<typeof start>): Promise<Publication> {
  await start(...given);
  return publishOnce(trial);
}

const refusal = (code: number, subcode?: number): FakeAnswer => ({ status: 400, body: { error: { message: 'No', type: 'OAuthException', code, ...(subcode !== undefined && { error_subcode: subcode }) } } });
const callsTo = (path: RegExp) => fake.calls.filter((call) => path.test(`${call.method} ${call.path}`));
const page = '104000000000001';

describe('posts', () => {
  it('show a preview of the first link, or of the one that was given, or none', async () => {
    const publication = await publish({ text: 'Look (https://example.org/a?b=1), and https://example.org/c.' });
    expect(fake.posts).toMatchObject([{ message: 'Look (https://example.org/a?b=1), and https://example.org/c.', link: 'https://example.org/a?b=1', photos: [] }]);
    expect(publication).toMatchObject({ status: 'published', remoteId: fake.posts[0]?.id, url: expect.stringContaining(`https://www.facebook.com/${page}/posts/`) as string });
    await trial.close();
    await publish({ text: 'Look https://example.org/a' }, { link: 'https://example.org/other' });
    expect(fake.posts[0]?.link).toBe('https://example.org/other');
    await trial.close();
    await publish({ text: 'Look https://example.org/a' }, { noPreview: true });
    expect(fake.posts[0]?.link).toBeNull();
    await trial.close();
    await publish({ text: 'Look https://www.facebook.com/harbour' });
    expect(fake.posts[0]?.link).toBeNull();
  });

  it('upload pictures unseen, with their descriptions, and show them in one post in their order', async () => {
    await publish({ text: 'Three', images: ['A boat', '', 'A pier'] });
    expect(fake.ledger).toEqual([{ id: fake.posts[0]?.id, text: 'Three', media: [{ alt: 'A boat', kind: 'image' }, { alt: '', kind: 'image' }, { alt: 'A pier', kind: 'image' }] }]);
    expect(callsTo(/POST .*\/photos$/u)).toHaveLength(3);
    expect([...fake.photos.keys()]).toEqual(fake.posts[0]?.photos);
  });

  it('say what to do about a link that cannot be opened', async () => {
    const publication = await publish({ text: 'https://example.org/gone' }, {}, { deadLinks: ['https://example.org/gone'] });
    expect(publication).toMatchObject({ status: 'failed', failure: { kind: 'rejected', code: '1609005', fix: expect.stringContaining('preview') as string } });
  });

  it('are refused for a Page that was not ticked the last time, without harm to the connection', async () => {
    await start({ text: 'Hello' });
    const grant = { userId: fake.state.user.id, pages: { '1': { name: 'Other', username: null, picture: null, token: 'x' } } };
    await trial.test.store.connections.connect(trial.workspaceId, {
      id: 'unused', provider: 'facebook', accountId: page, accountName: 'Harbour News', grant, expiresAt: null, now: trial.clock.now(),
    });
    expect(await publishOnce(trial)).toMatchObject({ status: 'failed', failure: { kind: 'rejected', code: 'page_not_allowed' } });
    expect(await trial.test.store.connections.list(trial.workspaceId)).toMatchObject([{ status: 'active' }]);
  });

  it('need reconnecting when the person has removed the app', async () => {
    await start({ text: 'Hello' });
    for (const token of fake.tokens) token.dead = { subcode: 458, message: 'Error validating access token: not authorized' };
    expect(await publishOnce(trial)).toMatchObject({ status: 'failed', failure: { kind: 'auth', code: '190/458' } });
    expect(await trial.test.store.connections.list(trial.workspaceId)).toMatchObject([{ status: 'needs_reconnect' }]);
  });
});

describe('a post whose sending was never answered', () => {
  const cut = () => fake.fault({ method: 'POST', path: /\/feed/u, kind: { cut: 'after' } });

  it('is found by its words among what this app has just published', async () => {
    await start({ text: 'Hello\n  harbour ' });
    cut();
    const publication = await publishOnce(trial);
    expect(publication).toMatchObject({ status: 'published', remoteId: fake.posts[0]?.id });
    expect(fake.ledger).toHaveLength(1);
  });

  it('is not taken for the same words of another app, of an earlier day, or with other pictures', async () => {
    await start({ text: 'Hello' });
    fake.add({ pageId: page, message: 'Hello', link: null, photos: [], video: null, appId: 'another' });
    trial.clock.advance(10 * 60_000);
    fake.fault({ method: 'POST', path: /\/feed/u, kind: { cut: 'before' } });
    const publication = await publishOnce(trial);
    expect(publication).toMatchObject({ status: 'failed', failure: { code: '506' } });
    await trial.close();

    await start({ text: 'Hello', images: ['A boat'] });
    fake.add({ pageId: page, message: 'Hello', link: null, photos: ['another-photo'], video: null });
    fake.fault({ method: 'POST', path: /\/feed/u, kind: { cut: 'before' } });
    expect(await publishOnce(trial)).toMatchObject({ status: 'published', failures: 1 });
    expect(fake.ledger).toHaveLength(2);
  });

  it('is found by its pictures alone, even without a word', async () => {
    await start({ text: '', images: ['', ''] });
    cut();
    expect(await publishOnce(trial)).toMatchObject({ status: 'published', remoteId: fake.posts[0]?.id });
  });

  it('goes to a person where pictures without words cannot be told apart', async () => {
    await start({ text: '', images: [''] }, {}, { tellsTargets: false });
    cut();
    expect(await publishOnce(trial)).toMatchObject({ status: 'unconfirmed' });
    expect(fake.ledger).toHaveLength(1);
  });

  it('goes to a person when the same words are there twice', async () => {
    await start({ text: 'Hello' });
    cut();
    fake.state.watch = ({ path }) => {
      if (path.endsWith('/feed') && fake.posts.length === 1) fake.add({ pageId: page, message: 'Hello', link: null, photos: [], video: null });
    };
    expect(await publishOnce(trial)).toMatchObject({ status: 'unconfirmed' });
  });

  it('goes to a person where the app may not read what the Page has published, and the connection stays', async () => {
    await start({ text: 'Hello' }, {}, { mayRead: false });
    cut();
    expect(await publishOnce(trial)).toMatchObject({ status: 'unconfirmed', failure: { kind: 'unsettled' } });
    expect(await trial.test.store.connections.list(trial.workspaceId)).toMatchObject([{ status: 'active' }]);
  });

  it('is looked for when Facebook says that it is the same as the one before', async () => {
    await start({ text: 'Hello' });
    fake.fault({ method: 'POST', path: /\/feed/u, kind: { lie: refusal(506) } });
    expect(await publishOnce(trial)).toMatchObject({ status: 'published', failures: 0 });
    expect(fake.ledger).toHaveLength(1);
  });

  it('is refused when it is the same as an older one', async () => {
    await start({ text: 'Hello' });
    fake.add({ pageId: page, message: 'Hello', link: null, photos: [], video: null });
    trial.clock.advance(60 * 60_000);
    expect(await publishOnce(trial)).toMatchObject({ status: 'failed', failure: { kind: 'rejected', code: '506' } });
    expect(fake.ledger).toHaveLength(1);
  });

  it('is looked for after a refusal that nobody documents, and after a block for spam', async () => {
    for (const answer of [refusal(987654), refusal(4, 2207051)]) {
      await start({ text: 'Hello' });
      fake.fault({ method: 'POST', path: /\/feed/u, kind: { lie: answer } });
      expect(await publishOnce(trial)).toMatchObject({ status: 'published', failures: 0 });
      expect(fake.ledger).toHaveLength(1);
      await trial.close();
    }
    await start({ text: 'Hello' });
  });

  it('is not sent again after a block for spam if it came out in the meantime', async () => {
    await start({ text: 'Hello' }, {}, { lag: 1 });
    fake.fault({ method: 'POST', path: /\/feed/u, kind: { lie: refusal(4, 2207051) } });
    expect(await publishOnce(trial)).toMatchObject({ status: 'published' });
    expect(fake.ledger).toHaveLength(1);
    expect(trial.clock.now() - Date.UTC(2026, 10, 24, 9)).toBeGreaterThanOrEqual(24 * 3_600_000);
  });
});

describe('videos', () => {
  const video = { text: 'Look', videos: [{ width: 1280, height: 720 }] };

  it('go up piece by piece as Facebook asks for them, and are published with their words', async () => {
    const publication = await publish(video, { title: 'The harbour', cover: '' });
    const [kept] = fake.videos.values();
    expect(kept).toMatchObject({ kind: 'video', text: 'Look', title: 'The harbour', size: sampleBytes.length, cover: null });
    expect(kept?.upload.pieces.map(({ offset, bytes }) => [offset, bytes])).toEqual([[0, 40_000], [40_000, 25_536]]);
    expect(publication).toMatchObject({ remoteId: kept?.id, url: `https://www.facebook.com/${page}/videos/${kept?.id}/` });
  });

  it('carry a cover', async () => {
    await publish(video, { cover: 'any-picture' });
    expect([...fake.videos.values()][0]?.cover).toBeGreaterThan(0);
    await trial.close();
    await publish({ text: 'Short', videos: [{}] }, { format: 'reel', cover: 'any-picture' });
    expect([...fake.videos.values()][0]?.cover).toBeGreaterThan(0);
    expect(callsTo(/thumbnails/u)).toHaveLength(1);
  });

  it('go on with the piece that broke off', async () => {
    await start(video);
    let n = 0;
    fake.breakUpload = (path, length) => (/\/videos/u.test(path) && length > 20_000 && ++n === 2 ? 1_000 : undefined);
    expect(await publishOnce(trial)).toMatchObject({ status: 'published', failures: 1 });
    expect([...fake.videos.values()]).toHaveLength(1);
    expect([...fake.videos.values()][0]?.upload.pieces.map(({ offset }) => offset)).toEqual([0, 40_000]);
  });

  it('are waited for while Facebook prepares them', async () => {
    const publication = await publish(video, {}, { processingLooks: 4 });
    expect(publication).toMatchObject({ status: 'published', failures: 0 });
    expect(callsTo(/GET .*\/\d+$/u)).toHaveLength(4);
  });

  it('count as published when they take longer than an hour, and whatever goes wrong with asking', async () => {
    expect(await publish(video, {}, { processingLooks: 100_000 })).toMatchObject({ status: 'published', failures: 0, remoteId: expect.stringMatching(/^\d+$/u) as string });
    await trial.close();
    await start(video);
    fake.fault({ method: 'GET', times: 20, kind: { answer: refusal(190, 460) } });
    expect(await publishOnce(trial)).toMatchObject({ status: 'published', failures: 0 });
  }, 20_000);

  it('fail with Facebook\'s reason when they cannot be prepared', async () => {
    expect(await publish({ text: 'x', videos: [{}] }, { format: 'reel' }, { processingError: { message: 'Resolution too low. Video must have a minimum resolution of 540p.' } })).toMatchObject({
      status: 'failed', failure: { kind: 'rejected', message: expect.stringContaining('Resolution too low') as string },
    });
    expect(fake.ledger).toHaveLength(0);
    await trial.close();
    expect(await publish(video, {}, { processingError: { code: 1363128, message: 'x' } })).toMatchObject({ status: 'failed', failure: { message: 'A Reel lasts from 3 to 90 seconds.' } });
  });

  describe.each(['video', 'reel'] as const)('a %s that was told to be shown and never answered', (kind) => {
    const part = kind === 'reel' ? { text: 'Short', videos: [{}] } : video;
    const options = kind === 'reel' ? { format: 'reel' } : {};
    const finish = kind === 'reel' ? /video_reels/u : /\/videos/u;

    it.each([
      ['publishing', 'error', 0], ['publishing', 'success', 2], ['preparing', 'success', 30], ['preparing', 'error', 3], ['publishing', 'error', 30],
    ] as const)('is shown once: %s, asking again gets %s, after %i looks', async (meanwhile, finishAgain, processingLooks) => {
      await start(part, options, { meanwhile, finishAgain, processingLooks });
      // What comes before it in the same place is left alone.
      fake.fault({ method: 'POST', path: finish, times: kind === 'reel' ? 1 : 3, kind: { drip: 0 } });
      fake.fault({ method: 'POST', path: finish, kind: { cut: 'after' } });
      expect(await publishOnce(trial)).toMatchObject({ status: 'published' });
      expect(fake.ledger).toHaveLength(1);
      expect([...fake.videos.values()].filter(({ finished }) => finished)).toHaveLength(1);
    });
  });
});

describe('the upload host', () => {
  const reel = { text: 'Short', videos: [{}] };

  it('gets the whole file in one call, byte for byte', async () => {
    await publish(reel, { format: 'reel', title: 'Boats' });
    const [kept] = fake.videos.values();
    expect(kept).toMatchObject({ kind: 'reel', text: 'Short', title: 'Boats' });
    expect(kept?.upload.pieces).toEqual([{ offset: 0, bytes: sampleBytes.length, sha256: createHash('sha256').update(sampleBytes).digest('hex') }]);
  });

  it('gets only the rest after a cut', async () => {
    await start(reel, { format: 'reel' });
    fake.fault({ path: /video-upload/u, kind: { cutRequest: 20_000 } });
    expect(await publishOnce(trial)).toMatchObject({ status: 'published', failures: 1 });
    const [kept] = fake.videos.values();
    const [first, second] = kept?.upload.pieces ?? [];
    expect(first?.bytes).toBe(20_000);
    expect(second).toMatchObject({ offset: 20_000, bytes: sampleBytes.length - 20_000, sha256: createHash('sha256').update(sampleBytes.subarray(20_000)).digest('hex') });
  });

  it.each(['expired', 'upload_failed'] as const)('gets the file anew when the session is lost: %s', async (status) => {
    await start(reel, { format: 'reel' });
    fake.fault({ path: /video-upload/u, kind: { cutRequest: 20_000 } });
    fake.state.watch = ({ path }) => {
      const [first] = fake.videos.values();
      if (path.startsWith('/video-upload') && first && fake.videos.size === 1) first.status = status;
    };
    expect(await publishOnce(trial)).toMatchObject({ status: 'published' });
    expect(fake.videos.size).toBe(2);
    expect(fake.ledger).toHaveLength(1);
  });

  it('says itself whether trying again can help', async () => {
    await start(reel, { format: 'reel' });
    const debug = (retriable: boolean) => ({ status: 400, body: { debug_info: { retriable, type: 'ProcessingFailedError', message: 'no' } } });
    fake.fault({ path: /video-upload/u, kind: { answer: debug(true) } });
    expect(await publishOnce(trial)).toMatchObject({ status: 'published', failures: 1 });
    await trial.close();
    await start(reel, { format: 'reel' });
    fake.fault({ path: /video-upload/u, kind: { answer: debug(false) } });
    expect(await publishOnce(trial)).toMatchObject({ status: 'failed', failures: 0, failure: { kind: 'rejected' } });
  });

  it('gets no token at an address that is not its own', async () => {
    await start(reel, { format: 'reel' });
    fake.fault({ path: /video_reels/u, times: 9, kind: { answer: { status: 200, body: { video_id: '1', upload_url: 'https://elsewhere.test/video-upload/1' } } } });
    expect(await publishOnce(trial)).toMatchObject({ status: 'failed', failure: { code: 'unreadable_answer' } });
  });
});

describe('Stories', () => {
  it('are made of one picture or one video, without words', async () => {
    const publication = await publish({ text: 'Left out', images: ['A boat'] }, { format: 'story' });
    expect(fake.ledger).toEqual([{ id: fake.stories[0]?.post_id, text: '', media: [{ alt: 'A boat', kind: 'image' }] }]);
    expect(publication).toMatchObject({ remoteId: fake.stories[0]?.post_id, url: `https://facebook.com/stories/${fake.stories[0]?.post_id}` });
    await trial.close();
    await publish({ text: '', videos: [{}] }, { format: 'story' });
    expect(fake.stories).toMatchObject([{ media_type: 'video', media_id: [...fake.videos.keys()][0] }]);
  });

  it.each<[kind: string, part: SubjectCase['parts'][number], path: RegExp]>([
    ['photo', { text: '', images: [''] }, /photo_stories/u], ['video', { text: '', videos: [{}] }, /video_stories/u],
  ])('are found by their %s', async (kind, part, path) => {
    await start(part, { format: 'story' });
    if (kind === 'video') fake.fault({ path, kind: { drip: 0 } });
    fake.fault({ path, kind: { cut: 'after' } });
    expect(await publishOnce(trial)).toMatchObject({ status: 'published', remoteId: fake.stories[0]?.post_id });
    expect(fake.ledger).toHaveLength(1);
  });

  it('stay out when their address cannot be asked for', async () => {
    await start({ text: '', images: [''] }, { format: 'story' }, { mayRead: false });
    expect(await publishOnce(trial)).toMatchObject({ status: 'published', remoteId: fake.stories[0]?.post_id, url: null });
  });
});

// Meta's specifications lie beside the project and are not part of it.
describe.skipIf(!hasSpecs)('Meta\'s own specification (skipped where ../shared is absent)', () => {
  it.each(subject.cases)('takes every call, and every answer of the stand-in: $name', async ({ parts: [part], options }) => {
    const seen: Seen[] = [];
    const watch = (request: FakeRequest, answer: FakeAnswer) => {
      const [, , first = '', edge] = request.path.split('/');
      if (!request.path.startsWith('/v') || request.path.startsWith('/video-upload') || answer.status !== 200) return;
      seen.push({ request, answer, object: fake.videos.has(first) ? 'AdVideo' : 'Page', edge });
    };
    await start(part ?? { text: '' }, options as { [key: string]: Json }, {}, { watch });
    fake.fault({ method: 'POST', path: /feed|photo_stories/u, kind: { cut: 'after' } });
    expect(await publishOnce(trial)).toMatchObject({ status: 'published' });
    expect(seen.length).toBeGreaterThan(1);
    expect(seen.flatMap(misfitsOf)).toEqual([]);
  });
});

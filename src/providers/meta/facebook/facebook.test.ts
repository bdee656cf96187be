import { createHmac } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import type { Json } from '../../../domain/json.ts';
import type { Publication } from '../../../domain/publication.ts';
import { publishOnce, type Trial } from '../../../testing/trial.ts';
import type { FakeAnswer, FakeRequest } from '../../fake/server.ts';
import type { SubjectCase } from '../../subject.ts';
import { hasSpecs, misfitsOf, type Seen } from '../fake/referee.ts';
import type { FakeFacebook } from './fake.ts';
import { page, refusal, startTrial } from './subject-trial.ts';
import { subject } from './subject.ts';

let trial: Trial;
let fake: FakeFacebook;
afterEach(() => trial.close());

async function start(...given: Parameters<typeof startTrial>) {
  ({ trial, fake } = await startTrial(...given));
}

async function publish(...given: Parameters<typeof startTrial>): Promise<Publication> {
  await start(...given);
  return publishOnce(trial);
}

const callsTo = (path: RegExp) => fake.calls.filter((call) => path.test(`${call.method} ${call.path}`));

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
    const grant = { userId: fake.state.user.id, pages: { '1': { name: 'Other', picture: null, token: 'x' } } };
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

  it('is not taken for the same words of another app, or with other pictures', async () => {
    await start({ text: 'Hello' });
    fake.add({ pageId: page, message: 'Hello', link: null, photos: [], video: null, appId: 'another' });
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

describe('a token that dies on the way', () => {
  it('stops before anything can be seen, and what is done is kept for the day of reconnecting', async () => {
    await start({ text: 'Two', images: ['', ''] });
    fake.state.watch = ({ path }) => {
      if (path.endsWith('/photos')) for (const token of fake.tokens) token.dead = { subcode: 463, message: 'Session has expired' };
    };
    expect(await publishOnce(trial)).toMatchObject({ status: 'failed', failure: { kind: 'auth', code: '190/463' } });
    expect(fake.ledger).toEqual([]);
    expect(await trial.test.store.connections.list(trial.workspaceId)).toMatchObject([{ status: 'needs_reconnect' }]);
  });
});

describe('secrets', () => {
  it('are in no failure, though Facebook repeats all that it was sent', async () => {
    const seen: string[] = [];
    for (const [part, options, path] of [
      [{ text: 'Two', images: ['', ''] }, {}, /photos/u], [{ text: 'One' }, {}, /feed/u], [{ text: 'x', videos: [{}] }, { format: 'reel' }, /video_reels/u],
      [{ text: 'x', videos: [{}] }, { format: 'reel' }, /video-upload/u], [{ text: 'x', videos: [{}] }, {}, /videos/u],
    ] as [SubjectCase['parts'][number], { [key: string]: Json }, RegExp][]) {
      await start(part, options);
      const [token] = fake.tokens;
      const proof = createHmac('sha256', fake.state.app.secret).update(token?.value ?? '').digest('hex');
      // The upload host is sent the token alone.
      const echo = [token?.value, ...(path.source === 'video-upload' ? [] : [proof, fake.state.app.secret])].join(' ');
      const body = { error: { message: echo, code: 100, type: 'OAuthException' }, debug_info: { type: echo, message: echo, retriable: false }, echo };
      fake.fault({ path, times: 9, kind: { answer: { status: 400, body } } });
      const { failure } = await publishOnce(trial);
      const attempts = JSON.stringify(failure);
      expect(failure?.evidence?.body).toContain('[removed]');
      for (const secret of [token?.value ?? '', proof, fake.state.app.secret]) expect(attempts.includes(secret)).toBe(false);
      seen.push(attempts);
      await trial.close();
    }
    expect(seen).toHaveLength(5);
    await start({ text: 'x' });
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

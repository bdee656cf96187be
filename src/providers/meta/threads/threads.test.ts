import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Failure } from '../../../domain/failure.ts';
import { publishOnce, trialOf, withTrial } from '../../../testing/trial.ts';
import { ProviderError } from '../../contract.ts';
import { approveAt } from '../../fake/oauth.ts';
import { fakeIo } from '../../fake/io.ts';
import { connect } from './connect.ts';
import { failureOf } from './errors.ts';
import { startFakeThreads, tokenOf, type FakeThreads } from './fake.ts';
import { check, options } from './options.ts';
import { refresh, targets, type Grant } from './session.ts';
import { setup } from './setup.ts';
import { settings, subject } from './subject.ts';

const day = 24 * 60 * 60 * 1000;
let fake: FakeThreads;
let at: number;
beforeEach(async () => {
  at = Date.UTC(2026, 10, 25);
  fake = await startFakeThreads({ now: () => at });
});
afterEach(() => fake.close());

const io = (more: Record<string, string> = {}) => fakeIo({ upstreams: fake.upstreams, settings: { ...settings, ...more }, now: () => at });
const asked = { input: {}, redirectUri: 'https://post.example/integrations/social/threads', state: 'the-state', codeChallenge: 'unused' };
const grantNow = (): Grant => ({ userId: fake.user.id, token: tokenOf(fake), issuedAt: at, expiresAt: at + 60 * day });

describe('threads: connecting', () => {
  it('asks for two permissions, and for the one about replies only when the operator says so', async () => {
    const scope = async (more: Record<string, string>) => new URL((await connect.authorizeUrl(asked, io(more))).url).searchParams.get('scope');
    expect(await scope({})).toBe('threads_basic,threads_content_publish');
    expect(await scope({ THREADS_MANAGE_REPLIES: 'on' })).toBe('threads_basic,threads_content_publish,threads_manage_replies');
  });

  it('keeps the id whole, although its number is beyond what numbers hold, and the long token alone', async () => {
    const code = await approveAt(fake, (await connect.authorizeUrl(asked, io())).url);
    // Meta puts two characters behind the code.
    const { account, grant, expiresAt } = await connect.exchange({ code: `${code}#_`, redirectUri: asked.redirectUri, codeVerifier: '', memo: null }, io());
    expect(account).toEqual({ id: '17841405793187219', name: '@harbour' });
    expect(grant.token).toMatch(/^THQV/u);
    expect(JSON.stringify(grant)).not.toContain(fake.oauth.tokens[0]?.access ?? 'none');
    expect(expiresAt).toBe(at + 5_183_944_000);
    expect(await targets(grant, io())).toMatchObject([{ remoteId: '17841405793187219', handle: '@harbour' }]);
    const failure = await connect.exchange({ code, redirectUri: asked.redirectUri, codeVerifier: '', memo: null }, io()).then(() => null, (error: unknown) => (error as ProviderError).failure);
    expect(failure).toMatchObject({ kind: 'rejected', fix: 'Connect again.' });
    expect(JSON.stringify(failure)).not.toContain(settings.THREADS_CLIENT_SECRET);
  });

  it('tells whether the operator\'s app is known', async () => {
    expect(await setup.test?.(io())).toContain(settings.THREADS_CLIENT_ID);
    await expect(setup.test?.(io({ THREADS_CLIENT_SECRET: 'wrong' }))).rejects.toMatchObject({ failure: { kind: 'rejected', code: 'not_accepted' } });
  });
});

describe('threads: renewing', () => {
  it('leaves a token of less than a day alone, and renews an older one', async () => {
    const grant = grantNow();
    expect((await refresh(grant, io())).grant).toEqual(grant);
    at += 50 * day;
    const fresh = await refresh(grant, io());
    expect(fresh.grant.token).not.toBe(grant.token);
    expect(fresh.expiresAt).toBe(at + 5_183_944_000);
  });

  it.each<[string, object, Failure['kind']]>([
    ['a dead token', { status: 400, body: { error: { message: 'Session has expired', type: 'OAuthException', code: 190, error_subcode: 463 } } }, 'auth'],
    ['a permission that is missing', { status: 403, body: { error: { message: 'No permission', type: 'OAuthException', code: 10 } } }, 'transient'],
    ['a wrong parameter', { status: 400, body: { error: { message: 'Invalid parameter', type: 'OAuthException', code: 100 } } }, 'transient'],
    ['a gateway', { status: 403, body: '<html>no</html>' }, 'transient'],
    ['a page', { status: 200, body: '<html>no</html>' }, 'transient'],
  ])('disconnects for a dead token alone: %s', async (_, answer, kind) => {
    const grant = grantNow();
    at += 2 * day;
    fake.fault({ kind: { answer: answer as { status: number } } });
    await expect(refresh(grant, io())).rejects.toMatchObject({ failure: { kind } });
  });
});

describe('threads: publishing', () => {
  it('says everything that was asked for, and the parts answer each other', async () => {
    await withTrial(await trialOf(subject, { name: 'chain', parts: [{ text: 'One', images: ['A dot', ''] }, { text: 'Two' }, { text: 'Two' }], visible: 3 }), async (trial) => {
      const publication = await publishOnce(trial);
      expect(publication).toMatchObject({ status: 'published', url: expect.stringContaining('https://www.threads.net/@harbour/post/') as string });
      const [one, two, three] = trial.fake.ledger;
      expect(one).toMatchObject({ text: 'One', media: [{ alt: 'A dot' }, { alt: '' }] });
      expect([two?.replyTo, three?.replyTo]).toEqual([one?.id, two?.id]);
    });
  });

  it('tells parts with the same words apart when the answer to one was lost', async () => {
    await withTrial(await trialOf(subject, { name: 'same', parts: [{ text: 'Same' }, { text: 'Same' }, { text: 'Same' }], visible: 3 }), async (trial) => {
      trial.fake.fault({ method: 'POST', path: /threads_publish/u, times: 1, kind: { cut: 'after' } });
      expect(await publishOnce(trial)).toMatchObject({ status: 'published', failures: 1 });
      expect(trial.fake.ledger).toHaveLength(3);
    });
  });

  it.each([
    ['FAILED_DOWNLOADING_VIDEO', 'could not fetch'], ['FAILED_PROCESSING_AUDIO', 'sound'], ['FAILED_PROCESSING_VIDEO', 'read the video'], ['INVALID_ASPEC_RATIO', 'too wide'],
    ['INVALID_ASPECT_RATIO', 'too wide'], ['INVALID_BIT_RATE', 'megabits'], ['INVALID_DURATION', 'five minutes'], ['INVALID_FRAME_RATE', 'frames'],
    ['INVALID_AUDIO_CHANNELS', 'channels'], ['INVALID_AUDIO_CHANNEL_LAYOUT', 'channels'], ['UNKNOWN', 'could not prepare'],
  ])('explains a container that failed: %s', async (code, words) => {
    expect(failureOf(code).message).toContain(words);
    await withTrial(await trialOf(subject, { name: 'video', parts: [{ text: 'Look', videos: [{}] }], visible: 0 }), async (trial) => {
      (trial.fake as FakeThreads).fails = code;
      expect(await publishOnce(trial)).toMatchObject({ status: 'failed', failure: { message: expect.stringContaining(words) as string, fix: expect.stringMatching(/\.$/u) as string } });
      expect(trial.fake.ledger).toHaveLength(0);
    });
  });

  it('waits when the day\'s posts are used up', async () => {
    await withTrial(await trialOf(subject, { name: 'quota', parts: [{ text: 'One' }], visible: 1 }), async (trial) => {
      const threads = trial.fake as FakeThreads;
      const asked = [250, 249];
      Object.defineProperty(threads, 'quotaUsed', { get: () => asked.shift() ?? 249 });
      const begin = trial.clock.now();
      expect(await publishOnce(trial)).toMatchObject({ status: 'published', failures: 0 });
      expect(trial.clock.now() - begin).toBeGreaterThanOrEqual(60 * 60 * 1000);
    });
  });
});

describe('threads: what is checked before scheduling', () => {
  const problems = (given: object, text = 'a', media = 0) => check({
    options: options.parse(given), composing: null,
    parts: [{ text, media: Array.from({ length: media }, () => ({ kind: 'image' as const, mediaId: 'm', alt: '', type: 'image/png' as const, bytes: 1, width: 1, height: 1, animated: false })) }],
  }).map(({ field, level }) => `${level ?? 'error'} ${field}`);
  const links = (n: number) => Array.from({ length: n }, (_, i) => `https://example.org/${i}`).join(' ');
  it.each<[string, string[], string[]]>([
    ['five links', problems({}, links(5)), []],
    ['the same link twice', problems({ link: 'https://example.org/0' }, links(5)), []],
    ['six links', problems({}, links(6)), ['error part.0']],
    ['five and another one attached', problems({ link: 'https://example.com/' }, links(5)), ['error part.0']],
    ['a link beside pictures', problems({ link: 'https://example.com/' }, 'a', 1), ['warning option.link']],
    ['a topic with its mark', problems({ topic: '#harbour' }), ['error option.topic']],
  ])('%s', (_, found, expected) => expect(found).toEqual(expected));
  it('takes no topic that Threads refuses', () => {
    for (const topic of ['a.b', 'a&b', 'x'.repeat(51)]) expect(options.safeParse({ topic }).success).toBe(false);
  });
});

describe('threads: what goes wrong', () => {
  it.each<[number, number | null, string, Failure['kind']]>([
    [1, null, 'unknown', 'transient'], [2, null, 'service', 'transient'], [4, null, 'too many', 'rate_limited'], [4, 2207051, 'spam', 'rate_limited'], [10, null, 'permission', 'auth'],
    [17, null, 'user rate', 'rate_limited'], [32, null, 'rate', 'rate_limited'], [100, null, 'Invalid parameter', 'rejected'], [190, null, 'Error validating access token', 'auth'],
    [200, null, 'permission', 'auth'], [299, null, 'permission', 'auth'], [613, null, 'rate', 'rate_limited'], [24, 4279013, 'restricted', 'rejected'],
    [100, null, 'ErrorCode::THREADS_API__LINK_LIMIT_EXCEEDED', 'rejected'], [100, null, 'ErrorCode::THREADS_API__FEATURE_NOT_AVAILABLE', 'rejected'],
    [100, null, 'ErrorCode::THREADS_API__GEO_GATING_INVALID_COUNTRY_CODES', 'rejected'], [100, null, 'Param text must be at most 500 characters long.', 'rejected'],
    [100, null, 'The media could not be fetched from this URI', 'transient'],
  ])('%s/%s %s is %s', async (code, subcode, message, kind) => {
    fake.fault({ kind: { answer: { status: 400, body: { error: { message, type: 'OAuthException', code, ...(subcode !== null && { error_subcode: subcode }) } } } } });
    const grant = grantNow();
    const failure = await targets(grant, io()).then(() => null, (error: unknown) => (error instanceof ProviderError ? error.failure : null));
    expect(failure).toMatchObject({ kind, message: expect.stringMatching(/^[A-Z].+$/u) as string, ...(kind === 'rejected' && { fix: expect.stringMatching(/^[A-Z].+\.$/u) as string }) });
    expect(JSON.stringify(failure)).not.toContain(grant.token);
  });
});

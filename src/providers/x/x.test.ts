import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Json } from '../../domain/json.ts';
import { publishOnce, trialOf, withTrial } from '../../testing/trial.ts';
import { mapSteps } from '../fake/io.ts';
import { startFakeX, type FakeX } from './fake.ts';
import { callsTo, clockOf, gif, image, ioOf, jobOf, patient, run, start, text, video } from './samples.ts';
import { outOfCredits } from './fake/refusal.ts';
import { look } from './look.ts';
import { subject } from './subject.ts';

let fake: FakeX;
let clock: ReturnType<typeof clockOf>;
beforeEach(async () => {
  clock = clockOf();
  fake = await startFakeX({ now: clock.now });
});
afterEach(() => fake.close());

const piece = 4 * 1_048_576;
/** Bytes of which no piece is like another. */
const content = (length: number) => Buffer.from(Uint8Array.from({ length }, (_, n) => (n * 31 + (n >> 12)) % 251));
const hash = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

describe('a post', () => {
  it('says what it was told to, and nothing else', async () => {
    expect(await run(fake, jobOf(fake, [text('Hello 👋')]))).toEqual({ remoteId: fake.posts.posts[0]?.id, url: `https://x.com/harbour/status/${fake.posts.posts[0]?.id}` });
    expect(fake.posts.posts).toEqual([expect.objectContaining({ text: 'Hello 👋', mediaIds: [], replyTo: null, poll: null, replySettings: null, madeWithAi: false, paidPartnership: false })]);
    expect(fake.calls.map(({ method, path }) => `${method} ${path}`)).toEqual(['POST /2/tweets']);
  });

  it('has its labels on every part and says who may reply on its first', async () => {
    await run(fake, jobOf(fake, [text('One'), text('Two')], { reply_settings: 'mentionedUsers', made_with_ai: true, paid_partnership: true }));
    expect(fake.posts.posts.map(({ replySettings, madeWithAi, paidPartnership }) => [replySettings, madeWithAi, paidPartnership])).toEqual([['mentionedUsers', true, true], [null, true, true]]);
    await run(fake, jobOf(fake, [text('Words'), text('Picture', image())], { made_with_ai: true }));
    expect(fake.posts.posts.slice(2).map(({ madeWithAi }) => madeWithAi)).toEqual([false, true]);
  });

  it('is a poll', async () => {
    await run(fake, jobOf(fake, [text('Which?'), text('Tell us why')], { format: 'poll', poll1: 'One', poll2: 'Two', poll4: 'Four', poll_minutes: 30 }));
    expect(fake.posts.posts.map(({ poll }) => poll)).toEqual([{ options: ['One', 'Two', 'Four'], minutes: 30 }, null]);
  });

  it('is a thread whose parts answer each other', async () => {
    await run(fake, jobOf(fake, [text('One'), text('Two', image('A dot')), text('Three')]));
    const [one, two, three] = fake.ledger;
    expect([one?.replyTo, two?.replyTo, three?.replyTo]).toEqual([undefined, one?.id, two?.id]);
    expect(fake.posts.posts.map(({ root }) => root)).toEqual([one?.id, one?.id, one?.id]);
  });

  it('may be of 280 by weight, and of 25,000 with a subscription', async () => {
    await run(fake, jobOf(fake, [text('の'.repeat(140))]));
    await expect(run(fake, jobOf(fake, [text('の'.repeat(141))]))).rejects.toMatchObject({ failure: { kind: 'rejected', code: '403', message: expect.stringContaining('too long') as string } });
    fake.state.user.subscription = 'Premium';
    await run(fake, jobOf(fake, [text('の'.repeat(12_500))]));
    expect(fake.ledger).toHaveLength(2);
  });

  it('counts against what the whole app may send in a day', async () => {
    const taken: unknown[] = [];
    await run(fake, jobOf(fake, [text('One')]), { io: { spend: async (...budget) => void taken.push(budget) } });
    expect(taken).toEqual([['posts', { max: 10_000, until: Date.UTC(2026, 10, 25) }]]);
  });
});

describe('pictures', () => {
  const bytes = Buffer.alloc(4_000_000, 'x');
  const original = () => ({ bytes, file: { type: 'image/png' as const, width: 3, height: 2, name: 'image.png' } });

  it('go out as they are, four of them, with their descriptions', async () => {
    const asked: unknown[] = [];
    const io = ioOf(fake, { image: original });
    await run(fake, jobOf(fake, [text('Four', image('One'), image(' Two '), image(), image('Four'))]), { io: { image: (id, rule) => { asked.push(rule.maxBytes, rule.types); return io.image(id, rule); } } });
    expect(asked.slice(0, 2)).toEqual([5 * 1024 * 1024, ['image/jpeg', 'image/png', 'image/webp', 'image/gif']]);
    expect([...fake.media.files.values()].map(({ category, type, pieces }) => [category, type, pieces.get(0)?.sha256])).toEqual(Array.from({ length: 4 }, () => ['tweet_image', 'image/png', hash(bytes)]));
    expect(fake.ledger[0]?.media).toEqual(['One', 'Two', '', 'Four'].map((alt) => ({ alt, kind: 'image' })));
    expect(callsTo(fake, /metadata/u)).toHaveLength(3);
  });

  it('that move go out as GIFs in pieces, others as their first frame', async () => {
    const asked: string[] = [];
    const io = ioOf(fake, { image: () => ({ bytes: content(9_000_000), file: { type: 'image/gif', width: 3, height: 2, name: 'image.gif' } }) });
    await run(fake, jobOf(fake, [text('Moving', gif('A wave'))]), { steps: patient(clock), io: { image: (id, rule) => { asked.push(rule.types.join()); return io.image(id, rule); } } });
    const [file] = fake.media.files.values();
    expect(file).toMatchObject({ category: 'tweet_gif', type: 'image/gif', total: 9_000_000, alt: 'A wave' });
    expect([...(file?.pieces.values() ?? [])].map(({ bytes: length }) => length)).toEqual([piece, piece, 9_000_000 - 2 * piece]);
    expect([...(file?.pieces.values() ?? [])].map(({ sha256 }) => sha256)).toEqual([0, 1, 2].map((n) => hash(content(9_000_000).subarray(n * piece, (n + 1) * piece))));
    expect(fake.posts.posts[0]?.mediaIds).toEqual([file?.id]);
    await run(fake, jobOf(fake, [text('Still', image('', { type: 'image/webp', animated: true }))]), { io: { image: (id, rule) => { asked.push(rule.types.join()); return ioOf(fake).image(id, rule); } } });
    expect(asked).toEqual(['image/gif', 'image/jpeg,image/png']);
  });

  it('are all there before the first part can be seen', async () => {
    fake.fault({ path: /upload/u, kind: { answer: { status: 400, body: { title: 'Invalid Request', detail: 'media type unrecognized.', type: 'https://api.x.com/2/problems/invalid-request' } } } });
    await expect(run(fake, jobOf(fake, [text('One'), text('Two', image())]))).rejects.toMatchObject({ failure: { kind: 'rejected' } });
    expect(fake.ledger).toEqual([]);
  });

  it('are uploaded anew when X has dropped them while the post waited', async () => {
    const journal = new Map<string, Json>();
    const job = () => jobOf(fake, [text('Late', image('A dot'))]);
    fake.fault({ path: /tweets/u, kind: { answer: { status: 429, body: {} } } });
    await expect(run(fake, job(), { steps: mapSteps(journal) })).rejects.toMatchObject({ failure: { kind: 'rate_limited' } });
    clock.pass(2 * 86_400_000);
    await run(fake, job(), { steps: mapSteps(journal) });
    expect(fake.ledger[0]?.media).toEqual([{ alt: 'A dot', kind: 'image' }]);
    expect(callsTo(fake, /POST \/2\/media\/upload$/u)).toHaveLength(2);
    expect(callsTo(fake, /POST \/2\/tweets/u).map(({ status }) => status)).toEqual([429, 201]);
  });

  it('are uploaded anew once when X refuses them with the post', async () => {
    const refused = { status: 400, body: { errors: [{ parameters: { 'media.media_ids': ['1'] }, message: 'Your media IDs are invalid.' }], title: 'Invalid Request', detail: 'One or more parameters to your request was invalid.', type: 'https://api.twitter.com/2/problems/invalid-request' } };
    fake.fault({ path: /tweets/u, kind: { answer: refused } });
    await run(fake, jobOf(fake, [text('Again', image())]));
    expect(callsTo(fake, /upload$/u)).toHaveLength(2);
    fake.fault({ path: /tweets/u, times: 2, kind: { answer: refused } });
    await expect(run(fake, jobOf(fake, [text('Never', image())]))).rejects.toMatchObject({ failure: { kind: 'rejected', code: 'media_refused', message: 'X cannot use a picture or video of this post.' } });
    expect(fake.ledger).toHaveLength(1);
  });
});

describe('an unanswered post', () => {
  const sought = (of: string, mediaIds: string[] = [], root: string | null = null) => look(jobOf(fake, [text(of)]), { text: of, mediaIds, root }, start, ioOf(fake));
  const other = (of: string, more: object = {}) => fake.posts.add({ text: of, mediaIds: [], replyTo: null, root: '', poll: null, replySettings: null, madeWithAi: false, paidPartnership: false, ...more });

  it.each([
    'Plain words', 'A bare example.com/path?a=1&b=2 domain', 'https://Example.com and http://example.org/', '<b>&amp; "quoted" & more', '  spaces \n\n kept   or not  ', 'é as two', '👩‍👩‍👧‍👦 漢字 t.co/abc', 'ends with example.com',
  ])('is found by its words: %s', async (of) => {
    const { remoteId } = await run(fake, jobOf(fake, [text(of)]));
    expect(await sought(of)).toEqual({ found: { id: remoteId } });
  });

  it('is found when it is long, in either dialect', async () => {
    fake.state.user.subscription = 'PremiumPlus';
    const long = `${'Long words. '.repeat(60)} example.com ${'More. '.repeat(60)}`;
    const { remoteId } = await run(fake, jobOf(fake, [text(long)]));
    expect(await sought(long)).toEqual({ found: { id: remoteId } });
    fake.state.dialect = 'tweets';
    expect(await sought(long)).toEqual({ found: { id: remoteId } });
    expect(await sought(`${long} other`)).toBe('absent');
  });

  it('is found by its files, words or not', async () => {
    const { remoteId } = await run(fake, jobOf(fake, [text('', image('A dot'))]));
    const mediaIds = [...(fake.posts.posts[0]?.mediaIds ?? [])];
    expect(await sought('', mediaIds)).toEqual({ found: { id: remoteId } });
    // As many files under other ids may be another upload of ours: only a person can tell.
    expect(await sought('', ['1'])).toBe('unknown');
    expect(await sought('Other words', ['1'])).toBe('absent');
  });

  it('is none of another thread, another time or another text', async () => {
    const root = other('Root');
    other('Reply', { replyTo: root.id, root: root.id });
    expect(await sought('Reply')).toBe('absent');
    expect(await sought('Reply', [], root.id)).toEqual({ found: { id: fake.posts.posts[1]?.id } });
    expect(await sought('Root and more')).toBe('absent');
    clock.pass(10 * 60_000);
    expect(await look(jobOf(fake, [text('Root')]), { text: 'Root', mediaIds: [], root: null }, clock.at, ioOf(fake))).toBe('absent');
  });

  it('is in doubt when a link leads elsewhere, or when there are too many posts to look through', async () => {
    other('See https://example.com/a');
    expect(await sought('See https://example.com/b')).toBe('unknown');
    for (let n = 0; n < 25; n += 1) other(`Number ${n}`);
    expect(await sought('Not there')).toBe('unknown');
    expect(await sought('Number 24')).toEqual({ found: { id: fake.posts.posts.at(-1)?.id } });
  });

  it('costs no more reads than it must', async () => {
    for (let n = 0; n < 4; n += 1) other(`Number ${n}`);
    expect(await sought('Number 3')).toMatchObject({ found: {} });
    expect(callsTo(fake, /GET/u)).toHaveLength(1);
    expect(fake.bill.items).toEqual(['postRead', 'postRead', 'postRead', 'postRead']);
  });

  it('is not looked for where X does not let us, and looked for again where X is down', async () => {
    fake.fault({ path: /users/u, kind: { answer: { status: 403, body: { title: 'Forbidden', detail: 'Forbidden', type: 'about:blank', status: 403 } } } });
    expect(await sought('x')).toBe('unknown');
    for (const status of [403, 503]) {
      fake.fault({ path: /users/u, kind: { answer: { status, body: '<html>' } } });
      await expect(sought('x')).rejects.toMatchObject({ failure: { kind: 'transient' } });
    }
    fake.fault({ path: /users/u, kind: { answer: { status: 200, body: { errors: [{ title: 'x' }] } } } });
    await expect(sought('x')).rejects.toMatchObject({ failure: { code: 'unreadable_answer' } });
  });
});

describe('the same text', () => {
  const one = { name: 'one', parts: [{ text: 'One' }], visible: 1 };

  it('as an older post is a clear no, and no read is billed for it', async () => {
    await run(fake, jobOf(fake, [text('Same')]));
    clock.pass(600_000);
    const again = run(fake, jobOf(fake, [text('Same')], {}, { frozenAt: clock.at }));
    await expect(again).rejects.toMatchObject({ failure: { kind: 'rejected', code: 'duplicate_content', fix: 'Change the text, and schedule it as a new post.' } });
    expect(fake.bill.items).toEqual(['post']);
  });

  it('as a post younger than the publication is that one, even if the doubt was forgotten', async () => {
    const first = await run(fake, jobOf(fake, [text('Same')]));
    expect(await run(fake, jobOf(fake, [text('Same')]))).toEqual(first);
    expect(fake.ledger).toHaveLength(1);
  });

  it('is in doubt while X does not let us look', async () => {
    await run(fake, jobOf(fake, [text('Same')]));
    fake.fault({ method: 'GET', kind: { answer: { status: 503, body: '' } } });
    await expect(run(fake, jobOf(fake, [text('Same')]))).rejects.toMatchObject({ failure: { kind: 'transient', reached: true } });
  });

  it('after an unanswered call is the proof that it is out', async () => {
    await withTrial(await trialOf(subject, one), async (trial) => {
      const platform = trial.fake as FakeX;
      // Out, answered with nothing, and listed only after the first look.
      trial.fake.fault({ path: /tweets/u, kind: { cut: 'after' } });
      trial.fake.fault({ method: 'GET', path: /users/u, kind: { answer: { status: 200, body: { meta: { result_count: 0 } } } } });
      expect(await publishOnce(trial)).toMatchObject({ status: 'published', remoteId: platform.posts.posts[0]?.id });
      expect(await trial.ledger()).toBe(1);
      expect(callsTo(platform, /POST \/2\/tweets/u).map(({ status }) => status)).toEqual(['cut', 403]);
    });
  });

  it('is left to a person when X never shows it', async () => {
    await withTrial(await trialOf(subject, one), async (trial) => {
      trial.fake.fault({ path: /tweets/u, kind: { cut: 'after' } });
      trial.fake.fault({ method: 'GET', path: /users/u, times: 100, kind: { answer: { status: 200, body: { meta: { result_count: 0 } } } } });
      expect(await publishOnce(trial)).toMatchObject({ status: 'unconfirmed', failure: { code: 'duplicate_content' } });
      expect(await trial.ledger()).toBe(1);
    });
  });
});

describe('without credits', () => {
  const one = { name: 'one', parts: [{ text: 'One' }], visible: 1 };

  it('everything of X waits, and goes out once there are some', async () => {
    await withTrial(await trialOf(subject, one), async (trial) => {
      const { body } = outOfCredits().answer;
      trial.fake.fault({ path: /tweets/u, times: 3, kind: { answer: { status: 402, body } } });
      const begin = trial.clock.now();
      expect(await publishOnce(trial)).toMatchObject({ status: 'published', failures: 0 });
      expect(trial.clock.now() - begin).toBe(3 * 3_600_000);
    });
  });

  it('a day is enough', async () => {
    fake.state.credits = 0;
    const waits = run(fake, jobOf(fake, [text('One')]));
    await expect(waits).rejects.toMatchObject({ failure: { kind: 'rate_limited', scope: 'app', retryAt: start + 3_600_000, message: expect.stringContaining('no credits left') as string } });
    clock.pass(86_400_000);
    await expect(run(fake, jobOf(fake, [text('One')]))).rejects.toMatchObject({ failure: { kind: 'rejected', code: 'credits-depleted', fix: expect.any(String) as string } });
  });
});

describe('a video', () => {
  it('stands by itself, with or without words', async () => {
    const bytes = content(2 * piece + 5);
    await run(fake, jobOf(fake, [text('', video(bytes.length))]), { steps: patient(clock), video: () => ({ bytes, type: 'video/quicktime' }) });
    const [file] = fake.media.files.values();
    expect(file).toMatchObject({ category: 'tweet_video', type: 'video/quicktime', total: bytes.length, state: 'succeeded' });
    expect([...(file?.pieces.entries() ?? [])].map(([n, { sha256 }]) => [n, sha256])).toEqual([0, 1, 2].map((n) => [n, hash(bytes.subarray(n * piece, (n + 1) * piece))]));
    expect(fake.ledger).toMatchObject([{ text: '', media: [{ kind: 'video' }] }]);
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Json } from '../../domain/json.ts';
import { publishOnce, trialOf, withTrial } from '../../testing/trial.ts';
import type { Failure } from '../../domain/failure.ts';
import { ProviderError } from '../contract.ts';
import { fakeIo } from '../fake/io.ts';
import { botTargets, permissions } from './bot.ts';
import { forumChannel, startFakeDiscord, textChannel, type FakeDiscord } from './fake.ts';
import { check, webhookOptions } from './options.ts';
import { setup } from './setup.ts';
import { botSettings, botSubject, subject } from './subject.ts';
import { connectWebhook } from './webhook.ts';

let fake: FakeDiscord;
beforeEach(async () => { fake = await startFakeDiscord(); });
afterEach(() => fake.close());

const io = () => fakeIo({ upstreams: fake.upstreams, settings: botSettings });
const [hook, forum] = ['223704706495545344', '223704706495545399'];
const tokenOf = (id: string) => fake.webhooks.get(id)?.token ?? '';

describe('discord: a webhook', () => {
  it.each(['https://discord.com/api/webhooks', 'https://discordapp.com/api/webhooks', 'https://canary.discord.com/api/v10/webhooks'])('is known by %s', async (base) => {
    const { account, grant } = await connectWebhook.verify({ webhook: ` ${base}/${hook}/${tokenOf(hook ?? '')}/ ` }, io());
    expect(account).toEqual({ id: hook, name: 'News' });
    expect(grant).toMatchObject({ channelId: textChannel });
  });

  it.each<[string, () => string]>([
    ['nothing', () => ''],
    ['another site', () => `https://discord.example/api/webhooks/${hook}/${tokenOf(hook ?? '')}`],
    ['a wrong token', () => `https://discord.com/api/webhooks/${hook}/${'a'.repeat(68)}`],
    ['a deleted one', () => `https://discord.com/api/webhooks/999999999999999999/${'a'.repeat(68)}`],
    ['one of an app', () => { Object.assign(fake.webhooks.get(hook ?? '') ?? {}, { type: 3 }); return `https://discord.com/api/webhooks/${hook}/${tokenOf(hook ?? '')}`; }],
  ])('is refused beside its field: %s', async (_, typed) => {
    await expect(connectWebhook.verify({ webhook: typed() }, io())).rejects.toMatchObject({ failure: { kind: 'rejected', code: 'webhook' } });
  });

  it('opens a forum post with a title and goes on in its thread', async () => {
    const of = { name: 'forum', parts: [{ text: 'One' }, { text: 'Two' }], options: { forumTitle: 'Tides' }, visible: 2 };
    const inForum = { ...subject, account: (one: Parameters<typeof subject.account>[0]) => {
      const webhook = (one as FakeDiscord).webhooks.get(forum ?? '');
      const { target } = subject.account(one);
      return { grant: { id: forum, token: webhook?.token ?? '', guildId: '290926798626357250', channelId: forumChannel, name: 'Forum' } as Json, target: { ...target, remoteId: forum ?? '' } };
    } };
    await withTrial(await trialOf(inForum, of), async (trial) => {
      expect(await publishOnce(trial)).toMatchObject({ status: 'published' });
      const [one, two] = (trial.fake as FakeDiscord).messages;
      expect(two?.channelId).toBe(one?.channelId);
      expect(one?.channelId).not.toBe(forumChannel);
    });
    await withTrial(await trialOf(inForum, { ...of, options: {} }), async (trial) => {
      expect(await publishOnce(trial)).toMatchObject({ status: 'failed', failure: { code: '220001', fix: expect.stringContaining('title') as string } });
    });
  });

  it('sends what was asked for and pings nobody', async () => {
    await withTrial(await trialOf(subject, { name: 'all', parts: [{ text: '@everyone look', images: ['A dot'], videos: [{ alt: 'Waves' }] }], options: { name: 'Harbour' }, visible: 1 }), async (trial) => {
      await publishOnce(trial);
      expect(trial.fake.ledger).toEqual([{ id: expect.any(String) as string, text: '@everyone look', media: [{ alt: 'A dot' }, { alt: 'Waves', kind: 'video' }] }]);
    });
  });

  it('leaves an unanswered call to a person, with nothing secret in the evidence', async () => {
    await withTrial(await trialOf(subject, { name: 'lost', parts: [{ text: 'Hello' }], visible: 1 }), async (trial) => {
      trial.fake.fault({ method: 'POST', kind: { cut: 'after' } });
      const publication = await publishOnce(trial);
      expect(publication.status).toBe('unconfirmed');
      expect(JSON.stringify(publication)).not.toContain(tokenOf(hook ?? ''));
    });
  });

  it('that was deleted asks to be connected anew', async () => {
    await withTrial(await trialOf(subject, { name: 'gone', parts: [{ text: 'Hello' }], visible: 0 }), async (trial) => {
      (trial.fake as FakeDiscord).webhooks.clear();
      expect(await publishOnce(trial)).toMatchObject({ status: 'failed', failure: { kind: 'auth', code: '10015' }, held: null });
    });
  });
});

describe('discord: the bot', () => {
  it('asks for what publishing needs and nothing else', () => {
    expect(BigInt(permissions)).toBe((1n << 10n) | (1n << 11n) | (1n << 15n) | (1n << 16n) | (1n << 49n));
  });

  it('offers the channels that take messages', async () => {
    expect((await botTargets({ guildId: '290926798626357250', name: 'Harbour', icon: null }, io())).map(({ name, handle }) => `${name} ${handle}`)).toEqual(['#news Harbour']);
  });

  it('is known to Discord, or the card says that it is not', async () => {
    expect(await setup.test?.(io())).toBe('Discord knows the bot as postmaster.');
    await expect(setup.test?.(fakeIo({ upstreams: fake.upstreams, settings: { ...botSettings, DISCORD_BOT_TOKEN: 'wrong' } }))).rejects.toMatchObject({ failure: { kind: 'auth' } });
  });

  it('answers its own parts, the same words twice included', async () => {
    await withTrial(await trialOf(botSubject, { name: 'thread', parts: [{ text: 'Same' }, { text: 'Same' }, { text: 'Same' }], visible: 3 }), async (trial) => {
      trial.fake.fault({ method: 'POST', times: 1, kind: { cut: 'after' } });
      expect(await publishOnce(trial)).toMatchObject({ status: 'published', failures: 1 });
      const [one, two, three] = trial.fake.ledger;
      expect([two?.replyTo, three?.replyTo]).toEqual([one?.id, two?.id]);
      expect(new Set((trial.fake as FakeDiscord).messages.map(({ nonce }) => nonce)).size).toBe(3);
    });
  });

  it('is not taken in by what others write, and asks a person where it may not look', async () => {
    const of = { name: 'lost', parts: [{ text: 'Hello' }], visible: 1 };
    await withTrial(await trialOf(botSubject, of), async (trial) => {
      (trial.fake as FakeDiscord).say(textChannel, 'Hello');
      trial.fake.fault({ method: 'POST', kind: { cut: 'before' } });
      expect(await publishOnce(trial)).toMatchObject({ status: 'published' });
      expect(trial.fake.ledger).toHaveLength(1);
    });
    await withTrial(await trialOf(botSubject, of), async (trial) => {
      (trial.fake as FakeDiscord).mayReadHistory = false;
      trial.fake.fault({ method: 'POST', kind: { cut: 'after' } });
      expect(await publishOnce(trial)).toMatchObject({ status: 'unconfirmed' });
    });
  });

  it('waits as long as it is told, to the hundredth of a second', async () => {
    await withTrial(await trialOf(botSubject, { name: 'slow', parts: [{ text: 'Hello' }], visible: 1 }), async (trial) => {
      (trial.fake as FakeDiscord).slowDown(64.57);
      const before = trial.clock.now();
      expect(await publishOnce(trial)).toMatchObject({ status: 'published', failures: 0 });
      expect(trial.clock.now() - before).toBeGreaterThanOrEqual(64_570);
    });
  });
});

describe('discord: what is checked before scheduling', () => {
  const film = (bytes: number) => ({ kind: 'video' as const, mediaId: 'v', alt: '', type: 'video/mp4' as const, bytes, width: 1, height: 1, durationMs: 1, videoCodec: null, audioCodec: null, frameRate: null });
  const problems = (options: object, media: ReturnType<typeof film>[] = []) =>
    check({ options: webhookOptions.parse(options), parts: [{ text: 'a', media }], composing: null }).map(({ field }) => field);
  it.each<[string, string[], string[]]>([
    ['no poll', problems({}), []],
    ['a whole poll', problems({ pollQuestion: 'Q', pollAnswers: 'a\nb' }), []],
    ['answers without a question', problems({ pollAnswers: 'a\nb' }), ['option.pollQuestion']],
    ['one answer', problems({ pollQuestion: 'Q', pollAnswers: 'a' }), ['option.pollAnswers']],
    ['eleven answers', problems({ pollQuestion: 'Q', pollAnswers: Array.from({ length: 11 }, (_, n) => n).join('\n') }), ['option.pollAnswers']],
    ['a long answer', problems({ pollQuestion: 'Q', pollAnswers: `a\n${'b'.repeat(56)}` }), ['option.pollAnswers']],
    ['videos that fit', problems({}, [film(9_000_000), film(9_000_000)]), []],
    ['videos that do not', problems({}, [film(9_000_000), film(9_000_000), film(9_000_000)]), ['part.0.media']],
  ])('%s', (_, found, expected) => expect(found).toEqual(expected));
  it('takes no name that Discord refuses', () => {
    expect(webhookOptions.safeParse({ name: 'My Discord' }).success).toBe(false);
    expect(webhookOptions.safeParse({ name: 'Harbour' }).success).toBe(true);
  });
});

describe('discord: what goes wrong', () => {
  it.each<[number, number, Failure['kind']]>([
    [401, 50027, 'auth'], [404, 10015, 'auth'], [404, 10003, 'auth'], [404, 10004, 'auth'], [403, 50001, 'auth'], [403, 50013, 'auth'], [400, 160002, 'auth'], [401, 0, 'auth'],
    [404, 10008, 'rejected'], [403, 200000, 'rejected'], [403, 200001, 'rejected'], [400, 240000, 'rejected'], [400, 50006, 'rejected'], [400, 50008, 'rejected'], [400, 50024, 'rejected'],
    [400, 50035, 'rejected'], [400, 50046, 'rejected'], [400, 50083, 'rejected'], [400, 220001, 'rejected'], [400, 220002, 'rejected'], [400, 220003, 'rejected'], [400, 220004, 'rejected'],
    [400, 520000, 'rejected'], [403, 400001, 'rejected'], [413, 40005, 'rejected'], [403, 40333, 'transient'], [403, 40004, 'transient'], [503, 130000, 'transient'],
    [429, 20016, 'rate_limited'], [429, 20028, 'rate_limited'], [500, 0, 'transient'],
  ])('%s %s is %s', async (status, code, kind) => {
    fake.fault({ kind: { answer: { status, body: { code, message: 'Words of Discord' } } } });
    const failure = await botTargets({ guildId: '290926798626357250', name: '', icon: null }, io()).then(() => null, (error: unknown) => (error instanceof ProviderError ? error.failure : null));
    expect(failure).toMatchObject({ kind, message: expect.stringMatching(/^[A-Z].+\.$/u) as string, ...(kind === 'rejected' && { fix: expect.stringMatching(/^[A-Z].+\.$/u) as string }) });
    expect(JSON.stringify(failure)).not.toContain(botSettings.DISCORD_BOT_TOKEN);
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Json } from '../../domain/json.ts';
import { ProviderError, type BotClaim, type Io } from '../contract.ts';
import { fakeIo, type FakeIoOptions } from '../fake/io.ts';
import type { Grant } from './chat.ts';
import { connect } from './connect.ts';
import { startTelegram, type TelegramFake } from './fake.ts';
import { telegram } from './index.ts';
import { filled } from './referee.ts';
import { setup } from './setup.ts';

const code = 'ABCDE23456';
const channel = -1001234567890;
const group = -55;
const supergroup = -1009876543210;
const admin = { status: 'administrator', can_post_messages: true } as const;

let fake: TelegramFake;
let io: Io;
beforeEach(async () => {
  fake = await startTelegram();
  io = ioOf();
  fake.chats.set(channel, { type: 'channel', title: 'News', username: 'news', bot: admin });
  for (const [id, type] of [[group, 'group'], [supergroup, 'supergroup']] as const) {
    fake.chats.set(id, { type, title: 'Us', bot: { status: 'administrator' }, members: new Map([[7, { status: 'creator' }], [8, { status: 'member' }]]) });
  }
});
afterEach(() => fake.close());

const ioOf = (more: FakeIoOptions = {}) => fakeIo({ upstreams: fake.upstreams, settings: { TELEGRAM_BOT_TOKEN: fake.token }, ...more });
const person = (id: number, more: object = {}) => ({ from: filled('User', { id, first_name: 'Somebody', ...more }) });
const chatIds = (claims: readonly BotClaim<Grant>[]) => claims.map(({ connected }) => Number(connected.grant.chatId));
const calls = (method: string) => fake.calls.filter(({ path }) => path.endsWith(`/${method}`)).length;

async function failureOf(act: Promise<unknown>) {
  const error = await act.then(() => undefined, (reason: unknown) => reason);
  if (!(error instanceof ProviderError)) throw new Error(`no ProviderError: ${String(error)}`);
  expect(`${JSON.stringify(error.failure)}${error.stack ?? ''}`).not.toContain('AAFakeToken');
  return error.failure;
}

describe('telegram: the operator’s test', () => {
  it('names the bot, and says what is wrong with the token', async () => {
    expect(await setup.test?.(io)).toBe('Telegram knows the bot @postmaster_bot, and nothing else listens to it.');
    expect(await failureOf(setup.test?.(ioOf({ settings: { TELEGRAM_BOT_TOKEN: '1:wrong' } })) ?? Promise.resolve())).toMatchObject({ kind: 'auth' });
  });
});

describe('telegram: linking', () => {
  it('shows the bot, and says when it cannot hear', async () => {
    expect(await connect.bot(io)).toEqual({ id: '123456789', name: '@postmaster_bot', url: 'https://t.me/postmaster_bot' });
    fake.news.webhook = 'https://elsewhere.example';
    expect(await failureOf(connect.bot(io))).toMatchObject({ kind: 'rejected', code: 'webhook' });
    expect(await failureOf(connect.updates(null, io))).toMatchObject({ kind: 'rejected', code: '409', message: expect.stringMatching(/webhook/u) as string });
    expect(await failureOf(connect.bot(ioOf({ settings: {} })))).toMatchObject({ kind: 'auth', code: 'no_bot' });
    expect(await failureOf(connect.bot(ioOf({ settings: { TELEGRAM_BOT_TOKEN: '123456789:AAFakeTokenOld' } })))).toMatchObject({ kind: 'auth', code: '401' });
  });

  it('takes the code from a channel, without asking about people', async () => {
    fake.say(channel, `/link ${code}`);
    const { claims } = await connect.updates(null, io);
    const grant = { botId: '123456789', chatId: String(channel), accountId: String(channel), title: 'News', username: 'news', topicId: null };
    expect(claims).toEqual([{ code, connected: { account: { id: String(channel), name: 'News' }, grant } }]);
    expect(calls('getChatMember')).toBe(1);
    expect(JSON.stringify(claims)).not.toContain('AAFakeToken');
    expect(await telegram.targets(grant, io)).toEqual([{ remoteId: String(channel), name: 'News', handle: '@news', url: 'https://t.me/news', avatarUrl: null }]);
  });

  it('takes it from those who run a group', async () => {
    fake.say(group, `/link ${code}`);
    fake.say(supergroup, code.toLowerCase(), { from: person(7).from });
    const anonymous = { ...person(1087968824, { is_bot: true }), sender_chat: { id: supergroup, type: 'supergroup', title: 'Us' } };
    fake.say(supergroup, `/link@postmaster_bot ${code}`, anonymous);
    const { claims } = await connect.updates(null, io);
    expect(chatIds(claims)).toEqual([group, supergroup, supergroup]);
    expect(claims.every((claim) => claim.code === code)).toBe(true);
    const target = await telegram.targets(claims[1]?.connected.grant, io);
    expect(target).toMatchObject([{ remoteId: String(supergroup), handle: 'private', url: 'https://t.me/c/9876543210' }]);
  });

  it('keeps the topic of a forum in which it was said', async () => {
    fake.say(supergroup, code, { message_thread_id: 9, is_topic_message: true });
    fake.say(supergroup, code, { message_thread_id: 9 });
    expect((await connect.updates(null, io)).claims.map(({ connected }) => connected.grant.topicId)).toEqual(['9', null]);
  });

  it('takes it from nobody else', async () => {
    fake.chats.set(7, { type: 'private', title: 'Ada', bot: { status: 'member' } });
    fake.say(7, `/link ${code}`);
    expect((await connect.updates(null, io)).claims).toEqual([]);
    expect(calls('getChatMember')).toBe(0);
    fake.say(supergroup, code, person(8));
    fake.say(supergroup, code, person(99));
    fake.say(supergroup, code, person(7, { is_bot: true }));
    fake.say(supergroup, code, { sender_chat: { id: channel, type: 'channel', title: 'News' }, is_automatic_forward: true });
    fake.say(supergroup, code, { forward_origin: filled('MessageOriginUser', { type: 'user' }) });
    fake.say(channel, code, { forward_origin: filled('MessageOriginUser', { type: 'user' }) });
    fake.say(channel, code, { via_bot: filled('User', {}) });
    fake.say(channel, code, { date: Math.floor(Date.now() / 1000) - 2 * 3600 });
    expect((await connect.updates(null, io)).claims).toEqual([]);
  });

  it.each(['', 'hello', '/link', '/link ABCDE', `/link ${code}${code}`, `my code is ${code}`, '/start ABCDE23456', 'ABCDE2345O', `/link ${code} now`])(
    'takes no code from %j', async (text) => {
      fake.say(channel, text);
      expect((await connect.updates(null, io)).claims).toEqual([]);
      expect(calls('getChatMember')).toBe(0);
    });

  it.each<[string, number, object, boolean]>([
    ['a channel in which the bot may not post', channel, { bot: { status: 'administrator' } }, false],
    ['a channel that has thrown it out', channel, { bot: { status: 'kicked' } }, false],
    ['a channel that it only reads', channel, { bot: { status: 'member' } }, false],
    ['a group that it left', supergroup, { bot: { status: 'left' } }, false],
    ['a group that silences it', supergroup, { bot: { status: 'restricted', is_member: true, can_send_messages: false } }, false],
    ['a group that restricts it otherwise', supergroup, { bot: { status: 'restricted', is_member: true, can_send_messages: true } }, true],
    ['a group in which members may write', group, { bot: { status: 'member' }, permissions: { can_send_messages: true } }, true],
    ['a group in which only administrators may', group, { bot: { status: 'member' }, permissions: { can_send_messages: false } }, false],
  ])('judges the bot itself: %s', async (_, id, change, linked) => {
    Object.assign(fake.chats.get(id) ?? {}, change);
    fake.say(id, `/link ${code}`);
    expect(chatIds((await connect.updates(null, io)).claims)).toEqual(linked ? [id] : []);
  });

  it('finds the channel of a basic group again after it became a supergroup', async () => {
    fake.say(group, '', { migrate_to_chat_id: supergroup });
    fake.say(supergroup, code);
    const [claim] = (await connect.updates(null, io)).claims;
    expect(claim?.connected).toMatchObject({ account: { id: String(group) }, grant: { chatId: String(supergroup), accountId: String(group) } });
    expect(await telegram.targets(claim?.connected.grant, io)).toMatchObject([{ remoteId: String(group) }]);
  });
});

describe('telegram: the cursor', () => {
  const cursorOf = (offset: number, more: object = {}) => ({ botId: '123456789', offset, at: expect.any(Number) as number, ...more });

  it('moves on, and reading again from an old one brings the same', async () => {
    fake.say(channel, code);
    fake.say(supergroup, 'hello');
    const first = await connect.updates(null, io);
    expect(first.cursor).toEqual(cursorOf(10_002));
    expect((await connect.updates(null, io)).claims).toEqual(first.claims);
    const second = await connect.updates(first.cursor, io);
    expect(second).toEqual({ cursor: first.cursor, claims: [], heard: [] });
    expect((await connect.updates(null, io)).claims).toEqual([]);
  });

  it('starts over for another bot, after a silent day, and from anything unreadable', async () => {
    fake.say(channel, code);
    const old: Json[] = [{ botId: '1', offset: 10_009, at: Date.now() }, { botId: '123456789', offset: 10_009, at: Date.now() - 25 * 3600_000 }, 'what', null];
    for (const cursor of old) expect(await connect.updates(cursor, io)).toMatchObject({ cursor: cursorOf(10_001), claims: [{ code }] });
  });

  it('follows numbers that began anew', async () => {
    fake.say(channel, code);
    expect(await connect.updates({ botId: '123456789', offset: 99_999_999, at: Date.now() }, io)).toMatchObject({ cursor: cursorOf(10_001), claims: [{ code }] });
  });

  it('passes over what stays wrong and what it cannot read', async () => {
    fake.queue({ channel_post: { surprise: true } }, true);
    fake.chats.set(-1004, { type: 'channel', title: 'Gone', bot: admin });
    fake.say(-1004, code);
    fake.chats.delete(-1004);
    fake.say(channel, code);
    expect(await connect.updates(null, io)).toMatchObject({ cursor: cursorOf(10_003), claims: [{ code }] });
  });

  it('waits at what may pass, without losing the others', async () => {
    fake.say(channel, code);
    fake.say(supergroup, code);
    fake.say(group, code);
    fake.fault({ path: new RegExp(`chat_id=${supergroup}`, 'u'), times: 2, kind: { answer: { status: 500, body: 'down' } } });
    const first = await connect.updates(null, io);
    expect(first.cursor).toEqual(cursorOf(10_001));
    expect(chatIds(first.claims)).toEqual([channel, group]);
    const second = await connect.updates(first.cursor, io);
    expect(second.cursor).toEqual(cursorOf(10_001));
    expect(chatIds(second.claims)).toEqual([group]);
    const third = await connect.updates(second.cursor, io);
    expect(third.cursor).toEqual(cursorOf(10_003));
    expect(chatIds(third.claims)).toEqual([supergroup, group]);
  });

  it('stays when nothing can be asked', async () => {
    fake.say(supergroup, code);
    fake.say(channel, code);
    const before = (await connect.updates(null, io)).cursor;
    fake.say(supergroup, code);
    fake.say(channel, code);
    for (const kind of [{ cut: 'before' }, { answer: { status: 429, body: { ok: false, error_code: 429, description: 'Too Many Requests: retry after 9', parameters: { retry_after: 9 } } } }] as const) {
      const asked = calls('getChatMember');
      fake.fault({ path: /getChatMember/u, kind });
      expect(['transient', 'rate_limited']).toContain((await failureOf(connect.updates(before, io))).kind);
      expect(calls('getChatMember')).toBe(asked + 1);
    }
    fake.fault({ path: /getUpdates/u, kind: { answer: { status: 502, body: 'bad gateway' } } });
    expect((await failureOf(connect.updates(before, io))).kind).toBe('transient');
    expect((await connect.updates(before, io)).claims).toHaveLength(2);
  });

  it('is held up by one chat for an hour at most', async () => {
    fake.say(supergroup, code, { date: Math.floor(Date.now() / 1000) - 3700 });
    fake.say(channel, code);
    fake.fault({ path: new RegExp(`chat_id=${supergroup}`, 'u'), times: 9, kind: { answer: { status: 500, body: 'down' } } });
    expect(await connect.updates(null, io)).toMatchObject({ cursor: cursorOf(10_002), claims: [{ code }] });
  });
});

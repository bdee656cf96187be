import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Failure } from '../../domain/failure.ts';
import type { Json } from '../../domain/json.ts';
import { crashEverywhere } from '../../testing/trial.ts';
import { ProviderError, type Job, type JobPart, type Steps } from '../contract.ts';
import { fakeIo, mapSteps, type FakeIoOptions } from '../fake/io.ts';
import type { FakeAnswer } from '../fake/server.ts';
import type { Subject } from '../subject.ts';
import type { Grant } from './chat.ts';
import { startTelegram, type TelegramFake } from './fake.ts';
import { options, publish, type Options } from './publish.ts';
import { channelOf, subject } from './subject.ts';

let fake: TelegramFake;
beforeEach(async () => { fake = await startTelegram(); });
afterEach(() => fake.close());

const chatId = -1001234567890;
const part = (text: string, pictures = 0): JobPart =>
  ({ text, media: Array.from({ length: pictures }, (_, n) => ({ kind: 'image' as const, mediaId: `m${n}`, alt: '', width: 1, height: 1 })) });

interface Given { grant?: Partial<Grant>; options?: Partial<Options>; journal?: Map<string, Json>; steps?: Steps; io?: ReturnType<typeof ioOf> }

const ioOf = (more: FakeIoOptions = {}) => fakeIo({ upstreams: fake.upstreams, settings: { TELEGRAM_BOT_TOKEN: fake.token }, ...more });

function post(parts: readonly [JobPart, ...JobPart[]], given: Given = {}) {
  const { grant, target } = channelOf(fake);
  const job: Job<Grant, Options> = {
    id: 'p1', grant: { ...grant, ...given.grant }, target: { ...target, limits: {} }, options: options.parse(given.options ?? {}), frozenAt: 0, parts,
  };
  return publish(job, given.steps ?? mapSteps(given.journal), given.io ?? ioOf());
}

async function failureOf(act: Promise<unknown>): Promise<Failure> {
  const error = await act.then(() => undefined, (reason: unknown) => reason);
  if (!(error instanceof ProviderError)) throw new Error(`no ProviderError: ${String(error)}`);
  expect(`${JSON.stringify(error.failure)}${error.stack ?? ''}`).not.toContain('AAFakeToken');
  return error.failure;
}

const methods = () => fake.calls.map(({ path }) => path.split('/').at(-1));

describe('telegram: what comes out', () => {
  it('is a text with a public permalink', async () => {
    expect(await post([part('See https://example.org')])).toEqual({ remoteId: '42', url: 'https://t.me/news/42' });
    expect(fake.ledger).toEqual([{ id: `${chatId}/42`, text: 'See https://example.org', media: [] }]);
  });

  it('has a private permalink in a chat without a name, and none in a basic group', async () => {
    fake.chats.set(-1009876543210, { type: 'supergroup', title: 'Us', bot: { status: 'member' } });
    fake.chats.set(-55, { type: 'group', title: 'Few', bot: { status: 'member' } });
    expect(await post([part('a')], { grant: { chatId: '-1009876543210' } })).toEqual({ remoteId: '42', url: 'https://t.me/c/9876543210/42' });
    expect(await post([part('a')], { grant: { chatId: '-55' } })).toEqual({ remoteId: '42', url: null });
  });

  it('is one photo with its caption, or an album with one caption', async () => {
    await post([part('One', 1)]);
    await post([part('Four', 4)]);
    await post([part('', 10)]);
    expect(methods()).toEqual(['sendPhoto', 'sendMediaGroup', 'sendMediaGroup']);
    expect(fake.ledger.map(({ text, media }) => `${text}${media.length}`)).toEqual(['One1', 'Four1', '1', '1', '1', ...Array.from({ length: 10 }, () => '1')]);
  });

  it('lets a text that is too long for a caption follow its pictures', async () => {
    await post([part('x'.repeat(1024), 2)]);
    expect(methods()).toEqual(['sendMediaGroup']);
    const text = 'x'.repeat(1025);
    expect(await post([part(text, 2)])).toMatchObject({ remoteId: '44' });
    expect(fake.ledger.slice(2)).toMatchObject([{ text: '' }, { text: '' }, { text, replyTo: `${chatId}/44` }]);
  });

  it('is a thread of replies', async () => {
    await post([part('One', 2), part('Two'), part('y'.repeat(2000), 1), part('Four')]);
    expect(fake.ledger.map(({ text, replyTo }) => [text.slice(0, 3), replyTo?.split('/')[1]])).toEqual([
      ['One', undefined], ['', undefined], ['Two', '42'], ['', '44'], ['yyy', '45'], ['Fou', '46'],
    ]);
  });

  it('carries the options and the topic', async () => {
    const bodies: Record<string, string>[] = [];
    const io = ioOf();
    const { http } = io;
    io.http = (request) => {
      if (request.body && 'form' in request.body) bodies.push(request.body.form);
      return http(request);
    };
    fake.chats.set(-1002, { type: 'supergroup', title: 'Forum', bot: { status: 'administrator' }, topics: [9] });
    const flags = { silent: false, noPreview: false, protect: false };
    await post([part('a')], { io });
    await post([part('a')], { io, options: { ...flags, silent: true } });
    await post([part('a')], { io, options: { ...flags, protect: true } });
    await post([part('a')], { io, options: { ...flags, noPreview: true } });
    await post([part('a')], { io, grant: { chatId: '-1002', topicId: '9' } });
    const plain = { chat_id: String(chatId), text: 'a' };
    expect(bodies).toEqual([
      plain, { ...plain, disable_notification: 'true' }, { ...plain, protect_content: 'true' },
      { ...plain, link_preview_options: '{"is_disabled":true}' }, { ...plain, chat_id: '-1002', message_thread_id: '9' },
    ]);
    const closed = await failureOf(post([part('c')], { grant: { chatId: '-1002', topicId: '8' } }));
    expect(closed).toMatchObject({ kind: 'rejected', message: 'The topic this channel posts to is closed or gone.' });
  });

  it('has its pictures made before the call begins, and time to upload large ones', async () => {
    const done: string[] = [];
    const timeouts: (number | undefined)[] = [];
    const bytes = Buffer.alloc(1_000_000);
    const io = ioOf({ image: (mediaId) => {
      done.push(mediaId);
      return { bytes, file: { type: 'image/jpeg', width: 1, height: 1, name: 'a.jpg' } };
    } });
    const { http } = io;
    io.http = (request) => {
      timeouts.push(request.timeoutMs);
      return http(request);
    };
    const steps = mapSteps();
    const once: Steps['once'] = (...args) => {
      expect(done).toEqual(['m0', 'm1']);
      return steps.once(...args);
    };
    await post([part('a', 2)], { io, steps: { ...steps, once } });
    expect(timeouts).toEqual([70_000]);
  });

  it('may be accepted without an id yet', async () => {
    fake.late = true;
    expect(await post([part('One'), part('Two')])).toEqual({ remoteId: 'pending', url: null });
    expect(fake.ledger).toHaveLength(2);
    expect(fake.ledger[1]?.replyTo).toBeUndefined();
  });
});

describe('telegram: a group that becomes a supergroup', () => {
  beforeEach(() => {
    fake.chats.set(-55, { type: 'group', title: 'Few', bot: { status: 'member' }, movedTo: -100777 });
    fake.chats.set(-100777, { type: 'supergroup', title: 'Few', username: 'few', bot: { status: 'member' } });
  });
  const grant = { chatId: '-55' };

  it('gets the post at its new id, once, and is known by it from then on', async () => {
    const io = ioOf();
    expect(await post([part('One'), part('Two')], { grant, io })).toEqual({ remoteId: '42', url: 'https://t.me/few/42' });
    expect(fake.calls.map(({ status }) => status)).toEqual([400, 200, 200]);
    await post([part('Three')], { grant, io });
    expect(fake.calls).toHaveLength(4);
    expect(fake.ledger.map(({ id }) => id)).toEqual(['-100777/42', '-100777/43', '-100777/44']);
  });

  it('does not answer a message of the old id in the new one', async () => {
    await post([part('Somebody else')], { grant: { chatId: '-100777' } });
    const journal = new Map<string, Json>([['post', { chatId: '-55', username: null, ids: ['42'] }]]);
    await post([part('One'), part('Two')], { grant, journal });
    expect(fake.ledger[1]).toEqual({ id: '-100777/43', text: 'Two', media: [] });
  });

  it('gets the rest of a thread where its beginning went', async () => {
    await post([part('One')], { grant: { chatId: '-100777' } });
    const journal = new Map<string, Json>([['post', { chatId: '-100777', username: 'few', ids: ['42'] }]]);
    expect(await post([part('One'), part('Two')], { grant, journal })).toEqual({ remoteId: '42', url: 'https://t.me/few/42' });
    expect(fake.calls.map(({ status }) => status)).toEqual([200, 200]);
    expect(fake.ledger[1]).toMatchObject({ text: 'Two', replyTo: '-100777/42' });
  });

  it('goes out once through the engine, at whatever point it dies', async () => {
    const moving: Subject = { ...subject, account: (of) => {
      const { target, grant: first } = channelOf(of as TelegramFake);
      (of as TelegramFake).chats.set(-55, { type: 'group', title: 'Few', bot: { status: 'member' }, movedTo: chatId });
      return { target, grant: { ...first, chatId: '-55' } };
    } };
    const report = await crashEverywhere(moving, { name: 'moved', parts: [{ text: 'One' }, { text: 'Two' }], visible: 2 });
    expect(report).toMatchObject({ astray: [], doubled: 0 });
    expect(report.published).toBeGreaterThan(report.unconfirmed);
  }, 120_000);
});

describe('telegram: what goes wrong', () => {
  const refusal = (status: number, description: string, parameters?: object): FakeAnswer =>
    ({ status, body: { ok: false, error_code: status, description, ...(parameters && { parameters }) } });
  const rows: [Failure['kind'], RegExp, ...(readonly [number, string])[]][] = [
    ['auth', /does not show this chat/u, [400, 'Bad Request: chat not found']],
    ['rejected', /became a supergroup/u, [400, 'Bad Request: group chat was upgraded to a supergroup chat']],
    ['rejected', /text is too long for T/u, [400, 'Bad Request: message is too long']],
    ['rejected', /too long for a caption/u, [400, 'Bad Request: message caption is too long']],
    ['rejected', /no text/u, [400, 'Bad Request: message text is empty'], [400, 'Bad Request: text must be non-empty']],
    ['rejected', /formatting/u, [400, 'Bad Request: can\'t parse entities: unexpected end tag']],
    ['transient', /fetch/u, [400, 'Bad Request: failed to get HTTP URL content'], [400, 'Bad Request: WEBPAGE_CURL_FAILED']],
    ['rejected', /could not use a file/u, [400, 'Bad Request: wrong type of the web page content']],
    ['rejected', /could not find a file/u, [400, 'Bad Request: wrong file identifier/HTTP URL specified'], [400, 'Bad Request: wrong file_id or the file is temporarily unavailable']],
    ['rejected', /too large or too narrow/u, [400, 'Bad Request: PHOTO_INVALID_DIMENSIONS']],
    ['rejected', /could not read a picture/u, [400, 'Bad Request: IMAGE_PROCESS_FAILED'], [400, 'Bad Request: PHOTO_EXT_INVALID']],
    ['rejected', /could not read a video/u, [400, 'Bad Request: VIDEO_CONTENT_TYPE_INVALID']],
    ['rejected', /together/u, [400, 'Bad Request: can\'t use the media of the specified type in the album']],
    ['auth', /may not post/u, [400, 'Bad Request: not enough rights to send text messages to the chat'], [400, 'Bad Request: CHAT_WRITE_FORBIDDEN'],
      [400, 'Bad Request: need administrator rights in the channel chat'], [400, 'Bad Request: CHAT_ADMIN_REQUIRED'], [400, 'Bad Request: CHAT_RESTRICTED']],
    ['rejected', /this kind of post/u, [400, 'Bad Request: not enough rights to send photos to the chat']],
    ['rejected', /topic/u, [400, 'Bad Request: message thread not found'], [400, 'Bad Request: TOPIC_CLOSED']],
    ['rejected', /earlier part/u, [400, 'Bad Request: message to be replied not found']],
    ['rejected', /too large/u, [400, 'Bad Request: file is too big'], [413, 'Request Entity Too Large']],
    ['unsettled', /whole album/u, [400, 'Bad Request: failed to send message #2 with the error message "WEBPAGE_CURL_FAILED"'], [400, 'Bad Request: Group send failed']],
    ['rejected', /something new/u, [400, 'Bad Request: something new']],
    ['auth', /TELEGRAM_BOT_TOKEN/u, [401, 'Unauthorized'], [404, 'Not Found']],
    ['auth', /no longer in this chat/u, [403, 'Forbidden: bot was kicked from the channel chat'], [403, 'Forbidden: bot is not a member of the supergroup chat'],
      [403, 'Forbidden: the group chat was deleted'], [403, 'Forbidden: bot was blocked by the user'], [403, 'Forbidden: user is deactivated']],
    ['auth', /does not let the bot/u, [403, 'Forbidden: something new']],
    ['auth', /frozen/u, [406, 'Not Acceptable: FROZEN_METHOD_INVALID']],
    ['transient', /Another program/u, [409, 'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running']],
    ['transient', /error of its own/u, [500, 'Internal Server Error: sent message was immediately deleted'], [502, 'Bad Gateway']],
  ];
  const each = rows.flatMap(([kind, message, ...told]) => told.map(([status, description]) => [status, description, kind, message] as const));
  it.each(each)('%i %s', async (status, description, kind, message) => {
    fake.fault({ kind: { answer: refusal(status, `${description} ${fake.token}`) } });
    const failure = await failureOf(post([part('a')]));
    expect(failure).toMatchObject({ kind, message: expect.stringMatching(message) as string, evidence: { status } });
    if (failure.kind === 'rejected') expect(failure.fix).toMatch(/\.$/u);
    if (failure.kind === 'transient') expect(failure.reached).toBe(status >= 500);
    expect(fake.ledger).toEqual([]);
  });

  it('waits as long as Telegram asks', async () => {
    fake.slowDown(35);
    const failure = await failureOf(post([part('a')], { io: ioOf({ now: () => 1_000 }) }));
    expect(failure).toMatchObject({ kind: 'rate_limited', retryAt: 36_000, scope: 'channel' });
  });

  it('never takes a stranger\'s answer for Telegram\'s', async () => {
    for (const [status, body] of [[403, 'blocked by the proxy'], [400, { error: 'no' }], [413, ''], [401, {}]] as const) {
      fake.fault({ kind: { answer: { status, body } } });
      expect(await failureOf(post([part('a')]))).toMatchObject({ kind: 'transient', reached: true, code: 'not_telegram' });
    }
  });

  it.each([[{ cut: 'after' }, 1], [{ cut: 'body' }, 1], [{ cut: 'before' }, 0], [{ lie: { status: 200, body: '<html>123456789:AAFakeTokenThatMustNeverBeSeen_12345</html>' } }, 1]] as const)(
    'leaves in doubt what may have arrived: %j', async (kind, visible) => {
      fake.fault({ kind });
      expect(await failureOf(post([part('a', 2)]))).toMatchObject({ kind: 'transient', reached: true });
      expect(fake.ledger).toHaveLength(visible * 2);
    });

  it('says whose the bot is when there is none, or another', async () => {
    for (const token of [undefined, '', 'not a token', '../../evil', '123456789:../../evil']) {
      const io = ioOf({ settings: token === undefined ? {} : { TELEGRAM_BOT_TOKEN: token } });
      expect(await failureOf(post([part('a')], { io }))).toMatchObject({ kind: 'auth', code: 'no_bot', message: expect.stringMatching(/Whoever runs Post Master/u) as string });
    }
    expect(await failureOf(post([part('a')], { grant: { botId: '1' } }))).toMatchObject({ kind: 'auth', code: 'other_bot' });
    expect(await failureOf(post([part('a')], { io: ioOf({ settings: { TELEGRAM_BOT_TOKEN: `${fake.token}x` } }) })))
      .toMatchObject({ kind: 'auth', code: '401', message: expect.stringMatching(/TELEGRAM_BOT_TOKEN/u) as string });
    expect(fake.ledger).toEqual([]);
  });

  it('does not blame the text for pictures', async () => {
    fake.chats.set(-1003, { type: 'supergroup', title: 'Us', bot: { status: 'member' }, permissions: { can_send_messages: true, can_send_photos: false } });
    expect(await failureOf(post([part('a', 1)], { grant: { chatId: '-1003' } }))).toMatchObject({ kind: 'rejected', fix: expect.stringMatching(/pictures/u) as string });
  });
});

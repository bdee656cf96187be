import { existsSync, readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSend } from '../../lib/net-guard.ts';
import { startTelegram, type TelegramFake } from './fake.ts';
import { misfitOfResult } from './referee.ts';
import spec from './spec.json' with { type: 'json' };

const chatId = -1001234567890;
let fake: TelegramFake;
beforeEach(async () => {
  fake = await startTelegram();
  fake.chats.set(chatId, { type: 'channel', title: 'News', bot: { status: 'administrator', can_post_messages: true } });
});
afterEach(() => fake.close());

/** A call as anybody could make it, without the adapter. Gives the description of the refusal, or null. */
async function refusalOf(method: string, params: Record<string, string>, files: Record<string, File> = {}): Promise<string | null> {
  const body = new FormData();
  for (const [name, value] of Object.entries({ ...params, ...files })) body.set(name, value);
  const encoded = new Response(body);
  const answer = await createSend(fake.upstreams)(new URL(`${fake.origin}/bot${fake.token}/${method}`), {
    method: 'POST', headers: { 'content-type': encoded.headers.get('content-type') ?? '' }, body: Buffer.from(await encoded.arrayBuffer()),
  });
  const told = (await answer.body.json()) as { ok: boolean; description?: string };
  return told.ok ? null : `${answer.statusCode} ${told.description}`;
}

const chat = { chat_id: String(chatId) };
const photo = () => new File(['x'], 'a.jpg', { type: 'image/jpeg' });
const album = (...refs: string[]) => ({ ...chat, media: JSON.stringify(refs.map((media) => ({ type: 'photo', media }))) });
const three = { a: photo(), b: photo(), c: photo() };
const two = { a: photo(), b: photo() };

describe('telegram: the fake is strict', () => {
  it.each<[string, string, Record<string, string>, Record<string, File>, string | null]>([
    ['a text', 'sendMessage', { ...chat, text: 'a' }, {}, null],
    ['unknown method', 'sendRumour', chat, {}, '404 Not Found: method not found'],
    ['unknown parameter', 'sendMessage', { ...chat, text: 'a', caption: 'b' }, {}, '400 Bad Request: unknown parameter "caption"'],
    ['missing parameter', 'sendMessage', chat, {}, '400 Bad Request: parameter "text" is required'],
    ['mistyped flag', 'sendMessage', { ...chat, text: 'a', disable_notification: 'yes' }, {}, '400 Bad Request: parameter "disable_notification" is not of type Boolean'],
    ['mistyped number', 'sendMessage', { ...chat, text: 'a', message_thread_id: 'x' }, {}, '400 Bad Request: parameter "message_thread_id" is not of type Integer'],
    ['unknown inside', 'sendMessage', { ...chat, text: 'a', link_preview_options: '{"disabled":true}' }, {}, '400 Bad Request: link_preview_options.disabled is unknown in LinkPreviewOptions'],
    ['mistyped inside', 'sendMessage', { ...chat, text: 'a', reply_parameters: '{"message_id":"1"}' }, {}, '400 Bad Request: reply_parameters.message_id is not of type Integer'],
    ['missing inside', 'sendMessage', { ...chat, text: 'a', reply_parameters: '{}' }, {}, '400 Bad Request: reply_parameters.message_id is missing'],
    ['reply to nothing', 'sendMessage', { ...chat, text: 'a', reply_parameters: '{"message_id":1}' }, {}, '400 Bad Request: message to be replied not found'],
    ['blank text', 'sendMessage', { ...chat, text: ' ' }, {}, '400 Bad Request: message text is empty'],
    ['4096 units', 'sendMessage', { ...chat, text: '😀'.repeat(2048) }, {}, null],
    ['4097 units', 'sendMessage', { ...chat, text: `${'😀'.repeat(2048)}a` }, {}, '400 Bad Request: message is too long'],
    ['1025 units under a picture', 'sendPhoto', { ...chat, caption: 'a'.repeat(1025) }, { photo: photo() }, '400 Bad Request: message caption is too long'],
    ['a picture by address', 'sendPhoto', { ...chat, photo: 'https://example.org/a.jpg' }, {}, '400 Bad Request: wrong file identifier/HTTP URL specified'],
    ['an album', 'sendMediaGroup', album('attach://a', 'attach://b'), two, null],
    ['an album of one', 'sendMediaGroup', album('attach://a'), { a: photo() }, '400 Bad Request: there are too few messages to send as an album'],
    ['an album of eleven', 'sendMediaGroup', album(...Array.from({ length: 11 }, () => 'attach://a')), two, '400 Bad Request: too many messages to send as an album'],
    ['a picture that is not there', 'sendMediaGroup', album('attach://a', 'attach://x'), two, '400 Bad Request: can\'t parse InputMedia: media not found'],
    ['a picture twice', 'sendMediaGroup', album('attach://a', 'attach://a'), { a: photo() }, '400 Bad Request: files and pictures do not match'],
    ['a file that belongs to nothing', 'sendMediaGroup', album('attach://a', 'attach://b'), three, '400 Bad Request: files and pictures do not match'],
    ['a chat it never saw', 'sendMessage', { chat_id: '-1', text: 'a' }, {}, '400 Bad Request: chat not found'],
  ])('%s', async (_, method, params, files, refusal) => {
    expect(await refusalOf(method, params, files)).toBe(refusal);
    expect(fake.ledger).toHaveLength(refusal !== null ? 0 : method === 'sendMediaGroup' ? 2 : 1);
  });

  it('knows answers that Telegram would not give', () => {
    expect(misfitOfResult('getMe', { id: 1, is_bot: true })).toBe('result.first_name is missing');
    expect(misfitOfResult('getMe', { id: '1', is_bot: true, first_name: 'a' })).toBe('result.id is not of type Integer');
    expect(misfitOfResult('getMe', { id: 1, is_bot: true, first_name: 'a', nickname: 'b' })).toBe('result.nickname is unknown in User');
    expect(misfitOfResult('getMe', { id: 1, is_bot: true, first_name: 'a' })).toBeNull();
  });
});

const whole = new URL('../../../../shared/specs/telegram/telegram-bot-api.json', import.meta.url);
const seen = existsSync(whole);
if (!seen) console.log('telegram: skipped the comparison with the whole specification, which is not at ../shared/specs');

describe.skipIf(!seen)('telegram: spec.json', () => {
  interface Whole { version: string; methods: Record<string, Entry>; types: Record<string, Entry> }
  interface Entry { returns?: string[]; subtypes?: string[]; fields?: { name: string; types: string[]; required: boolean }[] }

  it('is what the whole one says', () => {
    const full = JSON.parse(readFileSync(whole, 'utf8')) as Whole;
    const cut = ({ fields = [], returns, subtypes }: Entry = {}) => ({
      ...(returns && { returns }),
      fields: Object.fromEntries(fields.map(({ name, types, required }) => [name, { types, required }])),
      ...(subtypes && { subtypes }),
    });
    expect(spec.version).toBe(full.version);
    for (const [name, entry] of Object.entries(spec.methods)) expect(entry, name).toEqual(cut(full.methods[name]));
    for (const [name, entry] of Object.entries(spec.types)) expect(entry, name).toEqual(cut(full.types[name]));
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chatHouse, type ChatHouse } from '../../testing/chat.ts';
import { createHeed } from './hear.ts';
import { createListening, hearingOf } from './listen.ts';

let house: ChatHouse;
let listen: (stopping: AbortSignal) => Promise<void>;
beforeEach(() => open());
afterEach(() => house.close());

async function open(env: Record<string, string> = {}) {
  await house?.close();
  house = await chatHouse(env);
  listen = createListening(house.app.deps, createHeed(house.deps));
}

/** One turn; one that waits for news is ended. Gives the methods that were called. */
async function turn(): Promise<string[]> {
  const before = house.fake.asked.length;
  const stopping = new AbortController();
  const timer = setTimeout(() => stopping.abort(), 400);
  await listen(stopping.signal);
  clearTimeout(timer);
  return house.fake.asked.slice(before);
}

const said = async () => (await house.app.deps.store.settings.checks()).get(hearingOf('telegram'))?.findings[0];
const card = async () => (await house.ada.get('/settings/networks/telegram')).body.replaceAll(/<[^>]+>/gu, ' ').replaceAll(/\s+/gu, ' ');
const invite = () => house.ada.post('/settings/intake/telegram/link');
const publicly = { PUBLIC_URL: 'https://post.example.org' };
const hook = 'https://post.example.org/hooks/telegram';

describe('a bot that nobody needs', () => {
  it.each([{}, publicly])('costs nothing: %j', async (env) => {
    await open(env);
    for (let n = 0; n < 3; n += 1) expect(await turn()).toEqual([]);
    expect(await card()).toContain('Nobody listens to the bot now');
  });
});

describe('without a public address', () => {
  it('is asked as soon as somebody makes a link, and no more when nobody is linked', async () => {
    await invite();
    expect(await turn()).toEqual(['getWebhookInfo', 'getUpdates']);
    expect(await said()).toEqual({ label: 'By asking', good: true, said: 'Post Master asks Telegram for new messages, because this instance has no public https address.' });
    expect(await card()).toContain('Post Master asks Telegram for new messages');
    house.clock.advance(16 * 60_000);
    expect(await turn()).toEqual([]);
    expect(await said()).toBeUndefined();
  });

  it('waits at the platform while somebody is linked, and ends at once when the process stops', async () => {
    await house.link();
    await house.hear();
    const stopping = new AbortController();
    const listening = listen(stopping.signal);
    await expect.poll(() => house.fake.news.allowed).toEqual(['message', 'edited_message', 'channel_post', 'callback_query']);
    house.tell({ text: 'Heard while waiting' });
    await listening;
    await house.settle();
    expect((await house.posts()).map(({ content }) => content.parts[0].text)).toEqual(['Heard while waiting']);
    const again = listen(stopping.signal);
    stopping.abort();
    await again;
    expect(house.app.logged()).not.toContain('could not be heard');
  });

  it('asks at once and seldom while somebody only connects a chat', async () => {
    await house.ada.post('/channels/connect/telegram');
    expect(await turn()).toEqual(['getWebhookInfo', 'getUpdates']);
    expect(await turn()).toEqual([]);
    house.clock.advance(3_000);
    expect(await turn()).toEqual(['getUpdates']);
  });

  it('takes back a webhook of its own, and leaves another program’s alone', async () => {
    await open(publicly);
    await invite();
    await turn();
    expect(house.fake.news.webhook).toBe(hook);
    const port = house.app.deps;
    Object.assign(house.app.deps, { config: { ...port.config, publicUrl: 'http://localhost:3000' } });
    listen = createListening(house.app.deps, createHeed(house.deps));
    expect(await turn()).toEqual(['getWebhookInfo', 'deleteWebhook', 'getUpdates']);
    house.fake.news.webhook = 'https://elsewhere.example/bot';
    expect(await turn()).toEqual(['getUpdates']);
    house.clock.advance(15_000);
    expect(await turn()).toEqual(['getWebhookInfo']);
    expect(house.fake.news.webhook).toBe('https://elsewhere.example/bot');
    expect(await said()).toMatchObject({ good: false, said: expect.stringContaining('Another program receives this bot\'s messages by webhook.') as string });
    expect((await invite()).statusCode).toBe(422);
  });

  it('is patient with another program that asks as well', async () => {
    await house.link();
    await house.hear();
    house.fake.fault({ path: /getUpdates/u, kind: { answer: { status: 409, body: { ok: false, error_code: 409, description: 'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running' } } } });
    await turn();
    expect(await turn()).toEqual([]);
    expect(house.app.logged()).toContain('the bot could not be heard');
    house.clock.advance(15_000);
    house.tell({ text: 'x' });
    expect(await turn()).toContain('getUpdates');
  });
});

describe('with a public address', () => {
  beforeEach(() => open(publicly));

  it('is called: set up once, looked after each minute, ended with the last link', async () => {
    await invite();
    expect(await turn()).toEqual(['getWebhookInfo', 'setWebhook']);
    expect(house.fake.news.webhook).toBe(hook);
    expect(house.fake.news.allowed).toEqual(['message', 'edited_message', 'channel_post', 'callback_query']);
    expect(await card()).toContain(`Telegram calls ${hook} with every message.`);
    expect(await turn()).toEqual([]);
    house.clock.advance(60_000);
    expect(await turn()).toEqual(['getWebhookInfo']);
    house.clock.advance(15 * 60_000);
    expect(await turn()).toEqual(['getWebhookInfo', 'deleteWebhook']);
    expect(await turn()).toEqual([]);
    expect(house.fake.news.webhook).toBe('');
  });

  it('is told to keep silent by a process that never heard it, when nobody is linked any more', async () => {
    await invite();
    await turn();
    listen = createListening(house.app.deps, createHeed(house.deps));
    house.clock.advance(16 * 60_000);
    expect(await turn()).toEqual(['getWebhookInfo', 'deleteWebhook']);
    expect(await turn()).toEqual([]);
  });

  it('is asked instead while its calls do not arrive, and called again later', async () => {
    await invite();
    await turn();
    const token = /\?start=([\w-]{43})/u.exec((await invite()).body)?.[1] ?? '';
    house.command(`/start ${token}`);
    await expect.poll(async () => house.fake.news.methods['getWebhookInfo']?.({})).toMatchObject({ last_error_message: 'Connection refused' });
    house.clock.advance(60_000);
    expect(await turn()).toEqual(['getWebhookInfo', 'getWebhookInfo', 'deleteWebhook', 'getUpdates', 'sendMessage']);
    expect(await said()).toMatchObject({ good: false, said: 'Post Master asks Telegram for new messages, because its calls do not arrive. Telegram could not deliver: Connection refused.' });
    expect(await house.app.deps.store.intakeLinks.isWanted('telegram', house.clock.now())).toBe(true);
    house.tell({ text: 'By asking' });
    expect(await turn()).toEqual(['getUpdates']);
    house.clock.advance(30 * 60_000);
    expect(await turn()).toEqual(['getWebhookInfo', 'setWebhook']);
    expect(await card()).toContain(`Telegram calls ${hook} with every message.`);
  });

  it('is asked where the address can never be called', async () => {
    await open({ PUBLIC_URL: 'https://post.example.org:8080' });
    await invite();
    expect(await turn()).toEqual(['getWebhookInfo', 'setWebhook', 'getWebhookInfo', 'getUpdates']);
    expect(await said()).toMatchObject({ good: false, said: expect.stringContaining('ports 80, 88, 443 or 8443') as string });
  });

  it('connects chats and makes links as before', async () => {
    await invite();
    await turn();
    const begun = await house.ada.post('/channels/connect/telegram');
    const code = /data-code[^>]*>(?:<code>)?([\dA-Z]{10})/u.exec(begun.body)?.[1] ?? '';
    expect(code).toHaveLength(10);
    const chatId = -1001234567890;
    house.fake.chats.set(chatId, { type: 'channel', title: 'Harbour News', bot: { status: 'administrator', can_post_messages: true } });
    const { secret } = (await house.app.deps.store.connecting.note('telegram', 'webhook')) as { secret: string };
    house.fake.say(chatId, `/link ${code}`);
    for (const update of house.fake.news.pending()) {
      const answer = await house.app.server.inject({ method: 'POST', url: '/hooks/telegram', payload: JSON.stringify(update), headers: { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': secret } });
      expect(answer.statusCode).toBe(200);
    }
    expect((await house.app.deps.store.channels.list(house.workspaceId)).map(({ name }) => name)).toContain('Harbour News');
  });
});

import { fakeOAuth, type FakeOAuth } from '../fake/oauth.ts';
import { startFake, type FakeAnswer, type FakePlatform, type FakeRequest } from '../fake/server.ts';
import { attachmentsOf, checkPayload, Refusal } from './fake-payload.ts';

const origin = 'https://discord.com';
const botId = '80351110224678912';

export interface FakeMessage { id: string; channelId: string; authorId: string; content: string; files: number; poll: boolean; nonce: string | null; at: number }

export interface FakeWebhook { id: string; token: string; type: number; name: string; guildId: string; channelId: string }

export interface FakeDiscord extends FakePlatform {
  client: { id: string; secret: string };
  botToken: string;
  webhooks: Map<string, FakeWebhook>;
  channels: Map<string, { guildId: string; type: number; name: string }>;
  messages: FakeMessage[];
  /** What the bot may do besides writing. */
  mayReadHistory: boolean;
  oauth: FakeOAuth;
  slowDown(seconds: number): void;
  /** Somebody else writes in a channel. */
  say(channelId: string, content: string): void;
}

export const guildId = '290926798626357250';
export const textChannel = '290926798999357250';
export const forumChannel = '290926798999357299';

/** A Discord with one server, one bot and two webhooks, that takes nothing its documentation does not. */
export async function startFakeDiscord({ now = Date.now, redirectUris = ['https://post.example/integrations/social/discord-bot'] }: { now?: () => number; redirectUris?: readonly string[] } = {}): Promise<FakeDiscord> {
  const client = { id: '310954232226357250', secret: 'discord-client-secret-for-tests' };
  const oauth = fakeOAuth({
    client, redirectUris, scopes: ['bot'], pkce: 'none', extra: ['permissions', 'guild_id', 'disable_guild_select'], codeSeconds: 60, tokenSeconds: 604_800, refresh: 'stays',
    user: () => 'ada', now,
    refusal: (error, description) => ({ status: error === 'invalid_client' ? 401 : 400, body: { error, error_description: description } }),
  });
  let made = 0;
  let slow: number | null = null;
  // A snowflake: the time in it, and a number of its own in its last 22 bits.
  const newId = () => ((BigInt(now() - 1_420_070_400_000) << 22n) | BigInt(++made)).toString();

  const platform = await startFake([origin], () => async (request) => {
    try {
      return await routed(request);
    } catch (error) {
      if (error instanceof Refusal) return error.answer;
      throw error;
    }
  });

  async function routed(request: FakeRequest): Promise<FakeAnswer> {
    if (request.path === '/oauth2/authorize') return request.method === 'GET' ? oauth.consent(request) : oauth.decide(request);
    if (!/^DiscordBot \(\S+, \S+\)$/u.test(request.headers['user-agent'] ?? '')) throw new Refusal(403, 40333, 'internal network error');
    const path = request.path.replace(/^\/api\/v10/u, '');
    if (path === request.path) throw new Refusal(404, 0, '404: Not Found');
    if (request.method === 'POST' && path === '/oauth2/token') return token(request);
    const hook = /^\/webhooks\/(\d+)\/([\w-]+)$/u.exec(path);
    if (hook) return atWebhook(request, hook[1] ?? '', hook[2] ?? '');
    if (request.headers['authorization'] !== `Bot ${fake.botToken}`) throw new Refusal(401, 0, '401: Unauthorized');
    if (request.method === 'GET' && path === '/users/@me') return { status: 200, body: { id: botId, username: 'postmaster', discriminator: '0000', avatar: null, bot: true } };
    const listing = /^\/guilds\/(\d+)\/channels$/u.exec(path);
    if (request.method === 'GET' && listing) {
      if (listing[1] !== guildId) throw new Refusal(404, 10004, 'Unknown Guild');
      return { status: 200, body: [...fake.channels].map(([id, { type, name }]) => ({ id, type, name, guild_id: guildId, position: 0 })) };
    }
    const messages = /^\/channels\/(\d+)\/messages$/u.exec(path);
    if (messages) return atChannel(request, messages[1] ?? '');
    throw new Refusal(404, 0, '404: Not Found');
  }

  function token(request: FakeRequest): FakeAnswer {
    const [id = '', secret = ''] = Buffer.from(request.headers['authorization']?.replace(/^Basic /u, '') ?? '', 'base64').toString().split(':');
    const given = oauth.token(Object.fromEntries(request.form()), { id, secret });
    if ('status' in given) return given;
    return { status: 200, body: {
      token_type: 'Bearer', access_token: given.access, refresh_token: given.refresh, expires_in: 604_800, scope: 'bot',
      guild: { id: guildId, name: 'Harbour', icon: null, owner_id: '1' },
    } };
  }

  async function atWebhook(request: FakeRequest, id: string, secret: string): Promise<FakeAnswer> {
    const webhook = fake.webhooks.get(id);
    if (!webhook) throw new Refusal(404, 10015, 'Unknown Webhook');
    if (webhook.token !== secret) throw new Refusal(401, 50027, 'Invalid Webhook Token');
    if (request.method === 'GET') {
      const { type, name, guildId: guild, channelId } = webhook;
      return { status: 200, body: { id, type, name, avatar: null, guild_id: guild, channel_id: channelId, token: secret, application_id: null } };
    }
    if (request.method !== 'POST') throw new Refusal(405, 0, '405: Method Not Allowed');
    limited();
    const strange = [...request.query.keys()].filter((name) => !['wait', 'thread_id'].includes(name));
    if (strange.length > 0) throw new Refusal(400, 50035, 'Invalid Form Body', strange);
    const { payload, files } = await checkPayload(request, 'webhook');
    const forum = fake.channels.get(webhook.channelId)?.type === 15;
    const thread = request.query.get('thread_id');
    if (forum && thread === null && payload['thread_name'] === undefined) throw new Refusal(400, 220001, 'Webhooks posted to forum channels must have a thread_name or thread_id');
    if (thread !== null && payload['thread_name'] !== undefined) throw new Refusal(400, 220002, 'Webhooks posted to forum channels cannot have both a thread_name and thread_id');
    if (!forum && payload['thread_name'] !== undefined) throw new Refusal(400, 220003, 'Webhooks can only create threads in forum channels');
    const channelId = thread ?? (forum ? newId() : webhook.channelId);
    const message = create(channelId, id, payload, files);
    // Without `wait` nobody is told anything.
    return request.query.get('wait') === 'true' ? { status: 200, body: shown(message, id) } : { status: 204 };
  }

  async function atChannel(request: FakeRequest, channelId: string): Promise<FakeAnswer> {
    const channel = fake.channels.get(channelId);
    if (!channel) throw new Refusal(404, 10003, 'Unknown Channel');
    if (request.method === 'GET') {
      if (!fake.mayReadHistory) throw new Refusal(403, 50001, 'Missing Access');
      const after = BigInt(request.query.get('after') ?? '0');
      const found = fake.messages.filter((one) => one.channelId === channelId && BigInt(one.id) > after).slice(0, Number(request.query.get('limit') ?? 50));
      return { status: 200, body: found.toReversed().map((one) => shown(one, null)) };
    }
    limited();
    if (channel.type !== 0 && channel.type !== 5) throw new Refusal(400, 50008, 'Cannot send messages in a non-text channel');
    const { payload, files } = await checkPayload(request, 'bot');
    const reference = payload['message_reference'] as { message_id?: string; fail_if_not_exists?: boolean } | undefined;
    if (reference && !fake.mayReadHistory) throw new Refusal(400, 160002, 'Cannot reply without permission to read message history');
    const answered = fake.messages.find(({ id }) => id === reference?.message_id);
    if (reference && !answered && reference.fail_if_not_exists !== false) throw new Refusal(400, 50035, 'Invalid Form Body', ['message_reference']);
    const nonce = typeof payload['nonce'] === 'string' ? payload['nonce'] : null;
    const before = payload['enforce_nonce'] === true ? fake.messages.find((one) => one.nonce === nonce && now() - one.at < 180_000) : undefined;
    const message = before ?? create(channelId, botId, payload, files, answered?.id);
    return { status: 200, body: shown(message, null) };
  }

  function limited() {
    if (slow === null) return;
    const seconds = slow;
    slow = null;
    throw new Refusal(429, 0, 'You are being rate limited.', [], { retry_after: seconds, global: false });
  }

  function create(channelId: string, authorId: string, payload: Record<string, unknown>, files: number, replyTo?: string): FakeMessage {
    const content = typeof payload['content'] === 'string' ? payload['content'].trim() : '';
    const message: FakeMessage = {
      id: newId(), channelId, authorId, content, files, poll: payload['poll'] !== undefined, nonce: typeof payload['nonce'] === 'string' ? payload['nonce'] : null, at: now(),
    };
    fake.messages.push(message);
    platform.ledger.push({ id: message.id, text: content, media: attachmentsOf(payload), ...(replyTo !== undefined && { replyTo }) });
    return message;
  }

  function shown({ id, channelId, authorId, content, files, poll, at }: FakeMessage, webhookId: string | null) {
    return {
      id, channel_id: channelId, author: { id: authorId, username: 'postmaster', bot: true, discriminator: '0000' }, content, timestamp: new Date(at).toISOString(), edited_timestamp: null,
      tts: false, mention_everyone: false, mentions: [], mention_roles: [], embeds: [], pinned: false, type: 0,
      attachments: Array.from({ length: files }, (_, n) => ({ id: String(n), filename: `${n}` })), ...(poll && { poll: {} }), ...(webhookId !== null && { webhook_id: webhookId }),
    };
  }

  const hooks: FakeWebhook[] = [
    { id: '223704706495545344', token: '3d89bb7572e0fb30d8128367b3b1b44fecd1726de135cbe28a41f8b2f777c372ba2939e72279b94526ff5d1bd4358d65cf11', type: 1, name: 'News', guildId, channelId: textChannel },
    { id: '223704706495545399', token: 'f'.repeat(68), type: 1, name: 'Forum', guildId, channelId: forumChannel },
  ];
  const fake: FakeDiscord = Object.assign(platform, {
    client, botToken: 'MTk4NjIyNDgzNDcxOTI1MjQ4.FakeBotTokenThatMustNeverBeSeen', oauth, mayReadHistory: true, messages: [],
    webhooks: new Map(hooks.map((hook) => [hook.id, hook])),
    channels: new Map([[textChannel, { guildId, type: 0, name: 'news' }], [forumChannel, { guildId, type: 15, name: 'topics' }], ['290926798999357251', { guildId, type: 2, name: 'Voice' }]]),
    slowDown: (seconds: number) => { slow = seconds; },
    say: (channelId: string, content: string) => void fake.messages.push({ id: newId(), channelId, authorId: '80351110224678999', content, files: 0, poll: false, nonce: null, at: now() }),
  });
  return fake;
}

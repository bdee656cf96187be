import { createHash } from 'node:crypto';
import * as z from 'zod';
import { ProviderError, type Found, type Intent, type Io, type Job, type JobPart, type OAuthConnect, type Published, type Steps, type Target } from '../contract.ts';
import { keyOf } from '../keys.ts';
import { clientOf, consentUrl, type Client } from '../oauth.ts';
import { messageOf, prepareFiles } from './message.ts';
import { answersOf, type BotOptions } from './options.ts';
import { call, channel, guild, listed, message, user } from './wire.ts';

/** One server that the bot was let into. The bot's token is the operator's and never in here. */
export const botGrant = z.object({ guildId: z.string(), name: z.string(), icon: z.string().nullable() });
export type BotGrant = z.infer<typeof botGrant>;

/** View channel, send messages, attach files, read history, send polls: what publishing needs and nothing else. */
export const permissions = ((1n << 10n) | (1n << 11n) | (1n << 15n) | (1n << 16n) | (1n << 49n)).toString();

export const connectBot: OAuthConnect<BotGrant> = {
  kind: 'oauth2',
  fields: [],
  async authorizeUrl({ redirectUri, state }, io) {
    const { id } = clientOf(io, 'DISCORD');
    botToken(io);
    const url = consentUrl('https://discord.com/oauth2/authorize', { response_type: 'code', client_id: id, scope: 'bot', permissions, redirect_uri: redirectUri, state });
    return { url, memo: null };
  },
  /** The answer names the server that the person, who must be allowed to manage it, has let the bot into. The token itself is not kept. */
  async exchange({ code, redirectUri }, io) {
    const client = clientOf(io, 'DISCORD');
    const answer = await call(io, {
      method: 'POST', path: '/oauth2/token', authorization: basic(client), secrets: [code, client.secret],
      body: { form: { grant_type: 'authorization_code', code, redirect_uri: redirectUri } },
    });
    const { guild: joined } = answer.read(z.object({ guild }));
    return { account: { id: joined.id, name: joined.name }, grant: { guildId: joined.id, name: joined.name, icon: joined.icon ?? null } };
  },
};

function basic({ id, secret }: Client): string {
  return `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
}

export function botToken(io: Pick<Io, 'setting'>): string {
  const token = io.setting('DISCORD_BOT_TOKEN')?.trim();
  if (token) return token;
  throw new ProviderError({ kind: 'auth', code: 'no_bot', message: 'The bot of this instance is not set up any more. Whoever runs Post Master sets DISCORD_BOT_TOKEN.' });
}

const asBot = (io: Io) => {
  const token = botToken(io);
  return { authorization: `Bot ${token}`, secrets: [token] };
};

/** Text and announcement channels, by their place's name. Forums want a title for each post: a webhook gives them one. */
export async function botTargets({ guildId, name, icon }: BotGrant, io: Io): Promise<Target[]> {
  const channels = (await call(io, { method: 'GET', path: `/guilds/${guildId}/channels`, ...asBot(io) })).read(z.array(channel));
  return channels.filter(({ type }) => type === 0 || type === 5).map(({ id, name: place }) => ({
    remoteId: id, name: `#${place ?? id}`, handle: name, url: `https://discord.com/channels/${guildId}/${id}`,
    avatarUrl: icon === null ? null : `https://cdn.discordapp.com/icons/${guildId}/${icon}.png`,
  }));
}

type Sent = { id: string };

/** Each part answers the one before it. The nonce makes a repeat within minutes give the same message again. */
export async function publishByBot(job: Job<BotGrant, BotOptions>, step: Steps, io: Io): Promise<Published> {
  const channelId = job.target.remoteId;
  const sent: string[] = [];
  for (const [n, part] of job.parts.entries()) {
    const name = n === 0 ? 'post' : `post-${n + 1}`;
    await step.wait(`${name}-wait`, part.waitMinutes);
    if (part.media.length > 0) await step.run(`${name}-files`, () => prepareFiles(part, io));
    const before = sent.at(-1);
    const { id }: Sent = await step.once(name, async () => {
      const more = {
        nonce: nonceOf(job, name), enforce_nonce: true,
        ...(before !== undefined && { message_reference: { message_id: before, fail_if_not_exists: false } }),
      };
      const request = await messageOf(part, job.options, n === 0, more, io);
      return { id: (await call(io, { method: 'POST', path: `/channels/${channelId}/messages`, ...asBot(io), ...request })).read(message).id };
    }, (intent) => find(job, part, n === 0, sent, intent, io));
    sent.push(id);
  }
  const remoteId = sent[0] ?? '';
  return { remoteId, url: `https://discord.com/channels/${job.grant.guildId}/${channelId}/${remoteId}` };
}

/** 25 characters at most (resources/message#create-message). */
function nonceOf(job: { id: string }, name: string): string {
  return createHash('sha256').update(keyOf(job, name)).digest('base64url').slice(0, 25);
}

/** Clocks may differ by this much (ms). */
const slack = 60_000;

/** Looks among what the bot has written since the call: the same words with as many files, and none of the parts before. */
async function find(job: Job<BotGrant, BotOptions>, part: JobPart, first: boolean, sent: readonly string[], intent: Intent, io: Io): Promise<Found<Sent>> {
  const path = `/channels/${job.target.remoteId}/messages`;
  try {
    const me = (await call(io, { method: 'GET', path: '/users/@me', ...asBot(io) })).read(user);
    const history = (await call(io, { method: 'GET', path, query: { limit: 100, after: snowflake(intent) }, ...asBot(io) })).read(z.array(listed));
    const polls = first && answersOf(job.options).length > 0;
    const mine = history.filter(({ id, author, content, attachments, poll }) =>
      author.id === me.id && !sent.includes(id) && content.trim() === part.text.trim() && attachments.length === part.media.length && (poll != null) === polls);
    const [only, ...more] = mine;
    if (only && more.length === 0) return { found: { id: only.id } };
    if (only) return 'unknown';
    // A full page may hide it behind what others have written.
    return history.length === 100 ? 'unknown' : 'absent';
  } catch (error) {
    if (error instanceof ProviderError && (error.failure.kind === 'auth' || error.failure.kind === 'rejected')) return 'unknown';
    throw error;
  }
}

function snowflake({ at }: Intent): string {
  const epoch = 1_420_070_400_000;
  return (BigInt(Math.max(0, at - slack - epoch)) << 22n).toString();
}

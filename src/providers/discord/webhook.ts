import * as z from 'zod';
import { ProviderError, type Connected, type Field, type FormConnect, type Io, type Job, type Published, type Steps, type Target } from '../contract.ts';
import { messageOf, prepareFiles } from './message.ts';
import type { WebhookOptions } from './options.ts';
import { call, message, webhook } from './wire.ts';

/** A webhook is its own authorisation: whoever has its token may post, in its channel alone, and it does not expire. */
export const webhookGrant = z.object({ id: z.string(), token: z.string(), guildId: z.string().nullable(), channelId: z.string().nullable(), name: z.string() });
export type WebhookGrant = z.infer<typeof webhookGrant>;

const fields: readonly Field[] = [{
  name: 'webhook', label: 'Webhook address', kind: 'password', required: true, placeholder: 'https://discord.com/api/webhooks/…',
  help: 'Whoever has this address can post in the channel, so it is kept sealed.',
}];

export const connectWebhook: FormConnect<WebhookGrant> = {
  kind: 'form',
  fields,
  help: 'In Discord open the channel\'s settings, then Integrations, Webhooks, New Webhook. Press Copy Webhook URL and paste it here.',
  async verify(input, io) {
    const { id, token } = addressOf(input['webhook'] ?? '');
    try {
      const found = (await call(io, { method: 'GET', path: `/webhooks/${id}/${token}`, secrets: [token] })).read(webhook);
      // Type 1 takes messages; the others bring in another channel's news or belong to apps.
      if (found.type !== 1) throw blame('This webhook belongs to an app or follows another channel. Make a new one.');
      const name = found.name?.trim() || 'Webhook';
      const grant = { id: found.id, token, guildId: found.guild_id ?? null, channelId: found.channel_id ?? null, name };
      return { account: { id: found.id, name }, grant } satisfies Connected<WebhookGrant>;
    } catch (error) {
      if (error instanceof ProviderError && error.failure.kind === 'auth') throw blame('Discord does not know this webhook. Copy its address again, or make a new one.');
      throw error;
    }
  },
};

/** Both names of the site, with or without the API's version in the path. */
function addressOf(typed: string): { id: string; token: string } {
  const match = /^https:\/\/(?:(?:canary|ptb)\.)?discord(?:app)?\.com\/api\/(?:v\d+\/)?webhooks\/(\d{5,20})\/([\w-]{20,200})\/?$/u.exec(typed.trim());
  if (!match) throw blame(typed.trim() === '' ? 'Paste the address of the webhook.' : 'This is not the address of a Discord webhook. It begins with https://discord.com/api/webhooks/.');
  return { id: match[1] ?? '', token: match[2] ?? '' };
}

function blame(text: string) {
  return new ProviderError({ kind: 'rejected', code: 'webhook', message: text, fix: 'Copy the address of the webhook from the channel\'s settings.' });
}

/** From the grant alone: Discord does not tell a webhook what its channel is called. */
export async function webhookTargets({ id, name, guildId, channelId }: WebhookGrant): Promise<Target[]> {
  const url = guildId !== null && channelId !== null ? `https://discord.com/channels/${guildId}/${channelId}` : null;
  return [{ remoteId: id, name, handle: 'webhook', url, avatarUrl: null }];
}

type Sent = { id: string; channelId: string };

/** Each part is a message of its own. A webhook cannot read what it has written, so no call has a `find`. */
export async function publishByWebhook(job: Job<WebhookGrant, WebhookOptions>, step: Steps, io: Io): Promise<Published> {
  const { grant, options } = job;
  let first: Sent | undefined;
  for (const [n, part] of job.parts.entries()) {
    const name = n === 0 ? 'post' : `post-${n + 1}`;
    await step.wait(`${name}-wait`, part.waitMinutes);
    if (part.media.length > 0) await step.run(`${name}-files`, () => prepareFiles(part, io));
    const sent: Sent = await step.once(name, async () => {
      const more = {
        ...(options.name?.trim() && { username: options.name.trim() }),
        // A forum post begins with a title; what follows goes into the thread that it made.
        ...(options.forumTitle?.trim() && first === undefined && { thread_name: options.forumTitle.trim() }),
      };
      const answer = await call(io, {
        // Without `wait` Discord answers before the message is kept, and says nothing when it is not.
        method: 'POST', path: `/webhooks/${grant.id}/${grant.token}`, secrets: [grant.token],
        query: { wait: true, thread_id: options.forumTitle?.trim() ? first?.channelId : undefined },
        ...(await messageOf(part, options, n === 0, more, io)),
      });
      const { id, channel_id: channelId } = answer.read(message);
      return { id, channelId };
    });
    first ??= sent;
  }
  if (!first) throw new Error('a job has a part');
  return { remoteId: first.id, url: grant.guildId === null ? null : `https://discord.com/channels/${grant.guildId}/${first.channelId}/${first.id}` };
}

import { countText } from '../../domain/text.ts';
import { ProviderError, type Io, type Job, type JobPart, type Published, type Steps } from '../contract.ts';
import { keyOf } from '../keys.ts';
import { errors, mayBeOutAllTheSame } from './errors.ts';
import { capabilities } from './limits.ts';
import { look, postedOf, type Posted, type Sought } from './look.ts';
import { prepareMedia } from './media.ts';
import { visibilityOf, type Options } from './options.ts';
import type { Grant } from './session.ts';
import { posted } from './wire.ts';

/** A part with all that it needs, but for the part that it answers. */
interface Prepared {
  name: string;
  text: string;
  mediaIds: string[];
  waitMinutes: number | undefined;
}

/** All pictures are uploaded before the first part can be seen, so that a refused one leaves no half thread. */
export async function publish(job: Job<Grant, Options>, step: Steps, io: Io): Promise<Published> {
  refuseTooLong(job);
  const parts: Prepared[] = [];
  for (const [index, part] of job.parts.entries()) {
    const name = index === 0 ? 'post' : `post-${index + 1}`;
    parts.push({ name, text: part.text, waitMinutes: part.waitMinutes, mediaIds: await prepareMedia(job, part, name, step, io) });
  }
  const sent: Posted[] = [];
  for (const part of parts) {
    await step.wait(`${part.name}-wait`, part.waitMinutes);
    sent.push(await send(job, part, sent, step, io));
  }
  return { remoteId: sent[0]?.id ?? '', url: sent[0]?.url ?? null };
}

function send(job: Job<Grant, Options>, { name, text, mediaIds }: Prepared, before: readonly Posted[], step: Steps, io: Io): Promise<Posted> {
  const { spoiler_text: spoiler, sensitive, language } = job.options;
  const sought: Sought = { text, spoiler, mediaIds, replyTo: before.at(-1)?.id ?? null };
  const visibility = visibilityOf(job.options, before.length, before[0]?.visibility ?? null);

  let since: number | null = null;

  const post = async (): Promise<Posted> => {
    const at = since ?? io.now();
    try {
      const answer = await io.http({
        method: 'POST', url: `${job.grant.origin}/api/v1/statuses`, bearer: job.grant.accessToken, errors,
        headers: { 'idempotency-key': keyOf(job, name) },
        // What is left out is as the account has it set.
        body: { json: {
          status: text,
          ...(mediaIds.length > 0 && { media_ids: mediaIds }),
          ...(sought.replyTo !== null && { in_reply_to_id: sought.replyTo }),
          ...(visibility !== undefined && { visibility }),
          ...(spoiler !== '' && { spoiler_text: spoiler }),
          ...(sensitive && { sensitive }),
          ...(language !== '' && { language }),
        } },
      });
      return postedOf(answer.read(posted));
    } catch (error) {
      if (!mayBeOutAllTheSame(error)) throw error;
      return outAllTheSame(error, () => look(job, sought, at, io));
    }
  };
  return step.once(name, post, (intent) => {
    since = intent.at;
    return look(job, sought, since, io);
  });
}

/** After a refusal that may be said of a post that is out: the post if it is there, the refusal if it is not. */
async function outAllTheSame(refusal: ProviderError, lookFor: () => ReturnType<typeof look>): Promise<Posted> {
  const seen = await lookFor().catch((error: unknown) => {
    if (error instanceof ProviderError) return 'unknown' as const;
    throw error;
  });
  if (seen === 'absent') throw refusal;
  if (seen !== 'unknown') return seen.found;
  // Not to be taken for a clear no: the engine looks again later.
  const { code, message, evidence } = refusal.failure;
  throw new ProviderError({ kind: 'transient', reached: true, code, message, ...(evidence && { evidence }) });
}

/** The warning counts too, and the composer counts the text alone. */
function refuseTooLong({ parts, options, target }: Job<Grant, Options>) {
  if (options.spoiler_text === '') return;
  const rule = { ...capabilities.text, ...target.limits.text };
  const warning = countText(options.spoiler_text, { unit: rule.unit });
  const lengths = parts.map(({ text }: JobPart) => warning + countText(text, rule));
  const n = lengths.findIndex((length) => length > rule.max);
  if (n === -1) return;
  const part = parts.length > 1 ? `part ${n + 1}` : 'this post';
  throw new ProviderError({
    kind: 'rejected', code: 'too_long', message: `With its content warning, ${part} has ${lengths[n]} characters; the server takes ${rule.max}.`,
    fix: 'Shorten the text or the content warning.',
  });
}

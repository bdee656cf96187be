import { ProviderError, type Io, type Job, type Published, type Steps } from '../contract.ts';
import { duplicate, mediaRefused, outOfCredits, usageCapped } from './errors.ts';
import { look, type Posted, type Sought } from './look.ts';
import { prepareMedia } from './media.ts';
import { pollOf, type Options } from './options.ts';
import { call, ended, hasEnded, type Grant } from './session.ts';
import { created } from './wire.ts';

/** All files are uploaded before the first part can be seen, so that a refused one leaves no half thread. */
export async function publish(job: Job<Grant, Options>, step: Steps, io: Io): Promise<Published> {
  if (hasEnded(job.grant, io)) throw ended();
  const parts: { name: string; mediaIds: string[] }[] = [];
  try {
    for (const [index, part] of job.parts.entries()) {
      const name = index === 0 ? 'post' : `post-${index + 1}`;
      parts.push({ name, mediaIds: await prepareMedia(job, part, name, step, io) });
    }
    const sent: Posted[] = [];
    for (const [index, { name, mediaIds }] of parts.entries()) {
      await step.wait(`${name}-wait`, job.parts[index]?.waitMinutes);
      sent.push(await send(job, index, name, mediaIds, sent, step, io));
    }
    const id = sent[0]?.id ?? '';
    return { remoteId: id, url: `https://x.com/${job.grant.account.username}/status/${id}` };
  } catch (error) {
    throw notForever(error, job, io);
  }
}

async function send(job: Job<Grant, Options>, index: number, name: string, mediaIds: readonly string[], sent: readonly Posted[], step: Steps, io: Io): Promise<Posted> {
  const part = job.parts[index];
  if (!part) throw new Error('no such part');
  const once = (ids: readonly string[]) => {
    const sought: Sought = { text: part.text, mediaIds: ids, root: sent[0]?.id ?? null };
    let since: number | null = null;
    const post = () => create(job, bodyOf(job, index, ids, sent.at(-1)?.id ?? null), { sought, since }, io);
    return step.once<Posted>(name, post, (intent) => {
      since = intent.at;
      return look(job, sought, since, io);
    });
  };
  try {
    return await once(mediaIds);
  } catch (error) {
    if (mediaIds.length === 0 || !(error instanceof ProviderError) || error.failure.code !== mediaRefused) throw error;
    // A clear no, said of uploads that have lapsed too: once more with new ones.
    return once(await prepareMedia(job, part, `${name}-anew`, step, io));
  }
}

function bodyOf({ parts, options }: Job<Grant, Options>, index: number, mediaIds: readonly string[], replyTo: string | null) {
  const { reply_settings: repliers, made_with_ai: madeWithAi, paid_partnership: paidPartnership, poll_minutes: minutes } = options;
  const choices = pollOf(options);
  return {
    text: parts[index]?.text ?? '',
    ...(mediaIds.length > 0 && { media: { media_ids: mediaIds } }),
    ...(replyTo !== null && { reply: { in_reply_to_tweet_id: replyTo } }),
    ...(index === 0 && choices.length > 0 && { poll: { options: choices, duration_minutes: minutes } }),
    ...(index === 0 && repliers !== 'everyone' && { reply_settings: repliers }),
    // It is said of media: of the parts that have some, or of all where none has.
    ...(madeWithAi && (mediaIds.length > 0 || parts.every(({ media }) => media.length === 0)) && { made_with_ai: true }),
    ...(paidPartnership && { paid_partnership: true }),
  };
}

/** Posts of all accounts of an app in a day (rate limits page, read 2026-11-25). */
const mostPosts = 10_000;
const day = 24 * 60 * 60_000;

async function create(job: Job<Grant, Options>, json: object, doubt: { sought: Sought; since: number | null }, io: Io): Promise<Posted> {
  await io.spend('posts', { max: mostPosts, until: (Math.floor(io.now() / day) + 1) * day });
  try {
    const { data } = (await call(job.grant, io, { method: 'POST', url: '/2/tweets', body: { json } })).read(created);
    return { id: data.id };
  } catch (error) {
    if (!(error instanceof ProviderError) || error.failure.code !== duplicate) throw error;
    return outAllTheSame(error, job, doubt, io);
  }
}

/**
 * X has these words already. Where a call of ours was never answered, that was it, once X shows it; else it is a text that
 * somebody posted before, unless it is younger than this publication.
 */
async function outAllTheSame(refusal: ProviderError, job: Job<Grant, Options>, { sought, since }: { sought: Sought; since: number | null }, io: Io): Promise<Posted> {
  const seen = await look(job, sought, since ?? job.frozenAt, io).catch((error: unknown) => {
    if (error instanceof ProviderError) return 'unknown' as const;
    throw error;
  });
  if (seen === 'absent' && since === null) throw refusal;
  if (seen !== 'unknown' && seen !== 'absent') return seen.found;
  const { code, evidence } = refusal.failure;
  throw new ProviderError({
    kind: 'transient', reached: true, code, ...(evidence && { evidence }),
    message: 'X says that it has this text already, and does not show it. The post may be out.',
  });
}

/** Waiting for credits or for a new billing cycle ends after a day: what was due then is a person's to decide. */
function notForever(error: unknown, { frozenAt }: Job<Grant, Options>, io: Io): unknown {
  if (!(error instanceof ProviderError) || ![outOfCredits, usageCapped].includes(error.failure.code) || io.now() - frozenAt < day) return error;
  const { code, message, evidence } = error.failure;
  return new ProviderError({ kind: 'rejected', code, message, fix: 'Once that is mended, publish the post again.', act: 'retry', ...(evidence && { evidence }) });
}

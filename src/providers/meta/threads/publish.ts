import { ProviderError, type Io, type Job, type JobPart, type PostMedia, type Published, type Steps } from '../../contract.ts';
import { showOnce } from '../doubt.ts';
import { isUndocumented } from '../errors.ts';
import { errors, failureOf, known } from './errors.ts';
import { pictures } from './limits.ts';
import { lookFor, type Posted } from './look.ts';
import type { Options } from './options.ts';
import type { Grant } from './session.ts';
import { container, made, quota, threads } from './wire.ts';

/** One publication under way. */
interface Doing {
  job: Job<Grant, Options>;
  step: Steps;
  io: Io;
}

/**
 * Everything is a container first, then one call makes it a post. A container tells afterwards whether that happened, which
 * is why text is never published in one call (`auto_publish_text`) although it could be.
 */
export async function publish(job: Job<Grant, Options>, step: Steps, io: Io): Promise<Published> {
  const doing: Doing = { job, step, io };
  await step.run('quota', () => refuseBeyondQuota(doing));
  const sent: Posted[] = [];
  for (const [n, part] of job.parts.entries()) {
    const name = n === 0 ? 'post' : `post-${n + 1}`;
    await step.wait(`${name}-wait`, part.waitMinutes);
    const id = await prepared(doing, part, name, sent.at(-1)?.id);
    const create = async (): Promise<Posted> => {
      const answer = await call(doing, 'threads_publish', { creation_id: id });
      return { id: answer.read(made).id, url: null };
    };
    const look = (since: number) => lookFor({ io, token: job.grant.token }, { containerId: id, text: part.text, isReply: n > 0, not: sent.map((one) => one.id) }, since);
    const mayBeOut = (error: ProviderError) => isUndocumented(error, known) || error.failure.code === '4/2207051';
    sent.push(await showOnce(step, io, { name, create, mayBeOut, look }));
  }
  const [first] = sent;
  if (!first) throw new Error('a job has a part');
  return { remoteId: first.id, url: first.url ?? (await permalink(doing, first.id)) };
}

/** A post in a container that is ready. One that lapsed (a day) or failed is made anew under another name. */
async function prepared(doing: Doing, part: JobPart, name: string, replyTo: string | undefined): Promise<string> {
  const { step, io } = doing;
  for (let n = 1; ; n += 1) {
    const suffix = n === 1 ? '' : `-again-${n}`;
    const children: string[] = [];
    if (part.media.length > 1) {
      for (const [i, media] of part.media.entries()) {
        const child = await step.run(`${name}-item-${i + 1}${suffix}`, async () => make(doing, { is_carousel_item: 'true', ...(await mediaParams(io, media)) }));
        await ready(doing, child.id);
        children.push(child.id);
      }
    }
    const { id, at } = await step.run(`${name}-container${suffix}`, async () => make(doing, await partParams(doing, part, children, replyTo)));
    await ready(doing, id);
    if (io.now() - at < keptMs) return id;
  }
}

/** A container lives for a day ("Troubleshooting"); some hours less leave room for publishing it. */
const keptMs = 20 * 60 * 60 * 1000;

async function make(doing: Doing, form: Record<string, string>): Promise<{ id: string; at: number }> {
  return { id: (await call(doing, 'threads', form)).read(made).id, at: doing.io.now() };
}

async function partParams({ job: { options }, io }: Doing, { text, media }: JobPart, children: readonly string[], replyTo: string | undefined): Promise<Record<string, string>> {
  const [only] = media;
  const first = replyTo === undefined;
  return {
    ...(children.length > 0 ? { media_type: 'CAROUSEL', children: children.join(',') } : only ? await mediaParams(io, only) : { media_type: 'TEXT' }),
    ...(text !== '' && { text }),
    ...(replyTo !== undefined && { reply_to_id: replyTo }),
    ...(first && options.replies !== 'everyone' && { reply_control: options.replies }),
    ...(first && options.topic !== undefined && { topic_tag: options.topic }),
    ...(first && options.link !== undefined && media.length === 0 && { link_attachment: options.link }),
    ...(options.spoiler && media.length > 0 && { is_spoiler_media: 'true' }),
  };
}

/** Threads fetches files itself; there is no upload. */
async function mediaParams(io: Io, media: PostMedia): Promise<Record<string, string>> {
  const alt = media.alt.trim();
  return {
    ...(media.kind === 'image'
      ? { media_type: 'IMAGE', image_url: await io.mediaUrl(media.mediaId, pictures) }
      : { media_type: 'VIDEO', video_url: await io.mediaUrl(media.mediaId) }),
    ...(alt !== '' && { alt_text: alt }),
  };
}

/** Asked once a run; a text is ready at once, a video takes up to minutes. */
async function ready({ job, step, io }: Doing, id: string): Promise<void> {
  await step.until(`ready-${id}`, 5_000, async () => {
    const { status, error_message: why } = (await threads(io, { method: 'GET', path: id, token: job.grant.token, query: { fields: 'status,error_message' }, errors })).read(container);
    switch (status) {
      case 'IN_PROGRESS':
        return null;
      case 'FINISHED':
      case 'PUBLISHED':
        return status;
      case 'EXPIRED':
        throw new ProviderError({ kind: 'rejected', code: 'expired', message: 'The post waited so long that Threads threw away what was prepared.', fix: 'Publish it again: it is prepared anew.', act: 'retry' });
      case 'ERROR': {
        const { message, fix } = failureOf(why);
        throw new ProviderError({ kind: 'rejected', code: why?.slice(0, 100) ?? 'ERROR', message, fix: fix || 'Publish it again in a while.' });
      }
    }
  });
}

/** 250 posts in 24 hours; asked before anything is made. */
async function refuseBeyondQuota({ job, io }: Doing): Promise<number> {
  const answer = await threads(io, { method: 'GET', path: `${job.grant.userId}/threads_publishing_limit`, token: job.grant.token, query: { fields: 'quota_usage,config' }, errors });
  const [limit] = answer.read(quota).data;
  const used = limit?.quota_usage ?? 0;
  const total = limit?.config?.quota_total ?? 250;
  if (used < total) return used;
  throw new ProviderError({
    kind: 'rate_limited', code: 'quota', scope: 'channel', retryAt: io.now() + 60 * 60 * 1000, message: `Threads takes ${total} posts of a profile in 24 hours, and they are used up.`,
  });
}

/** Where the post is; it is out whether that can be told or not. */
async function permalink({ job, io }: Doing, id: string): Promise<string | null> {
  try {
    const answer = await threads(io, { method: 'GET', path: id, token: job.grant.token, query: { fields: 'id,permalink' }, errors });
    const { permalink: url } = answer.json as { permalink?: unknown };
    return typeof url === 'string' ? url : null;
  } catch (error) {
    if (error instanceof ProviderError) return null;
    throw error;
  }
}

function call({ job: { grant }, io }: Doing, edge: 'threads' | 'threads_publish', form: Record<string, string>) {
  return threads(io, { method: 'POST', path: `${grant.userId}/${edge}`, token: grant.token, body: { form }, errors });
}

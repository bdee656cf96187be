import { ProviderError, type Io, type Job, type Published, type Steps } from '../contract.ts';
import { call, permalinkOf } from './api.ts';
import { addComment } from './comment.ts';
import { contentOf, type Content } from './content.ts';
import { originalIn } from './errors.ts';
import { littleOf } from './little.ts';
import { look, settleDuplicate, type Posted, type Sought } from './look.ts';
import type { Options } from './options.ts';
import type { Grant } from './session.ts';

/** learn.microsoft.com, "Posts API": the media first, then the post, then on a page its first comment. */
export async function publish(job: Job<Grant, Options>, step: Steps, io: Io): Promise<Published> {
  const content = await contentOf(job, step, io);
  const { urn } = await send(job, content, step, io);
  if ('firstComment' in job.options && job.options.firstComment !== '') await addComment(job, urn, job.options.firstComment, step, io);
  return { remoteId: urn, url: permalinkOf(urn) };
}

async function send(job: Job<Grant, Options>, content: Content, step: Steps, io: Io): Promise<Posted> {
  const { grant, options, target: { remoteId: author }, parts: [{ text }] } = job;
  const commentary = littleOf(text);
  const sought: Sought = { author, commentary, mediaIds: mediaIn(content) };

  // Whether an earlier run came as far as this: then that one may be what LinkedIn calls the original of a duplicate.
  let doubted = true;
  const since = await step.run('sending', async () => {
    doubted = false;
    return io.now();
  });

  const create = async (): Promise<Posted> => {
    try {
      const answer = await call(io, grant, {
        method: 'POST', path: 'posts', json: {
          author, commentary, visibility: options.visibility,
          distribution: { feedDistribution: 'MAIN_FEED', targetEntities: [], thirdPartyDistributionChannels: [] },
          lifecycleState: 'PUBLISHED', isReshareDisabledByAuthor: options.noReshare, ...content,
        },
      });
      const urn = answer.header('x-restli-id');
      if (urn !== undefined && /^urn:li:(?:share|ugcPost):\d+$/u.test(urn)) return { urn };
    } catch (error) {
      const original = originalIn(error);
      if (original === null) throw error;
      return await settleDuplicate(job, original, { sought, since, doubted }, io).catch(unlessUnread);
    }
    throw new ProviderError({ kind: 'transient', reached: true, code: 'unreadable_answer', message: 'LinkedIn did not say what it made of the post.' });
  };

  // A profile's posts cannot be read, and sending one again to see whether LinkedIn calls it a duplicate would be sending it
  // blindly: nothing of LinkedIn's promises that it notices. So a person decides.
  if (!author.startsWith('urn:li:organization:')) return step.once('post', create);
  return step.once('post', create, ({ at }) => look(job, sought, at, io));
}

/** The original of a duplicate could not be looked at just now: that is no answer to whether it is ours. */
function unlessUnread(error: unknown): never {
  if (!(error instanceof ProviderError) || ['unsettled', 'rejected'].includes(error.failure.kind)) throw error;
  const { code, message, evidence } = error.failure;
  throw new ProviderError({ kind: 'transient', reached: true, code, message, ...(evidence && { evidence }) });
}

function mediaIn(content: Content): string[] {
  if (!content || !('content' in content)) return [];
  if ('media' in content.content) return [content.content.media.id];
  return 'multiImage' in content.content ? content.content.multiImage.images.map(({ id }) => id) : [];
}

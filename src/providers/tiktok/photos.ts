import { ProviderError, type Io, type Job, type PostImage, type Steps } from '../contract.ts';
import { ask } from './api.ts';
import { allowed } from './creator.ts';
import { deliver, firstNotGone, Gone, statusOf, type Posted } from './delivery.ts';
import { answered, sending, unknownPhoto } from './heard.ts';
import { pictures } from './limits.ts';
import type { Options } from './options.ts';
import { noteReach } from './reach.ts';
import type { Grant } from './session.ts';
import { photoInit } from './wire.ts';

type PhotoJob = Job<Grant, Options>;

/** What was found right before sending. */
type Ready = { username: string; commentsOff: boolean; at: number };

/** Older than this, it is asked again (ms). */
const freshness = 10 * 60 * 1000;

/** How long TikTok's webhooks are waited for after an answer that was lost (ms). */
const hearing = 10 * 60 * 1000;

/** Photo with PULL_FROM_URL: one call hands over all addresses, and TikTok fetches and posts them by itself. */
export function publishPhotos(job: PhotoJob, images: readonly PostImage[], step: Steps, io: Io): Promise<Posted & { username: string }> {
  const { openId } = job.grant;
  return firstNotGone(step, async (n) => {
    const ready = await step.run(`ready-${n}`, () => prepare(job, images, io));
    const sent = `sent-${n}`;
    const posted = await deliver(job.grant, {
      name: `post-${n}`,
      async send() {
        let fresh = false;
        const publishId = await step.until(sent, 0, async () => {
          if (io.now() - ready.at > freshness) throw new Gone();
          fresh = true;
          return start(job, images, ready, io);
        });
        // Sent before, and given up by TikTok or taken for lost by a person: not again while it may still come out.
        if (!fresh && (await statusOf(job.grant, publishId, io)).status === 'FAILED') throw new Gone();
        return publishId;
      },
      recall: (since) => step.until(sent, 60_000, async () => {
        const heard = await unknownPhoto(openId, job.id, since, io);
        if (heard !== null) await answered(openId, job.id, heard, io);
        if (heard !== null || io.now() - since < hearing) return heard;
        throw new ProviderError({
          kind: 'unsettled', code: 'no_answer',
          message: 'The post was being sent when the answer was lost. TikTok lists no posts to apps, and its webhooks have told nothing: look at the account.',
        });
      }),
      hasAll: () => true,
    }, step, io);
    return { ...posted, username: ready.username };
  });
}

/** Looks at the account and makes the pictures right, while nothing is under way yet. */
async function prepare({ grant, options }: PhotoJob, images: readonly PostImage[], io: Io): Promise<Ready> {
  for (const { mediaId } of images) await io.image(mediaId, pictures);
  const creator = await allowed(grant, options, null, io);
  return { username: creator.creator_username, commentsOff: creator.comment_disabled, at: io.now() };
}

async function start(job: PhotoJob, images: readonly PostImage[], { commentsOff }: Ready, io: Io): Promise<string> {
  const { id, grant, parts: [{ text }], options } = job;
  const urls = await Promise.all(images.map(({ mediaId }) => io.mediaUrl(mediaId, pictures)));
  await sending(grant.openId, id, io);
  try {
    const { publish_id: publishId } = await ask(io, grant, 'POST', '/v2/post/publish/content/init/', photoInit, {
      media_type: 'PHOTO',
      post_mode: 'DIRECT_POST',
      post_info: {
        ...(options.title !== '' && { title: options.title }),
        ...(text !== '' && { description: text }),
        privacy_level: options.privacy_level,
        disable_comment: commentsOff || !options.comment,
        auto_add_music: options.auto_add_music,
        brand_content_toggle: options.disclose && options.brand_content_toggle,
        brand_organic_toggle: options.disclose && options.brand_organic_toggle,
      },
      source_info: { source: 'PULL_FROM_URL', photo_cover_index: Math.min(options.cover_number, images.length) - 1, photo_images: urls },
    });
    await answered(grant.openId, id, publishId, io);
    await noteReach(true, io);
    return publishId;
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    if (error.failure.kind !== 'transient' || !error.failure.reached) await answered(grant.openId, id, null, io);
    if (error.failure.code === 'url_ownership_unverified') await noteReach(false, io);
    throw error;
  }
}

import { ProviderError, type Io, type Job, type PostVideo, type Steps } from '../contract.ts';
import { ask } from './api.ts';
import { allowed } from './creator.ts';
import { deliver, firstNotGone, Gone, statusOf, type Posted } from './delivery.ts';
import { piecesOf, uploadLifetime } from './limits.ts';
import type { Options } from './options.ts';
import type { Grant } from './session.ts';
import { carry, isAllIn, storedOf, type Upload } from './upload.ts';
import { videoInit } from './wire.ts';

const grace = 10 * 60 * 1000;

type VideoJob = Job<Grant, Options>;

/**
 * Direct Post with FILE_UPLOAD: an upload is begun, which posts nothing; all pieces but the last are brought; the last one
 * starts the posting.
 */
export function publishVideo(job: VideoJob, video: PostVideo, step: Steps, io: Io): Promise<Posted & { username: string }> {
  return firstNotGone(step, async (n) => {
    let fresh = false;
    const upload = await step.run(`upload-${n}`, async () => {
      fresh = true;
      return begin(job, video, io);
    });
    /** Where to go on: TikTok knows what it has. What has not come together in `time` (ms) never will. */
    const resumeAt = async (time: number): Promise<number> => {
      const status = await statusOf(job.grant, upload.publishId, io).catch((error: unknown) => {
        throw error instanceof ProviderError && error.failure.code === 'invalid_publish_id' ? new Gone() : error;
      });
      if (status.status === 'FAILED') throw new Gone();
      const stored = storedOf(upload, status);
      if (stored < upload.size && io.now() - upload.at >= time) throw new Gone();
      return stored;
    };
    const bring = (from: number, to: number) => carry(upload, () => io.video(video.mediaId), { from, to, fresh }, job.grant, io);

    if (upload.lastAt > 0) {
      await step.run(`pieces-${n}`, async () => {
        await bring(fresh ? 0 : await resumeAt(uploadLifetime), upload.lastAt);
        return upload.lastAt;
      });
    }
    const posted = await deliver(job.grant, {
      name: `post-${n}`,
      async send() {
        // A last piece that came in the hour's last minute may show a little later.
        await bring(fresh ? upload.lastAt : await resumeAt(uploadLifetime + grace), upload.size);
        return upload.publishId;
      },
      recall: async () => upload.publishId,
      hasAll: (status) => isAllIn(upload, status),
    }, step, io);
    return { ...posted, username: upload.username };
  });
}

/** The account is looked at right before each upload that is begun, so what it may post is never an old answer. */
async function begin({ grant, parts: [{ text }], options }: VideoJob, { mediaId, durationMs }: PostVideo, io: Io): Promise<Upload> {
  const { size, type } = await io.video(mediaId);
  const creator = await allowed(grant, options, durationMs, io);
  const { chunk, count, lastAt } = piecesOf(size);
  const { publish_id: publishId, upload_url: url } = await ask(io, grant, 'POST', '/v2/post/publish/video/init/', videoInit, {
    post_info: {
      privacy_level: options.privacy_level,
      ...(text !== '' && { title: text }),
      disable_comment: creator.comment_disabled || !options.comment,
      disable_duet: creator.duet_disabled || !options.duet,
      disable_stitch: creator.stitch_disabled || !options.stitch,
      // Left out, the cover is the first frame.
      ...(options.cover_second > 0 && { video_cover_timestamp_ms: Math.round(options.cover_second * 1000) }),
      brand_content_toggle: options.disclose && options.brand_content_toggle,
      brand_organic_toggle: options.disclose && options.brand_organic_toggle,
      is_aigc: options.video_made_with_ai,
    },
    source_info: { source: 'FILE_UPLOAD', video_size: size, chunk_size: chunk, total_chunk_count: count },
  });
  return { publishId, url, type, size, chunk, lastAt, at: io.now(), username: creator.creator_username };
}

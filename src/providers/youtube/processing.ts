import type { RejectedFailure } from '../../domain/failure.ts';
import type { VideoStatus } from './wire.ts';

const anew = 'Export it anew, MP4 with H.264 and AAC, and schedule it as a new post.';
const owner = 'Its owner can look into it in YouTube Studio.';

/** `status.failureReason` and `status.rejectionReason` (discovery document of 2026-09-24). */
export const failures: Readonly<Record<string, string>> = {
  codec: 'YouTube cannot read this video: it does not know its codec.',
  conversion: 'YouTube could not convert this video.',
  emptyFile: 'YouTube says that this video is empty.',
  invalidFile: 'YouTube says that this file is not a video it can read.',
  tooSmall: 'YouTube says that this video is too small.',
  uploadAborted: 'YouTube says that the upload of this video was broken off.',
};

export const rejections: Readonly<Record<string, readonly [message: string, fix: string]>> = {
  claim: ['YouTube took this video down after a claim to its content.', owner],
  copyright: ['YouTube took this video down because of a copyright.', owner],
  duplicate: ['YouTube took this video down because the channel has the same one already.', 'Look for the other one in YouTube Studio.'],
  inappropriate: ['YouTube took this video down as against its community guidelines.', owner],
  legal: ['YouTube took this video down for legal reasons.', owner],
  length: ['YouTube took this video down because it is longer than this channel may upload.', 'Verify the phone number of the channel at youtube.com/verify, or use a shorter video.'],
  termsOfUse: ['YouTube took this video down as against its terms.', owner],
  trademark: ['YouTube took this video down because of a trademark.', owner],
  uploaderAccountClosed: ['YouTube took this video down because the account is closed.', owner],
  uploaderAccountSuspended: ['YouTube took this video down because the account is suspended.', owner],
};

/** Why there is nothing to watch, or null while there may be. */
export function refusalOf({ uploadStatus, failureReason = '', rejectionReason = '' }: VideoStatus): RejectedFailure | null {
  switch (uploadStatus) {
    case 'failed':
      return { kind: 'rejected', code: failureReason || 'failed', message: failures[failureReason] ?? 'YouTube could not process this video.', fix: anew };
    case 'rejected': {
      const [message, fix] = rejections[rejectionReason] ?? ['YouTube took this video down.', owner];
      return { kind: 'rejected', code: rejectionReason || 'rejected', message, fix };
    }
    case 'deleted':
      return { kind: 'rejected', code: 'deleted', message: 'Somebody deleted this video on YouTube while it was being processed.', fix: 'Schedule it as a new post if it shall be there.' };
    default:
      return null;
  }
}

import type { ErrorTable } from '../../http.ts';
import { metaErrors, type MetaRule } from '../errors.ts';

const otherVideo = 'Export the video anew and schedule the post again.';

/** `ErrorCode::THREADS_API__…` stands in the message of what else is a plain 100 (troubleshooting, posts, geo-gating). */
const rules: readonly MetaRule[] = [
  { code: 'LINK_LIMIT_EXCEEDED', kind: 'rejected', message: 'Threads takes 5 different links in a post; this has more.', fix: 'Take some out and schedule it again.' },
  { code: 'FEATURE_NOT_AVAILABLE', kind: 'rejected', message: 'This profile does not have what the post asks for yet.', fix: 'Change the options of Threads and schedule it again.' },
  { code: 'GEO_GATING_INVALID_COUNTRY_CODES', kind: 'rejected', message: 'Threads does not know one of the countries.', fix: 'Change the options of Threads and schedule it again.' },
  { code: '/4279013', kind: 'rejected', message: 'Threads restricts this profile.', fix: 'Log in at threads.net, do what it asks, then publish again.', act: 'retry' },
  { code: '100', says: /at most 500 characters/iu, kind: 'rejected', message: 'The text is too long for Threads.', fix: 'Shorten it to 500 characters; an emoji counts for several.' },
  { code: '100', says: /could not be fetched/iu, kind: 'transient', reached: false, message: 'Threads could not fetch a file from this instance.' },
];

const meta = metaErrors(rules);

export const errors: ErrorTable = {
  ...meta,
  read(json) {
    const told = meta.read(json);
    const own = /THREADS_API__([A-Z_]+)/u.exec(told.message ?? '')?.[1];
    return own !== undefined && rules.some(({ code }) => code === own) ? { ...told, code: own } : told;
  },
};

/** Codes that Meta documents: another one proves nothing on a visible call. */
export const known = meta;

/** Why a container failed (troubleshooting, read 2026-11-23). Meta spells one of them without its T. */
const failures: readonly [RegExp, 'transient' | 'rejected', string, string][] = [
  [/FAILED_DOWNLOADING_VIDEO/u, 'transient', 'Threads could not fetch the video from this instance.', ''],
  [/FAILED_PROCESSING_AUDIO/u, 'rejected', 'Threads could not read the sound of the video.', otherVideo],
  [/FAILED_PROCESSING_VIDEO/u, 'rejected', 'Threads could not read the video.', otherVideo],
  [/INVALID_ASPECT?_RATIO/u, 'rejected', 'The video is too wide or too tall for Threads.', 'Crop it and schedule the post again.'],
  [/INVALID_BIT_RATE/u, 'rejected', 'The video has more than 100 megabits a second.', otherVideo],
  [/INVALID_DURATION/u, 'rejected', 'The video is longer than five minutes.', 'Cut it and schedule the post again.'],
  [/INVALID_FRAME_RATE/u, 'rejected', 'The video does not have 23 to 60 frames a second.', otherVideo],
  [/INVALID_AUDIO_CHANNEL/u, 'rejected', 'The sound of the video has more than two channels.', otherVideo],
];

/** What became of a container that will never be a post. Another try makes a new one. */
export function failureOf(errorMessage: string | null | undefined): { kind: 'transient' | 'rejected'; message: string; fix: string } {
  const found = failures.find(([says]) => says.test(errorMessage ?? ''));
  const [, kind, message, fix] = found ?? [null, 'transient' as const, 'Threads could not prepare the post.', ''];
  return { kind, message, fix };
}

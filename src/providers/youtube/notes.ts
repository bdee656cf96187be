import type { Io } from '../contract.ts';
import type { Seen } from './after.ts';
import type { Options } from './options.ts';
import { isAudited } from './setup.ts';

/** What a person must know of how the video came out. YouTube's lock of unaudited projects has no flag: it is told from what is seen. */
export function notesOf(asked: Options, seen: Seen, thumbnailProblem: string | null, io: Pick<Io, 'setting'>): string[] {
  const notes: string[] = [];
  const privacy = privacyNote(asked, seen, isAudited(io));
  if (privacy !== null) notes.push(privacy);
  if (seen.processed === false) notes.push('YouTube was still processing this video an hour after the upload.');
  if (seen.processed === null) notes.push('The video is uploaded, but YouTube could not be asked whether it can be watched yet.');
  if (thumbnailProblem !== null) notes.push(`The thumbnail was not set. ${thumbnailProblem}`);
  return notes;
}

function privacyNote({ privacy, publishAt }: Options, seen: Seen, audited: boolean): string | null {
  const later = privacy === 'private' && publishAt !== '';
  if (privacy === 'private' && !later) return null;
  // A time that was past when the video arrived opens it at once. Where it could not be looked at, nothing is known of the time.
  const asAsked = later ? seen.publishAt !== null || seen.privacy === 'public' || seen.processed === null : seen.privacy === privacy;
  if (!audited) return asAsked || seen.privacy !== 'private' ? mayBeLocked : locked;
  if (asAsked || seen.privacy === null) return null;
  return later ? notPlanned : `YouTube made this video ${seen.privacy}, although it was to be ${privacy}. Look into it in YouTube Studio.`;
}

const locked = 'YouTube keeps this video private, because it has not audited the Google project of this instance. After the audit it must be uploaded again.';

const mayBeLocked = 'YouTube has not audited the Google project of this instance, so it probably locks this video as private. Look into it in YouTube Studio.';

const notPlanned = 'YouTube did not keep the time at which this video was to become public. Set it in YouTube Studio.';

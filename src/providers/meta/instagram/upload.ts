import { ProviderError, type PostVideo } from '../../contract.ts';
import { arrived, sendFile } from '../upload.ts';
import type { Doing } from './session.ts';
import { containerAt, lossOf, type Container, type Lost } from './status.ts';

/**
 * Sends a video to its container, from where it broke off before. That the upload host takes the rest is in Meta's
 * specification (`video_status`) and not in the guide: where it does not, another container gets the whole.
 */
export async function sendVideo(doing: Doing, { id, uri }: Container, { mediaId }: PostVideo): Promise<{ at: number; lost: Lost | null }> {
  const { account, io } = doing;
  const file = await io.video(mediaId);
  const status = await containerAt(doing, id, 'status_code,status,video_status');
  const lost = status && lossOf(status, io.now());
  if (lost) return { at: io.now(), lost };
  const offset = Math.min(arrived(status?.video_status ?? {}), file.size);
  const isWhole = offset === file.size || status?.status_code === 'FINISHED';
  if (isWhole) return { at: io.now(), lost: null };
  try {
    await sendFile(io, { url: uri ?? '', token: account.token, file, offset });
  } catch (error) {
    if (offset > 0 && error instanceof ProviderError && isRefusal(error)) return { at: io.now(), lost: { at: io.now(), why: brokenOff } };
    throw error;
  }
  return { at: io.now(), lost: null };
}

const brokenOff = { kind: 'transient', code: 'upload_broke', message: 'The upload broke off and Instagram did not take the rest.' } as const;

/** The upload host's own words, not a connection that broke once more. */
function isRefusal({ failure }: ProviderError): boolean {
  return failure.evidence?.status !== undefined && failure.evidence.status >= 400 && failure.evidence.status < 500;
}

import type { HeldFile } from '../../domain/posts/intake.ts';
import { intakeRefusals as t } from '../../domain/texts/refusals/intake.ts';
import { isProblem } from '../../media/problem.ts';
import { mediaLimit, type Limit } from '../../media/receive.ts';
import { ProviderError } from '../../providers/contract.ts';
import type { IntakeLink } from '../../store/intake/intake.ts';
import { addMedia } from '../media/media.ts';
import type { IntakeDeps, IntakeProvider } from './deps.ts';
import { tooLargeText } from './words.ts';

/** What became of a file: it is here, will never be, or is tried again (at `at` where the platform says when). */
export type Fetched = { kind: 'here' } | { kind: 'refused'; why: string } | { kind: 'later'; at: number | null };

/**
 * Fetches a file into the media room, streamed. Its id is known beforehand: dying anywhere in here and doing it again makes
 * one medium, and leaves no file that is not it.
 */
export async function fetchFile(deps: IntakeDeps, provider: IntakeProvider, link: IntakeLink, file: HeldFile & { ref: string }, signal: AbortSignal | undefined): Promise<Fetched> {
  const { store, storage, io, log, config } = deps;
  const { maxBytes, maxSaid } = provider.intake;
  const tooLarge = () => tooLargeText(file.name, maxSaid, config.publicUrl);
  if (await store.media.get(link.workspaceId, file.mediaId)) return { kind: 'here' };
  try {
    const stream = await provider.intake.open({ ref: file.ref, same: file.same, name: file.name, bytes: file.bytes }, io(provider.id, link.workspaceId), signal);
    const received = await storage.receive(stream, within(maxBytes, file.bytes ?? 0));
    if (isProblem(received)) {
      if (received.code === 'interrupted') return { kind: 'later', at: null };
      return { kind: 'refused', why: received.code === 'too_large' ? tooLarge() : `${file.name}: ${received.message}` };
    }
    const added = await addMedia(deps, link, { name: file.name, file: received, id: file.mediaId });
    return added.ok ? { kind: 'here' } : { kind: 'refused', why: `${file.name}: ${added.problems[0]?.message ?? t.fileUnusable}` };
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    const { failure } = error;
    if (failure.kind === 'rate_limited') return { kind: 'later', at: failure.retryAt };
    if (failure.kind === 'rejected') return { kind: 'refused', why: failure.code === 'too_large' ? tooLarge() : t.fileRefused(file.name, failure.message) };
    log.warn({ provider: provider.id, code: failure.code }, 'a file that was sent to the bot could not be fetched yet');
    return { kind: 'later', at: null };
  }
}

/** What media are held to, and what the platform promises to give. */
function within(maxBytes: number, announced: number): Limit {
  const limit = mediaLimit(announced);
  return (head) => {
    const admitted = typeof limit === 'function' ? limit(head) : limit;
    return isProblem(admitted) ? admitted : { ...admitted, maxBytes: Math.min(admitted.maxBytes, maxBytes) };
  };
}

import { ProviderError } from '../../contract.ts';
import { graph } from '../graph.ts';
import { errors, mayNotRead, toldBy, type Told } from './errors.ts';
import type { Doing } from './session.ts';
import { containerStatus, type ContainerStatus } from './wire.ts';

/** How a container stands (ig-container, 2026); null where Instagram does not show it, as some Page tokens have it (100/33). */
export async function containerAt({ account, io }: Doing, id: string, fields = 'status_code,status'): Promise<ContainerStatus | null> {
  try {
    return (await graph(io, { method: 'GET', path: id, ...account, errors, query: { fields } })).read(containerStatus);
  } catch (error) {
    if (error instanceof ProviderError && mayNotRead(error)) return null;
    throw error;
  }
}

/** What media_publish makes a post of. `uri` is where its video goes, `at` when it was made (epoch ms). */
export type Container = { id: string; uri: string | null; at: number };

/** A container that will never be published, with the reason; `at` is when that was seen (epoch ms). */
export type Lost = { at: number; why: Told | 'expired' };

/** Null while it may still become something. */
export function lossOf(status: ContainerStatus, at: number): Lost | null {
  if (status.status_code === 'EXPIRED') return { at, why: 'expired' };
  return status.status_code === 'ERROR' ? { at, why: toldBy(status.status ?? '') } : null;
}

/** Shorter than the engine's shortest pause after a failure (ms). */
const fresh = 50_000;
/** What was made at least so long ago has expired in the way of nature, after 24 hours (ms). */
const lifetime = 20 * 60 * 60 * 1000;

/**
 * Whether to make another one now. A loss is told as a failure first, so that tries are counted and paused between; a
 * person's own "try again" comes later than that and goes on. Nothing can be seen of what was lost.
 */
export function refuseIfJustLost({ io }: Doing, { at, why }: Lost, madeAt: number): void {
  if (why === 'expired' && at - madeAt >= lifetime) return;
  if (io.now() - at >= fresh) return;
  if (why !== 'expired' && why.kind === 'rejected') throw new ProviderError(why);
  const { code, message } = why === 'expired' ? expired : why;
  throw new ProviderError({ kind: 'transient', reached: false, code, message });
}

const expired = { code: 'expired', message: 'What was prepared for this post is no longer there at Instagram.' };

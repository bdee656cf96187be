import { ProviderError, type Found, type Io } from '../../contract.ts';
import { errors } from './errors.ts';
import { container, listed, threads } from './wire.ts';

/** What the visible call made; the address is told only by looking. */
export type Posted = { id: string; url: string | null };

export interface Sought {
  containerId: string;
  text: string;
  /** Replies are in a list of their own. */
  isReply: boolean;
  /** Posts that are known to be others. */
  not: readonly string[];
}

/** Clocks differ (ms). */
const tolerance = 120_000;

/** The container knows whether it became a post; which one, the profile's own list tells. */
export async function lookFor({ io, token }: { io: Io; token: string }, { containerId, text, isReply, not }: Sought, since: number): Promise<Found<Posted>> {
  const { status } = (await threads(io, { method: 'GET', path: containerId, token, query: { fields: 'status,error_message' }, errors })).read(container);
  if (status === 'FINISHED') return 'absent';
  if (status !== 'PUBLISHED') return 'unknown';
  const from = Math.floor((since - tolerance) / 1000);
  try {
    const { data } = (await threads(io, {
      method: 'GET', path: isReply ? 'me/replies' : 'me/threads', token, errors,
      query: { fields: 'id,text,timestamp,permalink,media_type', since: from, limit: 25 },
    })).read(listed);
    const [only, ...more] = data.filter((post) => !not.includes(post.id) && Date.parse(post.timestamp) >= from * 1000 && same(post.text, text));
    // It is out in any case; which one it is cannot be told among several alike.
    return only && more.length === 0 ? { found: { id: only.id, url: only.permalink ?? null } } : 'unknown';
  } catch (error) {
    if (error instanceof ProviderError && error.failure.kind !== 'transient' && error.failure.kind !== 'rate_limited') return 'unknown';
    throw error;
  }
}

function same(a: string, b: string): boolean {
  const plain = (text: string) => text.normalize('NFC').replaceAll(/\s+/gu, ' ').trim();
  return plain(a) === plain(b);
}

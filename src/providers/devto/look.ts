import * as z from 'zod';
import { ProviderError, type Found, type Intent, type Io } from '../contract.ts';
import { call, listed } from './wire.ts';

/** An article that is out. */
export type Sent = { id: string; url: string };

const pageSize = 30;
/** Clocks may differ by this much (ms). */
const slack = 60_000;

/** Looks among the person's own articles, newest first, for one with this title that was published since. */
export async function look(apiKey: string, title: string, { at }: Intent, io: Io): Promise<Found<Sent>> {
  try {
    const own = (await call(io, { method: 'GET', path: '/articles/me/all', query: { per_page: pageSize }, apiKey })).read(z.array(listed));
    const published = own.flatMap((one) => (one.published_at ? [{ ...one, at: Date.parse(one.published_at) }] : []));
    const since = published.filter((one) => one.at >= at - slack);
    const [only, ...more] = since.filter((one) => one.title.trim() === title);
    if (only && more.length === 0) return { found: { id: only.id, url: only.url } };
    if (only) return 'unknown';
    // A full page on which nothing is older may go on with ours on the next.
    return own.length >= pageSize && since.length === published.length ? 'unknown' : 'absent';
  } catch (error) {
    if (error instanceof ProviderError && (error.failure.kind === 'auth' || error.failure.kind === 'rejected')) return 'unknown';
    throw error;
  }
}

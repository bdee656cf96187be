import { ProviderError } from '../../contract.ts';
import { graph } from '../graph.ts';
import { errors, mayNotRead } from './errors.ts';
import type { Doing } from './session.ts';
import { publishingLimit } from './wire.ts';

/** Where the limit is not told. Meta's pages say 50 in one place and 100 in another. */
const usualTotal = 50;
const day = 24 * 60 * 60;

/**
 * Refuses when the account has published as much as it may in a moving day (content_publishing_limit, read 2026-09-11).
 * Asked before anything is prepared; an account whose limit cannot be read is let through.
 */
export async function roomToPublish(doing: Doing): Promise<true> {
  const now = await usage(doing);
  if (now && now.used >= now.total) throw await noRoom(doing, now);
  return true;
}

export interface Usage {
  used: number;
  total: number;
  /** Of the moving window (s). */
  window: number;
}

/** `since` (epoch s): what was published after that alone. Null where it may not be read. */
async function usage({ account, io }: Doing, since?: number): Promise<Usage | null> {
  try {
    const answer = await graph(io, { method: 'GET', path: `${account.id}/content_publishing_limit`, ...account, errors, query: { fields: 'quota_usage,config', since } });
    const [row] = answer.read(publishingLimit).data;
    return row ? { used: row.quota_usage, total: row.config?.quota_total ?? usualTotal, window: row.config?.quota_duration ?? day } : null;
  } catch (error) {
    if (error instanceof ProviderError && mayNotRead(error)) return null;
    throw error;
  }
}

/** To the eighth of an hour is near enough (s). */
const precision = 450;

/**
 * When there will be room: as soon as what was published within the window from then on is less than the limit. Instagram
 * counts from any time in the window, so the moment is halved down to.
 */
async function noRoom(doing: Doing, { total, window }: Usage): Promise<ProviderError> {
  const now = Math.floor(doing.io.now() / 1000);
  let [full, free] = [0, window];
  while (free - full > precision) {
    const middle = Math.floor((full + free) / 2);
    const then = await usage(doing, now - window + middle);
    if (!then) break;
    if (then.used < total) free = middle;
    else full = middle;
  }
  return new ProviderError({
    kind: 'rate_limited', code: 'quota', scope: 'channel', retryAt: (now + free) * 1000,
    message: `The account has published ${total} times in 24 hours, which is as much as Instagram lets other programs do.`,
  });
}

/** What media_publish says when somebody else was faster: with the time at which it passes. */
export async function withReset(doing: Doing, refusal: ProviderError): Promise<ProviderError> {
  const now = await usage(doing).catch(() => null);
  return now && now.used >= now.total ? noRoom(doing, now).catch(() => refusal) : refusal;
}

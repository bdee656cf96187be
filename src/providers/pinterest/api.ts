import { ProviderError, type Io } from '../contract.ts';
import type { Body } from '../body.ts';
import type { HttpAnswer } from '../http.ts';
import { errorsAt } from './errors.ts';

/**
 * Where an app may write: until Pinterest has given it Standard access, creating Pins in production is refused ("Apps with
 * Trial access may not create Pins in production"), and the sandbox is the place (docs/developer-tools/sandbox, 2025-08-12).
 */
export const hosts = { production: 'https://api.pinterest.com', sandbox: 'https://api-sandbox.pinterest.com' } as const;
export type Place = keyof typeof hosts;

/** Whoever runs the instance says so; nobody can be asked. Unsaid is Trial, with which every app begins. */
export function placeOf(io: Pick<Io, 'setting'>): Place {
  return /^(?:yes|true|1)$/iu.test(io.setting('PINTEREST_STANDARD_ACCESS')?.trim() ?? '') ? 'production' : 'sandbox';
}

/** A token of one place is nothing in the other. */
export interface Bearer {
  place: Place;
  accessToken: string;
}

export interface ApiCall {
  method: 'GET' | 'POST';
  /** Below `/v5`. */
  path: string;
  query?: Record<string, string | number | undefined>;
  body?: Body;
  timeoutMs?: number;
}

/** One call in the name of an account. */
export async function call({ place, accessToken }: Bearer, { path, ...request }: ApiCall, io: Io): Promise<HttpAnswer> {
  refuseLeftBehind(place, io);
  if (place === 'sandbox') await io.spend('requests', { max: trialRequests, until: nextDay(io.now()) });
  return io.http({ ...request, url: `${hosts[place]}/v5${path}`, bearer: accessToken, errors: errorsAt[place] });
}

/** What Trial access allows in a day, over everything (docs/getting-started/access-tiers, read 2026-08). */
const trialRequests = 1000;
const dayMs = 24 * 60 * 60 * 1000;

function nextDay(now: number): number {
  return (Math.floor(now / dayMs) + 1) * dayMs;
}

/** Once the app has Standard access, what is still connected to the sandbox would post where nobody sees it. */
export function refuseLeftBehind(place: Place, io: Pick<Io, 'setting'>): void {
  if (place !== 'sandbox' || placeOf(io) === 'sandbox') return;
  throw new ProviderError({
    kind: 'auth', code: 'sandbox_connection',
    message: 'This account was connected while the app had Trial access, which reaches Pinterest\'s sandbox only. Connect it again to publish for everybody.',
  });
}

import * as z from 'zod';
import { ProviderError, type Io, type Refreshed, type Target } from '../../contract.ts';
import { errors } from './errors.ts';
import { longToken, origin, profile, threads } from './wire.ts';

export const grant = z.strictObject({
  userId: z.string().min(1),
  token: z.string().min(1),
  /** Epoch ms. */
  issuedAt: z.number(),
  expiresAt: z.number(),
});
export type Grant = z.infer<typeof grant>;

export function grantOf({ userId, access_token: token, expires_in: seconds }: { userId: string } & z.infer<typeof longToken>, now: number): Refreshed<Grant> {
  const expiresAt = now + seconds * 1000;
  return { grant: { userId, token, issuedAt: now, expiresAt }, expiresAt };
}

const day = 24 * 60 * 60 * 1000;

/**
 * Sixty days more, from a token that still lives and is a day old ("Long-lived tokens"). Meta's word for a dead one is 190;
 * whatever else it says leaves the connection alone.
 */
export async function refresh(old: Grant, io: Io): Promise<Refreshed<Grant>> {
  if (io.now() - old.issuedAt < day && io.now() < old.expiresAt) return { grant: old, expiresAt: old.expiresAt };
  try {
    const answer = await io.http({
      method: 'GET', url: `${origin}/refresh_access_token`, errors, secrets: [old.token],
      query: { grant_type: 'th_refresh_token', access_token: old.token },
    });
    return grantOf({ userId: old.userId, ...answer.read(longToken) }, io.now());
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    const { kind, code, message, evidence } = error.failure;
    if (kind === 'transient' || kind === 'rate_limited' || (kind === 'auth' && /^(?:102|190)(?:\/|$)/u.test(code))) throw error;
    throw new ProviderError({ kind: 'transient', reached: true, code, message, ...(evidence && { evidence }) });
  }
}

/** One profile per login. */
export async function targets({ token }: Grant, io: Io): Promise<Target[]> {
  const fields = 'id,username,name,threads_profile_picture_url';
  const { id, username, name, threads_profile_picture_url: picture } = (await threads(io, { method: 'GET', path: 'me', token, query: { fields }, errors })).read(profile);
  return [{ remoteId: id, name: name?.trim() || `@${username}`, handle: `@${username}`, url: `https://www.threads.net/@${username}`, avatarUrl: picture ?? null }];
}

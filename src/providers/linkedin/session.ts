import * as z from 'zod';
import { noRefresh, ProviderError, type Io, type Refreshed } from '../contract.ts';
import { clientOf, refusedRefresh, tokenCall } from '../oauth.ts';
import { oauthErrors } from './errors.ts';
import type { Product } from './product.ts';
import { personUrn, token } from './wire.ts';

/** Times are epoch ms. The refresh token is there where LinkedIn gives one: to its partners. */
export const grant = z.object({
  /** Who consented. */
  member: personUrn,
  /** Of the member; for pages of the first page. */
  name: z.string(),
  picture: z.string().nullable(),
  accessToken: z.string(),
  issuedAt: z.number(),
  accessEndsAt: z.number(),
  refreshToken: z.string().optional(),
  refreshEndsAt: z.number().optional(),
});
export type Grant = z.infer<typeof grant>;

const oauth = 'https://www.linkedin.com/oauth/v2';
const day = 24 * 60 * 60 * 1000;
/** What LinkedIn gives when it does not say (learn.microsoft.com, "Programmatic Refresh Tokens"). */
const accessLife = 60 * day;
const refreshLife = 365 * day;

export type Tokens = Omit<Grant, 'member' | 'name' | 'picture'>;

/** The access that a code or a refresh token brings, and the scopes it has. */
export async function tokensFor(product: Product, form: Record<string, string>, io: Io): Promise<{ tokens: Tokens; scope: string | null; idToken: string | null }> {
  const client = clientOf(io, ...product.settings);
  const answer = (await tokenCall(io, { url: `${oauth}/accessToken`, form, client, auth: 'form', errors: oauthErrors })).read(token);
  const now = io.now();
  const ends = (seconds: number | null | undefined, life: number) => now + (seconds ? seconds * 1000 : life);
  return {
    tokens: {
      accessToken: answer.access_token, issuedAt: now, accessEndsAt: ends(answer.expires_in, accessLife),
      ...(answer.refresh_token && { refreshToken: answer.refresh_token, refreshEndsAt: ends(answer.refresh_token_expires_in, refreshLife) }),
    },
    scope: answer.scope ?? null,
    idToken: answer.id_token ?? null,
  };
}

/** Epoch ms after which only the person can renew the grant. A refresh token keeps its end, whatever it is used for. */
export function endOf({ accessEndsAt, refreshEndsAt }: Tokens): number {
  return Math.max(accessEndsAt, refreshEndsAt ?? 0);
}

export async function refresh(product: Product, old: Grant, io: Io): Promise<Refreshed<Grant>> {
  const { member, name, picture, refreshToken, refreshEndsAt } = old;
  if (refreshToken === undefined || (refreshEndsAt ?? 0) <= io.now()) {
    throw new ProviderError({ kind: 'auth', code: noRefresh, message: 'LinkedIn no longer accepts this connection, and only its owner can renew it. Connect it again.' });
  }
  try {
    const { tokens } = await tokensFor(product, { grant_type: 'refresh_token', refresh_token: refreshToken }, io);
    const kept = tokens.refreshToken === undefined && refreshEndsAt !== undefined ? { refreshToken, refreshEndsAt } : {};
    const fresh: Grant = { member, name, picture, ...tokens, ...kept };
    return { grant: fresh, expiresAt: endOf(fresh) };
  } catch (error) {
    throw refusedRefresh(error);
  }
}

/** Ends the token. LinkedIn's pages do not describe this call; apps in use make it. */
export async function revoke(product: Product, { accessToken }: Grant, io: Io): Promise<void> {
  await tokenCall(io, { url: `${oauth}/revoke`, form: { token: accessToken }, client: clientOf(io, ...product.settings), auth: 'form', errors: oauthErrors });
}

/** Asks about a token that was never given: LinkedIn answers to a known app alone ("Token Introspection"). */
export async function checkClient(product: Product, io: Io): Promise<void> {
  await tokenCall(io, { url: `${oauth}/introspectToken`, form: { token: 'none' }, client: clientOf(io, ...product.settings), auth: 'form', errors: oauthErrors });
}

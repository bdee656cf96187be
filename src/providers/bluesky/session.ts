import * as z from 'zod';
import { ProviderError, type Io, type Refreshed } from '../contract.ts';
import { errors } from './errors.ts';
import { didDocument, jwtPayload, session } from './wire.ts';

/** `pds`: the origin of the server the account lives on, where everything is sent. */
export const grant = z.object({
  pds: z.url({ protocol: /^https$/u }),
  did: z.string().startsWith('did:'),
  handle: z.string(),
  accessJwt: z.string(),
  refreshJwt: z.string(),
});
export type Grant = z.infer<typeof grant>;

/** What to keep of a session's answer. `asked` stands in when the answer names no server. */
export function connectedOf({ did, handle, accessJwt, refreshJwt, didDoc }: z.infer<typeof session>, asked: string): Refreshed<Grant> {
  const expiresAt = expiryOf(refreshJwt);
  return {
    grant: { pds: serverIn(didDoc, did) ?? asked, did, handle, accessJwt, refreshJwt },
    ...(expiresAt !== undefined && { expiresAt }),
  };
}

/** Both tokens are new; the old refresh token works for two more hours (reference server), so a lost answer costs nothing. */
export async function refresh(old: Grant, io: Io): Promise<Refreshed<Grant>> {
  try {
    const answer = await io.http({
      method: 'POST', url: `${old.pds}/xrpc/com.atproto.server.refreshSession`, bearer: old.refreshJwt, errors, secrets: [old.accessJwt],
    });
    return connectedOf(answer.read(session), old.pds);
  } catch (error) {
    throw error instanceof ProviderError ? refusedRefresh(error) : error;
  }
}

/** Ends the session. One that is over already is what was asked for. */
export async function revoke({ pds, refreshJwt }: Grant, io: Io): Promise<void> {
  try {
    await io.http({ method: 'POST', url: `${pds}/xrpc/com.atproto.server.deleteSession`, bearer: refreshJwt, errors });
  } catch (error) {
    if (!(error instanceof ProviderError) || error.failure.kind !== 'auth') throw error;
  }
}

/**
 * A refusal in the server's own words means that the grant is void. One without (a gateway's page, say) is not the server
 * speaking, and must not disconnect anybody.
 */
function refusedRefresh(error: ProviderError): ProviderError {
  const { failure } = error;
  if (failure.kind !== 'rejected') return error;
  const { code, message, evidence } = failure;
  const told = { code, message, ...(evidence && { evidence }) };
  return new ProviderError(/^\d+$/u.test(code) ? { kind: 'transient', reached: true, ...told } : { kind: 'auth', ...told });
}

/** The account's own server, as its DID document has it; https only. */
function serverIn(document: unknown, did: string): string | undefined {
  const { data } = didDocument.safeParse(document);
  if (data?.id !== did) return undefined;
  const entry = data.service.find(({ id }) => id === '#atproto_pds' || id === `${did}#atproto_pds`);
  const url = typeof entry?.serviceEndpoint === 'string' ? URL.parse(entry.serviceEndpoint) : null;
  return url?.protocol === 'https:' ? url.origin : undefined;
}

/** Epoch ms at which a token says it ends. A hint only: the format of tokens is the server's own affair. */
function expiryOf(jwt: string): number | undefined {
  try {
    const payload: unknown = JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString('utf8'));
    return jwtPayload.parse(payload).exp * 1_000;
  } catch {
    return undefined;
  }
}

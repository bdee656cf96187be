import * as z from 'zod';
import { ProviderError, type Io } from './contract.ts';
import type { ErrorTable, HttpAnswer } from './http.ts';

/** The app that the operator registered at the platform. */
export interface Client {
  id: string;
  secret: string;
}

/** The app behind `<PREFIX>_CLIENT_ID` and `<PREFIX>_CLIENT_SECRET`; of several prefixes the first that is set. */
export function clientOf(io: Pick<Io, 'setting'>, ...prefixes: readonly [string, ...string[]]): Client {
  for (const prefix of prefixes) {
    const id = io.setting(`${prefix}_CLIENT_ID`);
    const secret = io.setting(`${prefix}_CLIENT_SECRET`);
    if (id !== undefined && secret !== undefined) return { id, secret };
  }
  throw new ProviderError({
    kind: 'rejected', code: 'not_set_up', message: 'This network is not set up on this instance any more.',
    fix: `Whoever runs it sets ${prefixes[0]}_CLIENT_ID and ${prefixes[0]}_CLIENT_SECRET.`,
  });
}

/** A consent page's address; parameters that are undefined are left out. */
export function consentUrl(endpoint: string, parameters: Readonly<Record<string, string | undefined>>): string {
  const url = new URL(endpoint);
  for (const [name, value] of Object.entries(parameters)) if (value !== undefined) url.searchParams.set(name, value);
  return url.href;
}

/** RFC 6749 §5.1, as far as platforms agree. `expires_in` in seconds. */
export const tokenAnswer = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1).nullish(),
  expires_in: z.coerce.number().positive().nullish(),
  scope: z.string().nullish(),
});

export interface TokenCall {
  url: string;
  /** Without the app's own id and secret. */
  form: Readonly<Record<string, string>>;
  client: Client;
  /** How the app names itself: in the form, or by HTTP Basic (RFC 6749 §2.3.1). */
  auth: 'form' | 'basic';
  /** What the platform calls the client id in the form; `client_id` unless told. */
  clientKey?: string;
  errors: ErrorTable;
}

/** A call to a token endpoint. Every value of the form is kept out of the evidence. */
export function tokenCall(io: Io, { url, form, client, auth, clientKey = 'client_id', errors }: TokenCall): Promise<HttpAnswer> {
  const named = auth === 'form' ? { [clientKey]: client.id, client_secret: client.secret } : {};
  const basic = Buffer.from(`${encodeURIComponent(client.id)}:${encodeURIComponent(client.secret)}`).toString('base64');
  const plain = ['grant_type', 'redirect_uri', 'token_type_hint', 'scope'];
  return io.http({
    method: 'POST', url, errors, body: { form: { ...form, ...named } },
    ...(auth === 'basic' && { headers: { authorization: `Basic ${basic}` } }),
    secrets: [client.secret, basic, ...Object.entries(form).filter(([name]) => !plain.includes(name)).map(([, value]) => value)],
  });
}

/**
 * What a failed refresh means. Only a refusal in OAuth's own words (RFC 6749 §5.2, or `words` of the platform) ends a
 * connection; a gateway's or a page's must not disconnect anybody.
 */
export function refusedRefresh(error: unknown, words: readonly string[] = []): unknown {
  if (!(error instanceof ProviderError)) return error;
  const { failure } = error;
  const { code, message, evidence } = failure;
  const clear = ['invalid_grant', 'invalid_client', 'unauthorized_client', ...words].includes(code);
  if (clear && (failure.kind === 'auth' || failure.kind === 'rejected')) {
    return new ProviderError({ kind: 'auth', code, message, ...(evidence && { evidence }) });
  }
  if (failure.kind !== 'rejected' && failure.kind !== 'auth') return error;
  return new ProviderError({ kind: 'transient', reached: true, code, message, ...(evidence && { evidence }) });
}

/** Refuses a consent in which the person left something out that publishing needs. `granted` is separated by `by`. */
export function requireScopes(granted: string | null | undefined, needed: readonly string[], by: RegExp = /[\s,]+/u): void {
  if (granted === null || granted === undefined) return;
  const given = new Set(granted.split(by));
  const missing = needed.filter((scope) => !given.has(scope));
  if (missing.length === 0) return;
  throw new ProviderError({
    kind: 'rejected', code: 'missing_scopes', message: `Not everything was allowed that publishing needs (${missing.join(', ')}).`,
    fix: 'Connect again and leave all of it ticked.',
  });
}

import { createHmac, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';
import { ProviderError, type Hook, type HookEvent, type HookRequest, type Io } from '../contract.ts';

/** Every app of the family has a secret of its own, and any of them may have signed. */
const secretSettings = ['FACEBOOK_CLIENT_SECRET', 'INSTAGRAM_CLIENT_SECRET', 'THREADS_CLIENT_SECRET'];

/**
 * Meta's two callbacks, one address each for the whole family. `user_id` is the app-scoped id of the person who logged in,
 * which is the account of every connection that login made.
 */
export const hooks: Readonly<Record<string, Hook>> = {
  /** The person removed the app ("Deauthorize callback"); the answer is ignored. */
  'meta/deauthorize': async (request, io) => ({ events: [eventOf('deauthorized', request, io)] }),
  /** The person wants their data deleted ("Data Deletion Request Callback", read 2026-09-11). */
  'meta/data-deletion': async (request, io) => ({
    events: [eventOf('deletion', request, io)], body: ({ url, code }) => ({ url, confirmation_code: code }),
  }),
};

function eventOf(kind: 'deauthorized' | 'deletion', { body, contentType }: HookRequest, io: Pick<Io, 'setting'>): HookEvent {
  const form = /^application\/x-www-form-urlencoded\b/iu.test(contentType) ? new URLSearchParams(body.toString('utf8')) : undefined;
  const secrets = secretSettings.map((name) => io.setting(name)).filter((secret) => secret !== undefined);
  return { kind, accountId: signedUserId(form?.get('signed_request') ?? '', secrets) };
}

const payload = z.object({ algorithm: z.string().regex(/^hmac-sha256$/iu), user_id: z.string().min(1) });

/**
 * Whose request it is. The signature is over the second part as it came. Old requests count too: Meta names no window, and
 * doing it twice harms nobody.
 */
export function signedUserId(signedRequest: string, secrets: readonly string[]): string {
  const [signature, content, ...more] = signedRequest.split('.');
  if (!signature || !content || more.length > 0) throw notGenuine();
  const given = Buffer.from(signature, 'base64url');
  const genuine = secrets.map((secret) => isSame(createHmac('sha256', secret).update(content).digest(), given)).some(Boolean);
  if (!genuine) throw notGenuine();
  const read = payload.safeParse(parsed(Buffer.from(content, 'base64url').toString('utf8')));
  if (!read.success) throw notGenuine();
  return read.data.user_id;
}

const isSame = (a: Buffer, b: Buffer) => a.length === b.length && timingSafeEqual(a, b);

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function notGenuine() {
  return new ProviderError({ kind: 'rejected', code: 'not_genuine', message: 'This request is not signed by Meta.', fix: 'Check that the app secret is the one of the app that calls.' });
}

import type * as z from 'zod';
import type { Io, Mention } from '../contract.ts';
import { errors } from './errors.ts';
import type { Grant } from './session.ts';
import { found, searched } from './wire.ts';

const most = 8;
/** What a server says that does not let just anybody search, or has no such page. */
const noAnswer = [400, 401, 403, 404, 405, 406, 410, 422];

/**
 * Since 4.0 anybody may search for accounts (docs.joinmastodon.org/methods/search, read 2026-11-26): so the token stays out of
 * it, which has no permission to search. Where that is closed, the token may have `read:accounts`, as on older servers; one
 * that has not is refused, which says nothing about the connection.
 */
export async function mentions({ origin, accessToken }: Grant, typed: string, io: Io): Promise<Mention[]> {
  const open = await io.http({
    method: 'GET', url: `${origin}/api/v2/search`, query: { q: typed, type: 'accounts', limit: most }, errors, accept: noAnswer, timeoutMs: 5_000,
  });
  if (open.status === 200) return open.read(searched).accounts.map((one) => mentionOf(one, origin));
  const own = await io.http({
    method: 'GET', url: `${origin}/api/v1/accounts/search`, query: { q: typed, limit: most }, bearer: accessToken, errors, accept: noAnswer, timeoutMs: 5_000,
  });
  return own.status === 200 ? own.read(found.array()).map((one) => mentionOf(one, origin)) : [];
}

/** With its server always: the post may go to other networks too. The server is not counted. */
function mentionOf({ acct, display_name: name }: z.infer<typeof found>, origin: string): Mention {
  const handle = `@${acct}${acct.includes('@') ? '' : `@${new URL(origin).host}`}`;
  return { name: name.trim() || handle, handle, text: handle };
}

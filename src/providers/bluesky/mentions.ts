import type { Io, Mention } from '../contract.ts';
import { errors } from './errors.ts';
import type { Grant } from './session.ts';
import { actors } from './wire.ts';

/** A handle that leads nowhere (specification of handles, read 2026-11-26): nobody can be mentioned by it. */
const nowhere = 'handle.invalid';

/** The account's own server passes the question on to whoever knows everybody. A mention of a handle becomes a facet when the post goes out. */
export async function mentions({ pds, accessJwt }: Grant, typed: string, io: Io): Promise<Mention[]> {
  const { actors: found } = (await io.http({
    method: 'GET', url: `${pds}/xrpc/app.bsky.actor.searchActorsTypeahead`, query: { q: typed, limit: 8 }, bearer: accessJwt, errors, timeoutMs: 5_000,
  })).read(actors);
  return found.filter(({ handle }) => handle !== nowhere)
    .map(({ handle, displayName }) => ({ name: displayName?.trim() || handle, handle: `@${handle}`, text: `@${handle}` }));
}

import type { Actor } from '../../domain/actor.ts';
import { refused, type Result } from '../../domain/result.ts';
import { importRefusals } from '../../domain/texts/refusals/files.ts';
import { mediaRefusals as t } from '../../domain/texts/refusals/media.ts';
import { allows } from '../../billing/entitlements.ts';
import type { Deps } from '../../deps.ts';
import { BlockedAddressError, type Send } from '../../lib/net-guard.ts';
import { fetchThrough, type Fetched } from '../../media/fetch-through.ts';
import { isProblem } from '../../media/problem.ts';
import { mediaLimit } from '../../media/receive.ts';
import type { Media } from '../../store/media.ts';
import { addMedia } from './media.ts';

export type ImportDeps = Pick<Deps, 'store' | 'settings' | 'storage' | 'now' | 'log'> & { send: Send };

/** How long a file may take to come (ms). */
const longestMs = 5 * 60 * 1000;

/** Whoever waits for a file: how far it is, and whether it is still wanted. */
export interface Waiting {
  /** Bytes that have come, and how many there will be (null where nobody said). */
  progress?: (came: number, all: number | null) => void;
  signal?: AbortSignal;
}

/** Takes in a picture or a video from a public address of the web, as an upload is taken in. */
export async function importMedia(deps: ImportDeps, actor: Actor, address: string, { progress, signal: wanted }: Waiting = {}): Promise<Result<{ media: Media }>> {
  const url = URL.parse(address.trim());
  if (!url || !/^https?:$/u.test(url.protocol) || url.username !== '' || url.password !== '') {
    return refused('url', t.addressMalformed);
  }
  const late = AbortSignal.timeout(longestMs);
  const signal = wanted ? AbortSignal.any([late, wanted]) : late;
  let fetched: Fetched | null;
  try {
    fetched = await fetchThrough(deps.send, url, { accept: 'image/*,video/*', agent: 'media import', signal });
  } catch (error) {
    deps.log.info({ code: (error as { code?: unknown }).code }, 'a file could not be fetched');
    if (wanted?.aborted) return refused('url', importRefusals.stopped);
    return refused('url', error instanceof BlockedAddressError
      ? t.addressNotPublic
      : t.addressSilent(url.hostname));
  }
  if (!fetched) return refused('url', t.addressRefused(url.hostname));
  // Before gigabytes come, not after.
  const full = await allows(deps, actor.workspaceId, { what: 'storage', bytes: fetched.length ?? 0 });
  if (full) {
    await fetched.close();
    return { ok: false, problems: [{ ...full, field: 'url' }] };
  }
  const file = await deps.storage.receive(counted(fetched, progress), mediaLimit(fetched.length ?? 0));
  if (isProblem(file)) {
    await fetched.close();
    return refused('url', wanted?.aborted ? importRefusals.stopped : file.message);
  }
  return addMedia(deps, actor, { name: nameOf(fetched.url), file });
}

/** The body as it comes, told of piece by piece. */
function counted({ body, length }: Fetched, progress: Waiting['progress']): AsyncIterable<Uint8Array> {
  if (!progress) return body;
  let came = 0;
  return (async function* () {
    for await (const chunk of body) {
      came += chunk.length;
      progress(came, length);
      yield chunk;
    }
  })();
}

function nameOf({ pathname }: URL): string {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return pathname;
  }
}

import type { Actor } from '../../domain/actor.ts';
import { refused, type Result } from '../../domain/result.ts';
import { mediaRefusals as t } from '../../domain/texts/refusals/media.ts';
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

/** Takes in a picture or a video from a public address of the web, as an upload is taken in. */
export async function importMedia(deps: ImportDeps, actor: Actor, address: string): Promise<Result<{ media: Media }>> {
  const url = URL.parse(address.trim());
  if (!url || !/^https?:$/u.test(url.protocol) || url.username !== '' || url.password !== '') {
    return refused('url', t.addressMalformed);
  }
  const signal = AbortSignal.timeout(longestMs);
  let fetched: Fetched | null;
  try {
    fetched = await fetchThrough(deps.send, url, { accept: 'image/*,video/*', agent: 'media import', signal });
  } catch (error) {
    deps.log.info({ code: (error as { code?: unknown }).code }, 'a file could not be fetched');
    return refused('url', error instanceof BlockedAddressError
      ? t.addressNotPublic
      : t.addressSilent(url.hostname));
  }
  if (!fetched) return refused('url', t.addressRefused(url.hostname));
  const file = await deps.storage.receive(fetched.body, mediaLimit(fetched.length ?? 0));
  if (isProblem(file)) {
    await fetched.close();
    return refused('url', file.message);
  }
  return addMedia(deps, actor, { name: nameOf(fetched.url), file });
}

function nameOf({ pathname }: URL): string {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return pathname;
  }
}

import { day } from '../../domain/promise/retention.ts';
import type { Deps } from '../../deps.ts';
import type { FileRule } from './files.ts';

/** An upload's file is there before its row; so much later no row will come. */
const settled = day;
const perLook = 200;

/** Files that no medium stands for: of an upload or a deletion that the process did not survive. */
export function orphanRule({ store, storage }: Pick<Deps, 'store' | 'storage'>): FileRule {
  return {
    class: 'content', rule: 'files without a medium, a day after they were written',
    async due(at) {
      const found: string[] = [];
      for await (const ids of inGroups(storage.kept(at - settled))) {
        const known = await store.everywhere.knownMedia(ids);
        found.push(...ids.filter((id) => !known.has(id)));
      }
      return found;
    },
    remove: (id) => storage.remove(id),
  };
}

/** How many media have no file. Nothing is deleted: a disk or a backup may bring them back. */
export async function missingFiles({ store, storage }: Pick<Deps, 'store' | 'storage'>, stopping: AbortSignal): Promise<number> {
  let missing = 0;
  for (let after = ''; !stopping.aborted;) {
    const media = await store.everywhere.mediaAfter(after, perLook);
    missing += (await Promise.all(media.map((file) => storage.size(file)))).filter((size) => size === null).length;
    after = media.at(-1)?.id ?? '';
    if (media.length < perLook) break;
  }
  return missing;
}

async function* inGroups(ids: AsyncIterable<string>): AsyncGenerator<string[]> {
  let group: string[] = [];
  for await (const id of ids) {
    group.push(id);
    if (group.length < perLook) continue;
    yield group;
    group = [];
  }
  if (group.length > 0) yield group;
}

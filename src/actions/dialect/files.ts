import type { Actor } from '../../domain/actor.ts';
import type { PartMedia } from '../../domain/post.ts';
import type { Result } from '../../domain/result.ts';
import { refused } from '../../domain/result.ts';
import { apiRefusals as t } from '../../domain/texts/refusals/api.ts';
import { isId } from '../../lib/ids.ts';
import { importMedia, type ImportDeps } from '../media/import-media.ts';
import { deleteMedia } from '../media/media.ts';
import type { FileRef } from './settings.ts';

export interface Files {
  /** The medium that is meant; what lies elsewhere is fetched, once however often it is named. */
  find(ref: FileRef): Promise<Result<{ media: PartMedia }>>;
  /** Puts away what was fetched, when nothing came of it. */
  drop(): Promise<void>;
}

/** More than this in one call is no post. */
const mostFetched = 40;

/** `idOfUrl` gives the id in an address of this instance. */
export function filesFor(deps: ImportDeps & { idOfUrl: (url: string) => string | null }, actor: Actor): Files {
  const fetched = new Map<string, Promise<Result<{ media: PartMedia }>>>();
  const made: string[] = [];

  async function fetch(path: string): Promise<Result<{ media: PartMedia }>> {
    const done = await importMedia(deps, actor, path);
    if (!done.ok) return done;
    made.push(done.media.id);
    return { ok: true, media: { mediaId: done.media.id, alt: '' } };
  }

  return {
    async find({ id, path = '', alt }) {
      const words = (text: string) => alt?.replaceAll('\0', '').toWellFormed() ?? text;
      // The address says more than the id: some clients make ids up.
      const own = deps.idOfUrl(path) ?? (path === '' || path === id ? id : undefined) ?? (isId(id) && (await deps.store.media.get(actor.workspaceId, id)) ? id : undefined);
      if (isId(own)) {
        const media = await deps.store.media.get(actor.workspaceId, own);
        return media ? { ok: true, media: { mediaId: media.id, alt: words(media.alt) } } : refused('image', t.fileGone);
      }
      if (path === '') return refused('image', t.fileUnknown);
      if (!fetched.has(path)) {
        if (fetched.size >= mostFetched) return refused('image', t.tooManyFetched(mostFetched));
        fetched.set(path, fetch(path));
      }
      const found = await fetched.get(path);
      if (!found) throw new Error('a file vanished from its own list');
      return found.ok ? { ok: true, media: { ...found.media, alt: words(found.media.alt) } } : found;
    },
    async drop() {
      for (const id of made.splice(0)) await deleteMedia(deps, actor, id);
    },
  };
}

import type { Person } from '../../domain/actor.ts';
import { excerptOf, type Content } from '../../domain/post.ts';
import type { Deps } from '../../deps.ts';

export interface Typed {
  /** The page's own, made by us. */
  id: string;
  postId: string | null;
  /** The version of the post that is being edited. */
  version: number | null;
  entries: [name: string, value: string][];
  content: Content;
}

export interface Kept {
  at: number;
  /** Who else types into this post right now. */
  others: string[];
  /** When somebody saved a newer version of it, if somebody did (epoch ms). */
  savedMeanwhile: number | null;
}

/** Whoever typed this recently counts as still there (ms). */
const present = 60_000;

/** Keeps what is being typed, so that no crash takes it; null when the post is no longer there. */
export async function autosave({ store, now }: Pick<Deps, 'store' | 'now'>, { workspaceId, userId }: Person, { id, postId, version, entries, content }: Typed): Promise<Kept | null> {
  const post = postId === null ? null : await store.posts.get(workspaceId, postId);
  if (post === undefined) return null;
  const at = now();
  const blank = content.parts.every(({ text, media }) => text.trim() === '' && media.length === 0);
  if (blank && postId === null) await store.autosaves.remove(workspaceId, userId, id);
  else await store.autosaves.put(workspaceId, { id, userId, postId, entries, excerpt: excerptOf(content), changedAt: at });
  return {
    at, others: postId === null ? [] : await store.autosaves.othersAt(workspaceId, userId, postId, at - present),
    savedMeanwhile: post && post.version !== version ? post.updatedAt : null,
  };
}

export async function dropAutosave({ store }: Pick<Deps, 'store'>, { workspaceId, userId }: Person, id: string): Promise<void> {
  await store.autosaves.remove(workspaceId, userId, id);
}

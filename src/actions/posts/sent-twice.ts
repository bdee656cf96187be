import type { Actor } from '../../domain/actor.ts';
import type { Json } from '../../domain/json.ts';
import { sameContent, type Content } from '../../domain/post.ts';
import type { Moment } from '../../domain/time/schedule.ts';
import type { Deps } from '../../deps.ts';
import type { PostInput } from './save-post.ts';

interface Meant {
  moment: Moment | null;
  kept: readonly { channelId: string; content: Content | null; kept: { [key: string]: Json } }[];
}

/**
 * Whether the page that a new post comes from has made one before: `same` where it was this very post (a second press, a
 * browser that asked again because no answer came), `other` where somebody went back and wrote on.
 */
export async function madeBefore({ store }: Pick<Deps, 'store'>, { workspaceId }: Actor, { postId, pageId, intent, content }: PostInput, { moment, kept }: Meant): Promise<'same' | 'other' | null> {
  const before = postId === null && pageId !== undefined ? await store.posts.get(workspaceId, pageId) : undefined;
  if (!before) return null;
  const state = intent === 'draft' ? 'draft' : 'scheduled';
  // Of what goes out now the time is each time another one.
  const atSameTime = intent === 'now' || before.at === (moment?.at ?? null);
  const same = before.version === 1 && before.state === state && atSameTime && sameContent(before.content, content)
    && partsOf(before.variants) === partsOf(kept.map(({ channelId, content: own, kept: options }) => ({ channelId, content: own && !sameContent(own, content) ? own : null, options })));
  return same ? 'same' : 'other';
}

function partsOf(variants: readonly { channelId: string; content: Content | null; options: { [key: string]: Json } }[]): string {
  return variants.map(({ channelId, content, options }) => JSON.stringify([channelId, content, Object.entries(options).toSorted(([a], [b]) => (a < b ? -1 : 1))])).toSorted().join('\n');
}

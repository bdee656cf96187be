import type { Actor } from '../../domain/actor.ts';
import { listedTags, longestSetName, mostTagsInSet } from '../../domain/posts/hashtag.ts';
import { labelName } from '../../domain/posts/label.ts';
import { refused, type Result } from '../../domain/result.ts';
import { writingRefusals as words } from '../../domain/texts/refusals/writing.ts';
import type { Deps } from '../../deps.ts';
import { newId } from '../../lib/ids.ts';

/** Keeps tags under a name; they are typed as people list them. */
export async function addHashtagSet({ store, now }: Pick<Deps, 'store' | 'now'>, { workspaceId }: Pick<Actor, 'workspaceId'>, input: { name: string; tags: string }): Promise<Result<{ id: string }>> {
  const name = labelName(input.name);
  const { tags, wrong } = listedTags(input.tags);
  if (name === '') return refused('name', words.setNameMissing);
  if (Array.from(name).length > longestSetName) return refused('name', words.setNameLong(longestSetName));
  if (wrong[0] !== undefined) return refused('tags', words.notATag(wrong[0].slice(0, 60)));
  if (tags.length === 0) return refused('tags', words.tagsMissing);
  if (tags.length > mostTagsInSet) return refused('tags', words.tagsMany(mostTagsInSet));
  const id = newId(now());
  switch (await store.hashtags.addSet(workspaceId, { id, name, tags, createdAt: now() })) {
    case 'saved': return { ok: true, id };
    case 'taken': return refused('name', words.setTaken);
    case 'too_many': return refused('name', words.setsMany);
  }
}

/** True when it was there. */
export async function removeHashtagSet({ store }: Pick<Deps, 'store'>, { workspaceId }: Actor, id: string): Promise<boolean> {
  return store.hashtags.removeSet(workspaceId, id);
}

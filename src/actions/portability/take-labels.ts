import { tagKey } from '../../domain/posts/hashtag.ts';
import { isLabelColor, labelKey, labelName, longestLabel } from '../../domain/posts/label.ts';
import { privacyRefusals as t } from '../../domain/texts/refusals/privacy.ts';
import type { Deps } from '../../deps.ts';
import { newId } from '../../lib/ids.ts';
import { addHashtagSet } from '../writing/hashtags.ts';
import type { Archive } from './archive.ts';

type Borne = ReadonlyMap<string, readonly string[]>;

/**
 * The labels of an archive, each under its name: one that is here already stays as it is here. Gives which of ours each
 * post and each file of the archive bears. Done twice it does the same.
 */
export async function takeLabels({ store, now }: Pick<Deps, 'store' | 'now'>, workspaceId: string, archive: Archive, problems: string[]): Promise<{ ofPosts: Borne; ofFiles: Borne }> {
  const here = new Map((await store.labels.list(workspaceId)).map(({ id, name }) => [labelKey(name), id]));
  const ours = new Map<string, string>();
  for await (const { id, name: theirs, color } of archive.rows('labels')) {
    const name = Array.from(labelName(theirs)).slice(0, longestLabel).join('');
    if (name === '') continue;
    const known = here.get(labelKey(name)) ?? newId(now());
    if (!here.has(labelKey(name))) {
      const saved = await store.labels.add(workspaceId, { id: known, name, color: isLabelColor(color) ? color : 'gray', createdAt: now() });
      if (saved !== 'saved') {
        problems.push(t.labelLeftOut(name));
        continue;
      }
      here.set(labelKey(name), known);
    }
    ours.set(id, known);
  }
  const [ofPosts, ofFiles] = [new Map<string, string[]>(), new Map<string, string[]>()];
  const bears = (all: Map<string, string[]>, id: string, label: string | undefined) => void (label !== undefined && all.set(id, [...all.get(id) ?? [], label]));
  for await (const { postId, labelId } of archive.rows('post-labels')) bears(ofPosts, postId, ours.get(labelId));
  for await (const { mediaId, labelId } of archive.rows('media-labels')) bears(ofFiles, mediaId, ours.get(labelId));
  return { ofPosts, ofFiles };
}

/** The sets of hashtags of an archive; one whose name is taken here stays as it is here. */
export async function takeHashtagSets(deps: Pick<Deps, 'store' | 'now'>, workspaceId: string, archive: Archive, problems: string[]): Promise<void> {
  const here = new Set((await deps.store.hashtags.sets(workspaceId)).map(({ name }) => tagKey(name)));
  for await (const { name, tags } of archive.rows('hashtag-sets')) {
    if (here.has(tagKey(labelName(name)))) continue;
    const added = await addHashtagSet(deps, { workspaceId }, { name, tags: tags.join(' ') });
    if (!added.ok) problems.push(t.hashtagSetLeftOut(name));
  }
}

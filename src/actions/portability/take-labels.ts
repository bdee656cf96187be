import { isLabelColor, labelKey, labelName, longestLabel } from '../../domain/label.ts';
import { privacyRefusals as t } from '../../domain/texts/refusals/privacy.ts';
import type { Deps } from '../../deps.ts';
import { newId } from '../../lib/ids.ts';
import type { Archive } from './archive.ts';

/**
 * The labels of an archive, each under its name: one that is here already stays as it is here. Gives which of ours each
 * post of the archive bears. Done twice it does the same.
 */
export async function takeLabels({ store, now }: Pick<Deps, 'store' | 'now'>, workspaceId: string, archive: Archive, problems: string[]): Promise<ReadonlyMap<string, string[]>> {
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
  const borne = new Map<string, string[]>();
  for await (const { postId, labelId } of archive.rows('post-labels')) {
    const label = ours.get(labelId);
    if (label !== undefined) borne.set(postId, [...borne.get(postId) ?? [], label]);
  }
  return borne;
}

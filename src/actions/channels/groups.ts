import type { Actor } from '../../domain/actor.ts';
import { longestGroup, mostGroups } from '../../domain/channels/group.ts';
import { labelName } from '../../domain/posts/label.ts';
import { refused, type Result } from '../../domain/result.ts';
import { channelRefusals as t } from '../../domain/texts/refusals/channels.ts';
import type { Deps } from '../../deps.ts';
import { newId } from '../../lib/ids.ts';
import type { GroupSaved, Placed } from '../../store/channels/groups.ts';

type GroupDeps = Pick<Deps, 'store' | 'now'>;

export async function addGroup({ store, now }: GroupDeps, { workspaceId, userId }: Actor, typed: string): Promise<Result> {
  const read = readName(typed);
  return read.ok ? answered(await store.groups.add(workspaceId, { id: newId(now()), name: read.name, createdAt: now() }, { userId, now: now() })) : read;
}

export async function renameGroup({ store, now }: GroupDeps, { workspaceId, userId }: Actor, id: string, typed: string): Promise<Result> {
  const read = readName(typed);
  return read.ok ? answered(await store.groups.rename(workspaceId, id, read.name, { userId, now: now() })) : read;
}

export async function moveGroup({ store }: GroupDeps, { workspaceId }: Actor, id: string, step: -1 | 1): Promise<Result> {
  return (await store.groups.move(workspaceId, id, step)) ? { ok: true } : answered('gone');
}

/** Its channels stay, in no group. */
export async function deleteGroup({ store, now }: GroupDeps, { workspaceId, userId }: Actor, id: string): Promise<Result> {
  return (await store.groups.remove(workspaceId, id, { userId, now: now() })) ? { ok: true } : answered('gone');
}

/** Puts each of these channels into a group, or into none; gives those that moved, with where they were. */
export async function putInGroups({ store, now }: GroupDeps, { workspaceId, userId }: Actor, wanted: readonly Placed[]): Promise<Placed[]> {
  return store.groups.put(workspaceId, wanted, { userId, now: now() });
}

function readName(typed: string): { ok: true; name: string } | ReturnType<typeof refused> {
  const name = labelName(typed);
  if (name === '') return refused('name', t.groupWithoutName);
  return Array.from(name).length > longestGroup ? refused('name', t.groupTooLong(longestGroup)) : { ok: true, name };
}

function answered(saved: GroupSaved): Result {
  switch (saved) {
    case 'saved': return { ok: true };
    case 'taken': return refused('name', t.groupTaken);
    case 'gone': return refused('', t.groupGone);
    case 'too_many': return refused('name', t.tooManyGroups(mostGroups));
  }
}

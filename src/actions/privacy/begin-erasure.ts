import type { Deps } from '../../deps.ts';
import { newId } from '../../lib/ids.ts';
import type { Erasure } from '../../store/privacy/erasures.ts';
import { connectAllLocal } from '../channels/connect-local.ts';

type BeginDeps = Pick<Deps, 'store' | 'providers' | 'now'>;

/**
 * Shuts out whoever it is about and puts into the log what will be deleted; only then may anything go. The same again
 * changes nothing. Gives all that goes.
 */
export async function beginErasure(deps: BeginDeps, id: string): Promise<Erasure[]> {
  const { store, now } = deps;
  const asked = await store.erasures.get(id);
  if (asked?.kind === 'workspace' && asked.begunAt === null && asked.parentId === null) await houseTheOthers(deps, asked.subjectId);
  const going = await store.erasures.begin(id, now());
  const fresh = going.filter(({ notedAt }) => notedAt === null);
  await store.erasureLog.note(fresh.map(({ kind, subjectId }) => ({ event: 'erased', kind, id: subjectId, at: now() })));
  await store.erasures.markNoted(fresh.map((row) => row.id), now());
  return going;
}

/** Whose only workspace goes gets an empty one: without any they could not log in, not even to delete their account. */
async function houseTheOthers(deps: BeginDeps, workspaceId: string): Promise<void> {
  const { store, now } = deps;
  for (const { userId, name } of await store.erasures.others(workspaceId, '')) {
    const elsewhere = (await store.people.workspacesOf(userId)).filter(({ id }) => id !== workspaceId);
    if (elsewhere.length > 0) continue;
    const old = await store.people.workspace(workspaceId);
    const fresh = { id: newId(now()), name: `${name.slice(0, 60)}’s workspace`, zone: old?.zone ?? 'UTC', createdAt: now() };
    await store.people.addWorkspace(userId, fresh);
    await connectAllLocal(deps, fresh.id);
  }
}

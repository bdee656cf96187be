import type { Person } from '../../domain/actor.ts';
import { answerWithin } from '../../domain/promise/privacy.ts';
import { refused, type Result } from '../../domain/result.ts';
import { atLeast } from '../../domain/role.ts';
import { privacyRefusals as t } from '../../domain/texts/refusals/privacy.ts';
import type { Deps } from '../../deps.ts';
import { newId } from '../../lib/ids.ts';

/** Asks for a copy of everything about the person, or as an admin about the workspace. The job makes it. */
export async function askCopy({ store, now }: Pick<Deps, 'store' | 'now'>, actor: Person, about: 'person' | 'workspace'): Promise<Result> {
  if (about === 'workspace' && !atLeast(actor.role, 'admin')) return refused('copy', t.copyByAdmin);
  const askedAt = now();
  const workspaceId = about === 'workspace' ? actor.workspaceId : null;
  const copy = await store.copies.ask({ id: newId(askedAt), userId: actor.userId, workspaceId, createdAt: askedAt });
  if (!copy) return refused('copy', t.copyBeingMade);
  await store.requests.add({
    id: newId(askedAt), userId: actor.userId, workspaceId, kind: about === 'person' ? 'access' : 'portability', subjectId: copy.id, message: '', askedAt, dueAt: askedAt + answerWithin,
  });
  if (workspaceId !== null) await store.audit.add(workspaceId, { userId: actor.userId, now: askedAt }, 'data.exported');
  return { ok: true };
}

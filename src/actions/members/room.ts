import type { Problem } from '../../domain/limits.ts';
import { peopleRefusals as t } from '../../domain/texts/refusals/people.ts';
import { allows } from '../../billing/entitlements.ts';
import type { Deps } from '../../deps.ts';

/** Members of a workspace, those who are invited included. */
const mostMembers = 500;
/** Invitations without an answer: each is a mail to somebody who did not ask for it. */
const mostWaiting = 50;

/** The one place that says whether a workspace may have a member more: asked before inviting, and again before somebody comes in. */
export async function memberProblem(deps: Pick<Deps, 'store' | 'settings' | 'now'>, workspaceId: string | null, step: 'invite' | 'come_in'): Promise<Problem | null> {
  const { store } = deps;
  const members = workspaceId === null ? 0 : await store.members.count(workspaceId);
  const waiting = step === 'invite' ? (await store.invitations.list(workspaceId)).length : 0;
  if (waiting >= mostWaiting) return { field: '', message: t.tooManyWaiting(mostWaiting) };
  if (members + waiting >= mostMembers) return { field: '', message: t.tooManyMembers(mostMembers) };
  return workspaceId === null ? null : allows(deps, workspaceId, { what: 'members', adding: step === 'invite' ? waiting + 1 : 1 });
}

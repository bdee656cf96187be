import type { Person } from '../../domain/actor.ts';
import { refused, type Result } from '../../domain/result.ts';
import { isGivenRole } from '../../domain/role.ts';
import { peopleRefusals as t } from '../../domain/texts/refusals/people.ts';
import type { Deps } from '../../deps.ts';
import type { MemberChange } from '../../store/team/members.ts';
import { proveAgain, type Proof } from '../people/step-up.ts';
import type { Throttle } from '../sessions/throttle.ts';
import { makeOwn } from '../workspaces/make-workspace.ts';

type MemberDeps = Pick<Deps, 'store' | 'now'>;

export async function changeRole({ store, now }: MemberDeps, { workspaceId, userId }: Person, of: string, role: string): Promise<Result> {
  if (!isGivenRole(role)) return refused('', t.roleUnknownHere);
  return resultOf(await store.members.setRole(workspaceId, { userId, now: now() }, of, role));
}

export async function removeMember({ store, now }: MemberDeps, { workspaceId, userId }: Person, of: string): Promise<Result> {
  return resultOf(await store.members.remove(workspaceId, { userId, now: now() }, of));
}

/** Whoever leaves their last workspace gets one of their own, so that their session goes on. */
export async function leaveWorkspace(deps: MemberDeps & Pick<Deps, 'providers'>, { workspaceId, userId }: Person): Promise<Result> {
  const { store, now } = deps;
  const user = await store.people.user(userId);
  const role = await store.people.role(workspaceId, userId);
  const owners = (await store.members.list(workspaceId)).filter((member) => member.role === 'owner');
  if (role === 'owner' && owners.length === 1) return resultOf('last_owner');
  if (user && (await store.people.workspacesOf(userId)).length === 1) await makeOwn(deps, user);
  return resultOf(await store.members.leave(workspaceId, { userId, now: now() }));
}

/** Gives ownership to another member, after the password was given once more. */
export async function handOver(
  deps: MemberDeps & Pick<Deps, 'passwords'> & { throttle: Throttle }, actor: Person, input: Proof & { to: string; stay: boolean },
): Promise<Result> {
  const { store, now } = deps;
  if (input.to === '') return refused('to', t.memberMissing);
  const proven = await proveAgain(deps, actor.userId, { ...input, field: 'password' });
  if (!proven.ok) return proven;
  const done = resultOf(await store.members.handOver(actor.workspaceId, { userId: actor.userId, now: now() }, input.to, input.stay));
  return done.ok ? done : { ok: false, problems: done.problems.map((problem) => ({ ...problem, field: 'to' })) };
}

function resultOf(change: MemberChange): Result {
  switch (change) {
    case 'done': return { ok: true };
    case 'gone': return refused('', t.memberGone);
    case 'not_allowed': return refused('', t.roleTooLow);
    case 'last_owner': return refused('', t.lastOwner);
  }
}

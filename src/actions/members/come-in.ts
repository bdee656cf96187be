import type { Person } from '../../domain/actor.ts';
import { refused, type Result } from '../../domain/result.ts';
import { peopleRefusals as t } from '../../domain/texts/refusals/people.ts';
import type { Deps } from '../../deps.ts';
import { newId } from '../../lib/ids.ts';
import { tokenHash } from '../../lib/secrets/tokens.ts';
import { connectAllLocal } from '../channels/connect-local.ts';
import { nameProblems, passwordProblems } from '../people/sign-up.ts';
import { ownWorkspace } from '../workspaces/make-workspace.ts';
import { memberProblem } from './room.ts';

type ComeInDeps = Pick<Deps, 'store' | 'settings' | 'passwords' | 'providers' | 'now'>;

const over = t.invitationOver;

/** Somebody who is logged in accepts; their session looks at that workspace from now on. */
export async function acceptInvitation(deps: ComeInDeps, { userId, sessionId }: Person, token: string): Promise<Result> {
  const { store, now } = deps;
  const open = await store.invitations.opened(tokenHash(token), now());
  if (!open) return refused('', over);
  const full = open.workspaceId !== null && (await memberProblem(deps, open.workspaceId, 'come_in'));
  if (full) return { ok: false, problems: [full] };
  const came = await store.invitations.accept(tokenHash(token), { userId, now: now() });
  if (came.end === 'over' || came.end === 'email_taken') return refused('', over);
  // Who is in already goes there; the invitation stays for the person it is meant for.
  if (open.workspaceId !== null) await store.workspaces.look(sessionId, userId, open.workspaceId);
  return { ok: true };
}

/** Somebody new makes an account through an invitation, whatever `REGISTRATION` says. The address is the invited one. */
export async function joinByInvitation(
  deps: ComeInDeps, token: string, typed: { name: string; password: string; zone: string },
): Promise<Result<{ userId: string; workspaceId: string }>> {
  const { store, passwords, now } = deps;
  const open = await store.invitations.opened(tokenHash(token), now());
  if (!open) return refused('', over);
  const name = typed.name.trim().normalize('NFC');
  const problems = [...nameProblems(name), ...passwordProblems(typed.password, open.email)];
  if (problems.length > 0) return { ok: false, problems };
  const full = open.workspaceId !== null && (await memberProblem(deps, open.workspaceId, 'come_in'));
  if (full) return { ok: false, problems: [full] };
  const passwordHash = await passwords.hash(typed.password);
  const createdAt = now();
  const userId = newId(createdAt);
  const came = await store.invitations.join(tokenHash(token), { id: userId, name, passwordHash, createdAt }, ownWorkspace(name, typed.zone, createdAt));
  switch (came.end) {
    case 'joined': {
      const workspaceId = came.workspaceId ?? '';
      if (open.workspaceId === null) await connectAllLocal(deps, workspaceId);
      return { ok: true, userId, workspaceId };
    }
    case 'email_taken': return refused('', t.accountExistsForInvitation);
    case 'over':
    case 'member_already': return refused('', over);
  }
}

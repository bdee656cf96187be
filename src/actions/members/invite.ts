import type { Person } from '../../domain/actor.ts';
import { refused, type Result } from '../../domain/result.ts';
import { isGivenRole, type Role } from '../../domain/role.ts';
import { invitationDays } from '../../domain/texts/mails/members.ts';
import { peopleRefusals as t } from '../../domain/texts/refusals/people.ts';
import type { Deps } from '../../deps.ts';
import { newId } from '../../lib/ids.ts';
import { newToken, tokenHash } from '../../lib/secrets/tokens.ts';
import type { Fresh } from '../../store/team/invitations.ts';
import { queueMail } from '../mails/queue-mail.ts';
import { emailProblems } from '../people/sign-up.ts';
import { memberProblem } from './room.ts';

type InviteDeps = Pick<Deps, 'store' | 'now' | 'config' | 'settings'>;

/** What the inviter is shown once. */
export interface Invited {
  email: string;
  /** To hand over where mails do not arrive; it lets one person in and proves no address. */
  link: string;
}

/** How long an invitation is good (ms), and how soon it can be renewed: each time is a mail. */
const goodFor = invitationDays * 24 * 60 * 60 * 1000;
const pause = 60 * 1000;

/** Invites into the workspace; `to: 'instance'` makes it an account with a workspace of its own, from the operator. */
export async function invite(deps: InviteDeps, actor: Person, to: 'workspace' | 'instance', typed: { email: string; role: string }): Promise<Result<Invited>> {
  const { store, now } = deps;
  const workspaceId = to === 'workspace' ? actor.workspaceId : null;
  const email = typed.email.trim().toLowerCase();
  const problems = emailProblems(email);
  if (to === 'workspace' && !isGivenRole(typed.role)) problems.push({ field: 'role', message: t.roleUnknown });
  if (problems.length > 0) return { ok: false, problems };
  const role: Role = isGivenRole(typed.role) && to === 'workspace' ? typed.role : 'owner';
  const full = await memberProblem(deps, workspaceId, 'invite');
  if (full) return { ok: false, problems: [full] };
  const before = (await store.invitations.list(workspaceId)).find((one) => one.email === email);
  if (before && now() - before.madeAt < pause) return refused('email', justSent);
  const tokens = freshTokens(now());
  const made = await store.invitations.invite(workspaceId, { userId: actor.userId, now: now() }, { id: newId(now()), email, role, ...tokens.hashes });
  switch (made.end) {
    case 'not_allowed': return refused('', t.mayNotInvite);
    case 'member_already': return refused('email', to === 'workspace' ? t.memberAlready : t.accountExistsOnInstance);
    case 'invited': return { ok: true, ...(await sent(deps, actor, { workspaceId, email, role }, tokens)) };
  }
}

/** A fresh link in the place of the old one. */
export async function renewInvitation(deps: InviteDeps, actor: Person, to: 'workspace' | 'instance', id: string): Promise<Result<Invited>> {
  const { store, now } = deps;
  const workspaceId = to === 'workspace' ? actor.workspaceId : null;
  const before = (await store.invitations.list(workspaceId)).find((one) => one.id === id);
  if (before && now() - before.madeAt < pause) return refused('', justSent);
  const tokens = freshTokens(now());
  const renewed = await store.invitations.renew(workspaceId, { userId: actor.userId, now: now() }, id, tokens.hashes);
  return renewed ? { ok: true, ...(await sent(deps, actor, renewed, tokens)) } : refused('', t.invitationClosed);
}

export async function revokeInvitation({ store, now }: InviteDeps, actor: Person, to: 'workspace' | 'instance', id: string): Promise<Result> {
  const done = await store.invitations.revoke(to === 'workspace' ? actor.workspaceId : null, { userId: actor.userId, now: now() }, id);
  return done ? { ok: true } : refused('', t.invitationClosed);
}

const justSent = t.invitedJustNow;

function freshTokens(now: number): { mail: string; link: string; hashes: Fresh } {
  const [mail, link] = [newToken(), newToken()];
  return { mail, link, hashes: { mailHash: tokenHash(mail), linkHash: tokenHash(link), expiresAt: now + goodFor } };
}

/** Mails the token that proves the mailbox; the other one is for the inviter to hand over. */
async function sent(
  deps: InviteDeps, { userId }: Person, { workspaceId, email, role }: { workspaceId: string | null; email: string; role: Role }, tokens: ReturnType<typeof freshTokens>,
): Promise<Invited> {
  const { store, config } = deps;
  const inviter = (await store.people.user(userId))?.name ?? t.somebody;
  const workspace = workspaceId === null ? null : ((await store.people.workspace(workspaceId))?.name ?? '');
  const known = await store.people.userByEmail(email);
  await queueMail(deps, {
    kind: 'invitation', event: `invitation:${tokens.hashes.mailHash}`, to: { email, userId: known?.id ?? null }, data: { workspace, inviter, role, token: tokens.mail },
  });
  return { email, link: `${config.publicUrl}/invitations/${tokens.link}` };
}

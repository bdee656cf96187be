import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { changeRole, handOver, leaveWorkspace, removeMember } from '../../actions/members/change.ts';
import { invite, renewInvitation, revokeInvitation, type Invited } from '../../actions/members/invite.ts';
import type { Problem } from '../../domain/limits.ts';
import type { Result } from '../../domain/result.ts';
import { teamTexts as t } from '../../domain/texts/people/team.ts';
import type { WebContext } from '../context.ts';
import { formOf } from '../forms.ts';
import { flash, sendPage } from '../page.tsx';
import { actorOf, type Policy } from '../policy.ts';
import { idOf } from '../posts/routes.tsx';
import { MembersPage } from './pages.tsx';

const see: { policy: Policy } = { policy: { member: 'viewer' } };
const admin: { policy: Policy } = { policy: { member: 'admin' } };
const owner: { policy: Policy } = { policy: { member: 'owner' } };

export interface Told {
  problems?: readonly Problem[];
  /** The form that `problems` are about. */
  about?: 'invite' | 'hand-over';
  typed?: { email: string; role: string };
  /** A link that is shown this once: only its hash is kept. */
  invited?: Invited;
}

/** Who is in the workspace, what they may do, and who is invited. */
export function memberRoutes(server: FastifyInstance, context: WebContext) {
  const { store } = context;

  async function page(request: FastifyRequest, reply: FastifyReply, told: Told = {}) {
    const actor = actorOf(request);
    const members = await store.members.list(actor.workspaceId);
    const invitations = await store.invitations.list(actor.workspaceId);
    return sendPage(context, request, reply, {
      title: t.members, current: '/settings', status: told.problems ? 422 : 200, islands: told.invited ? ['copy'] : [],
      body: (view) => <MembersPage actor={actor} members={members} invitations={invitations} view={view} told={told} />,
    });
  }

  /** Back to the list with what was done, or with the sentence why it was not. */
  const back = (reply: FastifyReply, done: Result, said: string) => {
    flash(reply, done.ok ? said : (done.problems[0]?.message ?? ''));
    return reply.redirect('/settings/members', 303);
  };

  server.get('/settings/members', { config: see }, (request, reply) => page(request, reply));

  server.post('/settings/members/invite', { config: admin }, async (request, reply) => {
    const form = formOf(request.body);
    const typed = { email: form.one('email'), role: form.one('role') };
    const invited = await invite(context, actorOf(request), 'workspace', typed);
    // No redirect: the link cannot be had a second time. Sent again, the form says that this address was just invited.
    return page(request, reply, invited.ok ? { invited } : { problems: invited.problems, about: 'invite', typed });
  });

  server.post('/settings/members/invitations/:id/renew', { config: admin }, async (request, reply) => {
    const renewed = await renewInvitation(context, actorOf(request), 'workspace', idOf(request));
    return renewed.ok ? page(request, reply, { invited: renewed }) : back(reply, renewed, '');
  });

  server.post('/settings/members/invitations/:id/revoke', { config: admin }, async (request, reply) =>
    back(reply, await revokeInvitation(context, actorOf(request), 'workspace', idOf(request)), t.takenBack));

  server.post('/settings/members/:id/role', { config: admin }, async (request, reply) =>
    back(reply, await changeRole(context, actorOf(request), idOf(request), formOf(request.body).one('role')), t.roleChanged));

  server.post('/settings/members/:id/remove', { config: admin }, async (request, reply) =>
    back(reply, await removeMember(context, actorOf(request), idOf(request)), t.removed));

  server.post('/settings/members/leave', { config: see }, async (request, reply) => {
    const left = await leaveWorkspace(context, actorOf(request));
    if (!left.ok) return back(reply, left, '');
    flash(reply, t.left);
    return reply.redirect('/', 303);
  });

  server.post('/settings/members/hand-over', { config: owner }, async (request, reply) => {
    const form = formOf(request.body);
    const done = await handOver(context, actorOf(request), { to: form.one('to'), stay: form.has('stay'), password: form.one('password'), ip: request.ip });
    return done.ok ? back(reply, done, t.handedOver) : page(request, reply, { problems: done.problems, about: 'hand-over' });
  });
}

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { acceptInvitation, joinByInvitation } from '../../actions/members/come-in.ts';
import type { Problem } from '../../domain/limits.ts';
import { roleSays } from '../../domain/role.ts';
import { teamTexts as t } from '../../domain/texts/people/team.ts';
import { tokenHash } from '../../lib/secrets/tokens.ts';
import type { OpenInvitation } from '../../store/team/invitations.ts';
import { startSession } from '../auth/routes.tsx';
import type { WebContext } from '../context.ts';
import { formOf } from '../forms.ts';
import { flash, sendSheet } from '../page.tsx';
import { actorOf } from '../policy.ts';
import { ButtonLink } from '../ui/button.tsx';
import { AcceptAsSelf, JoinForm, LogInFirst } from './accept.tsx';

/** What an invitation opens: for people who are logged in, who have an account, or who are new. The address is the secret. */
export function invitationRoutes(server: FastifyInstance, context: WebContext) {
  const { store, now } = context;

  const opened = (request: FastifyRequest) => store.invitations.opened(tokenHash(tokenOf(request)), now());

  const over = (request: FastifyRequest, reply: FastifyReply) => sendSheet(context, request, reply, {
    title: t.over, lead: t.overMeans, status: 410,
    body: () => <p><ButtonLink href="/">{t.toStart}</ButtonLink></p>,
  });

  const joinPage = (request: FastifyRequest, reply: FastifyReply, open: OpenInvitation, name: string, problems: readonly Problem[]) => sendSheet(context, request, reply, {
    ...headOf(open), status: problems.length > 0 ? 422 : 200, islands: ['zone'],
    body: (csrf) => <JoinForm token={tokenOf(request)} email={open.email} name={name} problems={problems} csrf={csrf} />,
  });

  server.get('/invitations/:token', { config: { policy: 'public', secretAddress: true } }, async (request, reply) => {
    const open = await opened(request);
    if (!open) return over(request, reply);
    const { actor } = request;
    if (actor) {
      const user = await store.people.user(actor.userId);
      return sendSheet(context, request, reply, {
        ...headOf(open), body: (csrf) => <AcceptAsSelf open={open} token={tokenOf(request)} user={user} csrf={csrf} />,
      });
    }
    if (await store.people.userByEmail(open.email)) {
      return sendSheet(context, request, reply, { ...headOf(open), body: () => <LogInFirst token={tokenOf(request)} email={open.email} /> });
    }
    return joinPage(request, reply, open, '', []);
  });

  server.post('/invitations/:token', { config: { policy: 'signed_in', secretAddress: true } }, async (request, reply) => {
    const done = await acceptInvitation(context, actorOf(request), tokenOf(request));
    flash(reply, done.ok ? t.welcome : (done.problems[0]?.message ?? ''));
    return reply.redirect('/', 303);
  });

  server.post('/invitations/:token/join', { config: { policy: 'public', secretAddress: true } }, async (request, reply) => {
    if (request.actor) return reply.redirect(`/invitations/${tokenOf(request)}`, 303);
    const open = await opened(request);
    if (!open) return over(request, reply);
    const form = formOf(request.body);
    const typed = { name: form.one('name'), password: form.one('password'), zone: form.one('zone') };
    const joined = await joinByInvitation(context, tokenOf(request), typed);
    if (!joined.ok) return joinPage(request, reply, open, typed.name, joined.problems);
    await startSession(context, request, reply, joined);
    return reply.redirect('/', 303);
  });
}

function headOf({ workspaceName, inviterName, role }: OpenInvitation): { title: string; lead: string } {
  const by = inviterName ?? t.somebody;
  return workspaceName === null
    ? { title: t.youAreInvited, lead: t.invitesToInstance(by) }
    : { title: t.join(workspaceName), lead: t.invitesAs(by, role, roleSays[role]) };
}

function tokenOf(request: FastifyRequest): string {
  return encodeURIComponent((request.params as { token: string }).token);
}

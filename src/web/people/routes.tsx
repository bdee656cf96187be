import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { endTwoFactorOf, makeResetLink } from '../../actions/accounts/help.ts';
import { suspendAccount, unsuspendAccount } from '../../actions/accounts/suspend.ts';
import { invite, renewInvitation, revokeInvitation, type Invited } from '../../actions/members/invite.ts';
import type { Problem } from '../../domain/limits.ts';
import type { Result } from '../../domain/result.ts';
import { peopleTexts as t } from '../../domain/texts/people/people.ts';
import type { WebContext } from '../context.ts';
import { formOf } from '../forms.ts';
import { flash, sendPage } from '../page.tsx';
import { actorOf, type Policy } from '../policy.ts';
import { idOf } from '../posts/routes.tsx';
import { AccountPage } from './account.tsx';
import { PeoplePage } from './page.tsx';

const operator: { policy: Policy } = { policy: 'operator' };
const pageSize = 50;

export interface Told {
  problems?: readonly Problem[];
  email?: string;
  invited?: Invited;
}

/** Every account of the instance, for whoever runs it. */
export function peopleRoutes(server: FastifyInstance, context: WebContext) {
  const { store } = context;

  async function page(request: FastifyRequest, reply: FastifyReply, told: Told = {}) {
    const { seek, skip } = askedOf(request.query);
    const found = await store.accounts.list({ seek, skip, limit: pageSize + 1 });
    const total = await store.accounts.count();
    const invitations = await store.invitations.list(null);
    return sendPage(context, request, reply, {
      title: t.title, current: '/settings', status: told.problems ? 422 : 200, islands: told.invited ? ['copy'] : [],
      body: (view) => (
        <PeoplePage
          accounts={found.slice(0, pageSize)} total={total} seek={seek} next={found.length > pageSize ? skip + pageSize : null}
          invitations={invitations} view={view} told={told} self={actorOf(request).userId}
        />
      ),
    });
  }

  const back = (reply: FastifyReply, done: Result, said: string) => {
    flash(reply, done.ok ? said : (done.problems[0]?.message ?? ''));
    return reply.redirect('/settings/people', 303);
  };

  server.get('/settings/people', { config: operator }, (request, reply) => page(request, reply));

  server.post('/settings/people/invite', { config: operator }, async (request, reply) => {
    const email = formOf(request.body).one('email');
    const invited = await invite(context, actorOf(request), 'instance', { email, role: '' });
    return page(request, reply, invited.ok ? { invited } : { problems: invited.problems, email });
  });

  server.post('/settings/people/invitations/:id/renew', { config: operator }, async (request, reply) => {
    const renewed = await renewInvitation(context, actorOf(request), 'instance', idOf(request));
    return renewed.ok ? page(request, reply, { invited: renewed }) : back(reply, renewed, '');
  });

  server.post('/settings/people/invitations/:id/revoke', { config: operator }, async (request, reply) =>
    back(reply, await revokeInvitation(context, actorOf(request), 'instance', idOf(request)), t.invite.revoked));

  server.post('/settings/people/:id/suspend', { config: operator }, async (request, reply) =>
    back(reply, await suspendAccount(context, actorOf(request), idOf(request)), t.suspendedSaid));

  server.post('/settings/people/:id/unsuspend', { config: operator }, async (request, reply) =>
    back(reply, await unsuspendAccount(context, actorOf(request), idOf(request)), t.unsuspendedSaid));

  async function accountPage(request: FastifyRequest, reply: FastifyReply, told: { problems?: readonly Problem[]; url?: string } = {}) {
    const account = await store.accounts.get(idOf(request));
    if (!account) return reply.callNotFound();
    return sendPage(context, request, reply, {
      title: account.name, current: '/settings', status: told.problems ? 422 : 200, islands: told.url === undefined ? [] : ['copy'],
      body: (view) => <AccountPage account={account} self={account.id === actorOf(request).userId} view={view} url={told.url} problems={told.problems ?? []} />,
    });
  }
  const proofOf = (request: FastifyRequest) => ({ password: formOf(request.body).one('password'), ip: request.ip });

  server.get('/settings/people/:id', { config: operator }, (request, reply) => accountPage(request, reply));

  /** No redirect: the link is nowhere but in this answer. */
  server.post('/settings/people/:id/reset-link', { config: operator }, async (request, reply) => {
    const made = await makeResetLink(context, actorOf(request), idOf(request), proofOf(request));
    return accountPage(request, reply.header('cache-control', 'no-store'), made.ok ? { url: made.url } : { problems: made.problems });
  });

  server.post('/settings/people/:id/two-factor-off', { config: operator }, async (request, reply) => {
    const done = await endTwoFactorOf(context, actorOf(request), idOf(request), proofOf(request));
    if (!done.ok) return accountPage(request, reply, { problems: done.problems });
    flash(reply, t.account.second.done);
    return reply.redirect(`/settings/people/${idOf(request)}`, 303);
  });
}

function askedOf(query: unknown): { seek: string; skip: number } {
  const { seek, skip } = query as { seek?: unknown; skip?: unknown };
  return {
    seek: typeof seek === 'string' ? seek.trim().slice(0, 100) : '',
    skip: typeof skip === 'string' && /^\d{1,7}$/u.test(skip) ? Number(skip) : 0,
  };
}

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { changePassword } from '../../actions/people/change-password.ts';
import { setupUri } from '../../actions/two-factor/codes.ts';
import { beginTwoFactor, confirmTwoFactor, endTwoFactor, renewRecoveryCodes } from '../../actions/two-factor/two-factor.ts';
import { instanceOf } from '../../domain/instance/instance.ts';
import type { Problem } from '../../domain/limits.ts';
import { securityTexts as t } from '../../domain/texts/people/security.ts';
import type { WebContext } from '../context.ts';
import { formOf } from '../forms.ts';
import { flash, sendPage } from '../page.tsx';
import { actorOf, type Policy } from '../policy.ts';
import { idOf } from '../posts/routes.tsx';
import { SecurityPage } from './page.tsx';

const own: { policy: Policy } = { policy: 'signed_in' };

export interface Told {
  problems?: readonly Problem[];
  about?: 'password' | 'begin' | 'confirm' | 'off' | 'codes';
  /** Recovery codes, the one time they can be seen. */
  codes?: readonly string[];
}

/** The password, the second step at log-in for whoever wants it, and where one is logged in. */
export function securityRoutes(server: FastifyInstance, context: WebContext) {
  const { store, settings } = context;

  async function page(request: FastifyRequest, reply: FastifyReply, told: Told = {}) {
    const { userId, sessionId, operator } = actorOf(request);
    const sessions = await store.sessions.ofUser(userId);
    const known = await store.security.of(userId, context.now());
    const user = await store.people.user(userId);
    const uri = known?.confirmedAt === null ? setupUri(known.secret, { issuer: instanceOf(settings.get).name, account: user?.email ?? '' }) : null;
    return sendPage(context, request, reply, {
      title: t.title, current: '/settings', status: told.problems ? 422 : 200, islands: ['copy'],
      body: (view) => <SecurityPage known={known} uri={uri} sessions={sessions} here={sessionId} view={view} told={told} operator={operator} />,
    });
  }
  const proofOf = (request: FastifyRequest) => ({ password: formOf(request.body).one('password'), ip: request.ip });

  server.get('/settings/security', { config: own }, (request, reply) => page(request, reply));

  server.post('/settings/password', { config: own }, async (request, reply) => {
    const form = formOf(request.body);
    const agent = request.headers['user-agent'] ?? '';
    const changed = await changePassword(context, actorOf(request), { current: form.one('current'), password: form.one('password'), ip: request.ip, agent });
    if (!changed.ok) return page(request, reply, { problems: changed.problems, about: 'password' });
    context.sessionCookie.set(reply, changed);
    flash(reply, t.change.changed);
    return reply.redirect('/settings/security', 303);
  });

  server.post('/settings/sessions/:id/end', { config: own }, async (request, reply) => {
    const ended = await store.sessions.endOf(actorOf(request).userId, idOf(request));
    flash(reply, ended ? t.sessions.ended : t.sessions.endedBefore);
    return reply.redirect('/settings/security', 303);
  });

  server.post('/settings/security/begin', { config: own }, async (request, reply) => {
    const begun = await beginTwoFactor(context, actorOf(request), proofOf(request));
    return begun.ok ? reply.redirect('/settings/security', 303) : page(request, reply, { problems: begun.problems, about: 'begin' });
  });

  server.post('/settings/security/confirm', { config: own }, async (request, reply) => {
    const done = await confirmTwoFactor(context, actorOf(request), formOf(request.body).one('code'));
    // No redirect: the codes cannot be had a second time.
    return page(request, reply, done.ok ? { codes: done.codes } : { problems: done.problems, about: 'confirm' });
  });

  server.post('/settings/security/off', { config: own }, async (request, reply) => {
    const done = await endTwoFactor(context, actorOf(request), proofOf(request));
    if (!done.ok) return page(request, reply, { problems: done.problems, about: 'off' });
    flash(reply, t.offSaid);
    return reply.redirect('/settings/security', 303);
  });

  server.post('/settings/security/codes', { config: own }, async (request, reply) => {
    const done = await renewRecoveryCodes(context, actorOf(request), proofOf(request));
    return page(request, reply, done.ok ? { codes: done.codes } : { problems: done.problems, about: 'codes' });
  });
}

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { askCopy } from '../../actions/portability/ask-copy.ts';
import { undoDeletion } from '../../actions/privacy/ask-deletion.ts';
import { askFreely, disconnectAll, freeze, objectToAggregates, unfreeze } from '../../actions/privacy/rights.ts';
import { instanceOf } from '../../domain/instance/instance.ts';
import type { Problem } from '../../domain/limits.ts';
import type { Result } from '../../domain/result.ts';
import { privacyTexts as t } from '../../domain/texts/instance/privacy.ts';
import type { WebContext } from '../context.ts';
import { formOf } from '../forms.ts';
import { flash, sendPage } from '../page.tsx';
import { actorOf, type Policy } from '../policy.ts';
import { SettingsTabs } from '../settings/tabs.tsx';
import { PageHead } from '../ui/page-head.tsx';
import { PrivacyPage } from './page.tsx';

const anyone: { policy: Policy } = { policy: 'signed_in' };
const admin: { policy: Policy } = { policy: { member: 'admin' } };

/** The page that a person shows to friends: what is held, and every right with a button. */
export function privacyRoutes(server: FastifyInstance, context: WebContext) {
  const { store, providers, settings } = context;

  async function page(request: FastifyRequest, reply: FastifyReply, problems: readonly Problem[] = [], typed = '') {
    const actor = actorOf(request);
    const { userId, workspaceId, role, operator } = actor;
    const user = await store.people.user(userId);
    const connections = (await store.connections.list(workspaceId)).filter(({ status, provider }) => status !== 'revoked' && !providers.get(provider)?.local);
    const props = {
      role, problems, typed, connected: connections.length, objects: user?.aggregatesObjected !== null,
      held: await store.held.of({ userId, workspaceId }), requests: await store.requests.ofUser(userId, 50), copies: await store.copies.ofUser(userId, 5),
      announced: await store.erasures.announced(userId, workspaceId), workspaces: await store.people.workspacesOf(userId), instance: instanceOf(settings.get),
    };
    return sendPage(context, request, reply, {
      title: t.title, current: '/settings', status: problems.length > 0 ? 422 : 200,
      body: (view) => (
        <div class="privacy">
          <PageHead title={t.title} />
          <SettingsTabs current="/settings/privacy" operator={operator} />
          <PrivacyPage {...props} view={view} />
        </div>
      ),
    });
  }

  function after(reply: FastifyReply, done: Result, said: string, place = '') {
    flash(reply, done.ok ? said : (done.problems[0]?.message ?? ''));
    return reply.redirect(`/settings/privacy${place}`, 303);
  }

  server.get('/settings/privacy', { config: { policy: { member: 'viewer' } } }, (request, reply) => page(request, reply));

  server.post('/settings/privacy/copy', { config: anyone }, async (request, reply) => {
    const about = formOf(request.body).one('about') === 'workspace' ? 'workspace' : 'person';
    const asked = await askCopy(context, actorOf(request), about);
    return asked.ok ? after(reply, asked, t.copyBegun, '#copies') : page(request, reply, asked.problems);
  });

  server.post('/settings/privacy/freeze', { config: anyone }, async (request, reply) => {
    const workspace = formOf(request.body).one('workspace');
    const done = await freeze(context, actorOf(request), workspace === 'all' ? null : workspace);
    return after(reply, done, done.ok ? t.frozenNow(done.count) : '', '#freeze');
  });

  server.post('/settings/privacy/unfreeze', { config: anyone }, async (request, reply) =>
    after(reply, await unfreeze(context, actorOf(request), formOf(request.body).one('workspace')), t.unfrozenNow, '#freeze'));

  server.post('/settings/privacy/object', { config: anyone }, async (request, reply) => {
    const objects = formOf(request.body).one('objects') === 'yes';
    await objectToAggregates(context, actorOf(request), objects);
    return after(reply, { ok: true }, objects ? t.leftOut : t.counted);
  });

  server.post('/settings/privacy/disconnect', { config: admin }, async (request, reply) => {
    const count = await disconnectAll(context, actorOf(request));
    return after(reply, { ok: true }, t.disconnectedNow(count));
  });

  server.post('/settings/privacy/ask', { config: anyone }, async (request, reply) => {
    const message = formOf(request.body).one('message');
    const asked = await askFreely(context, actorOf(request), message);
    return asked.ok ? after(reply, asked, t.askedNow, '#requests') : page(request, reply, asked.problems, message);
  });

  server.post('/settings/privacy/undo', { config: anyone }, async (request, reply) =>
    after(reply, await undoDeletion(context, actorOf(request), formOf(request.body).one('erasure')), t.deletionUndone));
}

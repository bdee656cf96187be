import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { changePassword } from '../../actions/people/change-password.ts';
import { updateWorkspace } from '../../actions/workspaces/update-workspace.ts';
import { browserOf } from '../../domain/agent.ts';
import type { Problem } from '../../domain/limits.ts';
import { youTexts as t } from '../../domain/texts/settings/you.ts';
import type { WebContext } from '../context.ts';
import { formOf, localPath } from '../forms.ts';
import { keepLook, lookOf, looks } from '../look.ts';
import { flash, sendPage } from '../page.tsx';
import { ActionButton, Button, ButtonLink } from '../ui/button.tsx';
import { Form } from '../ui/form.tsx';
import { TextField } from '../ui/field.tsx';
import { PageHead } from '../ui/page-head.tsx';
import { rich } from '../words/rich.tsx';
import { Time } from '../words/time.tsx';
import { ZoneField } from '../ui/select.tsx';
import { actorOf } from '../policy.ts';
import { idOf } from '../posts/routes.tsx';
import { SettingsTabs } from './tabs.tsx';

export function settingsRoutes(server: FastifyInstance, context: WebContext) {
  const { store } = context;

  async function settingsPage(request: FastifyRequest, reply: FastifyReply, typed: { name: string; zone: string } | null, problems: readonly Problem[]) {
    const { userId, sessionId, role, operator } = actorOf(request);
    const sessions = await store.sessions.ofUser(userId);
    const user = await store.people.user(userId);
    const admin = role === 'admin' || role === 'owner';
    return sendPage(context, request, reply, {
      title: t.title, current: '/settings', status: problems.length > 0 ? 422 : 200,
      body: ({ csrf, workspace }) => (
        <>
          <PageHead title={t.title} />
          <SettingsTabs current="/settings" operator={operator} />
          <section>
            <h2>{t.workspace.title}</h2>
            {admin ? (
              <Form action="/settings/workspace" csrf={csrf}>
                <TextField name="name" label={t.workspace.name} value={typed?.name ?? workspace.name} problems={problems} required />
                <ZoneField zone={typed?.zone ?? workspace.zone} help={t.workspace.zoneHelp} problems={problems} />
                <Button kind="primary">{t.workspace.save}</Button>
              </Form>
            ) : <p>{t.workspace.locked(workspace.name, workspace.zone)}</p>}
          </section>
          <section>
            <h2>{t.you}</h2>
            <p>{t.person(user?.name ?? '', user?.email ?? '')}</p>
            <p><ButtonLink href="/settings/profile">{t.change}</ButtonLink></p>
            <h3>{t.look.title}</h3>
            <Form action="/settings/look" csrf={csrf} class="inline looks">
              {looks.map((look) => <Button name="look" value={look} aria-pressed={look === lookOf(request)}>{t.look[look]}</Button>)}
            </Form>
            <p class="help">{rich(t.look.help, { key: <kbd>?</kbd> })}</p>
            <h3>{t.password.title}</h3>
            <Form action="/settings/password" csrf={csrf}>
              <TextField name="current" label={t.password.present} type="password" problems={problems} autocomplete="current-password" required />
              <TextField name="password" label={t.password.fresh} type="password" help={t.password.help} problems={problems} autocomplete="new-password" required />
              <Button>{t.password.button}</Button>
            </Form>
            <h3>{t.sessions.title}</h3>
            <ul class="rows">
              {sessions.map(({ id, agent, createdAt }) => (
                <li class="row session">
                  <span class="row-text">{browserOf(agent)}{id === sessionId && <strong>{t.sessions.here}</strong>}</span>
                  <span class="row-time">{rich(t.sessions.since, { when: <Time at={createdAt} zone={workspace.zone} /> })}</span>
                  {id !== sessionId && <ActionButton action={`/settings/sessions/${id}/end`} csrf={csrf}>{t.sessions.end}</ActionButton>}
                </li>
              ))}
            </ul>
          </section>
        </>
      ),
    });
  }

  server.get('/settings', { config: { policy: { member: 'viewer' } } }, (request, reply) => settingsPage(request, reply, null, []));

  server.post('/settings/workspace', { config: { policy: { member: 'admin' } } }, async (request, reply) => {
    const form = formOf(request.body);
    const typed = { name: form.one('name'), zone: form.one('zone') };
    const done = await updateWorkspace(context, actorOf(request), typed);
    if (!done.ok) return settingsPage(request, reply, typed, done.problems);
    flash(reply, t.saved);
    return reply.redirect('/settings', 303);
  });

  server.post('/settings/look', { config: { policy: 'signed_in' } }, async (request, reply) => {
    const form = formOf(request.body);
    keepLook(reply, looks.find((look) => look === form.one('look')) ?? 'system');
    return reply.redirect(form.has('back') ? localPath(form.one('back')) : '/settings', 303);
  });

  server.post('/settings/password', { config: { policy: 'signed_in' } }, async (request, reply) => {
    const form = formOf(request.body);
    const agent = request.headers['user-agent'] ?? '';
    const changed = await changePassword(context, actorOf(request), { current: form.one('current'), password: form.one('password'), ip: request.ip, agent });
    if (!changed.ok) return settingsPage(request, reply, null, changed.problems);
    context.sessionCookie.set(reply, changed);
    flash(reply, t.password.changed);
    return reply.redirect('/settings', 303);
  });

  server.post('/settings/sessions/:id/end', { config: { policy: 'signed_in' } }, async (request, reply) => {
    const ended = await store.sessions.endOf(actorOf(request).userId, idOf(request));
    flash(reply, ended ? t.sessions.ended : t.sessions.endedBefore);
    return reply.redirect('/settings', 303);
  });
}

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { changePassword } from '../../actions/people/change-password.ts';
import { updateWorkspace } from '../../actions/workspaces/update-workspace.ts';
import { browserOf } from '../../domain/agent.ts';
import type { Problem } from '../../domain/limits.ts';
import type { WebContext } from '../context.ts';
import { formOf, localPath } from '../forms.ts';
import { keepLook, lookOf, looks, type Look } from '../look.ts';
import { flash, sendPage } from '../page.tsx';
import { ActionButton } from '../ui/button.tsx';
import { Form } from '../ui/form.tsx';
import { TextField } from '../ui/field.tsx';
import { Time } from '../words/time.tsx';
import { ZoneField } from '../ui/select.tsx';
import { actorOf } from '../policy.ts';
import { idOf } from '../posts/routes.tsx';
import { SettingsTabs } from './tabs.tsx';

const lookNames: Record<Look, string> = { system: 'As your system', light: 'Light', dark: 'Dark' };

export function settingsRoutes(server: FastifyInstance, context: WebContext) {
  const { store } = context;

  async function settingsPage(request: FastifyRequest, reply: FastifyReply, typed: { name: string; zone: string } | null, problems: readonly Problem[]) {
    const { userId, sessionId, role, operator } = actorOf(request);
    const sessions = await store.sessions.ofUser(userId);
    const user = await store.people.user(userId);
    const admin = role === 'admin' || role === 'owner';
    return sendPage(context, request, reply, {
      title: 'Settings', current: '/settings', status: problems.length > 0 ? 422 : 200,
      body: ({ csrf, workspace }) => (
        <>
          <div class="page-head"><h1>Settings</h1></div>
          <SettingsTabs current="/settings" operator={operator} />
          <section>
            <h2>Workspace</h2>
            {admin ? (
              <Form action="/settings/workspace" csrf={csrf}>
                <TextField name="name" label="Name" value={typed?.name ?? workspace.name} problems={problems} required />
                <ZoneField zone={typed?.zone ?? workspace.zone} help="Times are shown and typed in it. Posts that are scheduled keep their moment." problems={problems} />
                <button class="button primary">Save</button>
              </Form>
            ) : <p>{workspace.name}, {workspace.zone}. Only admins change this.</p>}
          </section>
          <section>
            <h2>You</h2>
            <p>{user?.name}, {user?.email}</p>
            <p><a class="button" href="/settings/profile">Change name or e-mail</a></p>
            <h3>Light or dark</h3>
            <Form action="/settings/look" csrf={csrf} class="inline looks">
              {looks.map((look) => <button class="button" name="look" value={look} aria-pressed={look === lookOf(request)}>{lookNames[look]}</button>)}
            </Form>
            <p class="help">It is kept in this browser. Keys for quick hands: press <kbd>?</kbd></p>
            <h3>Password</h3>
            <Form action="/settings/password" csrf={csrf}>
              <TextField name="current" label="Present password" type="password" problems={problems} autocomplete="current-password" required />
              <TextField name="password" label="New password" type="password" help="8 characters or more. All other sessions end." problems={problems} autocomplete="new-password" required />
              <button class="button">Change password</button>
            </Form>
            <h3>Where you are logged in</h3>
            <ul class="rows">
              {sessions.map(({ id, agent, createdAt }) => (
                <li class="row session">
                  <span class="row-text">{browserOf(agent)}{id === sessionId && <strong> (this one)</strong>}</span>
                  <span class="row-time">since <Time at={createdAt} zone={workspace.zone} /></span>
                  {id !== sessionId && <ActionButton action={`/settings/sessions/${id}/end`} csrf={csrf}>End</ActionButton>}
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
    flash(reply, 'Saved.');
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
    flash(reply, 'The password is changed. All other sessions have ended.');
    return reply.redirect('/settings', 303);
  });

  server.post('/settings/sessions/:id/end', { config: { policy: 'signed_in' } }, async (request, reply) => {
    const ended = await store.sessions.endOf(actorOf(request).userId, idOf(request));
    flash(reply, ended ? 'That session has ended.' : 'That session had ended already.');
    return reply.redirect('/settings', 303);
  });
}

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { updateWorkspace } from '../../actions/workspaces/update-workspace.ts';
import type { Problem } from '../../domain/limits.ts';
import { atLeast } from '../../domain/role.ts';
import { generalTexts as t } from '../../domain/texts/settings/general.ts';
import type { WebContext } from '../context.ts';
import { formOf, localPath } from '../forms.ts';
import { keepLook, looks } from '../look.ts';
import { flash, sendPage } from '../page.tsx';
import { actorOf } from '../policy.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { Form } from '../ui/form.tsx';
import { PageHead } from '../ui/page-head.tsx';
import { ZoneField } from '../ui/select.tsx';
import { rich } from '../words/rich.tsx';
import { SettingsTabs } from './tabs.tsx';

/** The workspace's name and zone, and what a browser keeps of a person's taste. */
export function settingsRoutes(server: FastifyInstance, context: WebContext) {
  async function page(request: FastifyRequest, reply: FastifyReply, typed: { name: string; zone: string } | null = null, problems: readonly Problem[] = []) {
    const { role, operator } = actorOf(request);
    return sendPage(context, request, reply, {
      title: t.title, current: '/settings', status: problems.length > 0 ? 422 : 200,
      body: ({ csrf, workspace }) => (
        <>
          <PageHead title={t.title} />
          <SettingsTabs current="/settings" operator={operator} />
          <section>
            {atLeast(role, 'admin') ? (
              <Form action="/settings/workspace" csrf={csrf}>
                <TextField name="name" label={t.name} value={typed?.name ?? workspace.name} problems={problems} required />
                <ZoneField zone={typed?.zone ?? workspace.zone} help={t.zoneHelp} problems={problems} />
                <Button kind="primary">{t.save}</Button>
              </Form>
            ) : <p>{t.locked(workspace.name, workspace.zone)}</p>}
            <p class="help below-form">{rich(t.elsewhere, { a: (words) => <a href="/settings/privacy">{words}</a> })}</p>
          </section>
        </>
      ),
    });
  }

  server.get('/settings', { config: { policy: { member: 'viewer' } } }, (request, reply) => page(request, reply));

  server.post('/settings/workspace', { config: { policy: { member: 'admin' } } }, async (request, reply) => {
    const form = formOf(request.body);
    const typed = { name: form.one('name'), zone: form.one('zone') };
    const done = await updateWorkspace(context, actorOf(request), typed);
    if (!done.ok) return page(request, reply, typed, done.problems);
    flash(reply, t.saved);
    return reply.redirect('/settings', 303);
  });

  server.post('/settings/look', { config: { policy: 'signed_in' } }, async (request, reply) => {
    const form = formOf(request.body);
    keepLook(reply, looks.find((look) => look === form.one('look')) ?? 'system');
    return reply.redirect(form.has('back') ? localPath(form.one('back')) : '/settings/profile', 303);
  });
}

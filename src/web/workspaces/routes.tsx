import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { makeWorkspace, switchWorkspace } from '../../actions/workspaces/make-workspace.ts';
import type { Problem } from '../../domain/limits.ts';
import { teamTexts as t } from '../../domain/texts/people/team.ts';
import type { WebContext } from '../context.ts';
import { formOf, localPath } from '../forms.ts';
import { flash, sendPage } from '../page.tsx';
import { Button } from '../ui/button.tsx';
import { Form, ProblemList } from '../ui/form.tsx';
import { TextField } from '../ui/field.tsx';
import { PageHead } from '../ui/page-head.tsx';
import { ZoneField } from '../ui/select.tsx';
import { actorOf } from '../policy.ts';

/** Several workspaces of one person: another one, and the way from one to the other. */
export function workspaceRoutes(server: FastifyInstance, context: WebContext) {
  const form = (request: FastifyRequest, reply: FastifyReply, typed: { name: string; zone: string } | null, problems: readonly Problem[]) =>
    sendPage(context, request, reply, {
      title: t.newWorkspace, current: '', status: problems.length > 0 ? 422 : 200,
      body: ({ csrf, workspace }) => (
        <>
          <PageHead title={t.newWorkspace} />
          <p class="lead">{t.newMeans(workspace.name)}</p>
          <section>
            <Form action="/workspaces" csrf={csrf}>
              <ProblemList problems={problems.filter(({ field }) => field === '')} />
              <TextField name="name" label={t.name} value={typed?.name ?? ''} problems={problems} autocomplete="off" required />
              <ZoneField zone={typed?.zone ?? workspace.zone} help={t.zoneHelp} problems={problems} />
              <Button kind="primary">{t.make}</Button>
            </Form>
          </section>
        </>
      ),
    });

  server.get('/workspaces/new', { config: { policy: 'signed_in' } }, (request, reply) => form(request, reply, null, []));

  server.post('/workspaces', { config: { policy: 'signed_in' } }, async (request, reply) => {
    const sent = formOf(request.body);
    const typed = { name: sent.one('name'), zone: sent.one('zone') };
    const made = await makeWorkspace(context, actorOf(request), typed);
    if (!made.ok) return form(request, reply, typed, made.problems);
    flash(reply, t.ready);
    return reply.redirect('/', 303);
  });

  server.post('/workspaces/switch', { config: { policy: 'signed_in' } }, async (request, reply) => {
    const sent = formOf(request.body);
    const done = await switchWorkspace(context, actorOf(request), sent.one('workspace'));
    if (!done) flash(reply, t.notIn);
    return reply.redirect(done ? localPath(sent.one('next')) : '/', 303);
  });
}

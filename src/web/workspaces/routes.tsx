import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { makeWorkspace, switchWorkspace } from '../../actions/workspaces/make-workspace.ts';
import type { Problem } from '../../domain/limits.ts';
import type { WebContext } from '../context.ts';
import { formOf, localPath } from '../forms.ts';
import { flash, sendPage } from '../page.tsx';
import { Form, ProblemList } from '../ui/form.tsx';
import { TextField } from '../ui/field.tsx';
import { ZoneField } from '../ui/select.tsx';
import { actorOf } from '../policy.ts';

/** Several workspaces of one person: another one, and the way from one to the other. */
export function workspaceRoutes(server: FastifyInstance, context: WebContext) {
  const form = (request: FastifyRequest, reply: FastifyReply, typed: { name: string; zone: string } | null, problems: readonly Problem[]) =>
    sendPage(context, request, reply, {
      title: 'New workspace', current: '', status: problems.length > 0 ? 422 : 200,
      body: ({ csrf, workspace }) => (
        <>
          <div class="page-head"><h1>New workspace</h1></div>
          <p class="lead">It has channels, posts, media and members of its own. Nothing is shared with “{workspace.name}”.</p>
          <section>
            <Form action="/workspaces" csrf={csrf}>
              <ProblemList problems={problems.filter(({ field }) => field === '')} />
              <TextField name="name" label="Name" value={typed?.name ?? ''} problems={problems} autocomplete="off" required />
              <ZoneField zone={typed?.zone ?? workspace.zone} help="Times are shown and typed in it." problems={problems} />
              <button class="button primary">Make the workspace</button>
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
    flash(reply, 'The workspace is ready.');
    return reply.redirect('/', 303);
  });

  server.post('/workspaces/switch', { config: { policy: 'signed_in' } }, async (request, reply) => {
    const sent = formOf(request.body);
    const done = await switchWorkspace(context, actorOf(request), sent.one('workspace'));
    if (!done) flash(reply, 'You are no longer in that workspace.');
    return reply.redirect(done ? localPath(sent.one('next')) : '/', 303);
  });
}

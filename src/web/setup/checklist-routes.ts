import type { FastifyInstance } from 'fastify';
import { putChecklistAway } from '../../actions/people/first-run.ts';
import { setupTexts } from '../../domain/texts/instance/setup.ts';
import type { WebContext } from '../context.ts';
import { formOf, localPath } from '../forms.ts';
import { flash } from '../page.tsx';
import { actorOf, type Policy } from '../policy.ts';

const t = setupTexts.checklist;
const viewer: { policy: Policy } = { policy: { member: 'viewer' } };

/** Putting the checklist away, and having it back. */
export function checklistRoutes(server: FastifyInstance, context: WebContext) {
  server.post('/setup/checklist/put-away', { config: viewer }, async (request, reply) => {
    await putChecklistAway(context, actorOf(request), true);
    flash(reply, t.putAwaySaid, { action: '/setup/checklist/undo', fields: {} });
    return reply.redirect('/', 303);
  });

  server.post('/setup/checklist/undo', { config: viewer }, async (request, reply) => {
    await putChecklistAway(context, actorOf(request), false);
    flash(reply, t.backSaid);
    return reply.redirect(localPath(formOf(request.body).one('back')), 303);
  });
}

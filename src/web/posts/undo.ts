import type { FastifyInstance } from 'fastify';
import { undo } from '../../actions/posts/undo.ts';
import type { WebContext } from '../context.ts';
import { formOf, localPath } from '../forms.ts';
import { flash, type Undo } from '../page.tsx';
import { actorOf } from '../policy.ts';

/** The way back that the next page offers, where there is one. */
export function undoOf(id: string | null): Undo | undefined {
  return id === null ? undefined : { action: '/posts/undo', fields: { id } };
}

export function undoRoutes(server: FastifyInstance, context: WebContext) {
  server.post('/posts/undo', { config: { policy: { member: 'editor' } } }, async (request, reply) => {
    const form = formOf(request.body);
    const done = await undo(context, actorOf(request), form.one('id'));
    flash(reply, done.ok ? done.said : (done.problems[0]?.message ?? ''));
    return reply.redirect(localPath(form.one('back')), 303);
  });
}

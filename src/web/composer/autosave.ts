import type { FastifyInstance } from 'fastify';
import { autosave, dropAutosave } from '../../actions/posts/autosave.ts';
import { isId } from '../../lib/ids.ts';
import type { WebContext } from '../context.ts';
import { formOf } from '../forms.ts';
import { flash } from '../page.tsx';
import { actorOf, type Policy } from '../policy.ts';
import { workspaceOf } from '../posts/routes.tsx';
import { contentOf, type Draft } from './model/draft.ts';
import { draftOfForm, entriesOf } from './model/form.ts';

const edit: { policy: Policy } = { policy: { member: 'editor' } };

/** For the composer's script: keeps what is typed while it is typed. */
export function autosaveRoutes(server: FastifyInstance, context: WebContext) {
  server.post('/posts/autosaves', { config: edit }, async (request, reply) => {
    const actor = actorOf(request);
    const form = formOf(request.body);
    const [id, postId] = [form.one('autosave'), form.one('post')];
    if (!isId(id) || (postId !== '' && !isId(postId))) return reply.code(422).send({ problem: 'This page is too old. Save what you wrote.' });
    const draft = draftOfForm(form, postId || null, (await workspaceOf(context, actor.workspaceId)).zone);
    const { version, parts, alts } = draft;
    const kept = await autosave(context, actor, { id, postId: postId || null, version, entries: entriesOf(draft), content: contentOf(parts, alts) });
    return kept ? reply.send(kept) : reply.code(404).send({ problem: 'This post was deleted meanwhile. Copy your text.' });
  });

  server.post('/posts/autosaves/:id/drop', { config: edit }, async (request, reply) => {
    const { id } = request.params as { id: string };
    const kept = await context.store.autosaves.get(actorOf(request).workspaceId, actorOf(request).userId, id);
    await dropAutosave(context, actorOf(request), id);
    flash(reply, 'Thrown away.');
    return reply.redirect(kept?.postId ? `/posts/${kept.postId}/edit` : '/posts/new', 303);
  });
}

/** What was typed, as a draft again; null when it is not there. */
export async function resumed({ store }: WebContext, { workspaceId, userId }: { workspaceId: string; userId: string }, id: unknown, zone: string): Promise<Draft | null> {
  const kept = isId(id) ? await store.autosaves.get(workspaceId, userId, id) : undefined;
  if (!kept) return null;
  const fields = Map.groupBy(kept.entries, ([name]) => name);
  return draftOfForm(formOf(Object.fromEntries([...fields].map(([name, values]) => [name, values.map(([, value]) => value)]))), kept.postId, zone);
}

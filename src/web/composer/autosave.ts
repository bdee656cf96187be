import type { FastifyInstance } from 'fastify';
import { autosave, dropAutosave } from '../../actions/posts/autosave.ts';
import { twinProblems } from '../../actions/posts/twins.ts';
import type { Actor } from '../../domain/actor.ts';
import type { Problem } from '../../domain/limits.ts';
import { momentOf } from '../../domain/time/schedule.ts';
import { composerTexts as t } from '../../domain/texts/writing/composer.ts';
import { isId } from '../../lib/ids.ts';
import type { WebContext } from '../context.ts';
import { formOf } from '../forms.ts';
import { flash } from '../page.tsx';
import { actorOf, type Policy } from '../policy.ts';
import { workspaceOf } from '../posts/routes.tsx';
import { contentOf, partsFor, type Draft } from './model/draft.ts';
import { draftOfForm, entriesOf } from './model/form.ts';

const edit: { policy: Policy } = { policy: { member: 'editor' } };

/** For the composer's script: keeps what is typed while it is typed. */
export function autosaveRoutes(server: FastifyInstance, context: WebContext) {
  server.post('/posts/autosaves', { config: edit }, async (request, reply) => {
    const actor = actorOf(request);
    const form = formOf(request.body);
    const [id, postId] = [form.one('autosave'), form.one('post')];
    if (!isId(id) || (postId !== '' && !isId(postId))) return reply.code(422).send({ problem: t.pageTooOld });
    const draft = draftOfForm(form, postId || null, (await workspaceOf(context, actor.workspaceId)).zone);
    const { version, parts, alts } = draft;
    const kept = await autosave(context, actor, { id, postId: postId || null, version, entries: entriesOf(draft), content: contentOf(parts, alts) });
    return kept ? reply.send({ ...kept, twins: await twinsOf(context, actor, draft) }) : reply.code(404).send({ problem: t.deletedMeanwhile });
  });

  server.post('/posts/autosaves/:id/drop', { config: edit }, async (request, reply) => {
    const { id } = request.params as { id: string };
    const kept = await context.store.autosaves.get(actorOf(request).workspaceId, actorOf(request).userId, id);
    await dropAutosave(context, actorOf(request), id);
    flash(reply, t.thrownAway);
    return reply.redirect(kept?.postId ? `/posts/${kept.postId}/edit` : '/posts/new', 303);
  });
}

/** Where it would say what another post says, or go out beside one, as it stands. */
async function twinsOf(context: WebContext, actor: Actor, draft: Draft): Promise<Problem[]> {
  const moment = momentOf(draft.wall, draft.zone);
  if (!moment || draft.channelIds.length === 0) return [];
  const channels = (await context.store.channels.list(actor.workspaceId)).filter(({ id }) => draft.channelIds.includes(id))
    .map((channel) => ({ channel, content: draft.own[channel.id] ? contentOf(partsFor(draft, channel.id), draft.alts) : null }));
  return twinProblems(context, actor, { postId: draft.postId, content: contentOf(draft.parts, draft.alts), channels, at: moment.at, zone: draft.zone });
}

/** What was typed, as a draft again; null when it is not there. */
export async function resumed({ store }: WebContext, { workspaceId, userId }: { workspaceId: string; userId: string }, id: unknown, zone: string): Promise<Draft | null> {
  const kept = isId(id) ? await store.autosaves.get(workspaceId, userId, id) : undefined;
  if (!kept) return null;
  const fields = Map.groupBy(kept.entries, ([name]) => name);
  return draftOfForm(formOf(Object.fromEntries([...fields].map(([name, values]) => [name, values.map(([, value]) => value)]))), kept.postId, zone);
}

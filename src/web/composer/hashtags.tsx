import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { addHashtagSet, removeHashtagSet } from '../../actions/writing/hashtags.ts';
import type { Problem } from '../../domain/limits.ts';
import { hashtagTexts as t } from '../../domain/texts/writing/hashtags.ts';
import { isId } from '../../lib/ids.ts';
import type { WebContext } from '../context.ts';
import { formOf } from '../forms.ts';
import { flash, sendPage } from '../page.tsx';
import { actorOf, type Policy } from '../policy.ts';
import { idOf } from '../posts/routes.tsx';
import { HashtagPage } from './view/hashtag-page.tsx';

const edit: { policy: Policy } = { policy: { member: 'editor' } };
/** So many tags are suggested from; the script looks through them by itself. */
const mostSuggested = 500;

const wantsJson = ({ headers }: FastifyRequest) => headers.accept?.includes('application/json') === true;

/** The sets of tags of a workspace: a page for people, and for the composer's script with the tags that were used before. */
export function hashtagRoutes(server: FastifyInstance, context: WebContext) {
  const { store } = context;

  async function page(request: FastifyRequest, reply: FastifyReply, typed: { name: string; tags: string }, problems: readonly Problem[]) {
    const sets = await store.hashtags.sets(actorOf(request).workspaceId);
    return sendPage(context, request, reply, {
      title: t.title, current: '/posts', status: problems.length > 0 ? 422 : 200,
      body: ({ csrf }) => <HashtagPage sets={sets} typed={typed} problems={problems} csrf={csrf} />,
    });
  }

  server.get('/posts/hashtags', { config: edit }, async (request, reply) => {
    const { workspaceId } = actorOf(request);
    if (!wantsJson(request)) return page(request, reply, { name: '', tags: '' }, []);
    return reply.send({ used: await store.hashtags.used(workspaceId, mostSuggested), sets: await store.hashtags.sets(workspaceId) });
  });

  server.post('/posts/hashtags', { config: edit }, async (request, reply) => {
    const form = formOf(request.body);
    const typed = { name: form.one('name').slice(0, 200), tags: form.one('tags').slice(0, 10_000) };
    const done = await addHashtagSet(context, actorOf(request), typed);
    if (wantsJson(request)) return reply.code(done.ok ? 201 : 422).send({ problems: done.ok ? [] : done.problems, sets: await store.hashtags.sets(actorOf(request).workspaceId) });
    if (!done.ok) return page(request, reply, typed, done.problems);
    flash(reply, t.saved);
    return reply.redirect('/posts/hashtags', 303);
  });

  server.post('/posts/hashtags/:id/remove', { config: edit }, async (request, reply) => {
    const removed = isId(idOf(request)) && (await removeHashtagSet(context, actorOf(request), idOf(request)));
    if (wantsJson(request)) return reply.send({ problems: [], sets: await store.hashtags.sets(actorOf(request).workspaceId) });
    flash(reply, removed ? t.removed : t.goneAlready);
    return reply.redirect('/posts/hashtags', 303);
  });
}

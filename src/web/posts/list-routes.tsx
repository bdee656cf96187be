import type { FastifyInstance } from 'fastify';
import { emptyOut, restorePost } from '../../actions/posts/bin.ts';
import { atLeast } from '../../domain/role.ts';
import { postsListTexts as t } from '../../domain/texts/writing/posts-list.ts';
import { isId } from '../../lib/ids.ts';
import type { Before } from '../../store/calendar/calendar.ts';
import type { PostFilter } from '../../store/calendar/filter.ts';
import { afterIn, filterIn } from '../calendar/scope.ts';
import type { WebContext } from '../context.ts';
import { flash, sendPage } from '../page.tsx';
import { actorOf, type Policy } from '../policy.ts';
import { bulkRoutes } from './bulk.tsx';
import { cardViews, namesOf } from './cards.ts';
import { byTime, PostsPage, shows, type Asked } from './posts-page.tsx';
import { idOf } from './routes.tsx';

const edit: { policy: Policy } = { policy: { member: 'editor' } };
const pageSize = 50;
const longestSearch = 200;

/** All posts, the latest touched first, those that wait in the order they go out; what was deleted, and its way back. */
export function postListRoutes(server: FastifyInstance, context: WebContext) {
  const { store } = context;

  server.get('/posts', { config: { policy: { member: 'viewer' } } }, async (request, reply) => {
    const { workspaceId, role } = actorOf(request);
    const pulse = await store.pulse.of(workspaceId, context.now());
    const asked = askedIn(request.query);
    const { show } = asked;
    const state = show === 'failed' ? 'attention' : show === 'all' || show === 'deleted' ? null : show;
    const names = await namesOf(store, workspaceId);
    const filter: PostFilter = { ...asked.filter, state };
    const found = byTime(asked)
      ? await store.calendar.list(workspaceId, { from: 0, to: Number.MAX_SAFE_INTEGER }, asked.after, pageSize + 1, filter)
      : await store.calendar.find(workspaceId, { text: asked.text, filter, deleted: show === 'deleted', before: asked.before, limit: pageSize + 1 });
    const last = found.length > pageSize ? found[pageSize - 1] : undefined;
    return sendPage(context, request, reply, {
      title: asked.text === '' ? t.title : t.found(asked.text), current: '/posts', islands: ['select'], pulse,
      body: ({ workspace: { zone }, csrf, now }) => (
        <PostsPage
          cards={cardViews(found.slice(0, pageSize), names)} asked={asked} names={names} zone={zone} csrf={csrf} here={request.url} now={now} editor={atLeast(role, 'editor')}
          last={last ?? null}
        />
      ),
    });
  });

  server.post('/posts/:id/restore', { config: edit }, async (request, reply) => {
    const done = await restorePost(context, actorOf(request), idOf(request));
    flash(reply, done.ok ? t.restored[done.state] : (done.problems[0]?.message ?? ''));
    return reply.redirect(done.ok ? `/posts/${idOf(request)}` : '/posts?show=deleted', 303);
  });

  server.post('/posts/:id/empty-out', { config: edit }, async (request, reply) => {
    const done = await emptyOut(context, actorOf(request), idOf(request));
    flash(reply, done.ok ? t.goneForGood : (done.problems[0]?.message ?? ''));
    return reply.redirect('/posts?show=deleted', 303);
  });

  bulkRoutes(server, context);
}

function askedIn(query: unknown): Asked {
  const asked = (typeof query === 'object' && query !== null ? query : {}) as Record<string, unknown>;
  const { q, show, before } = asked;
  return {
    show: shows.find((one) => one === show) ?? 'all', text: typeof q === 'string' ? q.slice(0, longestSearch).trim() : '',
    filter: { ...filterIn(asked), state: null }, before: beforeIn(before), after: afterIn(asked['after']),
  };
}

function beforeIn(text: unknown): Before | null {
  const [at, id] = typeof text === 'string' ? text.split('.', 2) : [];
  return at && isId(id) && /^\d{1,15}$/u.test(at) ? { updatedAt: Number(at), id } : null;
}

import type { FastifyInstance, FastifyRequest } from 'fastify';
import { cancelPost, deletePost } from '../../actions/posts/settle.ts';
import { monthRange, wallOf } from '../../domain/schedule.ts';
import type { Workspace } from '../../store/people.ts';
import type { WebContext } from '../context.ts';
import { flash, sendPage } from '../page.tsx';
import { actorOf, type Policy } from '../policy.ts';
import { postElsewhere } from '../workspaces/elsewhere.tsx';
import { Calendar } from './calendar.tsx';
import { PostList } from './list.tsx';
import { PostPage } from './post-page.tsx';
import { mediaOf, postViews } from './view.ts';

const see: { policy: Policy } = { policy: { member: 'viewer' } };
const edit: { policy: Policy } = { policy: { member: 'editor' } };
const pageSize = 50;
const mostInMonth = 2_000;

export function postRoutes(server: FastifyInstance, context: WebContext) {
  const { store, providers, now } = context;

  server.get('/posts/:id', { config: see }, async (request, reply) => {
    const { workspaceId } = actorOf(request);
    const post = await store.posts.get(workspaceId, idOf(request));
    if (!post) return postElsewhere(context, request, reply, idOf(request));
    const [view] = await postViews(store, workspaceId, [post]);
    if (!view) return reply.callNotFound();
    const journals = await Promise.all(view.publications.map(async ({ id }) => ({
      publicationId: id, attempts: await store.journal.attemptsOf(workspaceId, id), steps: await store.journal.stepsOf(workspaceId, id),
    })));
    const media = await mediaOf(store, workspaceId, [post.content, ...post.variants.map(({ content }) => content)]);
    return sendPage(context, request, reply, {
      title: view.excerpt || 'Post', current: '/posts', islands: ['refresh'],
      body: (page) => <PostPage post={post} view={view} journals={journals} media={media} providers={providers} page={page} problems={[]} />,
    });
  });

  server.post('/posts/:id/cancel', { config: edit }, async (request, reply) => {
    const done = await cancelPost(context, actorOf(request), idOf(request));
    flash(reply, done.ok ? 'Canceled. Nothing of it went out.' : (done.problems[0]?.message ?? ''));
    return reply.redirect(`/posts/${idOf(request)}`, 303);
  });

  server.post('/posts/:id/delete', { config: edit }, async (request, reply) => {
    const done = await deletePost(context, actorOf(request), idOf(request));
    flash(reply, done.ok ? 'Deleted.' : (done.problems[0]?.message ?? ''));
    return reply.redirect(done.ok ? '/posts' : `/posts/${idOf(request)}`, 303);
  });

  server.get('/posts', { config: see }, async (request, reply) => {
    const { workspaceId } = actorOf(request);
    const { show, before } = request.query as { show?: unknown; before?: unknown };
    const state = show === 'draft' || show === 'scheduled' || show === 'canceled' ? show : null;
    const found = show === 'failed' ? await store.posts.troubled(workspaceId, 200) : await store.posts.latest(workspaceId, state, cursorOf(before), pageSize + 1);
    const views = await postViews(store, workspaceId, show === 'failed' ? found : found.slice(0, pageSize));
    const last = show !== 'failed' && found.length > pageSize ? found[pageSize - 1] : undefined;
    return sendPage(context, request, reply, {
      title: 'Posts', current: '/posts',
      body: ({ workspace }) => (
        <PostList views={views} show={typeof show === 'string' ? show : ''} zone={workspace.zone} next={last ? `${last.updatedAt}.${last.id}` : null} />
      ),
    });
  });

  server.get('/calendar', { config: see }, async (request, reply) => {
    const { workspaceId } = actorOf(request);
    const { zone } = await workspaceOf(context, workspaceId);
    const { month: asked } = request.query as { month?: unknown };
    const today = wallOf(now(), zone).slice(0, 10);
    const month = typeof asked === 'string' && monthRange(asked, zone) ? asked : today.slice(0, 7);
    const range = monthRange(month, zone);
    const posts = range ? await store.posts.between(workspaceId, range.from, range.to, mostInMonth) : [];
    const views = await postViews(store, workspaceId, posts);
    return sendPage(context, request, reply, {
      title: `Calendar ${month}`, current: '/calendar',
      body: () => <Calendar views={views} month={month} today={today} zone={zone} />,
    });
  });
}

export async function workspaceOf({ store }: WebContext, workspaceId: string): Promise<Workspace> {
  const workspace = await store.people.workspace(workspaceId);
  if (!workspace) throw new Error(`workspace ${workspaceId} of a session is gone`);
  return workspace;
}

export function idOf(request: FastifyRequest): string {
  return (request.params as { id: string }).id;
}

function cursorOf(before: unknown): { updatedAt: number; id: string } | null {
  const [at, id] = typeof before === 'string' ? before.split('.', 2) : [];
  return at && id && /^\d{1,15}$/u.test(at) ? { updatedAt: Number(at), id } : null;
}

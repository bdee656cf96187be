import type { FastifyInstance, FastifyRequest } from 'fastify';
import { deletePost } from '../../actions/posts/bin.ts';
import { cancelPost } from '../../actions/posts/settle.ts';
import { keepDays } from '../../domain/promise/retention.ts';
import { atLeast } from '../../domain/role.ts';
import { postTexts as t } from '../../domain/texts/writing/post.ts';
import type { Workspace } from '../../store/people.ts';
import type { WebContext } from '../context.ts';
import { allowFormsToNetworks } from '../headers.ts';
import { flash, sendPage } from '../page.tsx';
import { actorOf, type Policy } from '../policy.ts';
import { postElsewhere } from '../workspaces/elsewhere.tsx';
import { PostPage } from './post-page.tsx';
import { undoOf } from './undo.ts';
import { mediaOf, postViews } from './view.ts';

const see: { policy: Policy } = { policy: { member: 'viewer' } };
const edit: { policy: Policy } = { policy: { member: 'editor' } };

export function postRoutes(server: FastifyInstance, context: WebContext) {
  const { store, providers } = context;

  server.get('/posts/:id', { config: see }, async (request, reply) => {
    const { workspaceId, role } = actorOf(request);
    const pulse = await store.pulse.of(workspaceId, context.now());
    const post = await store.posts.get(workspaceId, idOf(request));
    if (!post) return postElsewhere(context, request, reply, idOf(request));
    const labels = { all: await store.labels.list(workspaceId), own: await store.labels.ofPost(workspaceId, post.id), editor: atLeast(role, 'editor') };
    const [view] = await postViews(store, workspaceId, [post]);
    if (!view) return reply.callNotFound();
    const journals = await Promise.all(view.publications.map(async ({ id }) => ({
      publicationId: id, attempts: await store.journal.attemptsOf(workspaceId, id), steps: await store.journal.stepsOf(workspaceId, id),
    })));
    const media = await mediaOf(store, workspaceId, [post.content, ...post.variants.map(({ content }) => content)]);
    // A channel is connected again from here.
    allowFormsToNetworks(reply);
    return sendPage(context, request, reply, {
      title: view.excerpt || t.untitled, current: '/posts', pulse,
      body: (page) => <PostPage post={post} view={view} journals={journals} media={media} providers={providers} page={page} problems={[]} labels={labels} />,
    });
  });

  server.post('/posts/:id/cancel', { config: edit }, async (request, reply) => {
    const done = await cancelPost(context, actorOf(request), idOf(request));
    flash(reply, done.ok ? t.canceled : (done.problems[0]?.message ?? ''));
    return reply.redirect(`/posts/${idOf(request)}`, 303);
  });

  server.post('/posts/:id/delete', { config: edit }, async (request, reply) => {
    const done = await deletePost(context, actorOf(request), idOf(request));
    if (done.ok) flash(reply, t.deleted(keepDays('bin', 'deleted')), undoOf(done.undo));
    else flash(reply, done.problems[0]?.message ?? '');
    return reply.redirect(done.ok ? '/posts' : `/posts/${idOf(request)}`, 303);
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

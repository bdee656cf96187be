import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { addMedia } from '../../actions/media/media.ts';
import { savePost } from '../../actions/posts/save-post.ts';
import { cancelPost, deletePost } from '../../actions/posts/settle.ts';
import type { Problem } from '../../domain/limits.ts';
import { momentOf, monthRange, shiftNote, wallOf } from '../../domain/schedule.ts';
import type { Workspace } from '../../store/people.ts';
import type { WebContext } from '../context.ts';
import { formOf } from '../forms.ts';
import { flash, sendPage } from '../page.tsx';
import { timeText } from '../parts/time.tsx';
import { actorOf, type Policy } from '../policy.ts';
import { Calendar } from './calendar.tsx';
import { draftFor, draftOfForm, draftOfPost, edited, inputOf, intentOf, newDraft, type Draft } from './composer-form.ts';
import { Composer } from './composer.tsx';
import { PostList } from './list.tsx';
import { PostPage } from './post-page.tsx';
import { mediaOf, postViews } from './view.ts';

const see: { policy: Policy } = { policy: { member: 'viewer' } };
const edit: { policy: Policy } = { policy: { member: 'editor' } };
const pageSize = 50;
const mostInMonth = 2_000;

export function postRoutes(server: FastifyInstance, context: WebContext) {
  const { store, providers, now } = context;

  async function composerPage(request: FastifyRequest, reply: FastifyReply, draft: Draft, problems: readonly Problem[], status = 200) {
    const { workspaceId } = actorOf(request);
    const channels = await store.channels.list(workspaceId);
    const media = await mediaOf(store, workspaceId, [inputOf(draft, 'draft').content]);
    return sendPage(context, request, reply, {
      title: draft.postId ? 'Edit post' : 'New post', current: '/posts', status, islands: ['composer'],
      body: ({ csrf }) => <Composer draft={draft} channels={channels} providers={providers} media={media} problems={problems} csrf={csrf} />,
    });
  }

  server.get('/posts/new', { config: edit }, async (request, reply) => {
    const { workspaceId } = actorOf(request);
    const { zone } = await workspaceOf(context, workspaceId);
    const usable = (await store.channels.list(workspaceId)).filter(({ connectionStatus }) => connectionStatus !== 'revoked');
    const { at, from, channel } = request.query as { at?: unknown; from?: unknown; channel?: unknown };
    const source = typeof from === 'string' ? await store.posts.get(workspaceId, from) : undefined;
    if (source && typeof channel === 'string') {
      return composerPage(request, reply, draftFor(source, channel, nextHour(now(), zone), zone), []);
    }
    const wall = typeof at === 'string' && momentOf(at, zone) ? at : nextHour(now(), zone);
    return composerPage(request, reply, newDraft(usable.length === 1 ? usable.map(({ id }) => id) : [], wall, zone), []);
  });

  server.get('/posts/:id/edit', { config: edit }, async (request, reply) => {
    const { workspaceId } = actorOf(request);
    const post = await store.posts.get(workspaceId, idOf(request));
    if (!post) return reply.callNotFound();
    const { zone } = await workspaceOf(context, workspaceId);
    return composerPage(request, reply, draftOfPost(post, zone), []);
  });

  async function save(request: FastifyRequest, reply: FastifyReply, postId: string | null) {
    const actor = actorOf(request);
    const { zone } = await workspaceOf(context, actor.workspaceId);
    if (postId !== null && !(await store.posts.get(actor.workspaceId, postId))) return reply.callNotFound();
    const form = formOf(request.body);
    const { intent, object } = intentOf(form);
    const draft = edited(draftOfForm(form, postId, zone), intent, object);
    const uploadProblems = await takeUploads(context, request, draft);
    if (uploadProblems.length > 0) return composerPage(request, reply, draft, uploadProblems, 422);
    if (intent !== 'draft' && intent !== 'schedule' && intent !== 'now') return composerPage(request, reply, draft, []);

    const saved = await savePost(context, actor, inputOf(draft, intent));
    if (!saved.ok) return composerPage(request, reply, draft, saved.problems, 422);
    const note = saved.moment && shiftNote(saved.moment);
    flash(reply, intent === 'draft' ? 'Draft saved.' : intent === 'now' ? 'On its way.'
      : `Scheduled for ${saved.moment ? timeText(saved.moment.at, zone) : ''}.${note ? ` ${note}` : ''}`);
    return reply.redirect(intent === 'draft' ? `/posts/${saved.postId}/edit` : `/posts/${saved.postId}`, 303);
  }

  server.post('/posts', { config: edit }, (request, reply) => save(request, reply, null));
  server.post('/posts/:id', { config: edit }, (request, reply) => save(request, reply, idOf(request)));

  server.get('/posts/:id', { config: see }, async (request, reply) => {
    const { workspaceId } = actorOf(request);
    const post = await store.posts.get(workspaceId, idOf(request));
    if (!post) return reply.callNotFound();
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

/** Takes the files of a composer form in, each into the part it was added to. */
async function takeUploads(context: WebContext, request: FastifyRequest, draft: Draft): Promise<Problem[]> {
  const problems: Problem[] = [];
  for (const { field, name, file } of request.uploads) {
    const n = Number(/^part\.(\d+)\.files$/u.exec(field)?.[1] ?? -1);
    const part = draft.parts[n];
    if (!part) continue;
    if ('message' in file) {
      problems.push({ field: `part.${n}.media`, message: `${name}: ${file.message}` });
      continue;
    }
    const added = await addMedia(context, actorOf(request), { name, file });
    if (added.ok) part.media.push({ mediaId: added.media.id, alt: '' });
    else problems.push({ field: `part.${n}.media`, message: `${name}: ${added.problems[0]?.message ?? ''}` });
  }
  return problems;
}

export async function workspaceOf({ store }: WebContext, workspaceId: string): Promise<Workspace> {
  const workspace = await store.people.workspace(workspaceId);
  if (!workspace) throw new Error(`workspace ${workspaceId} of a session is gone`);
  return workspace;
}

export function idOf(request: FastifyRequest): string {
  return (request.params as { id: string }).id;
}

function nextHour(now: number, zone: string): string {
  return `${wallOf(now + 3_600_000, zone).slice(0, 13)}:00`;
}

function cursorOf(before: unknown): { updatedAt: number; id: string } | null {
  const [at, id] = typeof before === 'string' ? before.split('.', 2) : [];
  return at && id && /^\d{1,15}$/u.test(at) ? { updatedAt: Number(at), id } : null;
}

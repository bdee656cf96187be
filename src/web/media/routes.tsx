import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { shrinkMedia } from '../../actions/media/crop.ts';
import { describeMedia } from '../../actions/media/describe.ts';
import { addMedia, deleteMedia } from '../../actions/media/media.ts';
import { billingStateOf } from '../../billing/entitlements.ts';
import type { Problem } from '../../domain/limits.ts';
import { isVideo } from '../../domain/media.ts';
import { atLeast } from '../../domain/role.ts';
import { mediaTexts as t } from '../../domain/texts/writing/media.ts';
import { libraryRefusals as r } from '../../domain/texts/refusals/library.ts';
import { isId } from '../../lib/ids.ts';
import { thumbnailOf, type StoredFile } from '../../media/storage.ts';
import type { Media } from '../../store/media.ts';
import type { WebContext } from '../context.ts';
import { formOf } from '../forms.ts';
import { flash, sendPage } from '../page.tsx';
import { actorOf, type Policy } from '../policy.ts';
import { idOf } from '../posts/routes.tsx';
import { postViews } from '../posts/view.ts';
import { About } from './about.tsx';
import { mediaBulkRoutes, shelfOf } from './bulk.tsx';
import { Library, type Looked } from './library.tsx';
import { sendFile } from './serve.ts';
import { told } from './told.ts';

const see: { policy: Policy } = { policy: { member: 'viewer' } };
const edit: { policy: Policy } = { policy: { member: 'editor' } };
const pageSize = 60;

export function mediaRoutes(server: FastifyInstance, context: WebContext) {
  const { store, storage } = context;
  mediaBulkRoutes(server, context);

  async function library(request: FastifyRequest, reply: FastifyReply, problems: readonly Problem[]) {
    const { workspaceId, role } = actorOf(request);
    const { before, q, kind, label } = request.query as Record<string, unknown>;
    const looked: Looked = {
      words: typeof q === 'string' ? q.trim().slice(0, 100) : '', kind: kind === 'image' || kind === 'video' ? kind : null, unused: kind === 'unused', labelId: isId(label) ? label : null,
    };
    const found = await store.library.find(workspaceId, { ...looked, before: isId(before) ? before : null, limit: pageSize + 1 });
    const media = found.slice(0, pageSize);
    const shelf = await shelfOf(context, workspaceId, media);
    const totals = await store.library.totals(workspaceId);
    const billing = await billingStateOf(context, workspaceId);
    return sendPage(context, request, reply, {
      title: t.title, current: '/media', islands: ['library', 'select'], status: problems.length > 0 ? 422 : 200,
      body: ({ csrf }) => (
        <Library
          looked={looked} shelf={shelf} totals={totals} room={billing?.limits?.storageBytes ?? null} csrf={csrf} editor={atLeast(role, 'editor')} problems={problems}
          here={request.method === 'GET' ? request.url : '/media'} next={found.length > pageSize ? (media.at(-1)?.id ?? null) : null}
        />
      ),
    });
  }

  async function about(request: FastifyRequest, reply: FastifyReply, typed: { name: string; alt: string } | null, problems: readonly Problem[]) {
    const { workspaceId, role } = actorOf(request);
    const file = isId(idOf(request)) ? await store.media.get(workspaceId, idOf(request)) : undefined;
    if (!file) return reply.callNotFound();
    const ids = await store.library.postsWith(workspaceId, file.id, pageSize);
    const posts = (await Promise.all(ids.map((id) => store.posts.get(workspaceId, id)))).filter((post) => post !== undefined);
    const views = await postViews(store, workspaceId, posts);
    const binned = await store.library.inBin(workspaceId, file.id);
    const labels = { all: await store.labels.list(workspaceId), own: (await store.mediaLabels.of(workspaceId, [file.id])).get(file.id) ?? [] };
    return sendPage(context, request, reply, {
      title: file.name, current: '/media', status: problems.length > 0 ? 422 : 200,
      body: (page) => <About file={file} typed={typed} posts={views} binned={binned} labels={labels} page={page} mayChange={atLeast(role, 'editor')} problems={problems} />,
    });
  }

  server.get('/media', { config: see }, (request, reply) => library(request, reply, []));

  /** Takes pictures and videos in. Scripts ask for JSON and get the rows, forms get the library. */
  server.post('/media', { config: edit }, async (request, reply) => {
    const added: Media[] = [];
    const problems: Problem[] = request.uploads.length === 0 ? [{ field: 'media', message: r.chooseFile }] : [];
    for (const { name, file } of request.uploads) {
      const done = 'message' in file ? { ok: false as const, problems: [{ field: 'media', message: file.message }] } : await addMedia(context, actorOf(request), { name, file });
      if (done.ok) added.push(done.media);
      else problems.push(...done.problems.map((problem) => ({ ...problem, field: 'media', message: r.ofFile(name, problem.message) })));
    }
    if (request.headers.accept?.includes('application/json')) {
      return reply.code(problems.length > 0 ? 422 : 201).send({ media: added.map(told), problems });
    }
    if (problems.length > 0) return library(request, reply, problems);
    flash(reply, t.added(added.length));
    return reply.redirect('/media', 303);
  });

  const serve = async (request: FastifyRequest, reply: FastifyReply, fileOf: (media: Media) => StoredFile) => {
    // Programs get addresses with an ending, for theirs look at it.
    const id = idOf(request).replace(/\.[a-z\d]{3,4}$/u, '');
    const media = isId(id) ? await store.media.get(actorOf(request).workspaceId, id) : undefined;
    const file = media && fileOf(media);
    if (!file) return reply.callNotFound();
    // Another still may stand for a video from now on: a browser asks whether it has the one that does.
    const changes = isVideo(media.type) && file.derivative !== undefined;
    return changes ? sendFile(request, reply, storage, file, 'private, no-cache', media.posterAt ?? 0) : sendFile(request, reply, storage, file);
  };
  server.get('/media/:id', { config: see }, (request, reply) => serve(request, reply, ({ id, type }) => ({ id, type })));
  server.get('/media/:id/thumb', { config: see }, (request, reply) => serve(request, reply, ({ id }) => thumbnailOf(id)));

  server.get('/media/:id/about', { config: see }, (request, reply) => about(request, reply, null, []));

  server.post('/media/:id/describe', { config: edit }, async (request, reply) => {
    const form = formOf(request.body);
    const typed = { name: form.one('name'), alt: form.one('alt') };
    const done = await describeMedia(context, actorOf(request), idOf(request), typed);
    if (!done.ok) return about(request, reply, typed, done.problems);
    flash(reply, t.saved);
    return reply.redirect(`/media/${idOf(request)}/about`, 303);
  });

  server.post('/media/:id/shrink', { config: edit }, async (request, reply) => {
    const done = await shrinkMedia(context, actorOf(request), idOf(request), Number(formOf(request.body).one('side')));
    if (!done.ok) return about(request, reply, null, done.problems);
    flash(reply, t.smaller);
    return reply.redirect(`/media/${done.media.id}/about`, 303);
  });

  server.post('/media/:id/delete', { config: edit }, async (request, reply) => {
    const done = await deleteMedia(context, actorOf(request), idOf(request));
    flash(reply, done.ok ? t.deleted : (done.problems[0]?.message ?? ''));
    return reply.redirect('/media', 303);
  });
}

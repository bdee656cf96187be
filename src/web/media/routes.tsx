import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { addMedia, deleteMedia } from '../../actions/media/media.ts';
import type { Problem } from '../../domain/limits.ts';
import { imageTypes, videoTypes } from '../../domain/media.ts';
import { keepDays } from '../../domain/retention.ts';
import { durationText, sizeText } from '../../domain/units.ts';
import { isId } from '../../lib/ids.ts';
import { pictureBounds } from '../../media/probe.ts';
import { thumbnailOf, type StoredFile } from '../../media/storage.ts';
import { videoBounds } from '../../media/video.ts';
import type { Media } from '../../store/media.ts';
import type { WebContext } from '../context.ts';
import { flash, sendPage } from '../page.tsx';
import { ActionButton, FieldProblems, Form } from '../parts/form.tsx';
import { actorOf, type Policy } from '../policy.ts';
import { idOf } from '../posts/routes.tsx';
import { sendFile } from './serve.ts';
import { told } from './told.ts';

const see: { policy: Policy } = { policy: { member: 'viewer' } };
const edit: { policy: Policy } = { policy: { member: 'editor' } };
const pageSize = 60;

export function mediaRoutes(server: FastifyInstance, context: WebContext) {
  const { store, storage } = context;

  async function library(request: FastifyRequest, reply: FastifyReply, problems: readonly Problem[]) {
    const { before } = request.query as { before?: unknown };
    const found = await store.media.latest(actorOf(request).workspaceId, isId(before) ? before : null, pageSize + 1);
    const next = found.length > pageSize ? found[pageSize - 1]?.id : undefined;
    return sendPage(context, request, reply, {
      title: 'Media', current: '/media', status: problems.length > 0 ? 422 : 200,
      body: ({ csrf }) => <Library csrf={csrf} media={found.slice(0, pageSize)} next={next} problems={problems} />,
    });
  }

  server.get('/media', { config: see }, (request, reply) => library(request, reply, []));

  /** Takes pictures and videos in. Scripts ask for JSON and get the rows, forms get the library. */
  server.post('/media', { config: edit }, async (request, reply) => {
    const added: Media[] = [];
    const problems: Problem[] = request.uploads.length === 0 ? [{ field: 'media', message: 'Choose a file first.' }] : [];
    for (const { name, file } of request.uploads) {
      const done = 'message' in file ? { ok: false as const, problems: [{ field: 'media', message: file.message }] } : await addMedia(context, actorOf(request), { name, file });
      if (done.ok) added.push(done.media);
      else problems.push(...done.problems.map(({ message }) => ({ field: 'media', message: `${name}: ${message}` })));
    }
    if (request.headers.accept?.includes('application/json')) {
      return reply.code(problems.length > 0 ? 422 : 201).send({ media: added.map(told), problems });
    }
    if (problems.length > 0) return library(request, reply, problems);
    flash(reply, added.length === 1 ? 'Added.' : `${added.length} files added.`);
    return reply.redirect('/media', 303);
  });

  const serve = async (request: FastifyRequest, reply: FastifyReply, fileOf: (media: Media) => StoredFile) => {
    const id = idOf(request);
    const media = isId(id) ? await store.media.get(actorOf(request).workspaceId, id) : undefined;
    const file = media && fileOf(media);
    return file ? sendFile(request, reply, storage, file) : reply.callNotFound();
  };
  server.get('/media/:id', { config: see }, (request, reply) => serve(request, reply, ({ id, type }) => ({ id, type })));
  server.get('/media/:id/thumb', { config: see }, (request, reply) => serve(request, reply, ({ id }) => thumbnailOf(id)));

  server.post('/media/:id/delete', { config: edit }, async (request, reply) => {
    const done = await deleteMedia(context, actorOf(request), idOf(request));
    flash(reply, done.ok ? 'Deleted.' : (done.problems[0]?.message ?? ''));
    return reply.redirect('/media', 303);
  });
}

function Library({ csrf, media, next, problems }: { csrf: string; media: readonly Media[]; next: string | undefined; problems: readonly Problem[] }) {
  return (
    <>
      <div class="page-head"><h1>Media</h1></div>
      <Form action="/media" csrf={csrf} files class="upload">
        <label class="file"><span>Add pictures or videos</span><input type="file" name="media" accept={[...imageTypes, ...videoTypes].join(',')} multiple /></label>
        <button class="button">Upload</button>
        <p class="help">
          JPEG, PNG, WebP or GIF up to {sizeText(pictureBounds.bytes)} each, MP4, MOV or WebM up to {sizeText(videoBounds.bytes)} each.
          Place and camera are taken out. A file is deleted {keepDays('content', 'published')} days after the last post with it went out.
        </p>
        <FieldProblems field="media" problems={problems} />
      </Form>
      {media.length === 0 && <p class="empty">Nothing yet. What you add here or to a post can be used again.</p>}
      <ul class="library">
        {media.map(({ id, name, alt, width, height, durationMs, bytes }) => (
          <li>
            <a href={`/media/${id}`}><img src={`/media/${id}/thumb`} alt={alt} loading="lazy" /></a>
            <p><span class="name">{name}</span><span class="help">{width} × {height}{durationMs !== null && `, ${durationText(durationMs)}, ${sizeText(bytes)}`}</span></p>
            <ActionButton action={`/media/${id}/delete`} csrf={csrf}>Delete</ActionButton>
          </li>
        ))}
      </ul>
      {next && <p><a class="button" href={`/media?before=${next}`}>Earlier files</a></p>}
    </>
  );
}

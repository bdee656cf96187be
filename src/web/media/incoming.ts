import { PassThrough } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { importMedia } from '../../actions/media/import-media.ts';
import { setPoster } from '../../actions/media/poster.ts';
import type { Problem } from '../../domain/limits.ts';
import { incomingTexts as t } from '../../domain/texts/writing/files.ts';
import { posterRefusals } from '../../domain/texts/refusals/files.ts';
import { isId } from '../../lib/ids.ts';
import type { MediaItem } from '../composer/model/data.ts';
import { itemOf } from '../composer/state.ts';
import type { WebContext } from '../context.ts';
import { formOf } from '../forms.ts';
import { flash } from '../page.tsx';
import { actorOf, type Policy } from '../policy.ts';
import { idOf } from '../posts/routes.tsx';

const edit: { policy: Policy } = { policy: { member: 'editor' } };

/** A line of what is told while a file is fetched; the last one has the file or the reason why there is none. */
export type Fetching = { came: number; all: number | null } | { item: MediaItem } | { problems: readonly Pick<Problem, 'message'>[] };

/** How often a script is told how far a file is (ms). */
const toldEvery = 200;

/** What comes to the library otherwise than as an upload: files from the web, and stills of videos. */
export function incomingRoutes(server: FastifyInstance, context: WebContext) {
  /** Fetches a file. Scripts read a line of JSON at a time and may go away, which stops it; forms get the library. */
  server.post('/media/import', { config: edit }, async (request, reply) => {
    const address = formOf(request.body).one('url');
    if (request.headers.accept?.includes('application/x-ndjson')) return fetchTold(request, reply, address);
    const done = await importMedia(context, actorOf(request), address);
    flash(reply, done.ok ? t.added : (done.problems[0]?.message ?? ''));
    return reply.redirect(done.ok ? `/media/${done.media.id}/about` : '/media', 303);
  });

  function fetchTold(request: FastifyRequest, reply: FastifyReply, address: string) {
    const lines = new PassThrough();
    const gone = new AbortController();
    const tell = (line: Fetching) => { if (!lines.destroyed) lines.write(`${JSON.stringify(line)}\n`); };
    lines.on('close', () => gone.abort());
    let last = 0;
    const progress = (came: number, all: number | null) => {
      if (performance.now() - last < toldEvery) return;
      last = performance.now();
      tell({ came, all });
    };
    void importMedia(context, actorOf(request), address, { progress, signal: gone.signal })
      .then((done) => tell(done.ok ? { item: itemOf(done.media) } : { problems: done.problems.map(({ message }) => ({ message })) }))
      .catch((error: unknown) => {
        request.log.error({ err: error }, 'a file could not be taken in');
        tell({ problems: [{ message: t.failed }] });
      })
      .finally(() => lines.end());
    return reply.type('application/x-ndjson').header('x-accel-buffering', 'no').send(lines);
  }

  /** Puts a picture in the place of a video's still. */
  server.post('/media/:id/poster', { config: edit }, async (request, reply) => {
    const actor = actorOf(request);
    const id = idOf(request);
    if (!isId(id) || !(await context.store.media.get(actor.workspaceId, id))) return reply.callNotFound();
    const [upload] = request.uploads;
    const done = !upload ? { ok: false as const, problems: [{ field: 'poster', message: posterRefusals.noPicture }] }
      : 'message' in upload.file ? { ok: false as const, problems: [{ field: 'poster', message: upload.file.message }] }
      : await setPoster(context, actor, id, upload.file);
    if (request.headers.accept?.includes('application/json')) {
      return done.ok ? reply.send({ item: itemOf(done.media), problems: [] }) : reply.code(422).send({ problems: done.problems });
    }
    flash(reply, done.ok ? t.posterSet : (done.problems[0]?.message ?? ''));
    return reply.redirect(`/media/${id}/about`, 303);
  });
}

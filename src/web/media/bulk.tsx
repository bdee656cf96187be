import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { deleteFiles, labelFile, labelFiles } from '../../actions/media/bulk.ts';
import type { Problem } from '../../domain/limits.ts';
import { mediaTexts as t } from '../../domain/texts/writing/media.ts';
import { libraryRefusals as r } from '../../domain/texts/refusals/library.ts';
import { isId } from '../../lib/ids.ts';
import type { Media } from '../../store/media.ts';
import type { WebContext } from '../context.ts';
import { formOf, localPath } from '../forms.ts';
import { flash, sendPage } from '../page.tsx';
import { actorOf, type Policy } from '../policy.ts';
import { idOf } from '../posts/routes.tsx';
import { undoOf } from '../posts/undo.ts';
import { ButtonLink } from '../ui/button.tsx';
import { ProblemList } from '../ui/form.tsx';
import { PageHead } from '../ui/page-head.tsx';
import { DeleteFiles, FilesForm } from './chosen.tsx';
import { Tiles, type Shelf } from './tile.tsx';

const edit: { policy: Policy } = { policy: { member: 'editor' } };
const mostAtOnce = 200;
const mostLabels = 100;

/** Files with their use and their labels. */
export async function shelfOf({ store }: Pick<WebContext, 'store'>, workspaceId: string, media: readonly Media[]): Promise<Shelf> {
  const ids = media.map(({ id }) => id);
  return { media, usage: await store.library.usage(workspaceId, ids), worn: await store.mediaLabels.of(workspaceId, ids), labels: await store.labels.list(workspaceId) };
}

/** What is done to several files at once. */
export function mediaBulkRoutes(server: FastifyInstance, context: WebContext) {
  const { store } = context;

  const shelf = async (request: FastifyRequest, ids: readonly string[]) => {
    const { workspaceId } = actorOf(request);
    return shelfOf(context, workspaceId, await store.media.many(workspaceId, ids));
  };

  /** The files that were meant, still chosen, with what stands in the way beside its field. */
  async function refusedPage(request: FastifyRequest, reply: FastifyReply, ids: readonly string[], back: string, problems: readonly Problem[]) {
    const meant = await shelf(request, ids);
    return sendPage(context, request, reply, {
      title: t.title, current: '/media', status: 422, islands: ['select'],
      body: ({ csrf }) => (
        <>
          <PageHead title={t.several} />
          <ProblemList problems={problems} />
          {meant.media.length === 0 ? <p><ButtonLink href={back}>{t.backToFiles}</ButtonLink></p> : (
            <FilesForm csrf={csrf} here={back} labels={meant.labels} editor problems={problems}><Tiles shelf={meant} pick picked /></FilesForm>
          )}
        </>
      ),
    });
  }

  server.post('/media/bulk', { config: edit }, async (request, reply) => {
    const form = formOf(request.body);
    const ids = [...new Set(form.many('file').filter(isId))].slice(0, mostAtOnce);
    const [act, back] = [form.one('act'), form.has('back') ? localPath(form.one('back')) : '/media'];
    if (ids.length === 0) return refusedPage(request, reply, ids, back, [{ field: 'file', message: r.chooseFiles }]);
    switch (act) {
      case 'label_on':
      case 'label_off': {
        const done = await labelFiles(context, actorOf(request), ids, form.one('label'), act === 'label_on');
        if (!done.ok) return refusedPage(request, reply, ids, back, done.problems);
        flash(reply, act === 'label_on' ? t.labelled(done.done, done.stayed) : t.unlabelled(done.done, done.stayed), undoOf(done.undo));
        return reply.redirect(back, 303);
      }
      case 'delete': {
        // Nothing is changed here: what cannot be taken back is asked for first.
        const meant = await shelf(request, ids);
        return sendPage(context, request, reply, { title: t.deleteTitle(ids.length), current: '/media', body: ({ csrf }) => <DeleteFiles shelf={meant} back={back} csrf={csrf} /> });
      }
      case 'delete_now': {
        const { done, stayed } = await deleteFiles(context, actorOf(request), ids);
        flash(reply, t.deletedMany(done, stayed));
        return reply.redirect(back, 303);
      }
      default:
        return refusedPage(request, reply, ids, back, [{ field: '', message: r.chooseAct }]);
    }
  });

  server.post('/media/:id/labels', { config: edit }, async (request, reply) => {
    const done = await labelFile(context, actorOf(request), idOf(request), formOf(request.body).many('label').slice(0, mostLabels));
    if (!done.ok) return reply.callNotFound();
    flash(reply, t.labelsSaved, undoOf(done.undo));
    return reply.redirect(`/media/${idOf(request)}/about`, 303);
  });
}

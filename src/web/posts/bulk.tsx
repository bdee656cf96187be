import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { labelPosts } from '../../actions/labels/labels.ts';
import { deletePosts } from '../../actions/posts/bin.ts';
import { movePosts, type BulkDone, type Shift } from '../../actions/posts/move-post.ts';
import type { Actor } from '../../domain/actor.ts';
import { isDate } from '../../domain/time/days.ts';
import type { Problem } from '../../domain/limits.ts';
import { postsListTexts as t } from '../../domain/texts/writing/posts-list.ts';
import { refused, type Result } from '../../domain/result.ts';
import { isId } from '../../lib/ids.ts';
import type { WebContext } from '../context.ts';
import { formOf, localPath, type FormData } from '../forms.ts';
import { flash, sendPage } from '../page.tsx';
import { ButtonLink } from '../ui/button.tsx';
import { PageHead } from '../ui/page-head.tsx';
import { ProblemList } from '../ui/form.tsx';
import { actorOf } from '../policy.ts';
import { BulkForm } from './bulk-form.tsx';
import { cardViews, namesOf } from './cards.ts';
import { PostRow } from './list.tsx';
import { workspaceOf } from './routes.tsx';
import { undoOf } from './undo.ts';

const mostAtOnce = 500;

/** What is done to several posts at once, and undone as one. */
export function bulkRoutes(server: FastifyInstance, context: WebContext) {
  const { store } = context;

  server.post('/posts/bulk', { config: { policy: { member: 'editor' } } }, async (request, reply) => {
    const form = formOf(request.body);
    const ids = [...new Set(form.many('post').filter(isId))].slice(0, mostAtOnce);
    const done = await act(context, actorOf(request), ids, form);
    if (!done.ok) return refusedPage(request, reply, form, ids, done.problems);
    flash(reply, saidOf(done, form.one('act')), undoOf(done.undo));
    return reply.redirect(localPath(form.one('back')), 303);
  });

  /** The posts that were meant, still chosen, with what stands in the way beside its field. */
  async function refusedPage(request: FastifyRequest, reply: FastifyReply, form: FormData, ids: readonly string[], problems: readonly Problem[]) {
    const { workspaceId } = actorOf(request);
    const names = await namesOf(store, workspaceId);
    const cards = cardViews(await store.calendar.cards(workspaceId, ids), names);
    const back = localPath(form.one('back'));
    const typed = { days: form.one('days'), hours: form.one('hours'), date: form.one('date'), label: form.one('label') };
    return sendPage(context, request, reply, {
      title: t.title, current: '/posts', status: 422, islands: ['select'],
      body: ({ csrf, workspace: { zone } }) => (
        <>
          <PageHead title={t.several} />
          <ProblemList problems={problems} />
          {cards.length === 0 ? <p><ButtonLink href={back}>{t.backToPosts}</ButtonLink></p> : (
            <BulkForm csrf={csrf} here={back} labels={names.labels} editor problems={problems} typed={typed}>
              <ul class="rows">{cards.map((card) => <PostRow view={card} zone={zone} editor pick picked />)}</ul>
            </BulkForm>
          )}
        </>
      ),
    });
  }
}

async function act(context: WebContext, actor: Actor, ids: readonly string[], form: FormData): Promise<Result<BulkDone>> {
  if (ids.length === 0) return refused('post', t.chooseFirst);
  switch (form.one('act')) {
    case 'move_by':
    case 'move_to': {
      const shift = shiftIn(form);
      if ('message' in shift) return refused(shift.field, shift.message);
      const { zone } = await workspaceOf(context, actor.workspaceId);
      return { ok: true, ...await movePosts(context, actor, ids, shift, zone) };
    }
    case 'label_on':
    case 'label_off':
      return labelPosts(context, actor, ids, form.one('label'), form.one('act') === 'label_on');
    case 'delete':
      return { ok: true, ...await deletePosts(context, actor, ids) };
    default:
      return refused('', t.chooseAct);
  }
}

function shiftIn(form: FormData): Shift | Problem {
  if (form.one('act') === 'move_to') {
    const date = form.one('date');
    return isDate(date) ? { date } : { field: 'date', message: t.chooseDay };
  }
  const [days, hours] = [form.one('days') || '0', form.one('hours') || '0'].map((text) => (/^-?\d{1,4}$/u.test(text.trim()) ? Number(text) : NaN));
  if (days === undefined || Number.isNaN(days) || Math.abs(days) > 365) return { field: 'days', message: t.wholeDays };
  if (hours === undefined || Number.isNaN(hours) || Math.abs(hours) > 23) return { field: 'hours', message: t.wholeHours };
  return days === 0 && hours === 0 ? { field: 'days', message: t.byHowMuch } : { days, hours };
}

const doneWords: Record<string, (n: number) => string> = { move_by: t.moved, move_to: t.moved, label_on: t.labelled, label_off: t.freed, delete: t.deleted };

/** "5 posts moved. 2 stayed: being published or out." */
export function saidOf({ done, stayed }: BulkDone, act: string): string {
  return [(doneWords[act] ?? t.changed)(done), ...[...stayed].map(([reason, n]) => t.stayed(n, reason))].join(' ');
}

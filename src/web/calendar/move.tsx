import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { movePost } from '../../actions/posts/move-post.ts';
import { movedWall } from '../../domain/time/days.ts';
import { calendarTexts as t } from '../../domain/texts/pages/calendar.ts';
import type { Problem } from '../../domain/limits.ts';
import { shiftNote, wallOf } from '../../domain/time/schedule.ts';
import type { PostCard } from '../../store/calendar/cards.ts';
import type { WebContext } from '../context.ts';
import { formOf, localPath } from '../forms.ts';
import { flash, sendPage } from '../page.tsx';
import { Button, ButtonLink, Buttons } from '../ui/button.tsx';
import { Field, inputProps } from '../ui/field.tsx';
import { Form, ProblemList } from '../ui/form.tsx';
import { rich } from '../words/rich.tsx';
import { placeOf, Time, timeText, wallText } from '../words/time.tsx';
import { actorOf, type Policy } from '../policy.ts';
import { idOf, workspaceOf } from '../posts/routes.tsx';
import { undoOf } from '../posts/undo.ts';

const edit: { policy: Policy } = { policy: { member: 'editor' } };

/** Another time for a post: a page without a script, and what dragging and keys send as well. */
export function moveRoutes(server: FastifyInstance, context: WebContext) {
  const { store, now } = context;

  async function cardOf(request: FastifyRequest): Promise<PostCard | undefined> {
    const [card] = await store.calendar.cards(actorOf(request).workspaceId, [idOf(request)]);
    return card?.deletedAt === null ? card : undefined;
  }

  async function movePage(request: FastifyRequest, reply: FastifyReply, card: PostCard, told: { back: string; wall?: string; problems?: readonly Problem[] }) {
    const { zone } = await workspaceOf(context, actorOf(request).workspaceId);
    const wall = told.wall ?? (card.at === null ? '' : wallOf(card.at, zone));
    return sendPage(context, request, reply, {
      title: t.moveTitle, current: '/calendar', status: told.problems ? 422 : 200,
      body: ({ csrf }) => <MovePage card={card} zone={zone} wall={wall} back={told.back} csrf={csrf} problems={told.problems ?? []} now={now()} />,
    });
  }

  server.get('/posts/:id/move', { config: edit }, async (request, reply) => {
    const card = await cardOf(request);
    if (!card) return reply.callNotFound();
    return movePage(request, reply, card, { back: backOf(cameFrom(request), card.id) });
  });

  server.post('/posts/:id/move', { config: edit }, async (request, reply) => {
    const card = await cardOf(request);
    if (!card) return reply.callNotFound();
    const form = formOf(request.body);
    const { zone } = await workspaceOf(context, actorOf(request).workspaceId);
    const version = Number.parseInt(form.one('version'), 10);
    const wall = (form.one('to') || form.one('wall')).slice(0, 16);
    const done = await movePost(context, actorOf(request), { postId: card.id, version: Number.isSafeInteger(version) ? version : null, wall, zone });
    const back = backOf(form.one('back'), card.id);
    if (!done.ok) return movePage(request, reply, card, { back, wall, problems: done.problems });
    const { moment, undo } = done;
    flash(reply, [t.moved(timeText(moment.at, zone)), shiftNote(moment)].filter(Boolean).join(' '), undoOf(undo));
    return reply.redirect(back, 303);
  });
}

/** The page of ours that led here. */
function cameFrom(request: FastifyRequest): string {
  const from = URL.parse(request.headers.referer ?? '');
  return from?.host === request.host ? from.pathname + from.search : '';
}

function backOf(text: unknown, postId: string): string {
  const path = localPath(text);
  return path === '/' ? `/posts/${postId}` : path;
}

interface MovePageProps {
  card: PostCard;
  zone: string;
  wall: string;
  back: string;
  csrf: string;
  problems: readonly Problem[];
  now: number;
}

function MovePage({ card, zone, wall, back, csrf, problems, now }: MovePageProps) {
  return (
    <div class="narrow move-page">
      <h1>{t.moveTitle}</h1>
      <p class="lead">{card.excerpt || t.noText}</p>
      {card.at !== null && <p>{rich(t.standsAt, { time: <strong><Time at={card.at} zone={zone} /></strong> })}</p>}
      {!card.movable && <p class="needs-you">{rich(t.stays, { look: (words) => <a href={`/posts/${card.id}`}>{words}</a> })}</p>}
      <ProblemList problems={problems.filter(({ field }) => field === '')} />
      {card.movable && (
        <Form action={`/posts/${card.id}/move`} csrf={csrf}>
          <input type="hidden" name="version" value={card.version} />
          <input type="hidden" name="back" value={back} />
          <Field name="wall" label={t.to} help={t.zone(placeOf(zone))} problems={problems}>
            <input type="datetime-local" name="wall" value={wall} required {...inputProps('wall', problems)} />
            {/* Browsers write a time in an order of their own; what it stands at is said above. */}
            {problems.length > 0 && <p class="in-words">{wallText(wall, zone)}</p>}
          </Field>
          <Buttons><Button kind="primary">{t.moveNow}</Button> <ButtonLink kind="quiet" href={back}>{t.leave}</ButtonLink></Buttons>
          {card.at !== null && <Nearby at={card.at} zone={zone} now={now} />}
        </Form>
      )}
    </div>
  );
}

/** Times that people mostly mean, each a button. */
function Nearby({ at, zone, now }: { at: number; zone: string; now: number }) {
  const wall = wallOf(at, zone);
  const here = wallOf(now, zone);
  const choices = [{ days: -1, hours: 0 }, { days: 0, hours: -1 }, { days: 0, hours: 1 }, { days: 1, hours: 0 }, { days: 7, hours: 0 }]
    .map((shift) => movedWall(wall, zone, shift)).filter((choice) => choice > here);
  return (
    <fieldset class="nearby">
      <legend>{t.straightTo}</legend>
      <Buttons>{choices.map((choice) => <Button small name="to" value={choice}>{wallText(choice, zone)}</Button>)}</Buttons>
    </fieldset>
  );
}

import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import { dayPiece, datesOf, hourPieces, type Piece } from '../../domain/time/days.ts';
import { calendarTexts as t } from '../../domain/texts/pages/calendar.ts';
import { atLeast } from '../../domain/role.ts';
import { wallOf } from '../../domain/time/schedule.ts';
import type { WebContext } from '../context.ts';
import { sendPage, type View } from '../page.tsx';
import { actorOf } from '../policy.ts';
import { cardViews, namesOf, viewsBy, type Names } from '../posts/cards.ts';
import { workspaceOf } from '../posts/routes.tsx';
import { Agenda } from './agenda.tsx';
import type { Drawing } from './card.tsx';
import { CalendarHead, titleOf } from './head.tsx';
import { Hours } from './hours.tsx';
import { Month } from './month.tsx';
import { moveRoutes } from './move.tsx';
import { narrows, scopeIn, writeHref, type Scope } from './scope.ts';

/** How many of a day, of an hour of a week, of an hour of a day are shown before "more" leads on; fewer where much is planned. */
const roomIn = { month: { each: 3, together: 90 }, week: { each: 3, together: 90 }, day: { each: 20, together: 90 } } as const;
const listPage = 50;
const listSpan = 5 * 366 * 24 * 3_600_000;

interface Shown {
  scope: Scope;
  names: Names;
  drawing: Drawing;
  /** Now on the wall. */
  now: string;
}

export function calendarRoutes(server: FastifyInstance, context: WebContext) {
  const { store, now } = context;
  const pieces = keptPieces();

  server.get('/calendar', { config: { policy: { member: 'viewer' } } }, async (request, reply) => {
    const { workspaceId, role } = actorOf(request);
    const pulse = await store.pulse.of(workspaceId, now());
    const { zone } = await workspaceOf(context, workspaceId);
    const wall = wallOf(now(), zone);
    const scope = scopeIn(request.query, wall.slice(0, 10));
    const names = await namesOf(store, workspaceId);
    const shown: Shown = { scope, names, now: wall, drawing: { zone, here: request.url, editor: atLeast(role, 'editor'), write: writeHref(scope) } };
    const body = await bodyOf(request, shown);
    return sendPage(context, request, reply, {
      title: titleOf(scope), current: '/calendar', islands: ['calendar'], pulse,
      body: (page) => (
        <div class="calendar" data-calendar={scope.view} data-now={wall} data-csrf={page.csrf} data-here={request.url}>
          <CalendarHead scope={scope} today={wall.slice(0, 10)} zone={zone} names={names} />
          {body(page)}
          <p id="card-keys" hidden>{t.keys}</p>
        </div>
      ),
    });
  });

  async function bodyOf(request: FastifyRequest, { scope, names, drawing, now: wall }: Shown): Promise<(page: View) => VNode> {
    const { workspaceId } = actorOf(request);
    const { zone } = drawing;
    const { view } = scope;
    if (view === 'list') {
      const { from } = dayPiece(scope.on, zone);
      const found = await store.calendar.list(workspaceId, { from, to: from + listSpan }, scope.after, listPage + 1, scope);
      const cards = cardViews(found.slice(0, listPage), names);
      return ({ csrf }) => <Agenda cards={cards} more={found.length > listPage} scope={scope} names={names} csrf={csrf} drawing={drawing} />;
    }
    const dates = datesOf(view, scope.on);
    const viewsOf = viewsBy(names);
    if (view === 'month') {
      const spans = await store.calendar.spans(workspaceId, pieces('days', dates, zone), roomIn.month, scope);
      const days = dates.map((date, n) => ({ date, count: spans[n]?.count ?? 0, cards: viewsOf(spans[n]?.cards ?? []) }));
      return () => <><Nothing counts={days} scope={scope} editor={drawing.editor} /><Month days={days} scope={scope} today={wall.slice(0, 10)} drawing={drawing} /></>;
    }
    const hours = pieces('hours', dates, zone);
    const spans = await store.calendar.spans(workspaceId, hours, roomIn[view], scope);
    const posts = hours.map((piece, n) => ({ wall: piece.wall, from: piece.from, count: spans[n]?.count ?? 0, cards: viewsOf(spans[n]?.cards ?? []) }));
    const days = dates.map((date, n) => ({ date, hours: posts.slice(n * 24, (n + 1) * 24) }));
    // One card of an hour where there are more: what is shown is to be read, the day has the rest.
    const crowded = view === 'week' && spans.some(({ count }) => count > 1) && spans.every(({ cards }) => cards.length <= 1);
    return () => <><Nothing counts={posts} scope={scope} editor={drawing.editor} /><Hours days={days} scope={scope} now={wall} drawing={{ ...drawing, crowded }} /></>;
  }

  moveRoutes(server, context);
}

/** Says in an empty calendar what comes into it; the calendar itself stays, to write in. */
function Nothing({ counts, scope, editor }: { counts: readonly { count: number }[]; scope: Scope; editor: boolean }) {
  if (scope.view === 'list' || counts.some(({ count }) => count > 0)) return null;
  return narrows(scope)
    ? <p class="nothing-here">{t.empty.narrowed}</p>
    : <p class="nothing-here">{t.empty[scope.view]} {editor && <a href="/posts/new">{t.write}</a>}</p>;
}

/** Where days and hours begin takes longer to say than to remember; what is looked at is mostly the same. */
function keptPieces() {
  const kept = new Map<string, readonly Piece[]>();
  return (kind: 'days' | 'hours', dates: readonly string[], zone: string): readonly Piece[] => {
    const key = `${kind} ${dates[0] ?? ''} ${dates.length} ${zone}`;
    const known = kept.get(key);
    if (known) return known;
    const made = dates.flatMap((date) => (kind === 'days' ? [dayPiece(date, zone)] : hourPieces(date, zone)));
    if (kept.size > 200) kept.clear();
    kept.set(key, made);
    return made;
  };
}

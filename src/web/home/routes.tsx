import type { FastifyInstance } from 'fastify';
import { dayPiece } from '../../domain/time/days.ts';
import { daysBefore, wallOf } from '../../domain/time/schedule.ts';
import { homeTexts as t } from '../../domain/texts/pages/home.ts';
import type { PostCard } from '../../store/calendar/cards.ts';
import { noFilter, type PostFilter } from '../../store/calendar/filter.ts';
import type { WebContext } from '../context.ts';
import { sendPage } from '../page.tsx';
import { actorOf } from '../policy.ts';
import { cardViews, namesOf, type Names } from '../posts/cards.ts';
import { workspaceOf } from '../posts/routes.tsx';
import { sendFront } from '../public/front.tsx';
import { Checklist } from '../setup/checklist.tsx';
import { checklistOf } from '../setup/state.ts';
import type { DatedCard } from './coming.tsx';
import type { Trouble } from './needs.tsx';
import { Home } from './page.tsx';

const day = 24 * 60 * 60 * 1000;
const shownDays = 30;
const shownNext = 5;
const shownOut = 6;
const shownTrouble = 5;
/** How many troubled posts are counted, and no more. */
const countedTrouble = 100;
const waiting: PostFilter = { ...noFilter, state: 'scheduled' };

export function homeRoutes(server: FastifyInstance, context: WebContext) {
  const { store, providers, now } = context;

  server.get('/', { config: { policy: 'public' } }, async (request, reply) => {
    if (!request.actor) return sendFront(context, reply);
    const { workspaceId } = actorOf(request);
    const at = now();
    const pulse = await store.pulse.of(workspaceId, at);
    const { zone } = await workspaceOf(context, workspaceId);
    const dayOf = dayIn(zone);
    const names = await namesOf(store, workspaceId);
    const dated = (cards: readonly PostCard[]) => cardViews(cards, names).flatMap((card): DatedCard[] => (card.at === null ? [] : [{ card, at: card.at, date: dayOf(card.at) }]));
    // What is being sent is still to come; what waits although its time is long over stands among what needs somebody.
    const next = dated(await store.calendar.list(workspaceId, { from: at - day, to: at + 400 * day }, null, 2 * shownNext, waiting)).filter(({ card }) => card.reason === null);
    const [today] = await store.calendar.spans(workspaceId, [{ from: at, to: dayPiece(dayOf(at), zone).to }], { each: 0, together: 0 }, waiting);
    const out = dated(await store.calendar.out(workspaceId, { from: at - shownDays * day, to: at }, shownOut));
    const ended = await store.statistics.ended(workspaceId, at - (shownDays + 1) * day);
    const trouble = await troubleOf(context, workspaceId, names);
    const list = await checklistOf(context, actorOf(request));
    return sendPage(context, request, reply, {
      title: t.title, current: '/', pulse,
      body: ({ csrf, workspace: { frozenAt, unpaidAt } }) => (
        <Home
          checklist={<Checklist list={list} csrf={csrf} />}
          zone={zone} days={{ yesterday: dayOf(at - day), today: dayOf(at), tomorrow: dayOf(at + day) }}
          trouble={{ ...trouble, hold: frozenAt !== null ? 'frozen' : unpaidAt !== null ? 'unpaid' : null }}
          next={next.slice(0, shownNext)} leftToday={today?.count ?? 0} out={out} ended={ended} shownDays={daysBefore(at, zone, shownDays)} dayOf={dayOf} providers={providers}
        />
      ),
    });
  });
}

async function troubleOf({ store }: Pick<WebContext, 'store'>, workspaceId: string, names: Names): Promise<Omit<Trouble, 'hold'>> {
  const troubled = await store.posts.troubled(workspaceId, countedTrouble);
  const cards = await store.calendar.cards(workspaceId, troubled.slice(0, shownTrouble).map(({ id }) => id));
  return {
    cards: cardViews(cards, names), posts: troubled.length,
    channels: names.channels.filter(({ connectionStatus, disconnectedAlone }) => connectionStatus === 'needs_reconnect' && !disconnectedAlone),
  };
}

/** The day of an instant in a zone, reckoned once for each: thousands come in the same few quarters of an hour. */
function dayIn(zone: string): (at: number) => string {
  const known = new Map<number, string>();
  return (at) => {
    const day = known.get(at) ?? wallOf(at, zone).slice(0, 10);
    known.set(at, day);
    return day;
  };
}

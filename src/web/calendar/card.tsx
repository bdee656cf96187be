import { calendarTexts as t } from '../../domain/texts/pages/calendar.ts';
import { Mark } from '../ui/avatar.tsx';
import { LabelWords } from '../ui/badge.tsx';
import { StateMark } from '../words/state.tsx';
import { clockText } from '../words/time.tsx';
import { cardHref, type CardView } from '../posts/cards.ts';
import { lineOf } from '../posts/view.ts';
import { dateText } from './words.ts';

/** What every card of a calendar is drawn with. */
export interface Drawing {
  zone: string;
  /** The calendar's own address, to come back to. */
  here: string;
  /** True for whoever may change posts. */
  editor: boolean;
  /** See `writeHref`. */
  write: string;
  /** So much is planned that cards take one line each. */
  crowded?: boolean;
}

const mostMarks = 4;
/** In one line the rest of the marks would push the words out. */
const mostMarksInLine = 1;

/** A post that can be read: when, where to, two lines of it, and how it stands. `date` is the day it lies in. */
export function Card({ card, date, drawing }: { card: CardView; date: string; drawing: Drawing }) {
  const { zone, editor, crowded = false } = drawing;
  const { id, status, at, channels, thumb, reason, labels, movable, version } = card;
  const clock = at === null ? '' : clockText(at, zone);
  const line = lineOf(card);
  // Where they are too many, their number takes the last one's place.
  const marks = crowded ? mostMarksInLine : channels.length > mostMarks ? mostMarks - 1 : mostMarks;
  const more = channels.length - marks;
  const movesHere = movable && editor;
  const moving = movesHere ? { 'data-version': version, 'data-wall': `${date}T${clock}`, 'aria-describedby': 'card-keys' } : {};
  const link = { href: cardHref(card, editor), 'data-post': id, ...moving };
  const head = (
    <span class="chip-head">
      {at !== null && <time>{clock}</time>}
      {channels.slice(0, marks).map(({ provider, name }) => <Mark provider={provider} name={name} />)}
      {more > 0 && !crowded && <span class="handle">{t.plus(more)}</span>}
    </span>
  );
  // Its own page has what one line has no room for, the way to move it too.
  if (crowded) return <li><a class={`chip in-line edge-${status}`} {...link}>{head}<span class="chip-text">{line}</span>{status !== 'scheduled' && <StateMark status={status} />}</a></li>;
  return (
    <li class="card-place">
      <a class={`chip edge-${status}`} {...link}>
        {head}
        <span class={thumb ? 'chip-body with-thumb' : 'chip-body'}>
          <span class="chip-text">{line}</span>
          {thumb && <img class="chip-thumb" src={`/media/${thumb.id}/thumb`} alt={thumb.alt} width={36} height={36} loading="lazy" />}
        </span>
        <LabelWords labels={labels} />
        {status !== 'scheduled' && <StateMark status={status} />}
        {reason !== null && <span class="chip-reason">{reason}</span>}
      </a>
      {movesHere && at !== null && <a class="chip-move" href={`/posts/${id}/move`} aria-label={t.moveCard(`${dateText(date)} ${clock}`, line.slice(0, 40))}>{t.move}</a>}
    </li>
  );
}

/** A day's or an hour's cards, and the way to those that did not fit: `more` gives its address. */
export function Cards({ cards, count, date, more, drawing, when }: { cards: readonly CardView[]; count: number; date: string; more: () => string; drawing: Drawing; when: string }) {
  const left = count - cards.length;
  return (
    <>
      {cards.length > 0 && <ul class="chips">{cards.map((card) => <Card card={card} date={date} drawing={drawing} />)}</ul>}
      {left > 0 && <a class="more" href={more()} aria-label={t.moreOf(left, when)}>{drawing.crowded ? t.plus(left) : t.more(left)}</a>}
    </>
  );
}

/** Begins a post for a time: by its plus, which shows where one points at or comes by with the keyboard. */
export function AddLink({ wall, said, drawing }: { wall: string; said: string; drawing: Drawing }) {
  return <a class="add" href={drawing.write + wall} data-clock={wall.slice(11)} aria-label={t.newPost(said)}>+</a>;
}

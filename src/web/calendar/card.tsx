import { useContext } from 'preact/hooks';
import { Mark } from '../ui/avatar.tsx';
import { LabelWords } from '../ui/badge.tsx';
import { StateMark } from '../words/state.tsx';
import { clockText } from '../words/time.tsx';
import { RoleHere } from '../frame/role.tsx';
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
}

const mostMarks = 4;

/** A post that can be read: when, where to, two lines of it, and how it stands. `date` is the day it lies in. */
export function Card({ card, date, drawing }: { card: CardView; date: string; drawing: Drawing }) {
  const { zone, editor } = drawing;
  const { id, status, at, channels, thumb, reason, labels, movable } = card;
  const clock = at === null ? '' : clockText(at, zone);
  const line = lineOf(card);
  const more = channels.length - mostMarks;
  const movesHere = movable && editor;
  return (
    <li class="card-place">
      <a
        class={`chip edge-${status}`} href={cardHref(card, useContext(RoleHere))} data-post={id}
        {...(movesHere && { 'data-version': card.version, 'data-wall': `${date}T${clock}`, 'aria-describedby': 'card-keys' })}
      >
        <span class="chip-head">
          {at !== null && <time dateTime={new Date(at).toISOString()}>{clock}</time>}
          {channels.slice(0, mostMarks).map(({ provider, name }) => <Mark provider={provider} name={name} />)}
          {more > 0 && <span class="handle">+{more}</span>}
        </span>
        <span class={thumb ? 'chip-body with-thumb' : 'chip-body'}>
          <span class="chip-text">{line}</span>
          {thumb && <img class="chip-thumb" src={`/media/${thumb.id}/thumb`} alt={thumb.alt} width={36} height={36} loading="lazy" />}
        </span>
        <LabelWords labels={labels} />
        {status !== 'scheduled' && <StateMark status={status} />}
        {reason !== null && <span class="chip-reason">{reason}</span>}
      </a>
      {movesHere && at !== null && (
        <a class="chip-move" href={`/posts/${id}/move`} aria-label={`Move ${dateText(date)} ${clock}: ${line.slice(0, 40)}`}>Move…</a>
      )}
    </li>
  );
}

/** A day's or an hour's cards, and the way to those that did not fit. */
export function Cards({ cards, count, date, more, drawing }: { cards: readonly CardView[]; count: number; date: string; more: string; drawing: Drawing }) {
  const left = count - cards.length;
  return (
    <>
      {cards.length > 0 && <ul class="chips">{cards.map((card) => <Card card={card} date={date} drawing={drawing} />)}</ul>}
      {left > 0 && <a class="more" href={more}>{left} more</a>}
    </>
  );
}

export function AddLink({ wall, said }: { wall: string; said: string }) {
  return <a class="add" href={`/posts/new?at=${wall}`} aria-label={`New post ${said}`}>+</a>;
}

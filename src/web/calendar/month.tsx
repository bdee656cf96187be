import { calendarTexts as t } from '../../domain/texts/pages/calendar.ts';
import type { CardView } from '../posts/cards.ts';
import { AddLink, Cards, type Drawing } from './card.tsx';
import { hrefOf, type Scope } from './scope.ts';
import { dateText, weekdayOf, weekdays } from './words.ts';

/** A day with the first of its posts. */
export interface DayPosts {
  date: string;
  cards: readonly CardView[];
  count: number;
}

/** A month of whole weeks; on a phone the same as a list by day. */
export function Month({ days, scope, today, drawing }: { days: readonly DayPosts[]; scope: Scope; today: string; drawing: Drawing }) {
  const month = scope.on.slice(0, 7);
  return (
    <>
      <div class="weekdays" aria-hidden="true">{weekdays.map((name) => <span>{name}</span>)}</div>
      <ol class="month">
        {days.map(({ date, cards, count }) => {
          const classes = ['day', date.startsWith(month) ? '' : 'other', date === today ? 'today' : date < today ? 'past' : '', count === 0 ? 'bare' : ''];
          return (
            <li class={classes.filter(Boolean).join(' ')} data-day={date}>
              <div class="day-head">
                <a class="day-link" href={hrefOf(scope, { view: 'day', on: date })} aria-label={dateText(date)} aria-current={date === today ? 'date' : undefined}>
                  <time dateTime={date}><span class="day-name">{weekdayOf(date)} </span>{Number(date.slice(8))}</time>
                </a>
                {drawing.editor && date >= today && <AddLink wall={`${date}T09:00`} said={t.onDay(dateText(date))} drawing={drawing} />}
              </div>
              <Cards cards={cards} count={count} date={date} more={() => hrefOf(scope, { view: 'day', on: date })} when={dateText(date)} drawing={drawing} />
            </li>
          );
        })}
      </ol>
    </>
  );
}

import { calendarTexts as t } from '../../domain/texts/pages/calendar.ts';
import type { CardView } from '../posts/cards.ts';
import { AddLink, Cards, type Drawing } from './card.tsx';
import { hrefOf, type Scope } from './scope.ts';
import { dateText, weekdayOf } from './words.ts';

/** One hour of one day with the first of its posts. */
export interface HourPosts {
  /** `YYYY-MM-DDTHH:00`. */
  wall: string;
  cards: readonly CardView[];
  count: number;
  /** Where the hour's list begins (epoch ms). */
  from: number;
}

export interface HoursProps {
  /** The days, each with its 24 hours. */
  days: readonly { date: string; hours: readonly HourPosts[] }[];
  scope: Scope;
  /** Now on the wall, `YYYY-MM-DDTHH:mm`. */
  now: string;
  drawing: Drawing;
}

/** Between these, empty hours stay in sight: one plans there. */
const firstHour = 8;
const lastHour = 20;

/** A week or a day by the hour. Hours in which no day has anything fold away at night and are thin by day. */
export function Hours({ days, scope, now, drawing }: HoursProps) {
  const busy = new Set(days.flatMap(({ hours }) => hours.flatMap(({ count }, hour) => (count > 0 ? [hour] : []))));
  const nowHour = days.some(({ date }) => date === now.slice(0, 10)) ? Number(now.slice(11, 13)) : null;
  const shown = Array.from({ length: 24 }, (_, hour) => hour)
    .filter((hour) => scope.allHours || busy.has(hour) || hour === nowHour || (hour >= firstHour && hour <= lastHour));
  const today = now.slice(0, 10);
  return (
    <>
      <div class={['hours', days.length === 1 ? 'one-day' : '', drawing.crowded ? 'crowded' : '', `rows-${shown.length}`].filter(Boolean).join(' ')} data-hours>
        <ol class="hour-names" aria-hidden="true">
          <li class="corner"></li>
          {shown.map((hour, n) => <li class={busy.has(hour) ? '' : 'thin'}>{two(hour)}:00{gapBefore(shown, n) && <span class="gap"></span>}</li>)}
        </ol>
        <ol class="day-columns">
          {days.map(({ date, hours }) => (
            <li class={['column', date === today ? 'today' : date < today ? 'past' : ''].filter(Boolean).join(' ')}>
              <div class="column-head">
                <h2>
                  <a class="day-link" href={hrefOf(scope, { view: 'day', on: date })} aria-label={dateText(date)} aria-current={date === today ? 'date' : undefined}>
                    <time dateTime={date}><span>{weekdayOf(date)}</span> {Number(date.slice(8))}</time>
                  </a>
                </h2>
                {drawing.editor && date >= today && <AddLink wall={`${date}T09:00`} said={t.onDay(dateText(date))} drawing={drawing} />}
              </div>
              <ol class="column-hours">
                {shown.map((hour) => {
                  const one = hours[hour];
                  return one && <Hour one={one} date={date} now={now} thin={!busy.has(hour)} scope={scope} drawing={drawing} />;
                })}
              </ol>
            </li>
          ))}
        </ol>
      </div>
      <p class="fold"><a href={hrefOf(scope, { allHours: !scope.allHours })}>{scope.allHours ? t.foldHours : t.allHours}</a></p>
    </>
  );
}

function Hour({ one: { wall, cards, count, from }, date, now, thin, scope, drawing }: {
  one: HourPosts; date: string; now: string; thin: boolean; scope: Scope; drawing: Drawing;
}) {
  const isNow = wall.slice(0, 13) === now.slice(0, 13);
  const past = wall.slice(0, 13) < now.slice(0, 13);
  const when = `${dateText(date)} ${wall.slice(11)}`;
  const classes = ['hour', thin ? 'thin' : '', count === 0 ? 'bare' : '', past ? 'past' : ''];
  return (
    <li class={classes.filter(Boolean).join(' ')} data-hour={wall}>
      {isNow && <span class={`now-line at-${Math.floor(Number(now.slice(14)) / 5) * 5}`}><span class="visually-hidden">{t.now(now.slice(11))}</span></span>}
      <Cards cards={cards} count={count} date={date} more={() => hrefOf(scope, { view: 'list', on: date, after: { at: from - 1, id: nothing } })} when={when} drawing={drawing} />
      {drawing.editor && !past && (count === 0 || !drawing.crowded) && <AddLink wall={wall} said={when} drawing={drawing} />}
    </li>
  );
}

/** An id that comes before all of that moment's. */
const nothing = '00000000-0000-7000-8000-000000000000';

const two = (hour: number) => String(hour).padStart(2, '0');

/** True where hours before this one are folded away. */
function gapBefore(shown: readonly number[], n: number): boolean {
  const [hour, before] = [shown[n], shown[n - 1]];
  return hour !== undefined && before !== undefined && hour - before > 1;
}

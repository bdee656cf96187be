import { useContext } from 'preact/hooks';
import { Temporal } from 'temporal-polyfill';
import { wallOf } from '../../domain/schedule.ts';
import { Mark } from '../parts/channel.tsx';
import { For, RoleHere } from '../parts/role.tsx';
import { StateMark } from '../parts/state.tsx';
import { clockText, placeOf } from '../parts/time.tsx';
import { addressOf } from './list.tsx';
import { lineOf, type PostView } from './view.ts';

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** A month of cards that can be read; on a phone the same as a list by day. */
export function Calendar({ views, month, today, zone }: { views: readonly PostView[]; month: string; today: string; zone: string }) {
  const first = Temporal.PlainYearMonth.from(month);
  const start = first.toPlainDate({ day: 1 }).subtract({ days: first.toPlainDate({ day: 1 }).dayOfWeek - 1 });
  const days = Array.from({ length: 42 }, (_, n) => start.add({ days: n }));
  // A sixth week that lies in the next month alone is not shown.
  const shown = days.slice(0, days[35]?.month === first.month ? 42 : 35);
  const byDay = Map.groupBy(views, ({ at }) => (at === null ? '' : wallOf(at, zone).slice(0, 10)));
  const title = first.toPlainDate({ day: 1 }).toLocaleString('en-GB', { month: 'long', year: 'numeric' });
  return (
    <>
      <div class="page-head">
        <h1>{title} <span class="handle">{placeOf(zone)} time</span></h1>
        <nav class="tabs" aria-label="Month">
          <a href={`/calendar?month=${first.subtract({ months: 1 }).toString()}`}>Earlier</a>
          <a href="/calendar">Today</a>
          <a href={`/calendar?month=${first.add({ months: 1 }).toString()}`}>Later</a>
        </nav>
      </div>
      <div class="weekdays" aria-hidden="true">{weekdays.map((name) => <span>{name}</span>)}</div>
      <ol class="month">
        {shown.map((day) => {
          const key = day.toString();
          const own = byDay.get(key) ?? [];
          const classes = ['day', day.month === first.month ? '' : 'other', key === today ? 'today' : '', own.length === 0 ? 'bare' : ''];
          return (
            <li class={classes.filter(Boolean).join(' ')}>
              <div class="day-head">
                <time dateTime={key}><span class="day-name">{weekdays[day.dayOfWeek - 1]} </span>{day.day}</time>
                {key >= today && <For role="editor"><a class="add" href={`/posts/new?at=${key}T09:00`} aria-label={`New post on ${key}`}>+</a></For>}
              </div>
              <ul>{own.map((view) => <Chip view={view} zone={zone} />)}</ul>
            </li>
          );
        })}
      </ol>
    </>
  );
}

function Chip({ view, zone }: { view: PostView; zone: string }) {
  return (
    <li>
      <a class={`chip edge-${view.status}`} href={addressOf(view, useContext(RoleHere))}>
        <span class="chip-head">
          {view.at !== null && <time dateTime={new Date(view.at).toISOString()}>{clockText(view.at, zone)}</time>}
          {view.channels.map(({ provider, name }) => <Mark provider={provider} name={name} />)}
        </span>
        <span class="chip-text">{lineOf(view)}</span>
        <StateMark status={view.status} />
      </a>
    </li>
  );
}

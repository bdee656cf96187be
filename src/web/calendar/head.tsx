import { calendarViews, datesOf, stepped } from '../../domain/days.ts';
import { placeOf } from '../words/time.tsx';
import type { Names } from '../posts/cards.ts';
import { Filters } from './filters.tsx';
import { hrefOf, type Scope } from './scope.ts';
import { dateText, longDateText, monthText, spanOfDates } from './words.ts';

const viewWords = { month: 'Month', week: 'Week', list: 'List', day: 'Day' } as const;

export function titleOf({ view, on }: Scope): string {
  switch (view) {
    case 'month': return monthText(on);
    case 'week': {
      const dates = datesOf(view, on);
      return spanOfDates(dates[0] ?? on, dates.at(-1) ?? on);
    }
    case 'list': return `From ${dateText(on)}`;
    case 'day': return longDateText(on);
  }
}

/** When, in whose time; the ways to look at it and to go on; what narrows it. */
export function CalendarHead({ scope, today, zone, names }: { scope: Scope; today: string; zone: string; names: Names }) {
  const { view, on } = scope;
  return (
    <div class="calendar-head">
      <div class="page-head">
        <h1>{titleOf(scope)} <span class="handle">{placeOf(zone)} time</span></h1>
        <nav class="steps-nav" aria-label="Go through time">
          <a class="button small" href={hrefOf(scope, { on: stepped(view, on, -1) })}>Earlier</a>
          <a class="button small" href={hrefOf(scope, { on: today })}>Today</a>
          <a class="button small" href={hrefOf(scope, { on: stepped(view, on, 1) })}>Later</a>
        </nav>
      </div>
      <div class="calendar-bar">
        <nav class="tabs" aria-label="View">
          {calendarViews.map((one) => <a href={hrefOf(scope, { view: one })} aria-current={one === view ? 'page' : undefined}>{viewWords[one]}</a>)}
        </nav>
        <Filters filter={scope} names={names} hrefOf={(filter) => hrefOf(scope, filter)} />
      </div>
    </div>
  );
}

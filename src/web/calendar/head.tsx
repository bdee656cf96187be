import { calendarViews, datesOf, stepped } from '../../domain/time/days.ts';
import { calendarTexts as t } from '../../domain/texts/pages/calendar.ts';
import { ButtonLink } from '../ui/button.tsx';
import { Tabs } from '../ui/tabs.tsx';
import { PageHead } from '../ui/page-head.tsx';
import { placeOf } from '../words/time.tsx';
import type { Names } from '../posts/cards.ts';
import { Filters } from './filters.tsx';
import { hrefOf, type Scope } from './scope.ts';
import { dateText, longDateText, monthText, spanOfDates } from './words.ts';

export function titleOf({ view, on }: Scope): string {
  switch (view) {
    case 'month': return monthText(on);
    case 'week': {
      const dates = datesOf(view, on);
      return spanOfDates(dates[0] ?? on, dates.at(-1) ?? on);
    }
    case 'list': return t.from(dateText(on));
    case 'day': return longDateText(on);
  }
}

/** When, in whose time; the ways to look at it and to go on; what narrows it. */
export function CalendarHead({ scope, today, zone, names }: { scope: Scope; today: string; zone: string; names: Names }) {
  const { view, on } = scope;
  return (
    <div class="calendar-head">
      <PageHead title={titleOf(scope)} note={t.zone(placeOf(zone))} beside={(
        <nav class="steps-nav" aria-label={t.through}>
          <ButtonLink small href={hrefOf(scope, { on: stepped(view, on, -1) })}>{t.earlier}</ButtonLink>
          <ButtonLink small href={hrefOf(scope, { on: today })}>{t.today}</ButtonLink>
          <ButtonLink small href={hrefOf(scope, { on: stepped(view, on, 1) })}>{t.later}</ButtonLink>
        </nav>
      )} />
      <div class="calendar-bar">
        <Tabs label={t.view} tabs={calendarViews.map((one) => ({ href: hrefOf(scope, { view: one }), label: t.views[one] }))} current={hrefOf(scope, { view })} />
        <Filters filter={scope} names={names} hrefOf={(filter) => hrefOf(scope, filter)} />
      </div>
    </div>
  );
}

import { datesOf, stepped } from '../../domain/days.ts';
import { frameTexts as t } from '../../domain/texts/pages/frame.ts';
import { dateText, monthText, weekdays } from '../calendar/words.ts';
import { Icon } from '../ui/icon.tsx';

export interface MiniMonthProps {
  /** A day of the month that is shown, and today: `YYYY-MM-DD`. */
  on: string;
  today: string;
  /** The days that have posts. */
  filled: ReadonlySet<string>;
}

/** A month to glance at and to go to a day by; a dot below a day says that posts lie in it. */
export function MiniMonth({ on, today, filled }: MiniMonthProps) {
  const to = (day: string, view: 'day' | 'month') => `/calendar?view=${view}&on=${day}`;
  const month = on.slice(0, 7);
  return (
    <section class="mini-month" aria-label={monthText(on)}>
      <p class="mini-head">
        <a href={to(on, 'month')}>{monthText(on)}</a>
        <a class="mini-step" href={to(stepped('month', on, -1), 'month')} aria-label={t.monthBefore}><Icon name="back" /></a>
        <a class="mini-step" href={to(stepped('month', on, 1), 'month')} aria-label={t.monthAfter}><Icon name="on" /></a>
      </p>
      <div class="mini-days mini-names" aria-hidden="true">{weekdays.map((name) => <span>{name.slice(0, 1)}</span>)}</div>
      <ol class="mini-days">
        {datesOf('month', on).map((day) => (
          <li class={day.startsWith(month) ? undefined : 'other'}>
            <a
              class={filled.has(day) ? 'filled' : undefined} href={to(day, 'day')} aria-current={day === today ? 'date' : undefined}
              aria-label={filled.has(day) ? t.dayWithPosts(dateText(day)) : t.dayBare(dateText(day))}
            >
              {Number(day.slice(8))}
            </a>
          </li>
        ))}
      </ol>
    </section>
  );
}

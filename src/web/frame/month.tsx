import { stepped } from '../../domain/time/days.ts';
import { frameTexts as t } from '../../domain/texts/pages/frame.ts';
import { dateText, monthText, weekdays } from '../calendar/words.ts';
import { Icon } from '../ui/icon.tsx';

export interface MiniMonthProps {
  /** A day of the month that is shown, and today: `YYYY-MM-DD`. */
  on: string;
  today: string;
  /** The days of its weeks, and whether they have posts. */
  days: readonly { date: string; filled: boolean }[];
}

/** A month to glance at and to go to a day by; a dot below a day says that posts lie in it. */
export function MiniMonth({ on, today, days }: MiniMonthProps) {
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
        {days.map(({ date, filled }) => (
          <li class={date.startsWith(month) ? undefined : 'other'}>
            <a
              class={filled ? 'filled' : undefined} href={to(date, 'day')} aria-current={date === today ? 'date' : undefined}
              aria-label={filled ? t.dayWithPosts(dateText(date)) : t.dayBare(dateText(date))}
            >
              {Number(date.slice(8))}
            </a>
          </li>
        ))}
      </ol>
    </section>
  );
}

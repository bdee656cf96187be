import { writingTexts as t } from '../../../domain/texts/writing/writing.ts';
import { dateAfter, monthGrid, wallIn } from '../../../domain/time/when.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { postTime, wallAt } from '../../composer/model/walls.ts';
import type { Desk } from './desk.ts';
import { openPopover } from './popover.ts';
import { json } from '../composer/request.ts';

const hour = 3_600_000;
const morning = '09:00';
/** Where a day is chosen and no hour stood there yet. */
const usual = 'T09:00';
const mostDots = 3;

const monthName = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });
const dayName = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' });
const at = (date: string) => Date.parse(`${date}T00:00:00Z`);

/** A month to choose a day from, with dots where posts are already, and the times that are chosen most, for the time of this name. */
export function openDays(desk: Desk, anchor: HTMLElement, name: string, choose: (wall: string) => void) {
  const { draft } = desk.state();
  const { zone } = draft;
  const wall = wallAt(draft, name);
  const back = anchor.closest('.when-row')?.querySelector<HTMLElement>('[data-when="time"]');
  const pop = openPopover(anchor, t.openDays, back ?? anchor);
  const now = wallIn(Date.now(), zone);
  const today = now.slice(0, 10);
  const chosen = /^\d{4}-\d\d-\d\dT/u.test(wall) ? wall.slice(0, 10) : today;
  let reached = chosen;
  let posts: Readonly<Record<string, number>> = {};
  const asked = new Set<string>();

  const month = () => reached.slice(0, 7);
  async function count() {
    const of = month();
    if (asked.has(of)) return;
    asked.add(of);
    const { days } = await json<{ days: Record<string, number> }>(`/posts/days?month=${of}`).catch(() => ({ days: {} }));
    posts = { ...posts, ...days };
    if (pop.element.isConnected) draw();
  }

  function take(next: string) {
    choose(next);
    pop.close();
  }

  function go(to: string, focus: boolean) {
    reached = to;
    draw();
    void count();
    if (focus) pop.element.querySelector<HTMLElement>('[data-day][tabindex="0"]')?.focus();
  }

  function move(event: KeyboardEvent) {
    const weekday = (new Date(at(reached)).getUTCDay() + 6) % 7;
    const days: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7, Home: -weekday, End: 6 - weekday };
    const months: Record<string, number> = { PageUp: -1, PageDown: 1 };
    const to = days[event.key] !== undefined ? dateAfter(reached, days[event.key] ?? 0) : months[event.key] !== undefined ? dateAfter(reached, 0, months[event.key]) : null;
    if (to === null) return;
    event.preventDefault();
    // What is past cannot be chosen.
    go(to < today ? today : to, true);
  }

  const monday = dateAfter(today, 7 - ((new Date(at(today)).getUTCDay() + 6) % 7));
  const quick = () => (
    <div class="quick-times">
      <Button type="button" kind="quiet" small onClick={() => take(wallIn(Date.now() + hour, zone))}>{t.inAnHour}</Button>
      <Button type="button" kind="quiet" small onClick={() => take(`${dateAfter(today, 1)}T${morning}`)}>{t.tomorrowAt(morning)}</Button>
      <Button type="button" kind="quiet" small onClick={() => take(`${monday}T${morning}`)}>{t.mondayAt(morning)}</Button>
      {name === postTime && <Button type="button" kind="quiet" small onClick={() => void json<{ wall: string }>('/posts/next-free').then(({ wall: free }) => take(free)).catch(() => undefined)}>{t.nextFree}</Button>}
    </div>
  );

  function draw() {
    pop.draw(
      <div class="month-sheet">
        {quick()}
        <div class="month-head">
          <button type="button" class="tool" aria-label={t.earlierMonth} onClick={() => go(dateAfter(reached, 0, -1), false)}><Icon name="back" /></button>
          <p aria-live="polite">{monthName.format(at(reached))}</p>
          <button type="button" class="tool" aria-label={t.laterMonth} onClick={() => go(dateAfter(reached, 0, 1), false)}><Icon name="on" /></button>
        </div>
        <table role="grid" aria-label={monthName.format(at(reached))} onKeyDown={move}>
          <thead><tr>{t.weekdays.map((day, n) => <th scope="col"><span aria-hidden="true">{day.slice(0, 2)}</span><span class="visually-hidden">{t.weekdaysLong[n]}</span></th>)}</tr></thead>
          <tbody>
            {monthGrid(month()).map((week) => (
              <tr key={week[0]}>
                {week.map((day) => {
                  const dots = Math.min(mostDots, posts[day] ?? 0);
                  const past = day < today;
                  return (
                    <td aria-selected={day === chosen}>
                      <button type="button" class={day.startsWith(month()) ? 'month-day' : 'month-day beyond'} data-day={day} tabIndex={day === reached ? 0 : -1} disabled={past} aria-current={day === today ? 'date' : undefined}
                        aria-label={t.dayLabel(dayName.format(at(day)), posts[day] ?? 0, day === today)} onClick={() => take(`${day}${/T\d\d:\d\d$/u.exec(wall)?.[0] ?? usual}`)}>
                        <span aria-hidden="true">{Number(day.slice(8))}</span>
                        <span class="month-dots" aria-hidden="true">{'•'.repeat(dots)}</span>
                      </button>
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>,
    );
  }

  draw();
  void count();
  pop.element.querySelector<HTMLElement>('[data-day][tabindex="0"]')?.focus();
}

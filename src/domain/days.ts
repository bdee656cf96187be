import { Temporal } from 'temporal-polyfill';

/** The ways to look at time; `list` runs on from its day. */
export const calendarViews = ['month', 'week', 'list', 'day'] as const;
export type CalendarView = (typeof calendarViews)[number];

/** A piece of a day in a zone: `from` to before `to`, epoch ms. */
export interface Piece {
  /** `YYYY-MM-DDTHH:mm`: its first minute on the wall. */
  wall: string;
  from: number;
  to: number;
}

export function isDate(text: unknown): text is string {
  // Years beyond four digits are nobody's plan, and dates out of range no dates.
  if (typeof text !== 'string' || !/^[12]\d{3}-\d{2}-\d{2}$/u.test(text)) return false;
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString() === text;
  } catch {
    return false;
  }
}

/** The days that a view shows around `on`: whole weeks, from Monday. */
export function datesOf(view: CalendarView, on: string): string[] {
  if (view === 'day' || view === 'list') return [on];
  // Days alone, without a zone: plain arithmetic, for a page asks this of six weeks at once.
  const first = Date.parse(view === 'month' ? `${on.slice(0, 8)}01T00:00Z` : `${on}T00:00Z`);
  const lead = (new Date(first).getUTCDay() + 6) % 7;
  const count = view === 'week' ? 7 : Math.ceil((lead + Temporal.PlainYearMonth.from(on.slice(0, 7)).daysInMonth) / 7) * 7;
  return Array.from({ length: count }, (_, n) => new Date(first + (n - lead) * 86_400_000).toISOString().slice(0, 10));
}

/** The same view further on (1) or back (-1). */
export function stepped(view: CalendarView, on: string, by: 1 | -1): string {
  const day = Temporal.PlainDate.from(on);
  switch (view) {
    case 'month': return day.with({ day: 1 }).add({ months: by }).toString();
    case 'week': case 'list': return day.add({ days: 7 * by }).toString();
    case 'day': return day.add({ days: by }).toString();
  }
}

/** A day as the piece of time that it is in a zone: 23 to 25 hours. */
export function dayPiece(date: string, zone: string): Piece {
  const day = Temporal.PlainDate.from(date);
  return { wall: `${date}T00:00`, from: startOf(day, zone), to: startOf(day.add({ days: 1 }), zone) };
}

/** The hours of a day by the clock on the wall. One that the clocks leap over is empty; one that comes twice is long. */
export function hourPieces(date: string, zone: string): Piece[] {
  const day = Temporal.PlainDate.from(date);
  const starts = Array.from({ length: 24 }, (_, hour) => day.toPlainDateTime({ hour }).toZonedDateTime(zone).epochMilliseconds);
  return starts.map((from, hour) => ({ wall: `${date}T${String(hour).padStart(2, '0')}:00`, from, to: starts[hour + 1] ?? startOf(day.add({ days: 1 }), zone) }));
}

/** A wall time moved by days on the wall (the hour stays) and then by hours that really pass. */
export function movedWall(wall: string, zone: string, { days, hours }: { days: number; hours: number }): string {
  const moved = Temporal.PlainDateTime.from(wall).add({ days });
  const passed = hours === 0 ? moved : moved.toZonedDateTime(zone).add({ hours }).toPlainDateTime();
  return passed.toString({ smallestUnit: 'minute' });
}

function startOf(day: Temporal.PlainDate, zone: string): number {
  return day.toZonedDateTime(zone).epochMilliseconds;
}

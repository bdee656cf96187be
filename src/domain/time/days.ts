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
  // Some engines take the 30th of February for the 2nd of March.
  const midnight = midnightOf(text);
  return !Number.isNaN(midnight) && dateOf(midnight) === text;
}

// Days alone, without a zone, are plain arithmetic: a page asks for six weeks of them at once.
const dayMs = 86_400_000;
const midnightOf = (date: string) => Date.parse(`${date}T00:00Z`);
const dateOf = (midnight: number) => new Date(midnight).toISOString().slice(0, 10);
/** The first of the month that is `by` months after the one of a date, as its midnight. */
const monthFrom = (date: string, by: number) => Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1 + by);

/** The days that a view shows around `on`: whole weeks, from Monday. */
export function datesOf(view: CalendarView, on: string): string[] {
  if (view === 'day' || view === 'list') return [on];
  const first = view === 'month' ? monthFrom(on, 0) : midnightOf(on);
  const lead = (new Date(first).getUTCDay() + 6) % 7;
  const count = view === 'week' ? 7 : Math.ceil((lead + (monthFrom(on, 1) - first) / dayMs) / 7) * 7;
  return Array.from({ length: count }, (_, n) => dateOf(first + (n - lead) * dayMs));
}

/** The same view further on (1) or back (-1). */
export function stepped(view: CalendarView, on: string, by: 1 | -1): string {
  switch (view) {
    case 'month': return dateOf(monthFrom(on, by));
    case 'week': case 'list': return dateOf(midnightOf(on) + 7 * by * dayMs);
    case 'day': return dateOf(midnightOf(on) + by * dayMs);
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

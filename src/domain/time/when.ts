/** The clock of whoever types a time, in the zone the time is meant in. Wall times are `YYYY-MM-DDTHH:mm`. */
export interface TypingClock {
  /** The present minute. */
  now: string;
  /** The wall time so many ms from now: the clocks may go forward or back in between. */
  after: (ms: number) => string;
}

interface Day { year: number; month: number; day: number }
interface Hour { hour: number; minute: number }
interface Read { day: Day | null; hour: Hour | null; rest: string }

const minuteMs = 60_000;
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const spans: Readonly<Record<string, number>> = { m: minuteMs, h: 60 * minuteMs, d: 24 * 60 * minuteMs, w: 7 * 24 * 60 * minuteMs };
/** Words that may stand in a time and say nothing. */
const idle = /^(?:at|on|the|um|o'clock|uhr|h)$/u;

/**
 * The wall time in what somebody typed: "tomorrow 9", "24 Nov 9:00", "monday", "in 2 hours", "2026-11-24 09:00", "9pm".
 * What is not said is taken from `chosen`, the time that stands there already (empty: none). A date without a year is the
 * next one of its kind. Null for what is no time.
 */
export function typedWhen(typed: string, { now, after }: TypingClock, chosen = ''): string | null {
  const text = typed.trim().toLowerCase().replaceAll(/[,\s]+/gu, ' ');
  if (text === '') return null;
  if (text === 'now') return now;
  const away = /^in (a|an|\d{1,3}) ?(minutes?|mins?|m|hours?|hrs?|h|days?|d|weeks?|w)$/u.exec(text);
  if (away) {
    const count = Number(away[1]) || (away[1] === 'a' || away[1] === 'an' ? 1 : 0);
    return after(count * (spans[(away[2] ?? '').charAt(0)] ?? 0));
  }
  const dated = dateIn(text, now);
  const { hour, rest } = hourIn(dated.rest, dated.day !== null);
  // What is left over was meant somehow, and nobody knows how: better to ask than to guess.
  if (rest.split(' ').some((word) => word !== '' && !idle.test(word)) || (dated.day === null && hour === null)) return null;
  const day = dated.day ?? dayOf(chosen) ?? dayOf(now);
  return day && isDay(day) ? wallFrom(day, hour ?? hourOf(chosen) ?? { hour: 9, minute: 0 }) : null;
}

/** Takes the date out of a text; what stays is `rest`. */
function dateIn(text: string, now: string): Read {
  const found = (day: Day | null, match: RegExpExecArray): Read => ({ day, hour: null, rest: `${text.slice(0, match.index)} ${text.slice(match.index + match[0].length)}`.replaceAll(/\s+/gu, ' ').trim() });
  const today = dayOf(now) ?? { year: 0, month: 0, day: 0 };

  const iso = /\b(\d{4})-(\d{1,2})-(\d{1,2})(?:t|\b)/u.exec(text);
  if (iso) return found({ year: Number(iso[1]), month: Number(iso[2]), day: Number(iso[3]) }, iso);
  const dotted = /\b(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})?(?!\d)/u.exec(text);
  if (dotted) return found(nextOf({ month: Number(dotted[2]), day: Number(dotted[1]) }, dotted[3], today), dotted);

  const named = /\b(?:(?:sun|mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?)(?:day)?\.? )?(?:(\d{1,2})(?:st|nd|rd|th|\.)? (?:of )?(MONTH)[a-z]*\.?|(MONTH)[a-z]*\.? (\d{1,2})(?:st|nd|rd|th)?(?![\d:]))(?: (\d{4}))?(?![\d:])/u;
  const month = new RegExp(named.source.replaceAll('MONTH', months.join('|')), 'u').exec(text);
  if (month) {
    const name = month[2] ?? month[3] ?? '';
    return found(nextOf({ month: months.indexOf(name) + 1, day: Number(month[1] ?? month[4]) }, month[5], today), month);
  }

  const near = /\b(?:day after tomorrow|today|tonight|tomorrow|tmrw?)\b/u.exec(text);
  if (near) return found(shifted(today, near[0] === 'today' || near[0] === 'tonight' ? 0 : near[0].startsWith('day') ? 2 : 1), near);
  const weekday = /\b(?:next |this )?(sun|mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?)(?:day)?\b/u.exec(text);
  if (weekday) {
    const ahead = (weekdays.indexOf((weekday[1] ?? '').slice(0, 3)) - weekdayOf(today) + 7) % 7;
    return found(shifted(today, ahead === 0 ? 7 : ahead), weekday);
  }
  return { day: null, hour: null, rest: text };
}

/** Takes the hour out of a text. A bare number is an hour where nothing else could be meant. */
function hourIn(text: string, dated: boolean): Read {
  const found = (hour: Hour, match: RegExpExecArray): Read => ({ day: null, hour, rest: text.replace(match[0], ' ').replaceAll(/\s+/gu, ' ').trim() });
  const word = /\b(noon|midday|midnight|morning|evening)\b/u.exec(text);
  if (word && !/\d/u.test(text)) return found({ hour: { noon: 12, midday: 12, midnight: 0, morning: 9, evening: 18 }[word[1] ?? ''] ?? 9, minute: 0 }, word);
  const clock = /(?<![\d.:])(\d{1,2})(?:[:.h](\d{2}))? ?(am|pm|a\.m\.|p\.m\.)?(?![\d.:])/u.exec(text);
  const compact = /(?<![\d.:])([01]\d|2[0-3])([0-5]\d)(?![\d.:])/u.exec(text);
  const match = clock ?? compact;
  if (!match) return { day: null, hour: null, rest: text };
  const half = clock?.[3]?.charAt(0);
  const said = Number(match[1]);
  const [hour, minute] = [half === undefined ? said : (said % 12) + (half === 'p' ? 12 : 0), Number(match[2] ?? 0)];
  const bare = match[2] === undefined && half === undefined;
  const fits = hour < 24 && minute < 60 && (half === undefined || (said >= 1 && said <= 12)) && (!bare || dated || text === match[0].trim() || text.startsWith('at '));
  return fits ? found({ hour, minute }, match) : { day: null, hour: null, rest: text };
}

/** With the year that was said, or the first one in which the date is not past; a date that never comes stays one that is none. */
function nextOf({ month, day }: Omit<Day, 'year'>, year: string | undefined, today: Day): Day {
  if (year !== undefined && year !== '') return { year: Number(year) + (year.length === 2 ? 2000 : 0), month, day };
  const past = month < today.month || (month === today.month && day < today.day);
  // A 29 February may be years away.
  const first = today.year + (past ? 1 : 0);
  return [0, 1, 2, 3, 4, 5, 6, 7, 8].map((more) => ({ year: first + more, month, day })).find(isDay) ?? { year: first, month, day };
}

function dayOf(wall: string): Day | null {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})T/u.exec(wall) ?? [];
  return year === undefined ? null : { year: Number(year), month: Number(month), day: Number(day) };
}

function hourOf(wall: string): Hour | null {
  const [, hour, minute] = /T(\d{2}):(\d{2})$/u.exec(wall) ?? [];
  return hour === undefined ? null : { hour: Number(hour), minute: Number(minute) };
}

// A wall time needs no zone to be reckoned with in whole days.
const stampOf = ({ year, month, day }: Day) => Date.UTC(year, month - 1, day);
const weekdayOf = (day: Day) => new Date(stampOf(day)).getUTCDay();

function isDay(day: Day): boolean {
  const date = new Date(stampOf(day));
  return date.getUTCFullYear() === day.year && date.getUTCMonth() === day.month - 1 && date.getUTCDate() === day.day && day.year >= 1970;
}

function shifted(day: Day, days: number): Day {
  const date = new Date(stampOf(day) + days * 24 * 60 * minuteMs);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

function wallFrom({ year, month, day }: Day, { hour, minute }: Hour): string {
  const two = (n: number) => String(n).padStart(2, '0');
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}`;
}

/** The days of a month (`YYYY-MM`) in whole weeks from Monday, `YYYY-MM-DD` each, those of its neighbors included. */
export function monthGrid(month: string): string[][] {
  const first = dayOf(`${month}-01T`) ?? { year: 1970, month: 1, day: 1 };
  const lead = (weekdayOf(first) + 6) % 7;
  const length = new Date(Date.UTC(first.year, first.month, 0)).getUTCDate();
  return Array.from({ length: Math.ceil((lead + length) / 7) }, (_, week) =>
    Array.from({ length: 7 }, (__, n) => wallFrom(shifted(first, week * 7 + n - lead), { hour: 0, minute: 0 }).slice(0, 10)));
}

/** A date (`YYYY-MM-DD`) so many days on, or the same day of another month where `months` says so (its last one where it has fewer). */
export function dateAfter(date: string, days: number, monthsOn = 0): string {
  const day = dayOf(`${date}T`) ?? { year: 1970, month: 1, day: 1 };
  if (monthsOn === 0) return wallFrom(shifted(day, days), { hour: 0, minute: 0 }).slice(0, 10);
  const length = new Date(Date.UTC(day.year, day.month + monthsOn, 0)).getUTCDate();
  const first = new Date(Date.UTC(day.year, day.month - 1 + monthsOn, 1));
  return wallFrom({ year: first.getUTCFullYear(), month: first.getUTCMonth() + 1, day: Math.min(day.day, length) }, { hour: 0, minute: 0 }).slice(0, 10);
}

/** The wall time of an instant, without the library for it: for browsers. */
export function wallIn(at: number, zone: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).formatToParts(at);
  const of = (type: string) => parts.find((part) => part.type === type)?.value ?? '';
  return `${of('year').padStart(4, '0')}-${of('month')}-${of('day')}T${of('hour')}:${of('minute')}`;
}

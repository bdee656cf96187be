import { wordTexts as t } from '../../domain/texts/pages/ui.ts';

/** "Tue 24 Nov 09:00 Berlin": the zone always stands beside the time. */
export function timeText(at: number, zone: string, now = Date.now()): string {
  return `${dayText(at, zone, now)} ${clockText(at, zone)} ${placeOf(zone)}`;
}

/** A wall time `YYYY-MM-DDTHH:mm` in words: browsers write it in an order of their own. Empty while it is none. */
export function wallText(wall: string, zone: string): string {
  // It needs no zone to be read as weekday, day and hour. Browsers see dates in almost anything: what does not come back is none.
  const at = Date.parse(`${wall}:00Z`);
  return Number.isNaN(at) || new Date(at).toISOString().slice(0, 16) !== wall ? '' : timeText(at, 'UTC').replace(/UTC$/u, placeOf(zone));
}

/** "Tue 24 Nov", with the year when it is not the present one. */
export function dayText(at: number, zone: string, now = Date.now()): string {
  const { year, date } = formatsOf(zone);
  const told = date.format(at).replace(',', '');
  const end = told.lastIndexOf(' ');
  return told.slice(end + 1) === year.format(now) ? told.slice(0, end) : told;
}

export function clockText(at: number, zone: string): string {
  return formatsOf(zone).clock.format(at);
}

interface Formats {
  year: Intl.DateTimeFormat;
  date: Intl.DateTimeFormat;
  clock: Intl.DateTimeFormat;
}

/** Making a format takes longer than using it a hundred times, and a calendar uses each that often. There are as many as zones. */
const formats = new Map<string, Formats>();

function formatsOf(timeZone: string): Formats {
  const known = formats.get(timeZone);
  if (known) return known;
  const made: Formats = {
    year: new Intl.DateTimeFormat('en-GB', { timeZone, year: 'numeric' }),
    date: new Intl.DateTimeFormat('en-GB', { timeZone, weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' }),
    clock: new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
  };
  formats.set(timeZone, made);
  return made;
}

/** "Europe/Berlin" as people say it. */
export function placeOf(zone: string): string {
  return (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');
}

/** "3 s", "12 min", "5 h", "2 days". */
export function spanText(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 90) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return `${minutes} min`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} h` : t.days(Math.round(hours / 24));
}

/** When somebody was last here, no finer than by days: "today", "3 days ago", "5 weeks ago". */
export function activeText(day: number | null, now: number): string {
  if (day === null) return t.notYet;
  const days = Math.floor(now / 86_400_000) - Math.floor(day / 86_400_000);
  if (days < 1) return t.today;
  if (days === 1) return t.yesterday;
  if (days < 14) return t.daysAgo(days);
  return days < 90 ? t.weeksAgo(Math.floor(days / 7)) : t.monthsAgo(Math.floor(days / 30));
}

export function Time({ at, zone }: { at: number; zone: string }) {
  return <time dateTime={new Date(at).toISOString()}>{timeText(at, zone)}</time>;
}

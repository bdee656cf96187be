export const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

// Dates have no zone: all of this reads them as they stand.
const full = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', weekday: 'short', day: 'numeric', month: 'short' });
const month = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', month: 'long', year: 'numeric' });
const long = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });

const instantOf = (date: string) => Date.parse(`${date}T00:00Z`);

/** "Thu 26 Nov". */
export const dateText = saidOnce((date) => full.format(instantOf(date)).replace(',', ''));

/** A calendar says each of its dates dozens of times. */
function saidOnce(say: (date: string) => string): (date: string) => string {
  const said = new Map<string, string>();
  return (date) => {
    const known = said.get(date);
    if (known !== undefined) return known;
    if (said.size > 500) said.clear();
    const text = say(date);
    said.set(date, text);
    return text;
  };
}

export function longDateText(date: string): string {
  return long.format(instantOf(date)).replace(',', '');
}

/** "November 2026". */
export const monthText = saidOnce((date) => month.format(instantOf(date)));

export function weekdayOf(date: string): string {
  return weekdays[(new Date(instantOf(date)).getUTCDay() + 6) % 7] ?? '';
}

/** "23 to 29 November 2026", "28 Dec 2026 to 3 Jan 2027". */
export function spanOfDates(first: string, last: string): string {
  if (first.slice(0, 7) === last.slice(0, 7)) return `${Number(first.slice(8))} to ${Number(last.slice(8))} ${monthText(last)}`;
  const short = (date: string) => dateText(date).split(' ').slice(1).join(' ');
  return first.slice(0, 4) === last.slice(0, 4) ? `${short(first)} to ${short(last)} ${last.slice(0, 4)}` : `${short(first)} ${first.slice(0, 4)} to ${short(last)} ${last.slice(0, 4)}`;
}

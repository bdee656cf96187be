import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { datesOf, isDate, stepped } from './days.ts';

describe('dates', () => {
  it.each(['2027-01-01', '2028-02-29', '2000-02-29', '1000-01-01', '2999-12-31'])('%s is one', (text) => expect(isDate(text)).toBe(true));
  it.each([
    '2027-02-29', '1900-02-29', '2027-02-30', '2027-04-31', '2027-13-01', '2027-00-10', '2027-01-00', '2027-01-32', '0999-01-01', '3000-01-01', '2027-1-1', '2027-01-01T00:00', '', null, 5,
  ])('%j is none', (text) => expect(isDate(text)).toBe(false));
});

describe('what a view shows, and what lies before and behind it', () => {
  // A leap year and the years around it, each day.
  const days = Array.from({ length: 3 * 365 + 1 }, (_, n) => Temporal.PlainDate.from('2027-01-01').add({ days: n }));

  it('is what the calendar says', () => {
    for (const day of days) {
      const on = day.toString();
      const by = (days: number) => day.add({ days }).toString();
      expect([stepped('day', on, -1), stepped('day', on, 1), stepped('week', on, -1), stepped('list', on, 1)]).toEqual([by(-1), by(1), by(-7), by(7)]);
      const first = day.with({ day: 1 });
      expect([stepped('month', on, -1), stepped('month', on, 1)]).toEqual([first.subtract({ months: 1 }).toString(), first.add({ months: 1 }).toString()]);
      expect(datesOf('week', on)).toEqual(Array.from({ length: 7 }, (_, n) => by(n + 1 - day.dayOfWeek)));
    }
  });

  it('is whole weeks from Monday, with all of the month', () => {
    for (const day of days.filter((one) => one.day === 1)) {
      const shown = datesOf('month', day.with({ day: 28 }).toString()).map((one) => Temporal.PlainDate.from(one));
      const before = day.subtract({ days: day.dayOfWeek - 1 });
      expect(shown.map(String)).toEqual(Array.from({ length: shown.length }, (_, n) => before.add({ days: n }).toString()));
      expect(shown).toHaveLength(Math.ceil((day.dayOfWeek - 1 + day.daysInMonth) / 7) * 7);
      expect(shown.filter((one) => one.month === day.month)).toHaveLength(day.daysInMonth);
    }
  });
});

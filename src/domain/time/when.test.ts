import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wallOf } from './schedule.ts';
import { dateAfter, monthGrid, typedWhen, wallIn } from './when.ts';

// A Tuesday.
const clock = { now: '2026-11-24T10:30', after: (ms: number) => wallOf(Date.UTC(2026, 10, 24, 9, 30) + ms, 'Europe/Berlin') };
const chosen = '2026-12-01T14:15';

describe('a time that somebody types', () => {
  it.each([
    ['tomorrow 9', '2026-11-25T09:00'],
    ['Tomorrow at 9:05', '2026-11-25T09:05'],
    ['today 18', '2026-11-24T18:00'],
    ['day after tomorrow, 7am', '2026-11-26T07:00'],
    ['24 nov 9:00', '2026-11-24T09:00'],
    ['Nov 25 9pm', '2026-11-25T21:00'],
    ['Tue 24 Nov 09:00', '2026-11-24T09:00'],
    ['25th of december 8:30', '2026-12-25T08:30'],
    ['3 March 12am', '2027-03-03T00:00'],
    ['3 March 2028 12pm', '2028-03-03T12:00'],
    ['24.12. 9:00', '2026-12-24T09:00'],
    ['24.12.2027 09:00', '2027-12-24T09:00'],
    ['24.12.27 9.30', '2027-12-24T09:30'],
    ['2026-11-30 09:00', '2026-11-30T09:00'],
    ['2026-11-30T09:00', '2026-11-30T09:00'],
    ['monday 9', '2026-11-30T09:00'],
    ['next fri 17:45', '2026-11-27T17:45'],
    // On a Tuesday, Tuesday is the one in a week.
    ['tuesday 9', '2026-12-01T09:00'],
    ['tomorrow noon', '2026-11-25T12:00'],
    ['in 2 hours', '2026-11-24T12:30'],
    ['in an hour', '2026-11-24T11:30'],
    ['in 45 min', '2026-11-24T11:15'],
    ['in 3 days', '2026-11-27T10:30'],
    ['now', '2026-11-24T10:30'],
    ['29 feb 9:00', '2028-02-29T09:00'],
  ])('%s', (typed, wall) => {
    expect(typedWhen(typed, clock, chosen)).toBe(wall);
  });

  it.each([
    ['25 Nov', '2026-11-25T14:15'],
    ['tomorrow', '2026-11-25T14:15'],
    ['9:00', '2026-12-01T09:00'],
    ['0930', '2026-12-01T09:30'],
    ['at 7', '2026-12-01T07:00'],
    ['9h30', '2026-12-01T09:30'],
  ])('%s is filled up with what was chosen before', (typed, wall) => {
    expect(typedWhen(typed, clock, chosen)).toBe(wall);
  });

  it('takes nine in the morning and today where nothing was chosen', () => {
    expect([typedWhen('friday', clock), typedWhen('16:00', clock)]).toEqual(['2026-11-27T09:00', '2026-11-24T16:00']);
  });

  it.each(['', 'soon', '25:00', 'tomorrow 24:00', '31 Feb 2027 9:00', '30.2. 9:00', '9:75', '13pm', 'tomorrow 9 or 10', 'in hours', '2026-13-01 09:00', '7/8 9:00', 'nov', 'tomorrow at nine', '__proto__'])('“%s” is none', (typed) => {
    expect(typedWhen(typed, clock, chosen)).toBeNull();
  });

  it('is nothing or a wall time that there is, whatever is typed', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[\dtomrw nv.:apms-]{0,16}$/u)), (typed) => {
      const wall = typedWhen(typed, clock, chosen);
      return wall === null || new Date(`${wall}:00Z`).toISOString().startsWith(wall);
    }));
  });
});

describe('a month', () => {
  it('is whole weeks from Monday', () => {
    const weeks = monthGrid('2026-11');
    expect([weeks.length, weeks[0]?.[0], weeks[0]?.[6], weeks.at(-1)?.at(-1)]).toEqual([6, '2026-10-26', '2026-11-01', '2026-12-06']);
    expect(monthGrid('2027-02')).toHaveLength(4);
  });

  it('is gone through by days and by months', () => {
    expect([dateAfter('2026-11-30', 1), dateAfter('2026-12-31', 0, 2), dateAfter('2027-01-15', 0, -1), dateAfter('2027-03-01', -1)]).toEqual(['2026-12-01', '2027-02-28', '2026-12-15', '2027-02-28']);
  });
});

describe('a wall time in a browser', () => {
  it('is the one that the library says', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 4e12 }), fc.constantFrom('Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Pacific/Chatham', 'UTC'), (at, zone) => wallIn(at, zone) === wallOf(at, zone)));
  });
});

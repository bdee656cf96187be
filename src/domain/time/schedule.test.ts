import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isZone, momentOf, momentOfText, monthRange, shiftNote, wallOf } from './schedule.ts';

const iso = (at: number | undefined) => (at === undefined ? undefined : new Date(at).toISOString());

describe('momentOf', () => {
  it.each([
    // zone, wall, instant, what the clocks did
    ['Europe/Berlin', '2026-11-24T09:00', '2026-11-24T08:00:00.000Z', 'none'],
    ['Europe/Berlin', '2026-03-29T02:30', '2026-03-29T01:30:00.000Z', 'gap'],
    ['Europe/Berlin', '2026-10-25T02:30', '2026-10-25T00:30:00.000Z', 'fold'],
    ['America/New_York', '2026-03-08T02:30', '2026-03-08T07:30:00.000Z', 'gap'],
    ['America/New_York', '2026-11-01T01:30', '2026-11-01T05:30:00.000Z', 'fold'],
    ['Europe/London', '2026-03-29T01:30', '2026-03-29T01:30:00.000Z', 'gap'],
    ['Australia/Sydney', '2026-04-05T02:30', '2026-04-04T15:30:00.000Z', 'fold'],
    ['Australia/Lord_Howe', '2026-10-04T02:15', '2026-10-03T15:45:00.000Z', 'gap'],
    ['Africa/Cairo', '2026-04-24T00:30', '2026-04-23T22:30:00.000Z', 'gap'],
    ['Asia/Kolkata', '2026-03-29T02:30', '2026-03-28T21:00:00.000Z', 'none'],
  ])('%s %s', (zone, wall, instant, shift) => {
    expect({ at: iso(momentOf(wall, zone)?.at), shift: momentOf(wall, zone)?.shift }).toEqual({ at: instant, shift });
  });

  it.each(['', 'tomorrow', '2026-02-30T10:00', '2026-11-24 09:00', '2026-11-24T25:00', '2026-11-24T09:00Z'])('refuses "%s"', (wall) => {
    expect(momentOf(wall, 'Europe/Berlin')).toBeNull();
  });

  it.each(['', 'Mars/Olympus', '+02:00', '../etc'])('knows no zone "%s"', (zone) => {
    expect(isZone(zone)).toBe(false);
    expect(momentOf('2026-11-24T09:00', zone)).toBeNull();
  });

  it('and wallOf undo each other wherever the clocks stand still', () => {
    const zones = fc.constantFrom('Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata', 'Pacific/Apia');
    fc.assert(fc.property(fc.integer({ min: Date.UTC(2024, 0), max: Date.UTC(2032, 0) }), zones, (at, zone) => {
      const minute = at - (at % 60_000);
      const back = momentOf(wallOf(minute, zone), zone);
      if (back?.shift === 'none') expect(back.at).toBe(minute);
    }));
  });
});

describe('momentOfText', () => {
  it.each([
    ['2026-07-01T12:00', '2026-07-01T10:00:00.000Z', 'none'],
    ['2026-03-29T02:30', '2026-03-29T01:30:00.000Z', 'gap'],
    ['2026-10-25T02:30', '2026-10-25T00:30:00.000Z', 'fold'],
    ['2026-07-01T10:00:00.000Z', '2026-07-01T10:00:00.000Z', 'none'],
    ['2026-07-01T10:00:00+05:30', '2026-07-01T04:30:00.000Z', 'none'],
    ['2026-10-25T01:30Z', '2026-10-25T01:30:00.000Z', 'none'],
  ])('%s in Berlin', (text, at, shift) => expect(momentOfText(text, 'Europe/Berlin')).toMatchObject({ at: Date.parse(at), shift }));

  it.each(['', 'tomorrow', '2026-02-30T10:00', '2026-13-01T00:00:00Z', '2026-07-01', '2026-07-01T10:00:00'])('refuses %s', (text) => expect(momentOfText(text, 'Europe/Berlin')).toBeNull());

  it('gives back every wall time that it is given, through the instant', () => {
    const zones = fc.constantFrom('Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata');
    fc.assert(fc.property(fc.integer({ min: Date.UTC(2024, 0), max: Date.UTC(2032, 0) }), zones, (at, zone) => {
      const wall = wallOf(at, zone);
      const instant = new Date(momentOf(wall, zone)?.at ?? NaN).toISOString();
      expect(momentOfText(instant, zone)?.wall).toBe(wall);
    }));
  });
});

describe('shiftNote', () => {
  it('says what the clocks did', () => {
    const gap = momentOf('2026-03-29T02:30', 'Europe/Berlin');
    const fold = momentOf('2026-10-25T02:30', 'Europe/Berlin');
    expect(gap && shiftNote(gap)).toBe('02:30 does not exist that day in Europe/Berlin: the clocks go forward. It becomes 03:30.');
    expect(fold && shiftNote(fold)).toContain('comes twice');
  });
});

describe('monthRange', () => {
  it('is the month as the zone has it', () => {
    const range = monthRange('2026-10', 'Europe/Berlin');
    expect([iso(range?.from), iso(range?.to)]).toEqual(['2026-09-30T22:00:00.000Z', '2026-10-31T23:00:00.000Z']);
  });
  it.each(['2026-13', '2026', 'x'])('refuses %s', (month) => expect(monthRange(month, 'UTC')).toBeNull());
});

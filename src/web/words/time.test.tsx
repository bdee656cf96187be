import { describe, expect, it } from 'vitest';
import { clockText, placeOf, spanText, timeText, wallText } from './time.tsx';
import { safeHref } from './links.ts';

const at = Date.UTC(2026, 10, 24, 8);

describe('times', () => {
  it.each([
    ['Europe/Berlin', at, 'Tue 24 Nov 09:00 Berlin'],
    ['America/New_York', at, 'Tue 24 Nov 03:00 New York'],
    ['Asia/Kolkata', Date.UTC(2027, 0, 1), 'Fri 1 Jan 2027 05:30 Kolkata'],
    ['UTC', Date.UTC(2025, 11, 31), 'Wed 31 Dec 2025 00:00 UTC'],
  ])('%s %i is %s', (zone, when, text) => expect(timeText(when, zone, at)).toBe(text));

  it('count from midnight, not from twelve', () => expect(clockText(Date.UTC(2026, 0, 1, 0, 5), 'UTC')).toBe('00:05'));
  it.each([['2030-11-26T09:00', 'Tue 26 Nov 2030 09:00 Berlin'], ['', ''], ['2026-02-30T09:00', ''], ['1', ''], ['2026-11-24', '']])('of a clock: %j is %j', (wall, text) => expect(wallText(wall, 'Europe/Berlin')).toBe(text));
  it('know places', () => expect(placeOf('America/Argentina/Buenos_Aires')).toBe('Buenos Aires'));
  it.each([[-5, '0 s'], [3_400, '3 s'], [600_000, '10 min'], [5 * 3_600_000, '5 h'], [72 * 3_600_000, '3 days']])('%i ms are %s', (ms, text) => expect(spanText(ms)).toBe(text));
});

describe('safeHref', () => {
  it.each([
    ['https://example.org/a?b#c', 'https://example.org/a?b#c'], ['/sandbox/x#y', '/sandbox/x#y'], ['http://example.org', 'http://example.org/'],
  ])('lets %s through', (text, href) => expect(safeHref(text)).toBe(href));
  it.each(['javascript:alert(1)', ' javascript:alert(1)', 'JaVaScRiPt:alert(1)', 'data:text/html,x', 'vbscript:x', '//evil.example', '/\\evil.example', 'mailto:x', '', null, undefined])('stops %s', (text) => expect(safeHref(text)).toBeUndefined());
});

import { Temporal } from 'temporal-polyfill';
import { checkTexts as t } from '../texts/refusals/checks.ts';

/** A wall-clock time somewhere, and the instant it means. */
export interface Moment {
  /** Epoch ms. */
  at: number;
  /** IANA name. */
  zone: string;
  /** `YYYY-MM-DDTHH:mm`, as the person wrote it. */
  wall: string;
  /** What the clocks did to it, if anything. */
  shift: 'none' | 'gap' | 'fold';
}

/**
 * The instant of a wall time. In the gap when clocks go forward the time moves forward by the gap; in the hour that comes
 * twice when they go back, the first one is meant.
 * Returns null for a time or zone that does not parse.
 */
export function momentOf(wall: string, zone: string): Moment | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/u.test(wall) || !isZone(zone)) return null;
  let plain: Temporal.PlainDateTime;
  try {
    plain = Temporal.PlainDateTime.from(wall, { overflow: 'reject' });
  } catch {
    return null;
  }
  const earlier = plain.toZonedDateTime(zone, { disambiguation: 'earlier' });
  const later = plain.toZonedDateTime(zone, { disambiguation: 'later' });
  const meant = plain.toZonedDateTime(zone, { disambiguation: 'compatible' });
  const shift = earlier.epochMilliseconds === later.epochMilliseconds ? 'none' : meant.toPlainDateTime().equals(plain) ? 'fold' : 'gap';
  return { at: meant.epochMilliseconds, zone, wall, shift };
}

/** The wall time of an instant, `YYYY-MM-DDTHH:mm`. */
export function wallOf(at: number, zone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDateTime().toString({ smallestUnit: 'minute' });
}

/** A moment from what a form or a post says: a wall time in the zone, or an instant as ISO 8601. Null for anything else. */
export function momentOfText(text: string, zone: string): Moment | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2})$/u.test(text)) return momentOf(text, zone);
  const at = Date.parse(text);
  return Number.isNaN(at) || !isZone(zone) ? null : { at, zone, wall: wallOf(at, zone), shift: 'none' };
}

export function isZone(zone: string): boolean {
  if (zones.has(zone)) return true;
  try {
    // Offsets like +02:00 parse as zones too, but know nothing of summer time.
    const is = /^[A-Za-z]/u.test(zone) && Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
    if (is && zones.size < mostZones) zones.add(zone);
    return is;
  } catch {
    return false;
  }
}

/** Those that were asked for, for a format takes long to make. There are some hundreds; in whatever capitals each is a zone, hence the limit. */
const zones = new Set<string>();
const mostZones = 1_000;

/** First and last instant (exclusive) of a month, `YYYY-MM`, in a zone; null when it does not parse. */
export function monthRange(month: string, zone: string): { from: number; to: number } | null {
  if (!/^\d{4}-(0[1-9]|1[0-2])$/u.test(month)) return null;
  const first = Temporal.PlainYearMonth.from(month).toPlainDate({ day: 1 });
  const start = (date: Temporal.PlainDate) => date.toZonedDateTime(zone).epochMilliseconds;
  return { from: start(first), to: start(first.add({ months: 1 })) };
}

/** First and last instant (exclusive) of the day that is `days` after the one of `at` in a zone. */
export function dayRange(at: number, zone: string, days: number): { from: number; to: number } {
  const day = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate().add({ days });
  const start = (date: Temporal.PlainDate) => date.toZonedDateTime(zone).epochMilliseconds;
  return { from: start(day), to: start(day.add({ days: 1 })) };
}

/** A sentence about what the clocks did, or null. */
export function shiftNote({ shift, at, zone, wall }: Moment): string | null {
  const time = wall.slice(11);
  if (shift === 'gap') return t.clocksForward(time, zone, wallOf(at, zone).slice(11));
  if (shift === 'fold') return t.clocksBack(time, zone);
  return null;
}

/** The last `count` days in a zone up to the one that `now` lies in, `YYYY-MM-DD`, earliest first. */
export function daysBefore(now: number, zone: string, count: number): string[] {
  const today = Temporal.PlainDate.from(wallOf(now, zone).slice(0, 10));
  return Array.from({ length: count }, (_, n) => today.subtract({ days: count - 1 - n }).toString());
}

import { calendarTexts as t } from '../../../domain/texts/pages/calendar.ts';
import { grab, type Place } from './grab.ts';
import { isPast, moveTo, wallNow, wallWords } from './move.ts';

/** Lets cards be dragged to another day or hour. */
export function dragCards() {
  grab({ what: '#main .chip[data-wall]', over });
}

function over(card: HTMLElement, x: number, y: number): Place {
  const target = targetAt(x, y, wallNow(card));
  if (target === null) return { element: null, words: t.letGo };
  const { element, wall } = target;
  if (isPast(wall)) return { element: null, words: t.wouldBePast(wallWords(wall)) };
  return { element, words: wallWords(wall), drop: (from) => { if (wall !== wallNow(card)) void moveTo(card, wall, from); } };
}

/** A day takes the card at its hour, one of the rail's small month as well; an hour takes it at the quarter that is pointed at. */
function targetAt(x: number, y: number, wall: string): { element: HTMLElement; wall: string } | null {
  const element = document.elementFromPoint(x, y)?.closest<HTMLElement>('#main [data-day], #main [data-hour], .mini-days a') ?? null;
  if (!element) return null;
  const { day = element instanceof HTMLAnchorElement ? new URL(element.href).searchParams.get('on') : null, hour } = element.dataset;
  if (day !== null) return { element, wall: `${day}T${wall.slice(11)}` };
  if (hour === undefined) return null;
  const { top, height } = element.getBoundingClientRect();
  const quarter = Math.min(3, Math.max(0, Math.floor(((y - top) / height) * 4)));
  return { element, wall: `${hour.slice(0, 14)}${String(quarter * 15).padStart(2, '0')}` };
}

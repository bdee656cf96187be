import { calendarTexts as t } from '../../../domain/texts/pages/calendar.ts';
import { calendar, isPast, moveTo, wallNow, wallPlus, wallWords } from './move.ts';
import { announce } from './swap.ts';

const day = 24 * 60;
/** Several presses are one move: it is sent when the last of them is this long past (ms). */
const patience = 600;

const steps: Record<'days' | 'hours', Record<string, number>> = {
  days: { ArrowLeft: -day, ArrowRight: day, ArrowUp: -7 * day, ArrowDown: 7 * day },
  hours: { ArrowLeft: -day, ArrowRight: day, ArrowUp: -60, ArrowDown: 60 },
};

let waiting: { card: HTMLElement; wall: string; timer: ReturnType<typeof setTimeout> } | null = null;

/** Alt and an arrow move the card that has the focus: by days and weeks in the month, by hours and days in week and day. */
export function moveByKeys() {
  document.addEventListener('keydown', (event) => {
    const card = event.target instanceof HTMLElement && event.target.matches('#main .chip[data-wall]') ? event.target : null;
    if (event.key === 'Escape' && waiting) return giveUp();
    const minutes = steps[calendar()?.dataset['calendar'] === 'month' ? 'days' : 'hours'][event.key];
    if (!card || !event.altKey || minutes === undefined) return;
    event.preventDefault();
    // A card that somebody has left is where they wanted it.
    if (waiting && waiting.card.dataset['post'] !== card.dataset['post']) send();
    const wall = wallPlus(waiting?.wall ?? wallNow(card), minutes);
    if (isPast(wall)) return announce(t.isPast(wallWords(wall)));
    if (waiting) clearTimeout(waiting.timer);
    waiting = { card, wall, timer: setTimeout(send, patience) };
    card.dataset['aim'] = wallWords(wall);
    announce(wallWords(wall));
  });
}

function send() {
  if (!waiting) return;
  const { card, wall, timer } = waiting;
  clearTimeout(timer);
  waiting = null;
  delete card.dataset['aim'];
  if (wall !== wallNow(card)) void moveTo(card, wall, card.getBoundingClientRect());
}

function giveUp() {
  if (!waiting) return;
  clearTimeout(waiting.timer);
  delete waiting.card.dataset['aim'];
  waiting = null;
  announce(t.staysHere);
}

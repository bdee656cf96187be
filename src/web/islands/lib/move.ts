import { dateText } from '../../calendar/words.ts';
import { calendarTexts as t } from '../../../domain/texts/pages/calendar.ts';
import { announce, swapMain } from './swap.ts';
import { still, toast } from './toast.ts';

/** The calendar on the page, as its markup tells of it. */
export function calendar(): HTMLElement | null {
  return document.querySelector<HTMLElement>('#main [data-calendar]');
}

/** "Thu 26 Nov 09:00", of a wall time. */
export function wallWords(wall: string): string {
  return `${dateText(wall.slice(0, 10))} ${wall.slice(11)}`;
}

/** The wall time so much on, on the wall alone: the server says what the clocks make of it. */
export function wallPlus(wall: string, minutes: number): string {
  return new Date(Date.parse(`${wall}:00Z`) + minutes * 60_000).toISOString().slice(0, 16);
}

export function isPast(wall: string): boolean {
  return wall < (calendar()?.dataset['now'] ?? '');
}

/** Where cards are on their way to, by post: what is sent and not answered yet. */
const underWay = new Map<string, string>();
let last: Promise<void> = Promise.resolve();

/** Where a card stands, or will once the answer is there. */
export function wallNow({ dataset: { post = '', wall = '' } }: HTMLElement): string {
  return underWay.get(post) ?? wall;
}

/**
 * Sends a post to another time and swaps the answer in; the card runs from where it was let go to its new place. One after
 * another: each move is of the card as the one before left it.
 */
export function moveTo(card: HTMLElement, wall: string, from: DOMRect): Promise<void> {
  const { post = '' } = card.dataset;
  underWay.set(post, wall);
  last = last.then(() => move(cardOf(post) ?? card, wall, from)).finally(() => { if (underWay.get(post) === wall) underWay.delete(post); });
  return last;
}

const cardOf = (post: string) => document.querySelector<HTMLElement>(`#main .chip[data-post="${CSS.escape(post)}"]`);

async function move(card: HTMLElement, wall: string, from: DOMRect): Promise<void> {
  const { post = '', version = '' } = card.dataset;
  const { csrf = '', here = '/calendar' } = calendar()?.dataset ?? {};
  card.classList.add('moving');
  try {
    const body = new URLSearchParams({ _csrf: csrf, version, wall, back: here });
    const answer = await fetch(`/posts/${post}/move`, { method: 'POST', body });
    if (answer.status === 422) return toast(whyNot(await answer.text()));
    const trouble = await swapMain(answer);
    if (trouble !== null) return toast(`${t.notMoved} ${trouble}`);
    const moved = document.querySelector<HTMLElement>(`#main [data-post="${CSS.escape(post)}"]`);
    if (moved) run(moved, from);
    else announce(t.outOfSight(wallWords(wall)));
  } catch {
    toast(t.unreachable);
  } finally {
    card.classList.remove('moving');
  }
}

/** The sentence that the page of the answer has for a person. */
function whyNot(html: string): string {
  const page = new DOMParser().parseFromString(html, 'text/html');
  return page.querySelector('#main .field-problems .error, #main .problems li, #main .needs-you')?.textContent ?? t.notMoved;
}

function run(card: HTMLElement, from: DOMRect) {
  const to = card.getBoundingClientRect();
  if (still() || to.bottom < 0 || to.top > innerHeight) return;
  card.animate([{ transform: `translate(${from.left - to.left}px, ${from.top - to.top}px)`, zIndex: 3 }, { transform: 'none', zIndex: 3 }], { duration: 150, easing: 'ease-out' });
}

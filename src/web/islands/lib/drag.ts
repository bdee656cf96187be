import { calendarTexts as t } from '../../../domain/texts/pages/calendar.ts';
import { isPast, moveTo, wallNow, wallWords } from './move.ts';

/** How far a mouse goes before it drags (px), and how long a finger lies still before it does (ms). */
const slack = 5;
const longPress = 350;
const edge = 48;

interface Drag {
  card: HTMLElement;
  pointer: number;
  startX: number;
  startY: number;
  /** Where in the card it was taken. */
  offsetX: number;
  offsetY: number;
  /** Where it is held now. */
  x: number;
  y: number;
  ghost: HTMLElement | null;
  target: { element: HTMLElement; wall: string } | null;
  timer: ReturnType<typeof setTimeout> | null;
}

let drag: Drag | null = null;
let clickOff = false;

/** Lets cards be dragged to another day or hour, by mouse, pen, or a finger that lies on one for a moment. */
export function dragCards() {
  document.addEventListener('pointerdown', (event) => {
    const card = event.target instanceof Element ? event.target.closest<HTMLElement>('#main .chip[data-wall]') : null;
    if (!card || event.button !== 0 || drag || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const box = card.getBoundingClientRect();
    drag = {
      card, pointer: event.pointerId, startX: event.clientX, startY: event.clientY, offsetX: event.clientX - box.left, offsetY: event.clientY - box.top,
      x: event.clientX, y: event.clientY, ghost: null, target: null, timer: event.pointerType === 'touch' ? setTimeout(() => begin(event.clientX, event.clientY), longPress) : null,
    };
  });
  document.addEventListener('pointermove', (event) => {
    if (!drag || event.pointerId !== drag.pointer) return;
    const { startX, startY, ghost, timer } = drag;
    const gone = Math.hypot(event.clientX - startX, event.clientY - startY);
    if (ghost) follow(event.clientX, event.clientY);
    else if (timer === null && gone > slack) begin(event.clientX, event.clientY);
    // A finger that goes on its way scrolls.
    else if (timer !== null && gone > slack * 2) cancel();
  });
  document.addEventListener('pointerup', (event) => { if (drag?.pointer === event.pointerId) drop(); });
  document.addEventListener('pointercancel', (event) => { if (drag?.pointer === event.pointerId) cancel(); });
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !drag?.ghost) return;
    event.preventDefault();
    cancel();
  });
  // While a card is held the page under it stays, and the link that a card is opens nothing.
  document.addEventListener('touchmove', (event) => { if (drag?.ghost) event.preventDefault(); }, { passive: false });
  document.addEventListener('contextmenu', (event) => { if (drag) event.preventDefault(); });
  document.addEventListener('dragstart', (event) => { if (event.target instanceof Element && event.target.closest('.chip[data-wall]')) event.preventDefault(); });
  document.addEventListener('click', (event) => { if (clickOff) { event.preventDefault(); event.stopPropagation(); } }, true);
}

function begin(x: number, y: number) {
  if (!drag) return;
  const { card } = drag;
  const ghost = document.createElement('div');
  ghost.className = 'drag-ghost';
  const copy = card.cloneNode(true);
  if (copy instanceof HTMLElement) for (const name of Object.keys(copy.dataset)) delete copy.dataset[name];
  const time = document.createElement('p');
  time.className = 'drag-time';
  ghost.append(time, copy);
  ghost.setAttribute('aria-hidden', 'true');
  ghost.style.width = `${card.getBoundingClientRect().width}px`;
  document.body.append(ghost);
  document.body.classList.add('dragging');
  card.classList.add('held');
  drag.ghost = ghost;
  follow(x, y);
  scrollAtEdge();
}

/** A card that is held at the window's edge goes on, however still it is held. */
function scrollAtEdge() {
  if (!drag?.ghost) return;
  const { x, y } = drag;
  const beyond = y < edge ? y - edge : Math.max(0, y - innerHeight + edge);
  if (beyond !== 0) {
    scrollBy({ top: beyond / 4, behavior: 'instant' });
    follow(x, y);
  }
  requestAnimationFrame(scrollAtEdge);
}

function follow(x: number, y: number) {
  if (!drag?.ghost) return;
  const { ghost, offsetX, offsetY } = drag;
  [drag.x, drag.y] = [x, y];
  ghost.style.transform = `translate(${x - offsetX}px, ${y - offsetY}px)`;
  const target = targetAt(x, y, wallNow(drag.card));
  drag.target?.element.classList.remove('drop-here');
  const past = target !== null && isPast(target.wall);
  drag.target = past ? null : target;
  drag.target?.element.classList.add('drop-here');
  const time = ghost.querySelector('.drag-time');
  if (time) time.textContent = target === null ? t.letGo : past ? t.wouldBePast(wallWords(target.wall)) : wallWords(target.wall);
}

/** A day takes the card at its hour, one of the rail's small month as well; an hour takes it at the quarter that is pointed at. */
function targetAt(x: number, y: number, wall: string): Drag['target'] {
  const element = document.elementFromPoint(x, y)?.closest<HTMLElement>('#main [data-day], #main [data-hour], .mini-days a') ?? null;
  if (!element) return null;
  const { day = element instanceof HTMLAnchorElement ? new URL(element.href).searchParams.get('on') : null, hour } = element.dataset;
  if (day !== null) return { element, wall: `${day}T${wall.slice(11)}` };
  if (hour === undefined) return null;
  const { top, height } = element.getBoundingClientRect();
  const quarter = Math.min(3, Math.max(0, Math.floor(((y - top) / height) * 4)));
  return { element, wall: `${hour.slice(0, 14)}${String(quarter * 15).padStart(2, '0')}` };
}

function drop() {
  if (!drag) return;
  const { card, target, ghost } = drag;
  const from = ghost?.lastElementChild?.getBoundingClientRect();
  if (ghost) {
    clickOff = true;
    setTimeout(() => { clickOff = false; }, 50);
  }
  cancel();
  if (target && from && target.wall !== wallNow(card)) void moveTo(card, target.wall, from);
}

function cancel() {
  if (!drag) return;
  const { card, ghost, target, timer } = drag;
  if (timer !== null) clearTimeout(timer);
  ghost?.remove();
  target?.element.classList.remove('drop-here');
  card.classList.remove('held');
  document.body.classList.remove('dragging');
  drag = null;
}

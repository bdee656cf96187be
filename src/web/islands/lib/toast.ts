import { postsListTexts as t } from '../../../domain/texts/writing/posts-list.ts';
import { placeOf, type Place } from './place.ts';
import { announce, sendForm, swapped } from './swap.ts';

/** How long a way back is offered (ms); it stands still while somebody is at it. */
const shownFor = 10_000;

let shown: { element: HTMLElement; stop: () => void } | null = null;
/** Where somebody was before they came to the line: they go back there. */
let cameFrom: Place | null = null;

/** Lets what was said with a way back float at the foot of the page, where it outlives a fresh main part. */
export function floatToasts() {
  document.addEventListener(swapped, () => {
    float();
    floatPlain();
  });
  float();
}

function float() {
  const line = document.querySelector<HTMLElement>('#main [data-toast]');
  if (line) show(line);
}

/** What is said without a way back floats too where it came into a page at which somebody is: on top nobody would see it, and all would move down. */
function floatPlain() {
  const line = document.querySelector<HTMLElement>('#main > p.flash[role=status]');
  line?.remove();
  if (line) toast(line.textContent, 'done');
}

/** Says something in the same place; what could not be done, unless told. */
export function toast(text: string, kind: 'failed' | 'done' = 'failed') {
  const line = document.createElement('div');
  line.className = `flash said-undo ${kind}`;
  const words = document.createElement('p');
  words.textContent = text;
  line.append(words);
  show(line);
}

function show(line: HTMLElement) {
  dismiss();
  line.classList.add('toast');
  line.setAttribute('role', 'group');
  line.setAttribute('aria-label', t.justDone);
  const words = line.querySelector('p');
  words?.removeAttribute('role');
  const close = document.createElement('button');
  close.type = 'button';
  close.className = 'button quiet small close';
  close.setAttribute('aria-label', t.dismiss);
  close.textContent = '×';
  close.addEventListener('click', dismiss);
  line.append(close);
  line.querySelector('form')?.addEventListener('submit', (event) => {
    event.preventDefault();
    void takeBack(line, event.submitter);
  });
  line.addEventListener('focusin', ({ relatedTarget }) => {
    if (relatedTarget instanceof HTMLElement && !line.contains(relatedTarget)) cameFrom = placeOf(relatedTarget);
  });
  // Before the rest of the page, so that the first Tab reaches it however long the page is.
  document.body.prepend(line);
  line.animate([{ opacity: 0, transform: 'translate(-50%, 0.5rem)' }, { opacity: 1, transform: 'translate(-50%, 0)' }], { duration: still() ? 0 : 150, easing: 'ease-out' });
  announce(`${words?.textContent ?? ''} ${line.querySelector('form') ? t.canUndo : ''}`.trim());
  shown = { element: line, stop: countDown(line) };
}

/** The way back stays where nothing was taken back: it can be gone again. */
async function takeBack(line: HTMLElement, button: HTMLElement | null) {
  const form = line.querySelector('form');
  if (!form || line.ariaBusy === 'true') return;
  line.ariaBusy = 'true';
  const there = line.contains(document.activeElement) ? cameFrom : null;
  const trouble = await sendForm(form, button, there ?? undefined).catch(() => t.unreachable);
  line.ariaBusy = null;
  if (trouble === null) {
    if (shown?.element === line) dismiss();
    return;
  }
  line.classList.add('failed');
  const words = line.querySelector('p');
  if (words) words.textContent = trouble;
  announce(trouble);
}

/** Ends it in its time; whoever points at it or is in it keeps it. */
function countDown(line: HTMLElement): () => void {
  let left = shownFor;
  const timer = setInterval(() => {
    if (line.matches(':hover, :focus-within') || document.visibilityState !== 'visible') return;
    left -= 250;
    if (left <= 0) dismiss();
  }, 250);
  return () => clearInterval(timer);
}

function dismiss() {
  shown?.stop();
  if (shown?.element.contains(document.activeElement)) (cameFrom?.() ?? document.querySelector<HTMLElement>('#main'))?.focus({ preventScroll: true });
  shown?.element.remove();
  shown = null;
  cameFrom = null;
}

export const still = () => matchMedia('(prefers-reduced-motion: reduce)').matches;

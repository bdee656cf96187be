import { postsListTexts as t } from '../../../domain/texts/writing/posts-list.ts';
import { areOn } from '../keys/settings.ts';
import { announce, sendForm, swapped } from './swap.ts';
import { toast } from './toast.ts';

/** The box that was clicked last: from it on, Shift takes all in between along. */
let last: HTMLInputElement | null = null;

/** Counts what is chosen, offers all at once, keeps the bar out of the way while nothing is, and changes what is chosen where one is. */
export function chooseMany() {
  document.addEventListener('change', ({ target }) => {
    if (!(target instanceof HTMLInputElement)) return;
    if (target.matches('[data-choose-all]')) for (const box of boxes()) box.checked = target.checked;
    if (target.matches('[data-choose-all], input:is([name="post"], [name="file"])')) show();
  });
  document.addEventListener('click', (event) => {
    const box = event.target instanceof HTMLInputElement && event.target.matches('#main input[name="post"]') ? event.target : null;
    if (!box) return;
    if (event.shiftKey) chooseBetween(box);
    last = box;
  });
  document.addEventListener('keydown', chooseByKey);
  document.addEventListener('keydown', pressOwnButton);
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (event.defaultPrevented || !(form instanceof HTMLFormElement) || !form.matches('#main form.bulk[action="/posts/bulk"]')) return;
    event.preventDefault();
    void changeChosen(form, event.submitter);
  });
  document.addEventListener(swapped, show);
  addEventListener('pageshow', show);
  show();
}

const boxes = () => [...document.querySelectorAll<HTMLInputElement>('#main input:is([name="post"], [name="file"])')];

/** The key x chooses the line that has the focus, or lets it go. */
function chooseByKey(event: KeyboardEvent) {
  if (event.key.toUpperCase() !== 'X' || event.ctrlKey || event.metaKey || event.altKey || !areOn() || !(event.target instanceof HTMLElement)) return;
  const box = event.target.matches('a') ? event.target.closest('li')?.querySelector<HTMLInputElement>('input[name="post"]') : null;
  if (!box) return;
  event.preventDefault();
  box.checked = !box.checked;
  last = box;
  show();
  announce(document.querySelector('#main [data-chosen]')?.textContent ?? '');
}

async function changeChosen(form: HTMLFormElement, button: HTMLElement | null) {
  const trouble = await sendForm(form, button, lineOfFirst()).catch(() => t.unreachable);
  if (trouble !== null) toast(trouble);
}

/** Enter in a field presses the button beside it, and not the first one of the form. */
function pressOwnButton(event: KeyboardEvent) {
  if (event.key !== 'Enter' || !(event.target instanceof HTMLInputElement)) return;
  const button = event.target.closest('#main .bulk .shift')?.querySelector('button');
  if (!button) return;
  event.preventDefault();
  button.click();
}

/** The first that is chosen, where it is still in sight by then; else whatever stands at its place. */
function lineOfFirst() {
  const n = boxes().findIndex(({ checked }) => checked);
  const id = boxes()[n]?.value ?? '';
  return () => {
    const lines = boxes();
    const box = lines.find((one) => one.value === id && isInSight(one)) ?? lines[Math.min(n, lines.length - 1)];
    return box?.closest('li')?.querySelector('a') ?? null;
  };
}

function isInSight(element: Element): boolean {
  const { top, bottom } = element.getBoundingClientRect();
  return top >= 0 && bottom <= innerHeight;
}

function chooseBetween(box: HTMLInputElement) {
  const all = boxes();
  const [from, to] = [last ? all.indexOf(last) : -1, all.indexOf(box)];
  if (from < 0) return;
  for (const one of all.slice(Math.min(from, to), Math.max(from, to) + 1)) one.checked = box.checked;
  show();
}

function show() {
  const bar = document.querySelector<HTMLElement>('#main [data-bulk]');
  if (!bar) return;
  const all = boxes();
  const chosen = all.filter(({ checked }) => checked).length;
  bar.classList.add('scripted');
  bar.classList.toggle('idle', chosen === 0);
  const [said, every] = [bar.querySelector<HTMLElement>('[data-chosen]'), bar.querySelector<HTMLInputElement>('[data-choose-all]')];
  if (said) said.textContent = chosen === 0 ? (said.dataset['chosen'] ?? '') : t.chosenCount(chosen);
  if (every) {
    every.checked = chosen > 0 && chosen === all.length;
    every.indeterminate = chosen > 0 && chosen < all.length;
    every.closest('label')?.removeAttribute('hidden');
  }
}

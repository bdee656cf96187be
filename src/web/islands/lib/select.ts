import { swapped } from './swap.ts';

/** Counts what is chosen, offers all at once, and keeps the bar out of the way while nothing is. */
export function chooseMany() {
  document.addEventListener('change', ({ target }) => {
    if (!(target instanceof HTMLInputElement)) return;
    if (target.matches('[data-choose-all]')) for (const box of boxes()) box.checked = target.checked;
    if (target.matches('[data-choose-all], input:is([name="post"], [name="file"])')) show();
  });
  document.addEventListener(swapped, show);
  addEventListener('pageshow', show);
  show();
}

const boxes = () => [...document.querySelectorAll<HTMLInputElement>('#main input:is([name="post"], [name="file"])')];

function show() {
  const bar = document.querySelector<HTMLElement>('#main [data-bulk]');
  if (!bar) return;
  const all = boxes();
  const chosen = all.filter(({ checked }) => checked).length;
  bar.classList.add('scripted');
  bar.classList.toggle('idle', chosen === 0);
  const [said, every] = [bar.querySelector<HTMLElement>('[data-chosen]'), bar.querySelector<HTMLInputElement>('[data-choose-all]')];
  if (said) said.textContent = chosen === 0 ? (said.dataset['chosen'] || 'Choose posts to change them together') : `${chosen} chosen`;
  if (every) {
    every.checked = chosen > 0 && chosen === all.length;
    every.indeterminate = chosen > 0 && chosen < all.length;
    every.closest('label')?.removeAttribute('hidden');
  }
}

import { closeMenus } from './lib/menus.ts';
import { sendOnce } from './lib/once.ts';

sendOnce();
closeMenus();

// The frame's switches at once, without another page; without scripts they are plain forms.

/** What a switch changes on the page before the server has answered. */
const switches: Record<string, (value: string) => void> = { look: showLook, rail: showRail };

document.addEventListener('submit', (event) => {
  const button = event.submitter;
  if (!(event.target instanceof HTMLFormElement) || !(button instanceof HTMLButtonElement) || !event.target.closest('.rail')) return;
  const show = switches[button.name];
  if (!show) return;
  event.preventDefault();
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(event.target, button)) if (typeof value === 'string') body.append(name, value);
  show(button.value);
  // Only the cookie of the answer matters; where none comes, the next page is as it was.
  void fetch(event.target.action, { method: 'POST', body, redirect: 'manual', keepalive: true }).catch(() => undefined);
});

function showLook(look: string) {
  const { dataset } = document.documentElement;
  if (look === 'system') delete dataset['look'];
  else dataset['look'] = look;
  document.querySelector('meta[name=color-scheme]')?.setAttribute('content', look === 'system' ? 'light dark' : look);
  for (const button of document.querySelectorAll('button[name=look]')) button.setAttribute('aria-pressed', String((button as HTMLButtonElement).value === look));
}

function showRail(rail: string) {
  const folded = rail === 'folded';
  document.body.classList.toggle('folded', folded);
  const button = document.querySelector<HTMLButtonElement>('.fold-switch');
  if (button) button.value = folded ? 'open' : 'folded';
}

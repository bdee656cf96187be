import { openHelp } from './keys/help.tsx';
import { openPalette } from './keys/palette.tsx';
import { areOn } from './keys/settings.ts';

// Keys for people who live here: one at a time, or after `g`. They can be turned off (WCAG 2.1.4); ⌘K and Ctrl+K stay.

const places: Record<string, string> = { h: '/', c: '/calendar', q: '/posts?show=scheduled', p: '/posts', m: '/media', n: '/channels', s: '/settings' };
/** How long `g` waits for the letter after it (ms). */
const patience = 1_500;
let afterG = 0;

/** What the frame offers to whoever would rather point at it. */
const opened: Record<string, () => void> = { keys: openHelp, palette: openPalette };
for (const opener of document.querySelectorAll<HTMLElement>('[data-open]')) {
  opener.hidden = false;
  opener.addEventListener('click', (event) => {
    event.preventDefault();
    opener.closest<HTMLElement>('[popover]')?.hidePopover();
    opened[opener.dataset['open'] ?? '']?.();
  });
}

// Whoever came here to search types at once.
if (location.pathname === '/posts' && new URLSearchParams(location.search).get('q') === '') search();

document.addEventListener('keydown', (event) => {
  if (event.defaultPrevented || event.isComposing) return;
  if ((event.metaKey || event.ctrlKey) && !event.altKey && !event.shiftKey && isK(event)) {
    event.preventDefault();
    return openPalette();
  }
  if (event.metaKey || event.ctrlKey || event.altKey || !areOn() || isTyping(event.target) || document.querySelector('dialog[open], :popover-open')) return;
  if (act(event.key)) event.preventDefault();
});

function act(key: string): boolean {
  const wasG = Date.now() - afterG < patience;
  afterG = 0;
  const place = wasG ? places[key] : undefined;
  if (place !== undefined) return go(place);
  switch (key) {
    case 'g':
      afterG = Date.now();
      return true;
    case 'c':
      return go('/posts/new');
    case '/':
      return search();
    case 'j':
      return step(1);
    case 'k':
      return step(-1);
    case 'p':
      return press('.steps-nav a:first-child');
    case 't':
      return press('.steps-nav a:nth-child(2)');
    case 'n':
      return press('.steps-nav a:last-child');
    case 'z':
      return press('.toast form button');
    case '?':
      openHelp();
      return true;
    default:
      return false;
  }
}

function go(href: string): true {
  location.assign(href);
  return true;
}

/** Presses what the page has for it, where it has. */
function press(selector: string): boolean {
  const pressed = document.querySelector<HTMLElement>(selector);
  pressed?.click();
  return pressed !== null;
}

/** The page's own search where it has one; the posts' otherwise. */
function search(): true {
  const field = document.querySelector<HTMLInputElement>('main input[type=search]');
  if (!field) return go('/posts?q=');
  field.focus();
  field.select();
  return true;
}

/** To the next or the last line of what the page lists. */
function step(by: 1 | -1): boolean {
  const lines = Array.from(document.querySelectorAll<HTMLElement>('main .rows > li > a, main .row-text > a, main .cards > li a:first-of-type, main a.chip, main .home a[data-post], main .library > li > a'));
  const at = lines.findIndex((line) => line === document.activeElement);
  const next = lines[at === -1 ? (by === 1 ? 0 : lines.length - 1) : at + by];
  next?.focus();
  next?.scrollIntoView({ block: 'nearest' });
  return next !== undefined;
}

/** Where a keyboard has no Latin letters, the key at its place. */
function isK({ key, code }: KeyboardEvent): boolean {
  return key.toLowerCase() === 'k' || (code === 'KeyK' && !/^[a-z]$/iu.test(key));
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches('input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, select'));
}

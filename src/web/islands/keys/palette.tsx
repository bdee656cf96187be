import { openDialog } from '../../ui/dialog.tsx';
import { openHelp } from './help.tsx';

interface Command {
  label: string;
  /** Other words that find it. */
  also: string;
  run(): void;
}

const to = (href: string) => () => location.assign(href);
const fixed: Command[] = [
  { label: 'Write a post', also: 'new compose create', run: to('/posts/new') },
  { label: 'What is scheduled', also: 'queue waiting', run: to('/posts?show=scheduled') },
  { label: 'Drafts', also: 'unfinished', run: to('/posts?show=draft') },
  { label: 'What failed', also: 'errors trouble', run: to('/posts?show=failed') },
  { label: 'Unconfirmed posts', also: 'doubt decide', run: to('/unconfirmed') },
  { label: 'Keys', also: 'shortcuts help keyboard', run: openHelp },
];

/** Everything the page's own menus lead to, and what can be done from anywhere; found by typing. */
export function openPalette(): void {
  if (document.querySelector('dialog.palette[open]')) return;
  const dialog = openDialog('Go anywhere');
  dialog.element.classList.add('palette');
  const links = Array.from(document.querySelectorAll<HTMLAnchorElement>('.rail nav a, .tabs a'), (link): Command => ({ label: link.textContent?.trim() ?? '', also: '', run: to(link.href) }));
  const commands = [...new Map([...fixed, ...links].map((one) => [one.label, one])).values()].filter(({ label }) => label !== '');
  let words = '';
  let at = 0;

  const found = (): Command[] => {
    const wanted = words.trim().toLowerCase();
    const fitting = commands.filter(({ label, also }) => wanted.split(/\s+/u).every((word) => `${label} ${also}`.toLowerCase().includes(word)));
    const search: Command[] = wanted === '' ? [] : [{ label: `Search posts for “${words.trim()}”`, also: '', run: to(`/posts?q=${encodeURIComponent(words.trim())}`) }];
    return [...fitting, ...search].slice(0, 9);
  };
  const choose = (command: Command | undefined) => {
    if (!command) return;
    dialog.close();
    command.run();
  };
  const keyed = (event: KeyboardEvent) => {
    const list = found();
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      at = (at + (event.key === 'ArrowDown' ? 1 : list.length - 1)) % Math.max(1, list.length);
      event.preventDefault();
      draw();
    } else if (event.key === 'Enter') {
      event.preventDefault();
      choose(list[at]);
    }
  };
  function draw() {
    const list = found();
    dialog.draw(
      <div class="dialog-page">
        <label class="visually-hidden" for="palette-words">Where to, or what to do</label>
        <input
          id="palette-words" type="text" role="combobox" aria-expanded="true" aria-controls="palette-list" aria-autocomplete="list" autocomplete="off" placeholder="Where to, or what to do"
          aria-activedescendant={list[at] ? `palette-${at}` : undefined} value={words} onKeyDown={keyed}
          onInput={({ currentTarget }) => { words = currentTarget.value; at = 0; draw(); }}
        />
        <ul id="palette-list" role="listbox" aria-label="Where to, or what to do">
          {list.map((command, n) => <li id={`palette-${n}`} role="option" aria-selected={n === at} onClick={() => choose(command)}>{command.label}</li>)}
        </ul>
      </div>,
    );
  }
  draw();
  dialog.element.querySelector('input')?.focus();
}

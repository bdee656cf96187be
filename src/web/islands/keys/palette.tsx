import { fitOf } from '../../../domain/fuzzy.ts';
import { keyTexts as t } from '../../../domain/texts/pages/frame.ts';
import type { Place } from '../../frame/find.ts';
import { openDialog } from '../../ui/dialog.tsx';
import { actionsHere, to, type Command } from './commands.ts';

const shown = 10;
/** Posts are asked for when nothing was typed for so long (ms). */
const patience = 150;

/** Pages, channels, posts, and what can be done from anywhere; found by typing. */
export function openPalette(): void {
  if (document.querySelector('dialog.palette[open]')) return;
  const dialog = openDialog(t.palette);
  dialog.element.classList.add('palette');
  const actions = actionsHere();
  let places: Command[] = [];
  let posts: Command[] = [];
  let words = '';
  let at = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const found = (): Command[] => {
    const wanted = words.trim();
    const all = [...actions, ...places];
    if (wanted === '') return [...all.filter(({ rare }) => !rare), ...actions.filter(({ rare }) => rare)].slice(0, shown);
    const fitting = all.flatMap((command) => {
      // Scattered letters are looked for in what is read alone: in all the other words they are found by chance.
      const fit = Math.max(fitOf(wanted, command.label) ?? 0, (fitOf(wanted, `${command.label} ${command.also}`) ?? 0) - 2);
      return fit > 0 ? [{ command, fit }] : [];
    }).sort((a, b) => b.fit - a.fit).map(({ command }) => command);
    const search: Command = { kind: 'search', label: t.searchPosts(wanted), also: '', run: to(`/posts?q=${encodeURIComponent(wanted)}`) };
    return [...fitting.slice(0, Math.max(4, shown - 1 - posts.length)), ...posts, search].slice(0, shown);
  };
  const choose = (command: Command | undefined) => {
    if (!command) return;
    dialog.close();
    command.run();
  };
  const keyed = (event: KeyboardEvent) => {
    // Enter that ends a word which is still being put together chooses that word.
    if (event.isComposing) return;
    const list = found();
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      at = (at + (event.key === 'ArrowDown' ? 1 : list.length - 1)) % Math.max(1, list.length);
      event.preventDefault();
      draw();
      dialog.element.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
    } else if (event.key === 'Enter') {
      event.preventDefault();
      choose(list[at]);
    }
  };
  const typed = (text: string) => {
    words = text;
    at = 0;
    clearTimeout(timer);
    const wanted = words.trim();
    // Of what was found before, what still says it stays until the answer is there.
    posts = posts.filter(({ label }) => wanted !== '' && label.toLowerCase().includes(wanted.toLowerCase()));
    if (wanted.length > 1) {
      timer = setTimeout(() => void showPosts(wanted), patience);
    }
    draw();
  };
  async function showPosts(wanted: string) {
    const list = await ask(wanted);
    if (words.trim() !== wanted) return;
    posts = list;
    draw();
  }
  async function showPlaces() {
    places = await ask('');
    draw();
  }
  function draw() {
    if (!dialog.element.open) return;
    const list = found();
    dialog.draw(
      <div class="dialog-page">
        <label class="visually-hidden" for="palette-words">{t.ask}</label>
        <input
          id="palette-words" type="text" role="combobox" aria-expanded="true" aria-controls="palette-list" aria-autocomplete="list" autocomplete="off" placeholder={t.ask}
          aria-activedescendant={list[at] ? `palette-${at}` : undefined} value={words} onKeyDown={keyed} onInput={({ currentTarget }) => typed(currentTarget.value)}
        />
        <ul id="palette-list" role="listbox" aria-label={t.ask}>
          {list.map((command, n) => (
            <li id={`palette-${n}`} role="option" aria-selected={n === at} onClick={() => choose(command)}>
              <span class="palette-label">{command.label}</span>{command.kind !== 'do' && command.kind !== 'page' && command.kind !== 'search' && <span class="help">{command.also}</span>}<span class="help palette-kind">{t.kinds[command.kind]}</span>
            </li>
          ))}
        </ul>
        <p class="visually-hidden" role="status">{t.found(list.length)}</p>
      </div>,
    );
  }
  draw();
  dialog.element.querySelector('input')?.focus();
  void showPlaces();
}

/** What the server knows: pages and channels for no words, posts for some. Nothing where it cannot be reached. */
async function ask(words: string): Promise<Command[]> {
  try {
    const answer = await fetch(`/find${words === '' ? '' : `?q=${encodeURIComponent(words)}`}`);
    if (!answer.ok) return [];
    const { places } = await answer.json() as { places: Place[] };
    return places.map(({ kind, label, also, href }) => ({ kind, label, also, run: to(href) }));
  } catch {
    return [];
  }
}

import { inTone, searchEmoji, tones, type Emoji } from '../../composer/model/emoji.ts';
import { writingTexts as t } from '../../../domain/texts/writing/writing.ts';
import { chosenTone, keepTone, loadEmoji, noteEmoji, recentEmoji } from './emoji-data.ts';
import { openPopover } from './popover.ts';

const columns = 8;
/** The first of each group stands for it. */
const groups = [0, 1, 3, 4, 5, 6, 7, 8, 9];
const mostFound = 80;

/** All emoji to choose from, beside the button that opened them. */
export async function openEmoji(anchor: HTMLElement, field: HTMLTextAreaElement, picked: (emoji: string) => void): Promise<void> {
  const pop = openPopover(anchor, t.emoji, field);
  let all: readonly Emoji[] = [];
  let trouble = '';
  let typed = '';
  let tone = chosenTone();
  let group = recentEmoji().length > 0 ? 'recent' : '0';

  const byItself = (emoji: string) => all.find(([one]) => one === emoji);
  const shown = (): Emoji[] => {
    if (typed.trim() !== '') return searchEmoji(all, typed, mostFound);
    return group === 'recent' ? recentEmoji().map(byItself).filter((one) => one !== undefined) : all.filter(([, , , of]) => String(of) === group);
  };

  function pick([emoji, , , , toned]: Emoji) {
    noteEmoji(emoji);
    pop.close();
    picked(toned ? inTone(emoji, tone) : emoji);
  }

  /** One cell can be reached by Tab; the arrows go from there. */
  function move(event: KeyboardEvent) {
    const cells = Array.from(pop.element.querySelectorAll<HTMLButtonElement>('.emoji-cell'));
    const at = cells.findIndex((cell) => cell === document.activeElement);
    const steps: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns, Home: -(at % columns), End: columns - 1 - (at % columns) };
    const step = steps[event.key];
    if (step === undefined || at < 0) return;
    event.preventDefault();
    if (at + step < 0) return pop.element.querySelector<HTMLInputElement>('input')?.focus();
    const next = cells[Math.min(cells.length - 1, at + step)];
    for (const cell of cells) cell.tabIndex = cell === next ? 0 : -1;
    next?.focus();
  }

  function draw() {
    const list = shown();
    const rows = Array.from({ length: Math.ceil(list.length / columns) }, (_, n) => list.slice(n * columns, (n + 1) * columns));
    const name = typed.trim() === '' ? (t.groups[group] ?? '') : t.found;
    pop.draw(
      <div class="emoji-picker">
        <div class="emoji-top">
          <input type="search" aria-label={t.searchEmoji} placeholder={t.searchEmoji} autoComplete="off" value={typed}
            onInput={({ currentTarget }) => { typed = currentTarget.value; draw(); }}
            onKeyDown={(event) => {
              if (event.isComposing) return;
              if (event.key === 'Enter' && list[0]) { event.preventDefault(); pick(list[0]); }
              if (event.key === 'ArrowDown') { event.preventDefault(); pop.element.querySelector<HTMLElement>('.emoji-cell')?.focus(); }
            }} />
          <select aria-label={t.skinTone} value={tone} onChange={({ currentTarget }) => { tone = currentTarget.value; keepTone(tone); draw(); }}>
            {tones.map((one, n) => <option value={one} aria-label={t.tones[n]}>{inTone('✋', one)}</option>)}
          </select>
        </div>
        <div class="emoji-groups" role="group" aria-label={t.emoji}>
          {[...(recentEmoji().length > 0 ? ['recent'] : []), ...groups.map(String)].map((one) => (
            <button type="button" class="emoji-group" aria-pressed={typed.trim() === '' && one === group} aria-label={t.groups[one]} title={t.groups[one]}
              onClick={() => { group = one; typed = ''; draw(); }}>{one === 'recent' ? '🕘' : (all.find(([, , , of]) => String(of) === one)?.[0] ?? '·')}</button>
          ))}
        </div>
        {trouble !== '' && <p class="error" role="alert">{trouble}</p>}
        {all.length > 0 && list.length === 0 && <p class="help" role="status">{t.noEmoji}</p>}
        {list.length > 0 && (
          <div class="emoji-grid" role="grid" aria-label={name} onKeyDown={move} key={`${group} ${typed}`}>
            {rows.map((row, r) => (
              <div role="row" class="emoji-row">
                {row.map((one, n) => (
                  <span role="gridcell"><button type="button" class="emoji-cell" tabIndex={r === 0 && n === 0 ? 0 : -1} aria-label={one[1]} title={one[1]} onClick={() => pick(one)}>{one[4] ? inTone(one[0], tone) : one[0]}</button></span>
                ))}
              </div>
            ))}
          </div>
        )}
      </div>,
    );
  }

  draw();
  pop.element.querySelector<HTMLInputElement>('input')?.focus();
  try {
    all = await loadEmoji();
  } catch {
    trouble = t.emojiMissing;
  }
  if (pop.element.isConnected) draw();
}

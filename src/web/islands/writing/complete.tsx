import { render } from 'preact';
import { tagKey } from '../../../domain/posts/hashtag.ts';
import { writingTexts as t } from '../../../domain/texts/writing/writing.ts';
import type { Mention } from '../../../providers/contract.ts';
import { completingIn, type Completing } from '../../composer/model/completing.ts';
import { chosenOf } from '../../composer/model/data.ts';
import { inTone, searchEmoji } from '../../composer/model/emoji.ts';
import { Mark } from '../../ui/avatar.tsx';
import { caretOf } from './caret.ts';
import { insertAt, type Desk } from './desk.ts';
import { chosenTone, loadEmoji, noteEmoji } from './emoji-data.ts';
import { usedTags } from './hashtag-sheet.tsx';
import { place } from './popover.ts';
import { json } from '../composer/request.ts';

interface Suggestion {
  /** What goes into the text. */
  text: string;
  title: string;
  about: string;
  /** Of people: where they are. */
  network?: { provider: string; name: string };
  taken?: () => void;
}

const most = 7;
/** People are asked for elsewhere: only when somebody pauses (ms), and of so many channels. */
const pause = 250;
const mostAsked = 3;

/** Completes emoji (`:`), hashtags (`#`) and people (`@`) while one types; arrows choose, Enter or Tab takes, Escape leaves. */
export function completing(desk: Desk) {
  const list = document.createElement('ul');
  list.id = 'complete';
  list.className = 'complete';
  list.setAttribute('role', 'listbox');
  list.setAttribute('aria-label', t.suggestions);
  list.hidden = true;
  const said = document.createElement('p');
  said.className = 'visually-hidden';
  said.setAttribute('role', 'status');
  document.body.append(list, said);

  let field: HTMLTextAreaElement | null = null;
  let about: Completing | null = null;
  let found: Suggestion[] = [];
  let chosen = -1;
  let round = 0;

  function close() {
    round += 1;
    if (list.hidden) return;
    list.hidden = true;
    said.textContent = '';
    for (const name of ['aria-controls', 'aria-activedescendant', 'aria-autocomplete']) field?.removeAttribute(name);
    render(null, list);
    found = [];
  }

  function draw() {
    if (!field || !about) return;
    render(
      <>
        {found.map(({ text, title, about: more, network }, n) => (
          <li role="option" id={`complete-${n}`} aria-selected={n === chosen} onMouseDown={(event) => event.preventDefault()} onClick={() => take(n)} key={`${network?.name ?? ''} ${text}`}>
            {network && <Mark provider={network.provider} name={network.name} />}<span class="complete-title">{title}</span> <span class="help">{more}</span>
          </li>
        ))}
      </>, list);
    list.hidden = false;
    place(list, caretOf(field, about.start));
    field.setAttribute('aria-autocomplete', 'list');
    field.setAttribute('aria-controls', list.id);
    if (chosen < 0) field.removeAttribute('aria-activedescendant');
    else field.setAttribute('aria-activedescendant', `complete-${chosen}`);
    list.children[Math.max(0, chosen)]?.scrollIntoView({ block: 'nearest' });
  }

  function take(n: number) {
    const one = found[n];
    if (!field || !about || !one) return;
    const { start } = about;
    const into = field;
    close();
    one.taken?.();
    insertAt(into, `${one.text}${into.value[into.selectionStart] === ' ' ? '' : ' '}`, start, into.selectionStart);
    close();
  }

  async function look(target: HTMLTextAreaElement) {
    const next = target.selectionStart === target.selectionEnd ? completingIn(target.value, target.selectionStart) : null;
    if (!next) return close();
    round += 1;
    const mine = round;
    const suggestions = await suggestionsFor(next, target, () => mine === round).catch((): Suggestion[] => []);
    if (mine !== round) return;
    if (suggestions.length === 0) return close();
    [field, about, found] = [target, next, suggestions];
    // A tag that is typed to its end is its own best suggestion; of the others the first is meant.
    chosen = next.kind === 'tag' ? -1 : 0;
    draw();
    said.textContent = t.suggested(found.length);
  }

  async function suggestionsFor({ kind, typed }: Completing, target: HTMLTextAreaElement, wanted: () => boolean): Promise<Suggestion[]> {
    switch (kind) {
      case 'emoji': {
        const tone = chosenTone();
        return searchEmoji(await loadEmoji(), typed, most).map(([emoji, name, , , toned]) => ({ text: toned ? inTone(emoji, tone) : emoji, title: toned ? inTone(emoji, tone) : emoji, about: name, taken: () => noteEmoji(emoji) }));
      }
      case 'tag': {
        const key = tagKey(typed);
        return (await usedTags()).filter(({ tag }) => tagKey(tag).startsWith(key) && tagKey(tag) !== key).slice(0, most).map(({ tag, posts }) => ({ text: `#${tag}`, title: `#${tag}`, about: t.usedIn(posts) }));
      }
      case 'person':
        return people(typed, target.dataset['complete'] ?? 'all', wanted);
    }
  }

  async function people(typed: string, version: string, wanted: () => boolean): Promise<Suggestion[]> {
    const channels = chosenOf(desk.state()).filter(({ id, mentions }) => mentions && (version === 'all' || id === version)).slice(0, mostAsked);
    if (channels.length === 0 || typed.length < 2) return [];
    await new Promise((resolve) => { setTimeout(resolve, pause); });
    if (!wanted()) return [];
    const answers = await Promise.all(channels.map(async ({ id, provider, network }) => {
      const { people: all } = await json<{ people: Mention[] }>(`/posts/mentions/${id}?q=${encodeURIComponent(typed)}`).catch(() => ({ people: [] }));
      return all.map(({ name, handle, text }): Suggestion => ({ text, title: name, about: handle, network: { provider, name: network } }));
    }));
    // In turns, so that no network pushes the other out.
    const turns = Math.max(0, ...answers.map(({ length }) => length));
    return Array.from({ length: turns }, (_, n) => answers.flatMap((answer) => answer[n] ?? [])).flat().slice(0, most);
  }

  const textIn = ({ target }: Event) => (target instanceof HTMLTextAreaElement && target.dataset['complete'] !== undefined ? target : null);
  desk.root.addEventListener('input', (event) => { const target = textIn(event); if (target) void look(target); });
  desk.root.addEventListener('click', (event) => { if (textIn(event)) close(); });
  desk.root.addEventListener('focusout', close);
  addEventListener('scroll', close, { passive: true });
  desk.root.addEventListener('keydown', (event) => {
    if (list.hidden || event.isComposing || textIn(event) !== field) return;
    const { key } = event;
    if (key === 'ArrowDown' || key === 'ArrowUp') chosen = (chosen + (key === 'ArrowDown' ? 1 : -1) + found.length + (chosen < 0 && key === 'ArrowUp' ? 1 : 0)) % found.length;
    else if ((key === 'Enter' || key === 'Tab') && chosen >= 0 && !event.shiftKey) take(chosen);
    else if (key === 'Escape') close();
    else {
      if (key === 'ArrowLeft' || key === 'ArrowRight') close();
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    if (!list.hidden) draw();
  }, true);
}

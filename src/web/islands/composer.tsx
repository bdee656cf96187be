import { hydrate, render } from 'preact';
import type { Asked } from '../../actions/posts/composing.ts';
import { composerTexts } from '../../domain/texts/pages/composer.ts';
import { withoutMended } from '../composer/model/check.ts';
import { chosenOf, type ComposerState, type MediaItem } from '../composer/model/data.ts';
import { edited } from '../composer/model/edited.ts';
import { draftOfForm } from '../composer/model/form.ts';
import { Composer } from '../composer/view/composer.tsx';
import { formOf } from '../forms.ts';
import { fieldId } from '../ui/field.tsx';
import { createAutosave } from './composer/autosave.ts';
import { openAddress } from './composer/address-dialog.tsx';
import { cropNow, openCrop } from './composer/crop-dialog.tsx';
import type { Desk } from './writing/desk.ts';
import { dragging } from './composer/dragging.ts';
import { openLibrary } from './composer/library-dialog.tsx';
import { linking } from './writing/links.ts';
import { playing } from './composer/playing.ts';
import { leaving } from './composer/leaving.ts';
import { json, tokenFor } from './composer/request.ts';
import { openStill } from './composer/still-dialog.tsx';
import { createStills } from './composer/stills.ts';
import { keepClear } from './writing/bar.ts';
import { tooling } from './writing/tools.ts';
import { createUploads } from './composer/uploads.ts';
import { timing } from './writing/when.ts';

// The composer in the browser: the same view as the server drew, drawn anew at every change of the same draft. What a
// button does here it does as a plain form too, a round trip later.

const root = document.querySelector<HTMLElement>('#composer');
if (root) start(root, JSON.parse(root.dataset['state'] ?? '') as ComposerState);

function start(root: HTMLElement, first: ComposerState) {
  let state = first;
  const asking = new Set<string>();
  const form = () => root.querySelector('form') ?? document.createElement('form');
  const read = () => draftOfForm(formOf(entriesIn(form())), state.draft.postId, state.draft.zone);
  const set = (change: Partial<ComposerState>) => {
    state = { ...state, ...change };
    render(<Composer state={state} />, root);
    askNetworks();
    time.changed();
    links.changed();
    if (state.live) stills(state.data.media);
    if (change.draft && state.live) autosave.changed();
  };
  const desk: Desk = { root, state: () => state, set, read };
  const time = timing(desk);
  const links = linking(desk);
  /** Files that the state does not know yet. */
  const know = (...items: MediaItem[]) => set({ data: { ...state.data, media: { ...state.data.media, ...Object.fromEntries(items.map((item) => [item.facts.mediaId, item])) } } });
  const stills = createStills({ csrf: state.data.csrf, changed: know });
  const apply = (intent: string, objects: readonly string[]) => set({ draft: edited(read(), intent, objects) });
  const uploads = createUploads({
    csrf: () => state.data.csrf, show: (list) => set({ uploads: list }), idle: () => waiting?.(),
    attach: (target, item) => {
      know(item);
      apply('attach', [target, item.facts.mediaId]);
    },
  });
  /** Goes on with the form that was to be sent while files were still on their way. */
  let waiting: (() => void) | null = null;

  // What somebody typed before this ran, or what the browser kept over a reload, counts.
  const there = read();
  const autosave = createAutosave({
    entries: () => new URLSearchParams(Object.entries(entriesIn(form())).flatMap(([name, values]) => values.map((value) => [name, value]))),
    fresh: first.typed || there.parts.some(({ text }, n) => text !== first.draft.parts[n]?.text),
    async renew() {
      const found = await tokenFor(state.data.owner);
      if ('trouble' in found) return found.trouble;
      set({ data: { ...state.data, csrf: found.csrf } });
      return null;
    },
    told: (kept) => set(typeof kept === 'string' ? { kept } : { kept, held: false, told: [...state.told.filter(({ twin }) => twin !== true), ...kept.twins] }),
  });
  // What is no time in the browser's own field is empty there, and was typed all the same.
  state = { ...state, draft: { ...there, wall: there.wall === '' && !isWall(state.draft.wall) ? state.draft.wall : there.wall } };
  hydrate(<Composer state={state} />, root);
  set({ live: true });
  tooling(desk);
  keepClear(root);

  function askNetworks() {
    for (const { id, asks } of chosenOf(state)) {
      const answer = state.asked[id]?.state;
      if (!asks || asking.has(id) || (answer !== undefined && answer !== 'waiting')) continue;
      void askNetwork(id);
    }
  }

  async function askNetwork(id: string) {
    asking.add(id);
    const asked = await json<Asked>(`/posts/composing/${id}`).catch((): Asked => ({ state: 'failed', message: composerTexts.unreachable }));
    asking.delete(id);
    set({ asked: { ...state.asked, [id]: asked } });
  }

  root.addEventListener('input', (event) => {
    const { target } = event;
    if (time.input(event)) return;
    if (!(target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) || target.type === 'file') return;
    const draft = read();
    // Whose version is open is whose preview one wants to see.
    if (target.name === 'tab' && draft.tab !== 'all') draft.view = draft.tab;
    set({ draft, told: withoutMended(state.told, target.name) });
  });

  root.addEventListener('change', ({ target }) => {
    if (!(target instanceof HTMLInputElement) || target.type !== 'file' || !target.files) return;
    uploads.add(target.dataset['target'] ?? '', Array.from(target.files));
    target.value = '';
  });

  root.addEventListener('click', (event) => {
    const element = event.target instanceof Element ? event.target.closest<HTMLElement>('button, a[data-jump]') : null;
    if (!element) return;
    const { jump, retry, cancel, days } = element.dataset;
    if (jump !== undefined) {
      event.preventDefault();
      reveal(jump);
    } else if (days !== undefined) time.open(element);
    else if (retry !== undefined) uploads.retry(retry);
    else if (cancel !== undefined) uploads.cancel(cancel);
    else if (element instanceof HTMLButtonElement && element.name === 'intent' && pressed(element.value)) event.preventDefault();
  });

  /** Does what a button says without the server; false where it is the server's. */
  function pressed(value: string): boolean {
    const [intent = '', ...objects] = value.split(':');
    const [target = '', object = ''] = objects;
    switch (intent) {
      case 'add_part':
      case 'remove_media':
      case 'own_on':
      case 'clear':
        apply(intent, objects);
        // What was pressed is gone: the focus goes to what took its place.
        focus(intent === 'own_on' ? `${target}.part.0` : intent === 'add_part' ? `part.${state.draft.parts.length - 1}` : target);
        return true;
      case 'remove_part': {
        const n = Number(target);
        apply(intent, objects);
        uploads.follow((part) => (part === n ? null : part > n ? part - 1 : part));
        focus(`part.${Math.min(n, state.draft.parts.length - 1)}`);
        return true;
      }
      case 'own_off':
        apply(intent, objects);
        refocus(`own_on:${target}`);
        return true;
      case 'choose':
        apply(intent, objects);
        return true;
      case 'part_up':
      case 'part_down': {
        apply(intent, objects);
        const [from, to] = [Number(target), Number(target) + (intent === 'part_up' ? -1 : 1)];
        uploads.follow((part) => (part === from ? to : part === to ? from : part));
        refocus(`${intent}:${to}`, `${intent === 'part_up' ? 'part_down' : 'part_up'}:${to}`);
        return true;
      }
      case 'up':
      case 'down':
        apply(intent, objects);
        refocus(value, `${intent === 'up' ? 'down' : 'up'}:${target}:${object}`);
        return true;
      case 'library':
        void openLibrary({ csrf: state.data.csrf, target, picked: (items) => {
          know(...items);
          for (const { facts } of items) apply('attach', [target, facts.mediaId]);
        } });
        return true;
      case 'crop':
        return openCrop({ state: { ...state, draft: read() }, objects, done: (item, where) => {
          know(item);
          apply('replace', [target, object, item.facts.mediaId, where]);
          refind(target);
        } });
      case 'crop_now':
        return cropNow({
          state: { ...state, draft: read() }, objects,
          done: (item, where) => {
            know(item);
            apply('replace', [target, object, item.facts.mediaId, where]);
            refind(target);
          },
          failed: (message) => set({ told: [...state.told, { field: target, message }] }),
        });
      case 'address':
        openAddress({ csrf: state.data.csrf, done: (item) => { know(item); apply('attach', [target, item.facts.mediaId]); } });
        return true;
      case 'still':
        return openStill({ state: { ...state, draft: read() }, mediaId: target, done: (video, covers, items) => {
          know(video, ...items);
          for (const cover of covers) apply(cover[1] === '' ? 'clear' : 'attach', cover);
        } });
      case 'next_free':
        void json<{ wall: string }>('/posts/next-free').then(({ wall }) => time.choose(wall))
          .catch(() => set({ told: [...state.told.filter(({ field }) => field !== 'wall'), { field: 'wall', message: composerTexts.unreachable }] }));
        return true;
      case 'ask':
        set({ asked: { ...state.asked, [target]: { state: 'waiting' } } });
        return true;
      default:
        return false;
    }
  }

  const leave = leaving({
    form, keep: autosave.keep,
    arrived: () => new Promise((resolve) => { if (uploads.busy()) waiting = () => { waiting = null; resolve(); }; else resolve(); }),
    complete: (intent) => {
      if (!state.uploads.some(({ failed }) => failed !== null)) return true;
      set({ refused: intent });
      focus('');
      return false;
    },
    held: () => {
      set({ held: true });
      document.getElementById('held')?.focus();
    },
    left: autosave.stop, stayed: autosave.goOn,
  });
  root.addEventListener('submit', leave);
  // Whoever leaves breaks off what is on its way; it goes on when the file is chosen again.
  addEventListener('beforeunload', (event) => { if (uploads.busy()) event.preventDefault(); });

  root.addEventListener('keydown', (event) => {
    const { target, key } = event;
    if (key === 'Enter' && target instanceof HTMLInputElement && target.type !== 'submit' && target.type !== 'file') event.preventDefault();
  });
  // A browser refuses to send what it cannot read, and cannot show it in a version that is closed.
  root.addEventListener('invalid', ({ target }) => {
    const channel = target instanceof Element ? /^field-([\da-f-]{36})/u.exec(target.id)?.[1] : undefined;
    if (channel) set({ draft: { ...read(), tab: channel } });
  }, true);

  /** Opens the version that a field belongs to and goes there. */
  function reveal(field: string) {
    const channel = /^([\da-f-]{36})\./u.exec(field)?.[1];
    if (channel || field.startsWith('part.')) set({ draft: { ...read(), tab: channel ?? 'all' } });
    focus(field);
  }

  function focus(field: string) {
    const element = document.getElementById(field === '' ? 'problems' : fieldId(field));
    // What is folded away opens.
    for (let fold = element?.closest('details'); fold; fold = fold.parentElement?.closest('details') ?? null) fold.open = true;
    element?.focus();
    element?.scrollIntoView({ block: 'center' });
  }

  /** Where the button that was pressed is gone by now, and nobody went elsewhere meanwhile. */
  function refind(field: string) {
    if (document.activeElement === document.body) focus(field);
  }

  /** A button that moved with its tile keeps the focus; at the end of the way it is the other one's turn. */
  function refocus(...values: string[]) {
    const buttons = values.map((value) => root.querySelector<HTMLButtonElement>(`button[value="${CSS.escape(value)}"]`));
    buttons.find((button) => button && !button.disabled)?.focus();
  }

  playing(root);
  dragging(root, { move: (list, mediaId, steps) => apply('move', [list, mediaId, String(steps)]), files: (target, files) => uploads.add(target, files) });
}

/** `YYYY-MM-DDTHH:mm`, as the browser's own field has it. */
function isWall(text: string): boolean {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d$/u.test(text);
}

/** A form's entries by name, without its files. */
function entriesIn(form: HTMLFormElement): Record<string, string[]> {
  const entries: Record<string, string[]> = {};
  for (const [name, value] of new FormData(form)) {
    if (typeof value === 'string') (entries[name] ??= []).push(value);
  }
  return entries;
}

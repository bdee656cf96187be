import { hydrate, render } from 'preact';
import type { Asked } from '../../actions/posts/composing.ts';
import { composerTexts } from '../../domain/texts/writing/composer.ts';
import { withoutMended } from '../composer/model/check.ts';
import { chosenOf, type ComposerState, type MediaItem } from '../composer/model/data.ts';
import type { Draft } from '../composer/model/draft.ts';
import { edited } from '../composer/model/edited.ts';
import { draftOfForm } from '../composer/model/form.ts';
import { isWall, postTime, wallAt, withWallAt } from '../composer/model/walls.ts';
import { Composer } from '../composer/view/composer.tsx';
import { formOf } from '../forms.ts';
import { createAutosave } from './composer/autosave.ts';
import type { Desk } from './writing/desk.ts';
import { dragging } from './composer/dragging.ts';
import { linking } from './writing/links.ts';
import { playing } from './composer/playing.ts';
import { goingIn } from './composer/going.ts';
import { offerLeft } from './composer/left.ts';
import { leaving } from './composer/leaving.ts';
import { pressing } from './composer/pressing.ts';
import { json, tokenFor } from './composer/request.ts';
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
  const going = goingIn(desk);
  const uploads = createUploads({
    csrf: () => state.data.csrf, show: (list) => set({ uploads: list }), idle: () => waiting?.(),
    attach: (target, item) => {
      know(item);
      apply('attach', [target, item.facts.mediaId]);
    },
  });
  /** Goes on with the form that was to be sent while files were still on their way. */
  let waiting: (() => void) | null = null;
  const pressed = pressing(desk, { apply, know, uploads, choose: (wall) => time.choose(postTime, wall), going });

  // What somebody typed before this ran counts; what the browser itself puts back, over a reload or on the way back, comes later.
  const there = read();
  const autosave = createAutosave({
    entries: () => new URLSearchParams(Object.entries(entriesIn(form())).flatMap(([name, values]) => values.map((value) => [name, value]))),
    fresh: first.typed || (!isBack() && there.parts.some(({ text }, n) => text !== first.draft.parts[n]?.text)),
    async renew() {
      const found = await tokenFor(state.data.owner);
      if ('trouble' in found) return found.trouble;
      set({ data: { ...state.data, csrf: found.csrf } });
      return null;
    },
    told: (kept) => set(typeof kept === 'string' ? { kept } : { kept, held: false, told: [...state.told.filter(({ twin }) => twin !== true), ...kept.twins] }),
  });
  state = { ...state, draft: withTypedTimes(there, state) };
  hydrate(<Composer state={state} />, root);
  set({ live: true });
  addEventListener('pageshow', ({ persisted }) => {
    if (persisted) return;
    const found = withTypedTimes(read(), state);
    if (JSON.stringify(found) === JSON.stringify(state.draft)) return;
    set({ draft: found });
    // It was kept when the page was left, or sent.
    if (isBack()) autosave.settle();
  });
  void offerLeft(root, autosave.stop);
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
    // "Ask again" is gone while it is asked.
    if (document.activeElement === document.body) going.refocus(`ask:${id}`);
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
      going.reveal(jump);
    } else if (days !== undefined) time.open(element, days);
    else if (retry !== undefined) uploads.retry(retry);
    else if (cancel !== undefined) uploads.cancel(cancel);
    else if (element instanceof HTMLButtonElement && element.name === 'intent' && pressed(element.value)) event.preventDefault();
  });

  const leave = leaving({
    form, keep: () => autosave.keep(),
    arrived: () => new Promise((resolve) => { if (uploads.busy()) waiting = () => { waiting = null; resolve(); }; else resolve(); }),
    complete: (intent) => {
      if (!state.uploads.some(({ failed }) => failed !== null)) return true;
      set({ refused: intent });
      going.focus('');
      return false;
    },
    held: () => {
      set({ held: true });
      document.getElementById('held')?.focus();
    },
    left: () => autosave.stop(), stayed: () => autosave.goOn(),
  });
  root.addEventListener('submit', leave);

  root.addEventListener('keydown', (event) => {
    const { target, key } = event;
    const line = target instanceof HTMLInputElement ? target.type !== 'submit' && target.type !== 'file' : target instanceof HTMLTextAreaElement && target.name.startsWith('alt.');
    if (key === 'Enter' && line) event.preventDefault();
  });
  // A browser refuses to send what it cannot read, and cannot show it in a version that is closed.
  root.addEventListener('invalid', ({ target }) => {
    const channel = target instanceof Element ? /^field-([\da-f-]{36})/u.exec(target.id)?.[1] : undefined;
    if (channel) set({ draft: { ...read(), tab: channel } });
  }, true);

  playing(root);
  dragging(root, { move: (list, mediaId, steps) => apply('move', [list, mediaId, String(steps)]), files: (target, files) => uploads.add(target, files) });
}

/** What is no time in the browser's own field is empty there, and was typed all the same. */
function withTypedTimes(there: Draft, { draft, data }: ComposerState): Draft {
  const options = data.channels.flatMap(({ id, fields }) => fields.filter(({ kind }) => kind === 'datetime').map(({ name }) => `option.${id}.${name}`));
  const lost = [postTime, ...options].filter((name) => wallAt(there, name) === '' && !isWall(wallAt(draft, name)) && wallAt(draft, name) !== '');
  return lost.reduce((sum, name) => withWallAt(sum, name, wallAt(draft, name)), there);
}

/** Whether the page was opened again: then the browser puts back what was typed into it. */
function isBack(): boolean {
  return performance.getEntriesByType('navigation').some((entry) => entry instanceof PerformanceNavigationTiming && entry.type !== 'navigate');
}

/** A form's entries by name, without its files. */
function entriesIn(form: HTMLFormElement): Record<string, string[]> {
  const entries: Record<string, string[]> = {};
  for (const [name, value] of new FormData(form)) {
    if (typeof value === 'string') (entries[name] ??= []).push(value);
  }
  return entries;
}

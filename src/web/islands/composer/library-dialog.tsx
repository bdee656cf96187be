import { imageTypes, videoTypes } from '../../../domain/media.ts';
import type { Label } from '../../../domain/posts/label.ts';
import { fileTexts, libraryTexts as t } from '../../../domain/texts/writing/files.ts';
import type { MediaItem, Upload } from '../../composer/model/data.ts';
import { fitsTarget, isNarrowed, isOption, kindChoices, LabelSelect, LibraryGrid, lookedForAll, type LookedFor } from '../../composer/view/media/library.tsx';
import { Thumb } from '../../composer/view/media/media.tsx';
import { Button } from '../../ui/button.tsx';
import { DialogBody, openDialog } from '../../ui/dialog.tsx';
import { json } from './request.ts';
import { createUploads } from './uploads.ts';

/** How long somebody must have stopped typing before it is looked for (ms). */
const pause = 250;

interface LibraryAsked {
  csrf: string;
  target: string;
  /** Those of the workspace. */
  labels: readonly Label[];
  picked: (items: MediaItem[]) => void;
}

/** The library to choose from, above the page: narrowed by words, kind and label, and filled from here as well. What is chosen stays chosen. */
export async function openLibrary({ csrf, target, labels, picked }: LibraryAsked): Promise<void> {
  const dialog = openDialog(t.title);
  dialog.element.classList.add('tall');
  const chosen = new Map<string, MediaItem>();
  let looked = lookedForAll;
  /** Null until the first answer. */
  let items: MediaItem[] | null = null;
  let next: string | null = null;
  let trouble = false;
  let sending: Upload[] = [];
  let asked = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const uploads = createUploads({
    csrf: () => csrf, idle: () => undefined,
    show: (list) => { sending = list; draw(); },
    // What somebody brings here is what they want.
    attach: (_, item) => {
      items = [item, ...(items ?? [])];
      choose(item.facts.mediaId, true);
    },
  });
  dialog.element.addEventListener('close', () => { for (const { id } of sending) uploads.cancel(id); });

  /** Asks for a page; what was asked before and comes later is not wanted any more. */
  async function look(before: string | null) {
    asked += 1;
    const mine = asked;
    const { words, labelId } = looked;
    const kind = isOption(target) ? 'image' : looked.kind;
    const query = new URLSearchParams({ ...(before && { before }), ...(words && { q: words }), ...(kind && { kind }), ...(labelId && { label: labelId }) }).toString();
    try {
      const page = await json<{ items: MediaItem[]; next: string | null }>(`/posts/library${query && `?${query}`}`);
      if (mine !== asked) return;
      items = before === null ? page.items : [...(items ?? []), ...page.items];
      next = page.next;
      trouble = false;
      // A page may hold nothing that fits.
      if (next !== null && !items.some((item) => fitsTarget(item, target))) return await look(next);
    } catch {
      if (mine !== asked) return;
      trouble = true;
    }
    draw();
  }

  function narrow(to: Partial<LookedFor>) {
    looked = { ...looked, ...to };
    clearTimeout(timer);
    timer = setTimeout(() => void look(null), to.words ? pause : 0);
    draw();
  }

  function choose(mediaId: string, on: boolean) {
    const item = items?.find(({ facts }) => facts.mediaId === mediaId);
    if (isOption(target)) chosen.clear();
    if (on && item) chosen.set(mediaId, item);
    else chosen.delete(mediaId);
    draw();
  }

  function leaveOut(mediaId: string) {
    const at = [...chosen.keys()].indexOf(mediaId);
    chosen.delete(mediaId);
    draw();
    const left = [...dialog.element.querySelectorAll<HTMLElement>('.pick-chosen button')];
    (left[Math.min(at, left.length - 1)] ?? words())?.focus();
  }

  function showAll() {
    narrow(lookedForAll);
    words()?.focus();
  }

  const ready = () => chosen.size > 0 && !sending.some(({ failed }) => failed === null);
  function add() {
    if (!ready()) return;
    picked([...chosen.values()].filter((item) => fitsTarget(item, target)));
    dialog.close();
  }

  const words = () => dialog.element.querySelector<HTMLInputElement>('#pick-words');
  const boxes = () => [...dialog.element.querySelectorAll<HTMLInputElement>('.pick input')];

  /** From the search down into the files, there with the arrows, and Enter takes what is chosen, as it would in a form. */
  function move(event: KeyboardEvent) {
    const { target: from, key } = event;
    if (!(from instanceof HTMLInputElement)) return;
    const all = boxes();
    const at = all.indexOf(from);
    const across = getComputedStyle(dialog.element.querySelector('.pick') ?? dialog.element).gridTemplateColumns.split(' ').length;
    // Radio buttons take the arrows by themselves.
    const steps: Record<string, number> = isOption(target) ? {} : { ArrowRight: 1, ArrowLeft: -1, ArrowDown: across, ArrowUp: -across };
    const step = steps[key];
    if (from === words() && key === 'ArrowDown') all[0]?.focus();
    else if (at >= 0 && key === 'Enter') {
      if (chosen.size === 0) choose(from.value, true);
      add();
    } else if (at >= 0 && step !== undefined) (all[at + step] ?? (at + step < 0 ? words() : null))?.focus();
    else return;
    event.preventDefault();
  }

  function draw() {
    if (!dialog.element.open) return;
    const shown = items?.filter((item) => fitsTarget(item, target));
    dialog.draw(
      <DialogBody title={t.title} buttons={(
        <>
          <Button type="button" kind="primary" disabled={!ready()} onClick={add}>{isOption(target) ? t.add : t.addCount(chosen.size)}</Button>
          <label class="file">
            <span>{t.upload}</span>
            <input type="file" multiple={!isOption(target)} accept={(isOption(target) ? imageTypes : [...imageTypes, ...videoTypes]).join(',')}
              onChange={({ currentTarget }) => { uploads.add(target, Array.from(currentTarget.files ?? [])); currentTarget.value = ''; }} />
          </label>
          <Button type="button" kind="quiet" onClick={() => dialog.close()}>{t.close}</Button>
        </>
      )}>
        <div class="pick-search">
          <label class="visually-hidden" for="pick-words">{t.search}</label>
          <input type="search" id="pick-words" value={looked.words} placeholder={t.search} autoComplete="off" onInput={({ currentTarget }) => narrow({ words: currentTarget.value })} />
          {!isOption(target) && (
            <div class="segments" role="radiogroup" aria-label={t.kinds}>
              {kindChoices.map(([value, label]) => <label><input type="radio" name="pick-kind" checked={looked.kind === value} onChange={() => narrow({ kind: value })} /><span>{label}</span></label>)}
            </div>
          )}
          <LabelSelect labels={labels} chosen={looked.labelId} changed={(labelId) => narrow({ labelId })} />
        </div>
        {sending.length > 0 && <ul class="pick-sending">{sending.map((one) => <Sending key={one.id} upload={one} retry={() => uploads.retry(one.id)} cancel={() => uploads.cancel(one.id)} />)}</ul>}
        <p class="visually-hidden" role="status">{trouble || !shown ? '' : t.found(shown.length, next !== null)}</p>
        <div class="pick-files" onChange={({ target: box }) => { if (box instanceof HTMLInputElement) choose(box.value, box.checked); }}>
          {trouble ? <p class="error" role="alert">{t.failed} <Button type="button" kind="quiet" small onClick={() => void look(null)}>{t.tryAgain}</Button></p>
            : shown && <LibraryGrid items={shown} target={target} searched={isNarrowed(looked)} picked={new Set(chosen.keys())} showAll={<Button type="button" kind="quiet" onClick={showAll}>{t.showAll}</Button>} />}
          {!trouble && next !== null && <Button type="button" kind="quiet" onClick={() => void look(next)}>{t.earlier}</Button>}
        </div>
        {!isOption(target) && chosen.size > 0 && <Chosen items={[...chosen.values()]} leaveOut={leaveOut} />}
      </DialogBody>,
    );
  }
  dialog.element.addEventListener('keydown', move);
  draw();
  words()?.focus();
  await look(null);
}

/** What is chosen, in the order in which it comes into the post, whatever is looked for meanwhile; a press leaves one out. */
function Chosen({ items, leaveOut }: { items: readonly MediaItem[]; leaveOut: (mediaId: string) => void }) {
  return (
    <div class="pick-chosen" role="group" aria-label={t.chosen}>
      {items.map((item) => (
        <button type="button" key={item.facts.mediaId} aria-label={t.leaveOut(item.name)} title={t.leaveOut(item.name)} onClick={() => leaveOut(item.facts.mediaId)}>
          <Thumb mediaId={item.facts.mediaId} item={item} />
        </button>
      ))}
    </div>
  );
}

function Sending({ upload: { name, sent, failed }, retry, cancel }: { upload: Upload; retry: () => void; cancel: () => void }) {
  return (
    <li>
      <span class="name">{name}</span>
      {failed === null ? <progress value={sent} max={1} aria-label={fileTexts.sending(name)} /> : <span class="error" role="alert">{failed}</span>}
      {failed !== null && <Button type="button" kind="quiet" small onClick={retry}>{fileTexts.tryAgain}</Button>}
      <Button type="button" kind="quiet" small onClick={cancel}>{failed === null ? fileTexts.cancel : fileTexts.remove}</Button>
    </li>
  );
}

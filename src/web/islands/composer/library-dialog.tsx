import { imageTypes, videoTypes } from '../../../domain/media.ts';
import { fileTexts, libraryTexts as t } from '../../../domain/texts/pages/files.ts';
import type { MediaItem, Upload } from '../../composer/model/data.ts';
import { fitsTarget, isOption, kindChoices, LibraryGrid, type LookedFor } from '../../composer/view/library.tsx';
import { Button } from '../../ui/button.tsx';
import { DialogBody, openDialog } from '../../ui/dialog.tsx';
import { json } from './request.ts';
import { createUploads } from './uploads.ts';

/** How long somebody must have stopped typing before it is looked for (ms). */
const pause = 250;

/** The library to choose from, above the page: searched while one types, and filled from here as well. */
export async function openLibrary({ csrf, target, picked }: { csrf: string; target: string; picked: (items: MediaItem[]) => void }): Promise<void> {
  const dialog = openDialog(t.title);
  const chosen = new Map<string, MediaItem>();
  let looked: LookedFor = { words: '', kind: isOption(target) ? 'image' : '' };
  let items: MediaItem[] = [];
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
      items = [item, ...items];
      choose(item.facts.mediaId, true);
    },
  });
  dialog.element.addEventListener('close', () => { for (const { id } of sending) uploads.cancel(id); });

  /** Asks for a page; what was asked before and comes later is not wanted any more. */
  async function look(before: string | null) {
    asked += 1;
    const mine = asked;
    const query = new URLSearchParams({ ...(before && { before }), ...(looked.words && { q: looked.words }), ...(looked.kind && { kind: looked.kind }) }).toString();
    try {
      const page = await json<{ items: MediaItem[]; next: string | null }>(`/posts/library${query && `?${query}`}`);
      if (mine !== asked) return;
      items = before === null ? page.items : [...items, ...page.items];
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
    timer = setTimeout(() => void look(null), 'words' in to ? pause : 0);
    draw();
  }

  function choose(mediaId: string, on: boolean) {
    const item = items.find(({ facts }) => facts.mediaId === mediaId);
    if (isOption(target)) chosen.clear();
    if (on && item) chosen.set(mediaId, item);
    else chosen.delete(mediaId);
    draw();
  }

  function add() {
    picked([...chosen.values()].filter((item) => fitsTarget(item, target)));
    dialog.close();
  }

  function draw() {
    if (!dialog.element.open) return;
    dialog.draw(
      <DialogBody title={t.title} buttons={(
        <>
          <Button type="button" kind="primary" disabled={sending.some(({ failed }) => failed === null)} onClick={add}>{isOption(target) ? t.add : t.addCount(chosen.size)}</Button>
          {trouble && <Button type="button" kind="quiet" onClick={() => void look(null)}>{t.tryAgain}</Button>}
          {!trouble && next !== null && <Button type="button" kind="quiet" onClick={() => void look(next)}>{t.earlier}</Button>}
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
          <input type="search" id="pick-words" value={looked.words} placeholder={t.search} onInput={({ currentTarget }) => narrow({ words: currentTarget.value })} />
          {!isOption(target) && (
            <div class="segments" role="radiogroup" aria-label={t.kinds}>
              {kindChoices.map(([value, label]) => <label><input type="radio" name="pick-kind" checked={looked.kind === value} onChange={() => narrow({ kind: value })} /><span>{label}</span></label>)}
            </div>
          )}
        </div>
        {sending.length > 0 && <ul class="pick-sending">{sending.map((one) => <Sending key={one.id} upload={one} retry={() => uploads.retry(one.id)} cancel={() => uploads.cancel(one.id)} />)}</ul>}
        {trouble ? <p class="error" role="alert">{t.failed}</p>
          : <div onChange={({ target: box }) => { if (box instanceof HTMLInputElement) choose(box.value, box.checked); }}><LibraryGrid items={items} target={target} searched={looked.words !== ''} picked={new Set(chosen.keys())} /></div>}
      </DialogBody>,
    );
  }
  await look(null);
  dialog.element.querySelector<HTMLInputElement>('#pick-words')?.focus();
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

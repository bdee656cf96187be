import type { MediaItem } from '../../composer/model/data.ts';
import { fitsTarget, LibraryGrid } from '../../composer/view/library.tsx';
import { openDialog } from '../../ui/dialog.tsx';
import { json } from './request.ts';

/** The library to choose from, above the page. */
export async function openLibrary({ target, picked }: { target: string; picked: (items: MediaItem[]) => void }): Promise<void> {
  const dialog = openDialog('From the library');
  let items: MediaItem[] = [];
  let next: string | null = '';
  let trouble = '';

  async function more() {
    try {
      const page: { items: MediaItem[]; next: string | null } = await json(`/posts/library${next ? `?before=${next}` : ''}`);
      items = [...items, ...page.items];
      next = page.next;
      trouble = '';
      // A page may hold nothing that fits.
      if (next !== null && !page.items.some((item) => fitsTarget(item, target))) return await more();
    } catch {
      trouble = 'The library could not be opened.';
    }
    draw();
  }
  function add() {
    const chosen = new Set(Array.from(dialog.element.querySelectorAll<HTMLInputElement>('input:checked'), ({ value }) => value));
    picked(items.filter(({ facts }) => chosen.has(facts.mediaId)));
    dialog.close();
  }
  function draw() {
    dialog.draw(
      <div class="dialog-page">
        <h2>From the library</h2>
        {trouble ? <p class="error">{trouble}</p> : <LibraryGrid items={items} target={target} />}
        <div class="buttons">
          <button type="button" class="button primary" onClick={add}>Add to the post</button>
          {(next !== null || trouble !== '') && <button type="button" class="button quiet" onClick={() => void more()}>{trouble ? 'Try again' : 'Earlier files'}</button>}
          <button type="button" class="button quiet" onClick={() => dialog.close()}>Close</button>
        </div>
      </div>,
    );
  }
  await more();
}

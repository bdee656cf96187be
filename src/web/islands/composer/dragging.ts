/** Tiles that are dragged within their list, and files that are dropped or pasted. What dragging does, buttons do as well. */
export function dragging(root: HTMLElement, { move, files }: {
  move: (list: string, mediaId: string, steps: number) => void; files: (target: string, files: File[]) => void;
}) {
  let dragged: HTMLElement | null = null;
  const tileOf = (event: Event) => (event.target instanceof Element ? event.target.closest<HTMLElement>('[data-media]') : null);
  const dropOf = (event: Event) => (event.target instanceof Element ? event.target.closest<HTMLElement>('[data-drop]') : null);
  const mark = (element: HTMLElement | null) => {
    for (const marked of root.querySelectorAll('.dragged-over')) marked.classList.remove('dragged-over');
    element?.classList.add('dragged-over');
  };

  root.addEventListener('dragstart', (event) => {
    // Selecting a description with the mouse is not dragging its tile.
    dragged = event.target instanceof HTMLElement && event.target.matches('[data-media]') && !(document.activeElement instanceof HTMLInputElement && event.target.contains(document.activeElement)) ? event.target : null;
    if (!dragged) return event.target instanceof HTMLElement && event.target.matches('[data-media]') ? event.preventDefault() : undefined;
    event.dataTransfer?.setData('text/plain', '');
  });
  root.addEventListener('dragover', (event) => {
    const tile = tileOf(event);
    const over = dragged ? (tile && tile.dataset['list'] === dragged.dataset['list'] ? tile : null) : (event.dataTransfer?.types.includes('Files') ? dropOf(event) : null);
    mark(over);
    if (over) event.preventDefault();
  });
  root.addEventListener('drop', (event) => {
    mark(null);
    const tile = tileOf(event);
    const place = dropOf(event);
    if (dragged && tile && tile !== dragged && tile.dataset['list'] === dragged.dataset['list']) {
      event.preventDefault();
      const tiles = Array.from(tile.parentElement?.querySelectorAll('[data-media]') ?? []);
      move(dragged.dataset['list'] ?? '', dragged.dataset['media'] ?? '', tiles.indexOf(tile) - tiles.indexOf(dragged));
    } else if (!dragged && place && event.dataTransfer && event.dataTransfer.files.length > 0) {
      event.preventDefault();
      files(place.dataset['drop'] ?? '', Array.from(event.dataTransfer.files));
    }
  });
  root.addEventListener('dragend', () => {
    dragged = null;
    mark(null);
  });
  root.addEventListener('paste', (event) => {
    const place = dropOf(event);
    const pasted = Array.from(event.clipboardData?.files ?? []);
    if (!place || pasted.length === 0) return;
    event.preventDefault();
    files(place.dataset['drop'] ?? '', pasted);
  });
}

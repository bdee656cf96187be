/** How far a mouse goes before it drags (px), and how long a finger lies still before it does (ms). */
const slack = 5;
const longPress = 350;
const edge = 48;

/** What would become of the thing that is held, here. */
export interface Place {
  /** What takes it; null where nothing does. */
  element: HTMLElement | null;
  /** Said at the pointer meanwhile. */
  words: string;
  /** Puts it there; `from` is where it was let go. */
  drop?: (from: DOMRect) => void;
}

export interface Grabbed {
  /** A selector of what can be taken, of what in it cannot be taken by, and of what a finger takes it by at once. */
  what: string;
  except?: string;
  handle?: string;
  over: (item: HTMLElement, x: number, y: number) => Place;
}

interface Drag {
  item: HTMLElement;
  pointer: number;
  startX: number;
  startY: number;
  /** Where in the item it was taken. */
  offsetX: number;
  offsetY: number;
  ghost: HTMLElement | null;
  /** Where the pointer is. */
  at: { x: number; y: number };
  place: Place | null;
  /** Of a finger that is waited for. */
  timer: ReturnType<typeof setTimeout> | null;
}

/** Lets things be dragged: by mouse, pen, a finger that lies on one for a moment, or a finger on its handle. */
export function grab({ what, except, handle, over }: Grabbed): void {
  let drag: Drag | null = null;
  let clickOff = false;

  function begin(x: number, y: number) {
    if (!drag) return;
    const { item } = drag;
    const ghost = document.createElement('div');
    ghost.className = 'drag-ghost';
    const copy = item.cloneNode(true);
    if (copy instanceof HTMLElement) {
      for (const name of Object.keys(copy.dataset)) delete copy.dataset[name];
      // What is named there would be sent along, and found twice.
      for (const field of copy.querySelectorAll('[name], [id], [form]')) for (const name of ['name', 'id', 'form']) field.removeAttribute(name);
    }
    const words = document.createElement('p');
    words.className = 'drag-time';
    ghost.append(words, copy);
    ghost.inert = true;
    ghost.setAttribute('aria-hidden', 'true');
    ghost.style.width = `${item.getBoundingClientRect().width}px`;
    document.body.append(ghost);
    document.body.classList.add('dragging');
    item.classList.add('held');
    drag.ghost = ghost;
    follow(x, y);
    scrollOn();
  }

  function follow(x: number, y: number) {
    if (!drag?.ghost) return;
    const { ghost, offsetX, offsetY, item } = drag;
    drag.at = { x, y };
    ghost.style.transform = `translate(${x - offsetX}px, ${y - offsetY}px)`;
    drag.place?.element?.classList.remove('drop-here');
    drag.place = over(item, x, y);
    drag.place.element?.classList.add('drop-here');
    const words = ghost.querySelector('.drag-time');
    if (words) words.textContent = drag.place.words;
  }

  /** At the edges of the window the page runs on for as long as something is held there. */
  function scrollOn() {
    if (!drag?.ghost) return;
    const { x, y } = drag.at;
    const beyond = y < edge ? y - edge : Math.max(0, y - innerHeight + edge);
    if (beyond !== 0) {
      scrollBy({ top: beyond / 4, behavior: 'instant' });
      follow(x, y);
    }
    requestAnimationFrame(scrollOn);
  }

  function end(dropped: boolean) {
    if (!drag) return;
    const { item, ghost, place, timer } = drag;
    const from = ghost?.lastElementChild?.getBoundingClientRect();
    if (timer !== null) clearTimeout(timer);
    ghost?.remove();
    place?.element?.classList.remove('drop-here');
    item.classList.remove('held');
    document.body.classList.remove('dragging');
    drag = null;
    if (!dropped || !from) return;
    // The click that ends a drag is none.
    clickOff = true;
    setTimeout(() => { clickOff = false; }, 50);
    place?.drop?.(from);
  }

  document.addEventListener('pointerdown', (event) => {
    const at = event.target instanceof Element ? event.target : null;
    const item = at?.closest<HTMLElement>(what);
    if (!at || !item || event.button !== 0 || drag || event.ctrlKey || event.metaKey || event.shiftKey || (except && at.closest(except))) return;
    const box = item.getBoundingClientRect();
    const waits = event.pointerType === 'touch' && !(handle && at.closest(handle));
    drag = {
      item, pointer: event.pointerId, startX: event.clientX, startY: event.clientY, offsetX: event.clientX - box.left, offsetY: event.clientY - box.top,
      ghost: null, at: { x: event.clientX, y: event.clientY }, place: null, timer: waits ? setTimeout(() => begin(event.clientX, event.clientY), longPress) : null,
    };
  });
  document.addEventListener('pointermove', (event) => {
    if (!drag || event.pointerId !== drag.pointer) return;
    const { startX, startY, ghost, timer } = drag;
    const gone = Math.hypot(event.clientX - startX, event.clientY - startY);
    if (ghost) follow(event.clientX, event.clientY);
    else if (timer === null && gone > slack) begin(event.clientX, event.clientY);
    // A finger that goes on its way scrolls.
    else if (timer !== null && gone > slack * 2) end(false);
  });
  document.addEventListener('pointerup', (event) => { if (drag?.pointer === event.pointerId) end(true); });
  document.addEventListener('pointercancel', (event) => { if (drag?.pointer === event.pointerId) end(false); });
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !drag?.ghost) return;
    event.preventDefault();
    end(false);
  });
  // While something is held the page under it stays, and the link that it is opens nothing.
  document.addEventListener('touchmove', (event) => { if (drag?.ghost) event.preventDefault(); }, { passive: false });
  document.addEventListener('contextmenu', (event) => { if (drag) event.preventDefault(); });
  document.addEventListener('dragstart', (event) => { if (event.target instanceof Element && event.target.closest(what)) event.preventDefault(); });
  document.addEventListener('click', (event) => { if (clickOff) { event.preventDefault(); event.stopPropagation(); } }, true);
}

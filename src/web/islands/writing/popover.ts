import { render, type VNode } from 'preact';

export interface Popover {
  element: HTMLElement;
  draw(content: VNode): void;
  close(): void;
}

const gap = 6;

/** A small sheet beside what opened it: gone with Escape or a press elsewhere, and the focus goes where `after` says. */
export function openPopover(anchor: HTMLElement, label: string, after: HTMLElement = anchor): Popover {
  const element = document.createElement('div');
  element.className = 'leaf';
  element.popover = 'auto';
  element.setAttribute('role', 'dialog');
  element.setAttribute('aria-label', label);
  document.body.append(element);
  // What folds out makes it taller: it stays within the window.
  const observer = new ResizeObserver(() => place(element, anchor.getBoundingClientRect()));
  observer.observe(element);
  const inside = () => element.contains(document.activeElement) || document.activeElement === document.body;
  // Before it is gone, for `toggle` comes late: keys that follow at once must not go to what opened it.
  element.addEventListener('beforetoggle', ({ newState }) => { if (newState === 'closed' && inside()) after.focus(); });
  element.addEventListener('toggle', ({ newState }) => {
    if (newState !== 'closed') return;
    observer.disconnect();
    render(null, element);
    element.remove();
  });
  element.showPopover();
  return {
    element,
    draw(content) {
      render(content, element);
      place(element, anchor.getBoundingClientRect());
    },
    close: () => { if (element.isConnected) element.hidePopover(); },
  };
}

/** Below the anchor where there is room, else above; never beyond the window. */
export function place(element: HTMLElement, anchor: Pick<DOMRect, 'left' | 'top' | 'bottom'>) {
  const { width, height } = element.getBoundingClientRect();
  const left = Math.max(gap, Math.min(anchor.left, innerWidth - width - gap));
  const below = anchor.bottom + gap;
  const top = below + height <= innerHeight - gap ? below : Math.max(gap, anchor.top - gap - height);
  element.style.left = `${Math.max(gap, left)}px`;
  element.style.top = `${Math.min(top, Math.max(gap, innerHeight - height - gap))}px`;
}

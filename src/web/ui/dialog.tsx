import { render, type ComponentChildren, type VNode } from 'preact';
import { Buttons } from './button.tsx';

export interface Dialog {
  draw(content: VNode): void;
  close(): void;
  element: HTMLDialogElement;
}

/** A modal dialog that is gone when it is closed, however that happens; the focus goes back by itself. */
export function openDialog(label: string): Dialog {
  const element = document.createElement('dialog');
  element.className = 'dialog';
  element.setAttribute('aria-label', label);
  document.body.append(element);
  element.addEventListener('close', () => {
    render(null, element);
    element.remove();
  });
  // A click on the dimmed page is a click on the dialog itself; a press that began inside and ended out there is none.
  let pressed: EventTarget | null = null;
  element.addEventListener('pointerdown', ({ target }) => { pressed = target; });
  element.addEventListener('click', ({ target }) => { if (target === element && pressed === element) element.close(); });
  element.showModal();
  return { element, draw: (content) => render(content, element), close: () => element.close() };
}

/** What stands in a dialog: its heading, what it is about, and its buttons at the foot. */
export function DialogBody({ title, children, buttons }: { title: string; children: ComponentChildren; buttons: ComponentChildren }) {
  return (
    <div class="dialog-page">
      <h2>{title}</h2>
      {children}
      <Buttons>{buttons}</Buttons>
    </div>
  );
}

import type { ComponentChildren } from 'preact';

export interface PopProps {
  id: string;
  /** The button's class, and the class of what it opens. */
  class: string;
  popClass: string;
  /** What stands on the button; its words are its name. */
  face: ComponentChildren;
  title?: string;
  children: ComponentChildren;
}

/**
 * A menu that floats over the page. The browser opens it, closes it by Escape or a click beside it, and gives the focus
 * back: no script is needed. Where it stands its class says.
 */
export function Pop({ id, class: own, popClass, face, title, children }: PopProps) {
  return (
    <>
      <button type="button" class={own} popoverTarget={id} title={title}>{face}</button>
      <div id={id} popover="auto" class={`pop ${popClass}`}>{children}</div>
    </>
  );
}

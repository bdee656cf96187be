import type { ComponentChildren } from 'preact';

export interface MenuProps {
  /** What the menu is about; what is chosen stands in its place, and is read out after it. */
  label: string;
  chosen?: string | null;
  /** Menus of one group close one another. */
  group?: string;
  open?: boolean;
  /** Opens upward, for bars at the foot. */
  up?: boolean;
  /** What it is called where its words alone do not say what it is about. */
  named?: string;
  children: ComponentChildren;
}

/** A menu that needs no script: links, one below the other. */
export function Menu({ children, ...props }: MenuProps) {
  return <Fold {...props}><ul>{children}</ul></Fold>;
}

/** A sheet below its button, for what takes a form. */
export function Sheet({ children, ...props }: MenuProps) {
  return <Fold {...props}><div class="menu-sheet">{children}</div></Fold>;
}

function Fold({ label, chosen = null, group, open, up = false, named, children }: MenuProps) {
  return (
    <details class={up ? 'menu up' : 'menu'} name={group} open={open}>
      <summary class={chosen === null ? undefined : 'chosen'} aria-label={named}>{chosen === null ? label : <><span class="visually-hidden">{label}: </span><span class="menu-chosen">{chosen}</span></>}</summary>
      {children}
    </details>
  );
}

export function MenuLink({ href, current = false, children }: { href: string; current?: boolean; children: ComponentChildren }) {
  return <li><a href={href} aria-current={current ? 'true' : undefined}>{children}</a></li>;
}

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

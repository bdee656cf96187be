import type { ComponentChildren } from 'preact';

/** Something that stands for itself: a heading, how it stands beside it, its words, and what can be done at the foot. */
export function Card({ title, aside, id, bad = false, children, actions }: {
  title: ComponentChildren; aside?: ComponentChildren; id?: string; bad?: boolean; children?: ComponentChildren; actions?: ComponentChildren;
}) {
  return (
    <section class={bad ? 'sheet-card bad' : 'sheet-card'} id={id}>
      <header><h3>{title}</h3>{aside}</header>
      {children}
      {actions && <div class="buttons">{actions}</div>}
    </section>
  );
}

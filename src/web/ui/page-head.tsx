import type { ComponentChildren } from 'preact';

/** The top of a page: what it is, a word about it, and what can be done here. */
export function PageHead({ title, note, children }: { title: ComponentChildren; note?: ComponentChildren; children?: ComponentChildren }) {
  return (
    <div class="page-head">
      <h1>{title}{note && <> <span class="help">{note}</span></>}</h1>
      {children && <div class="buttons">{children}</div>}
    </div>
  );
}

import type { ComponentChildren } from 'preact';

/** The top of a page: what it is, a word about it, what stands beside it, and what can be done here. */
export function PageHead({ title, note, beside, children }: { title: ComponentChildren; note?: ComponentChildren; beside?: ComponentChildren; children?: ComponentChildren }) {
  return (
    <div class="page-head">
      <h1>{title}{note && <> <span class="help">{note}</span></>}</h1>
      {beside}
      {children && <div class="buttons">{children}</div>}
    </div>
  );
}

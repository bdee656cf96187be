import type { ComponentChildren } from 'preact';

/** Where nothing is yet: what will stand here, and the one thing to do about it. */
export function Empty({ children, action }: { children: ComponentChildren; action?: ComponentChildren }) {
  return <div class="empty"><p>{children}</p>{action && <p>{action}</p>}</div>;
}

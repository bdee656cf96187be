import { fieldId } from '../../ui/field.tsx';
import type { Desk } from '../writing/desk.ts';

export type Going = ReturnType<typeof goingIn>;

/** The ways to a field or a button of the composer, wherever it is folded away. */
export function goingIn(desk: Desk) {
  /** Opens the version that a field belongs to and goes there. */
  function reveal(field: string) {
    const channel = /^([\da-f-]{36})\./u.exec(field)?.[1];
    if (channel || field.startsWith('part.')) desk.set({ draft: { ...desk.read(), tab: channel ?? 'all' } });
    focus(field);
  }

  function focus(field: string) {
    const element = document.getElementById(field === '' ? 'problems' : fieldId(field));
    // What is folded away opens.
    for (let fold = element?.closest('details'); fold; fold = fold.parentElement?.closest('details') ?? null) fold.open = true;
    element?.focus();
    element?.scrollIntoView({ block: 'center' });
  }

  /** Where the button that was pressed is gone by now, and nobody went elsewhere meanwhile. */
  function refind(field: string) {
    if (document.activeElement === document.body) focus(field);
  }

  /** A button that moved with its tile keeps the focus; at the end of the way it is the other one's turn. */
  function refocus(...values: string[]) {
    const buttons = values.map((value) => desk.root.querySelector<HTMLButtonElement>(`button[value="${CSS.escape(value)}"]`));
    buttons.find((button) => button && !button.disabled)?.focus();
  }

  return { reveal, focus, refind, refocus };
}

import type { ComposerState } from '../../composer/model/data.ts';
import type { Draft } from '../../composer/model/draft.ts';
import { fieldId } from '../../ui/field.tsx';

/** What the helpers of the composer share: its state, and the form as it stands. */
export interface Desk {
  root: HTMLElement;
  state(): ComposerState;
  set(change: Partial<ComposerState>): void;
  /** The draft that is in the form right now. */
  read(): Draft;
}

/** Puts words into a text in place of what is chosen there. As if they were typed, so that the browser can take them back. */
export function insertAt(field: HTMLTextAreaElement, words: string, start = field.selectionStart, end = field.selectionEnd) {
  field.focus();
  field.setSelectionRange(start, end);
  if (document.execCommand('insertText', false, words)) return;
  field.setRangeText(words, start, end, 'end');
  field.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertText', data: words }));
}

/** The text that a tool belongs to. */
export function textOf(root: HTMLElement, field: string): HTMLTextAreaElement | null {
  const element = root.querySelector(`#${CSS.escape(fieldId(field))}`);
  return element instanceof HTMLTextAreaElement ? element : null;
}

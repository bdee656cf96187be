import type { Content, PartMedia } from '../post.ts';

/** A file that a message brought, and how far it is on its way into a draft. */
export interface HeldFile {
  /** The id of the medium that it becomes, known before the file is fetched: fetching it twice makes one medium. */
  mediaId: string;
  /** The same for the same file. */
  same: string;
  name: string;
  /** With which the platform gives it out; null when it is here, or will not come. */
  ref: string | null;
  bytes: number | null;
  /** Why it will not come. */
  refusal: string | null;
  /** The medium whose place it takes, after the message was changed. */
  replaces: string | null;
}

/** One message of a draft. */
export interface HeldPart {
  messageId: string;
  order: number;
  /** Null once the draft has it. */
  text: string | null;
  leads: boolean;
  file: HeldFile | null;
}

/**
 * What a draft shall be once its messages are worked in: `present` is what it is now. Text that came in is the draft's when
 * it belongs to the message whose text that is, or to the first that has any. Null when there is nothing to make a draft of.
 */
export function contentFrom(parts: readonly HeldPart[], present: Content | null): { content: Content; leader: string | null } | null {
  const inOrder = parts.toSorted((a, b) => a.order - b.order);
  const had = present?.parts[0];
  const alt = new Map(had?.media.map((one) => [one.mediaId, one.alt]));
  const media = inOrder.flatMap(({ file }): PartMedia[] => (file && file.ref === null && file.refusal === null ? [{ mediaId: file.mediaId, alt: alt.get(file.mediaId) ?? '' }] : []));
  const leader = inOrder.find(({ leads }) => leads)
    ?? (had === undefined || had.text.trim() === '' ? inOrder.find(({ text }) => text !== null && text.trim() !== '') : undefined);
  const text = leader?.text ?? had?.text ?? '';
  if (text.trim() === '' && media.length === 0) return null;
  return { content: { parts: [{ text, media }] }, leader: leader?.messageId ?? null };
}

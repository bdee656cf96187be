import type { Markup } from '../lib/html-text.ts';

/**
 * How programs that were written for Postiz speak of one network (docs.postiz.com/public-api/providers, read 2026-11-25).
 * What is named as our own option is needs no entry.
 */
export interface Dialect {
  /** The network's name there, where it is not the id. */
  name?: string;
  /** What a text may be marked with, for it may come as HTML. Absent: it becomes plain. */
  markup?: Markup;
  settings?: Readonly<Record<string, Alias>>;
  /** Their name of a look-up to the field whose choices it gives. */
  tools?: Readonly<Record<string, string>>;
  /** Brings settings into the flat shape that `settings` names, or gives the sentence why not. */
  prepare?(given: Given, about: Sent): Given | string;
}

/** What became of a setting of theirs. */
export type Alias =
  /** Our option; `values` where ours are called otherwise. A list becomes one text, by commas. */
  | { option: string; values?: Readonly<Record<string, string>> }
  /** Our option for a picture. */
  | { picture: string }
  /** Nothing is lost without it. */
  | 'harmless'
  /** We cannot do it, and silence would be a lie. `unless`: values that ask for nothing. */
  | { refused: string; unless?: readonly string[] };

export type Given = Readonly<Record<string, unknown>>;

/** What the settings came with. */
export interface Sent {
  /** Media of the first part. */
  pictures: number;
  videos: number;
  /** The place that the channel publishes to. */
  place: { remoteId: string; name: string };
}

/** Markdown as most take it. */
export const markdown: Markup = { bold: '**', italic: '*', strike: '~~', code: '`', heading: '#', quote: '> ', bullet: '- ', links: true };

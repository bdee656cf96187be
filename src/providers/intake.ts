import type { Io } from './io.ts';

/** What somebody told a bot in private: `from` is nobody we know until `store.intake` says so. */
export type Heard = HeardMessage | HeardPress;

interface HeardBase {
  /** The same for the same news, however often it comes. */
  id: string;
  /** Who said it, as the platform numbers people. */
  from: string;
}

export interface HeardMessage extends HeardBase {
  kind: 'message';
  messageId: string;
  /** Grows with each message of a chat: albums come in any order. */
  order: number;
  /** When it was written, or last changed (epoch ms). */
  at: number;
  /** It changes a message that was heard before. */
  edited: boolean;
  /** Shared by the messages of one album. */
  album: string | null;
  /** `/name rest`. Beside files it is what the caption says, and taken out of `text`. */
  command: { name: string; rest: string } | null;
  /** Plain, as a composer has it. */
  text: string;
  file: HeardFile | null;
  /** Why nothing can be made of it, as a sentence for who sent it. */
  refusal: string | null;
}

export interface HeardFile {
  /** With which the platform gives it out. */
  ref: string;
  /** The same for the same file, and no key to it. */
  same: string;
  name: string;
  /** As far as the platform says. */
  bytes: number | null;
}

/** A button of ours was pressed. */
export interface HeardPress extends HeardBase {
  kind: 'press';
  messageId: string;
  /** What the button carried. */
  carried: string;
  /** With which it is answered. */
  ref: string;
}

export interface Saying {
  text: string;
  /** Rows of them. */
  buttons?: readonly (readonly Button[])[];
  /** The message that this answers. */
  replyTo?: string;
}

export type Button = { label: string } & ({ url: string } | { carries: string });

/** Most bytes that a button carries. */
export const carriedMax = 64;

/** How a bot takes in what people send it, to make drafts of. What is made of it knows no platform (`actions/intake`). */
export interface Intake {
  /** Largest file that the platform gives out to bots (bytes). */
  maxBytes: number;
  /** The same as the platform says it, e.g. `20 MB`. */
  maxSaid: string;
  /** What a person may send, as the end of a sentence: "texts, photos, …". */
  takes: string;
  /** Whoever opens it says the command `start` with `token` (43 characters, base64url) to the bot. */
  linkUrl(bot: { url: string }, token: string): string;
  /** Begins to fetch a file. Throws `rejected` for one that will never be had, with the code `too_large` for that reason. */
  open(file: HeardFile, io: Io, signal?: AbortSignal): Promise<AsyncIterable<Uint8Array>>;
  /** Says something to a person who has spoken to the bot before. */
  say(to: string, saying: Saying, io: Io): Promise<void>;
  /** Ends the wait of who pressed a button, with a few words; `saying` takes the place of the message with the button. */
  pressed(press: HeardPress, words: string, saying: Saying | null, io: Io): Promise<void>;
}

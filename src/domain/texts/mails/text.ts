/** A piece of a mail: a paragraph, a list, or what a person wrote, as they wrote it. */
export type Block = string | { list: readonly string[] } | { quote: string };

/** What every mail may say of the instance it comes from. */
export interface MailAbout {
  /** What the instance is called. */
  instance: string;
}

/** Mails that a person can turn off, by the choice under Settings, Mails that they belong to. */
export const mailLists = ['published', 'trouble', 'access'] as const;
export type MailList = (typeof mailLists)[number];

/** One kind of mail: its words and its rules. `D` is plain JSON. */
export interface MailText<D> {
  /** No secret and nothing that a person wrote: it stays in the outbox after sending. */
  subject: (data: D, about: MailAbout) => string;
  body: (data: D, about: MailAbout) => readonly Block[];
  /** The one thing to do; `path` begins with a slash and is on this instance. */
  action?: (data: D) => { label: string; path: string };
  /** Stands small below everything else. */
  foot?: (data: D, about: MailAbout) => string;
  /** The choice that turns it off; null for what everybody gets. */
  list: MailList | null;
  /**
   * What becomes of it when the process or the line died after the mail was handed over and before the answer: `again` where
   * none is worse than two, `leave` where two would be. Sent again, it carries the same Message-ID.
   */
  inDoubt: 'again' | 'leave';
  /** Goes to an address that nobody has confirmed yet. */
  unverified: boolean;
  /** After so many hours it is worth nothing and is not sent any more; null: always. */
  hours: number | null;
}

export type MailTexts<M> = { readonly [K in keyof M]: MailText<M[K]> };

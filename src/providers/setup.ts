import type { Io } from './io.ts';

/** An operator's setting of a network. */
export interface Setting {
  /** Environment variable, e.g. `TELEGRAM_BOT_TOKEN`. */
  env: string;
  label: string;
  help: string;
  secret: boolean;
  /** May stay empty. */
  optional?: true;
  /** What counts while it is empty. */
  fallback?: string;
  /** Another setting that counts while this one is empty: with either of them the network is set up. */
  or?: string;
}

/**
 * What whoever runs the instance does once per company, shown as one card: networks that share an app share this object.
 */
export interface Setup {
  /** e.g. `google`; also the card's address. */
  id: string;
  /** e.g. `Google`. */
  name: string;
  settings: readonly Setting[];
  /** What it costs in money, time and review, in a sentence or two. */
  cost: string;
  /**
   * Days that pass, at the longest that is usual, until others have approved what everybody needs; 0 where nobody is asked.
   * As `cost` says it in words.
   */
  approvalDays: number;
  /** What to do, in order. `{callback:ID}` stands for the callback address of the network ID, `{url:/path}` for a page of this instance. */
  steps: readonly string[];
  /** Where to do it. */
  console: { label: string; url: string };
  scopes: readonly { scope: string; why: string }[];
  /** Addresses to copy beside the callbacks of its networks, e.g. `/hooks/meta/deauthorize`. */
  addresses?: readonly { label: string; path: string }[];
  /** True when the platform fetches media from this instance, so that it must be reachable from outside. */
  pulls?: true;
  /** Asks the platform whether the settings work; gives a sentence about what answered. Throws ProviderError. */
  test?(io: Io): Promise<string>;
  review?: Review;
  privacy?: Privacy;
}

/** What the privacy page says of this company's networks, beside the scopes and their reasons. */
export interface Privacy {
  /** What is kept of an account, e.g. `access token`, `channel name`. */
  kept: readonly string[];
  /** What else the company or the truth wants said, each a whole sentence. */
  statements: readonly string[];
  /** Where people take access away at the company itself. */
  revokeAt?: { label: string; url: string };
  /** What the company wants linked: its terms, its own privacy policy. */
  links?: readonly { label: string; url: string }[];
}

/** What the platform's reviewers ask, ready to be pasted. `{name}` and `{url}` stand for the instance's name and address. */
export interface Review {
  /** When review is needed and when not. */
  when: string;
  /** What they look at, in their words made short. */
  asks: readonly string[];
  /** Answers to paste. */
  texts: readonly { title: string; text: string }[];
  /** The screencast, take by take. */
  screencast: readonly string[];
  /** Public pages they open. */
  pages: readonly { label: string; path: string }[];
}

import type { Field } from '../domain/field.ts';
import type { Json } from '../domain/json.ts';
import type { Heard } from './intake.ts';
import type { Io } from './io.ts';

export type Input = Record<string, string>;

export type Connect<Grant> = OAuthConnect<Grant> | FormConnect<Grant> | BotConnect<Grant> | LocalConnect<Grant>;

export interface OAuthConnect<Grant> {
  kind: 'oauth2';
  /** Asked before leaving for the platform (the instance's host, say). */
  fields: readonly Field[];
  /**
   * Where to send the browser, with `state` and the PKCE challenge in it. `memo` is sealed and comes back in `exchange`.
   * Throws ProviderError `rejected` with `code: field name` for input that cannot be used.
   */
  authorizeUrl(request: AuthorizeRequest, io: Io): Promise<{ url: string; memo: Json }>;
  exchange(answer: AuthorizeAnswer, io: Io): Promise<Connected<Grant>>;
}

export interface AuthorizeRequest {
  input: Input;
  redirectUri: string;
  state: string;
  /** S256 challenge of the verifier that `exchange` gets. */
  codeChallenge: string;
}

export interface AuthorizeAnswer {
  code: string;
  redirectUri: string;
  codeVerifier: string;
  memo: Json;
}

export interface FormConnect<Grant> {
  kind: 'form';
  fields: readonly Field[];
  /** What to do, shown above the form. */
  help: string;
  /** Throws ProviderError `rejected` (or `auth`) with `code: field name` for the field that is wrong. */
  verify(input: Input, io: Io): Promise<Connected<Grant>>;
}

/** A bot that is told a one-time code in the chat that it shall publish to. */
export interface BotConnect<Grant> {
  kind: 'bot';
  /** What the person has to do with the code, as plain sentences; `{code}` stands for it, `{bot}` for the bot's name. */
  steps: readonly string[];
  /** The bot itself, to show its name; throws `auth` when its token is refused. */
  bot(io: Io): Promise<{ id: string; name: string; url: string }>;
  /** News since `cursor` (null at first): asks once, and returns at once unless it may wait for news. */
  updates(cursor: Json | null, io: Io, wait?: { ms: number; signal: AbortSignal }): Promise<{ cursor: Json } & News<Grant>>;
  /** Where the platform can call us with its news instead of being asked for them. */
  push?: {
    /** Name of the hook that hears them. */
    hook: string;
    /** Has news sent to `address`; null ends it. Throws `rejected` while another program gets them. */
    set(address: string | null, io: Io): Promise<void>;
    /** What has kept news from arriving since `since` (epoch ms), as the platform sees it; null when nothing has. */
    trouble(since: number, io: Io): Promise<string | null>;
  };
}

/** What a bot heard. */
export interface News<Grant = unknown> {
  claims: BotClaim<Grant>[];
  /** What people told it in private. */
  heard: Heard[];
}

/** Somebody with the right to do so has said `code` in a chat. */
export interface BotClaim<Grant> {
  code: string;
  connected: Connected<Grant>;
}

/** The network inside this instance: connected without asking anybody. */
export interface LocalConnect<Grant> {
  kind: 'local';
  /** `page` is a fresh id: of the channel and of its page alike. */
  connected(page: string): Connected<Grant>;
}

export interface Connected<Grant> {
  /** The account the grant belongs to: reconnecting must bring the same id back. */
  account: { id: string; name: string };
  grant: Grant;
  /** Epoch ms after which the grant is void and cannot be refreshed; absent when unknown or never. */
  expiresAt?: number;
}

export interface Refreshed<Grant> {
  grant: Grant;
  expiresAt?: number;
}

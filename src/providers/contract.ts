import type * as z from 'zod';
import type { Capabilities, ImageRule, LimitOverrides } from '../domain/capabilities.ts';
import type { Failure } from '../domain/failure.ts';
import type { ImageFile, LinkCard } from '../domain/image.ts';
import type { Json } from '../domain/json.ts';
import type { Http } from './http.ts';

export type { ImageFile, LinkCard };

/**
 * One network. Everything another room needs to know of it is data here; what it does is in `connect`, `publish` and
 * their optional companions. An adapter never reads the environment, sleeps, loops over time, retries, logs, touches
 * store or web, or knows the time but through `io`.
 */
export interface Provider<Grant = unknown, Options = unknown> {
  id: string;
  name: string;
  /** The network's own colour as CSS hex, for its mark. */
  colour: string;
  /** True for the network that lives inside this instance. */
  local?: true;
  capabilities: Capabilities;
  /** What the operator must configure before people can connect; empty when nothing. */
  settings: readonly Setting[];
  /** Options a person sets per variant. */
  fields: readonly Field[];
  /** The shape of what gets sealed. */
  grant: z.ZodType<Grant>;
  /** The shape of a variant's options; must accept `{}`. */
  options: z.ZodType<Options>;
  connect: Connect<Grant>;
  /** Absent when the network has no refresh. Throws ProviderError; only `auth` disconnects. */
  refresh?(grant: Grant, io: Io): Promise<Refreshed<Grant>>;
  /** Absent when the network cannot revoke. */
  revoke?(grant: Grant, io: Io): Promise<void>;
  /** The pages, boards, accounts and chats that this grant reaches. */
  targets(grant: Grant, io: Io): Promise<Target[]>;
  publish(job: Job<Grant, Options>, step: Steps, io: Io): Promise<Published>;
}

export interface Setting {
  /** Environment variable, e.g. `TELEGRAM_BOT_TOKEN`. */
  env: string;
  label: string;
  help: string;
  secret: boolean;
}

export interface Field {
  name: string;
  label: string;
  kind: 'text' | 'textarea' | 'password' | 'url' | 'select' | 'checkbox';
  help?: string;
  placeholder?: string;
  required?: boolean;
  choices?: readonly { value: string; label: string }[];
}

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
  /** News since `cursor` (null at first): asks once and returns at once. */
  updates(cursor: Json | null, io: Io): Promise<{ cursor: Json; claims: BotClaim<Grant>[] }>;
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

/** One place to publish, reached through a grant. */
export interface Target {
  /** The platform's id: a string, never a number. */
  remoteId: string;
  name: string;
  /** `@name`, host, … whatever people recognise it by. */
  handle: string;
  /** Where a person can look at it. */
  url: string | null;
  avatarUrl: string | null;
  limits?: LimitOverrides;
}

/** The frozen snapshot of one publication. */
export interface Job<Grant = unknown, Options = unknown> {
  /** The publication's id: idempotency keys derive from it (`keyOf`). */
  id: string;
  grant: Grant;
  options: Options;
  target: { remoteId: string; handle: string; name: string; url: string | null; limits: LimitOverrides };
  /** At least one; more than one only where the network has threads. */
  parts: readonly [JobPart, ...JobPart[]];
  /** Epoch ms at which the snapshot was taken: the creation date to claim, the same in every run. */
  frozenAt: number;
}

export interface JobPart {
  text: string;
  images: readonly JobImage[];
}

export interface JobImage {
  mediaId: string;
  alt: string;
  width: number;
  height: number;
}

export interface Published {
  /** The platform's id of the post (of its first part). */
  remoteId: string;
  /** Null when the platform gives none. */
  url: string | null;
}

/**
 * The journal of one publication. Steps are keyed by name, so a name must be unique within a publication and change when
 * the shape of its result does.
 */
export interface Steps {
  /** Repeatable: reads, uploads, containers. The result is journaled; a done step never runs again. */
  run<T extends Json>(name: string, act: () => Promise<T>): Promise<T>;
  /**
   * The call that makes something visible. The intent is on disk before `act` begins, the result before it returns.
   * After an unanswered intent `find` decides; without it a person does.
   */
  once<T extends Json>(name: string, act: () => Promise<T>, find?: (intent: Intent) => Promise<Found<T>>): Promise<T>;
  /** Asks once. While `ready` gives null the run ends here and comes back in `every` ms. */
  until<T extends Json>(name: string, every: number, ready: () => Promise<T | null>): Promise<T>;
}

/** When the first call was made that was never answered (epoch ms). */
export interface Intent {
  at: number;
}

export type Found<T> = { found: T } | 'absent' | 'unknown';

/** What an adapter may touch of the world. */
export interface Io {
  http: Http;
  /** Epoch ms. */
  now(): number;
  /** A picture made right for the rule: converted and scaled only when it must be. */
  image(mediaId: string, rule: ImageRule): Promise<ImageFile>;
  /** Title, description and picture of a web page; null when it cannot be had. Never throws. */
  linkCard(url: string, rule: ImageRule): Promise<LinkCard | null>;
  /** An operator's setting, see `Provider.settings`. */
  setting(env: string): string | undefined;
  /** Sealed notes of this provider on this instance (app registrations per server, say). */
  notes: { get(key: string): Promise<Json | undefined>; put(key: string, value: Json): Promise<void> };
  /** The pages of the network inside this instance. */
  local: LocalBoard;
}

/** Makes what an adapter may touch, for one network in one workspace. */
export type IoFor = (providerId: string, workspaceId: string) => Io;

export interface LocalBoard {
  /** Puts an entry up; the same key again changes nothing. */
  put(entry: LocalEntry): Promise<void>;
  get(key: string): Promise<LocalEntry | undefined>;
}

export interface LocalEntry {
  key: string;
  channelId: string;
  parts: { text: string; images: { mediaId: string; alt: string }[] }[];
  at: number;
}

/** The one error that crosses from a platform to the engine; thrown by adapters and `io.http`, caught once. */
export class ProviderError extends Error {
  override name = 'ProviderError';
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.message);
    this.failure = failure;
  }
}

/** Registers a typed provider; the registry holds them with their types erased, values having passed the schemas. */
export function provider<Grant, Options>(definition: Provider<Grant, Options>): Provider {
  return definition;
}

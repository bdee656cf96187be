import type * as z from 'zod';
import type { Appearance } from '../domain/channels/appearance.ts';
import type { Capabilities, LimitOverrides } from '../domain/capabilities.ts';
import type { Costs } from '../domain/billing/costs.ts';
import type { Choice, Field } from '../domain/field.ts';
import type { Json } from '../domain/json.ts';
import type { DraftPart, Problem } from '../domain/limits.ts';
import type { PostImage, PostMedia } from '../domain/media.ts';
import type { Connect, Refreshed } from './connect.ts';
import type { Dialect } from './dialect.ts';
import type { Hook } from './hook.ts';
import type { Intake } from './intake.ts';
import type { Io } from './io.ts';
import type { Setup } from './setup.ts';

export type { Field } from '../domain/field.ts';
export type { Problem } from '../domain/limits.ts';
export type { ImageFile, LinkCard, MediaFacts, PostImage, PostMedia, PostVideo, VideoFile } from '../domain/media.ts';
export type * from './connect.ts';
export type * from './dialect.ts';
export * from './error.ts';
export type * from './hook.ts';
export type * from './intake.ts';
export type * from './io.ts';
export type * from './setup.ts';

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
  /** What a post looks like there, for the preview; absent: plain, on this house's own paper. */
  appearance?: Appearance;
  /** True for the network that lives inside this instance. */
  local?: true;
  capabilities: Capabilities;
  /** What the operator must do and configure before people can connect; absent when nothing. */
  setup?: Setup;
  /** Options a person sets per variant, beside the format (see `Capabilities.formats`). */
  fields: readonly Field[];
  /** The shape of what gets sealed. */
  grant: z.ZodType<Grant>;
  /** The shape of a variant's options; must accept `{}`. */
  options: z.ZodType<Options>;
  connect: Connect<Grant>;
  /**
   * Absent when the network has no refresh. Throws ProviderError; only `auth` disconnects, and with the code `noRefresh` (a
   * grant without a refresh token, say) not before the grant's end.
   */
  refresh?(grant: Grant, io: Io): Promise<Refreshed<Grant>>;
  /**
   * Tells the network that this account is leaving: asked only when no other connection of this instance has the same
   * account. Absent when the network cannot revoke.
   */
  revoke?(grant: Grant, io: Io): Promise<void>;
  /** Forgets what it has noted down about this account; asked, like `revoke`, with the account's last connection. */
  forget?(grant: Grant, io: Io): Promise<void>;
  /** The grant without what reaches one target, null when nothing else is left. Absent: one grant, one secret for all. */
  without?(grant: Grant, remoteId: string): Grant | null;
  /** The pages, boards, accounts and chats that this grant reaches. */
  targets(grant: Grant, io: Io): Promise<Target[]>;
  /** What the network says about this channel right now, asked when a person composes for it. Reads only. */
  composing?(grant: Grant, target: Pick<Target, 'remoteId'>, io: Io): Promise<Composing>;
  /**
   * People whose name or handle begins with what somebody types after an `@`, best first. Reads only; absent where the network
   * does not offer it to what we are allowed.
   */
  mentions?(grant: Grant, typed: string, io: Io): Promise<Mention[]>;
  /** Rules beyond `capabilities`, e.g. between options. Pure. Fields are `option.NAME`, or as in `checkContent`. */
  check?(draft: Draft<Options>): readonly Problem[];
  publish(job: Job<Grant, Options>, step: Steps, io: Io): Promise<Published>;
  /** What programs call things that were written for Postiz; absent when nothing differs. */
  dialect?: Dialect;
  /** Calls from the platform, each under `/hooks/NAME`. */
  hooks?: Readonly<Record<string, Hook>>;
  /** What people send its bot becomes drafts. */
  intake?: Intake;
}

/** Somebody who can be mentioned. No picture: a page of ours loads nothing from elsewhere. */
export interface Mention {
  name: string;
  /** As people recognise them: `@name`, `@name@server`. */
  handle: string;
  /** What goes into the post, so that the network makes a mention of it. */
  text: string;
}

/** What only the network knows, while somebody composes. */
export interface Composing {
  /** As whom the post will appear, where the network wants that shown. */
  account?: { name: string; avatarUrl: string | null };
  /** Choices of the fields that say `loads`. */
  choices?: Readonly<Record<string, readonly Choice[]>>;
  /** Fields that cannot be set now, with the reason. */
  disabled?: Readonly<Record<string, string>>;
  limits?: LimitOverrides;
  /** What the network charges for a post: reckoned and shown while it is written. */
  costs?: Costs;
  /** Plain sentences a person must know before scheduling. */
  notices?: readonly string[];
  /** Why nothing can be posted at all right now. */
  blocked?: string;
  /** What else the network's own `check` wants to know; nobody else reads it. */
  told?: Json;
}

/** A variant as it stands in the composer. */
export interface Draft<Options = unknown> {
  options: Options;
  parts: readonly DraftPart[];
  /** Null when the network could not be asked. */
  composing: Composing | null;
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
  media: readonly PostMedia[];
  /** Time to let pass after the part before: for `Steps.wait`, between the two. */
  waitMinutes?: number;
}

/** The pictures of a part, for networks that take nothing else. */
export function imagesOf({ media }: JobPart): PostImage[] {
  return media.filter((one) => one.kind === 'image');
}

export interface Published {
  /** The platform's id of the post (of its first part). */
  remoteId: string;
  /** Null when the platform gives none. */
  url: string | null;
  /** Plain sentences about how it came out, where that is not quite what was asked for; shown with the post. */
  notes?: readonly string[];
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
  /** Lets so many minutes pass since it was first reached: the run ends here and comes back then. None: goes on at once. */
  wait(name: string, minutes: number | undefined): Promise<void>;
}

/** When the first call was made that was never answered (epoch ms). */
export interface Intent {
  at: number;
}

export type Found<T> = { found: T } | 'absent' | 'unknown';

/** Registers a typed provider; the registry holds them with their types erased, values having passed the schemas. */
export function provider<Grant, Options>(definition: Provider<Grant, Options>): Provider {
  return definition;
}

import type { Asked } from '../../../actions/posts/composing.ts';
import type { LinkPreview } from '../../../actions/writing/link-preview.ts';
import type { Appearance } from '../../../domain/channels/appearance.ts';
import { limitsOf, type Capabilities, type LimitOverrides, type Limits } from '../../../domain/capabilities.ts';
import type { ConnectionStatus } from '../../../domain/connection.ts';
import { isShown, type Answers, type Field } from '../../../domain/field.ts';
import type { HashtagSet } from '../../../domain/posts/hashtag.ts';
import type { Label } from '../../../domain/posts/label.ts';
import type { Problem } from '../../../domain/limits.ts';
import type { MediaFacts } from '../../../domain/media.ts';
import type { Draft } from './draft.ts';

/** What the composer knows beside the draft: data alone, for it goes to the browser as well. */
export interface ComposerData {
  channels: ChannelData[];
  /** Everything that the draft names. */
  media: Record<string, MediaItem>;
  csrf: string;
  /** Person and workspace that the page is for. */
  owner: string;
  /** Those of the workspace. */
  labels: readonly Label[];
  sets: readonly HashtagSet[];
  /** Where the post before went that the same person wrote; only while a new one is written. */
  last: readonly string[];
}

export interface ChannelData {
  id: string;
  name: string;
  handle: string;
  /** The network's id, for its mark, and its name. */
  provider: string;
  network: string;
  standing: ConnectionStatus;
  /** What its group is called, where it is in one. */
  group?: string;
  /** The account has a picture of its own. */
  pictured: boolean;
  capabilities: Limits & Pick<Capabilities, 'formats' | 'links'>;
  /** What a post looks like there (its colors stand in the styles); absent where the network does not say. */
  appearance?: Omit<Appearance, 'colors'>;
  /** The channel's own. */
  limits: LimitOverrides;
  fields: readonly Field[];
  /** True where the network is asked what may be posted now. */
  asks: boolean;
  /** True where the network looks up people to mention. */
  mentions: boolean;
}

export interface MediaItem {
  /** With the description that it has in the library. */
  facts: MediaFacts;
  name: string;
}

/** Everything the view is made of. */
export interface ComposerState {
  draft: Draft;
  data: ComposerData;
  /** What networks said, by channel. */
  asked: Record<string, Asked>;
  /** What the server found, as far as nobody has mended it since. */
  told: Problem[];
  /** What was refused, where something was. */
  refused: 'draft' | 'schedule' | 'now' | null;
  /** Under which what is typed on this page is kept. */
  autosave: string;
  /** True where the page shows what was typed and sent, and nothing kept it. */
  typed: boolean;
  /** Only in the browser. */
  uploads: Upload[];
  /** True in the browser, where what is greyed comes back as soon as it may. */
  live: boolean;
  /** How keeping went, in the browser; null before it was tried. */
  kept: KeptState | null;
  /** True in the browser when something was to be sent and stayed here, for it could not have been kept. */
  held: boolean;
  /** What is being typed into the fields of a time, as it is typed, and which one that is; null when nobody is at any. */
  typing: { name: string; date?: string; time?: string } | null;
  /** What the clocks do to a wall time; the note is null where they do nothing. */
  shift: { wall: string; note: string | null } | null;
  /** What pages that are linked to say of themselves, by address. */
  links: Readonly<Record<string, LinkState>>;
}

/** `waiting`: it is being asked. Null: it says nothing, or cannot be had. */
export type LinkState = LinkPreview | 'waiting' | null;

/**
 * Why nothing is kept: the server cannot be reached, nobody is logged in any more, this browser looks at another workspace or
 * is another person's by now, the role allows no writing any more, or the post is deleted.
 */
export type KeepTrouble = 'failed' | 'logged_out' | 'elsewhere' | 'not_allowed' | 'gone';

export type KeptState = KeepTrouble | { at: number; others: string[]; savedMeanwhile: number | null };

export interface Upload {
  id: string;
  target: string;
  name: string;
  /** 0 to 1. */
  sent: number;
  /** Null while it waits or is sent. */
  failed: string | null;
}

export const isChosen = ({ channelIds }: Draft, { id, standing }: ChannelData) => channelIds.includes(id) && standing !== 'revoked';

export function chosenOf({ draft, data }: Pick<ComposerState, 'draft' | 'data'>): ChannelData[] {
  return data.channels.filter((channel) => isChosen(draft, channel));
}

export function composingOf(asked: ComposerState['asked'], channelId: string) {
  const answer = asked[channelId];
  return answer?.state === 'answered' ? answer.composing : null;
}

/** The format that counts, where the network has formats. */
export function formatOf(draft: Draft, { id, capabilities: { formats } }: ChannelData): string | undefined {
  const said = draft.options[id]?.['format'];
  return (formats?.find(({ value }) => value === said) ?? formats?.[0])?.value;
}

/** What was said of a channel's options, with what its network loaded. */
export function answersFor({ draft, asked }: Pick<ComposerState, 'draft' | 'asked'>, channel: ChannelData): Answers {
  return { fields: channel.fields, said: draft.options[channel.id] ?? {}, format: formatOf(draft, channel), loaded: composingOf(asked, channel.id)?.choices };
}

/** What a person agrees to by sending, as things stand; each sentence once. */
export function declarationsOf(state: Pick<ComposerState, 'draft' | 'data' | 'asked'>): Field[] {
  const all = chosenOf(state).flatMap((channel) => channel.fields.filter((field) => field.atSend && isShown(field, answersFor(state, channel))));
  return [...new Map(all.map((field) => [field.help, field])).values()];
}

export function limitsFor({ draft, asked }: Pick<ComposerState, 'draft' | 'asked'>, channel: ChannelData): Limits {
  const loaded = composingOf(asked, channel.id)?.limits;
  return limitsOf(channel.capabilities, [channel.limits, ...(loaded ? [loaded] : [])], formatOf(draft, channel));
}

/** A medium with the description that this post gives it; undefined when it is no longer there. */
export function factsFor({ draft, data }: Pick<ComposerState, 'draft' | 'data'>, mediaId: string): MediaFacts | undefined {
  const item = data.media[mediaId];
  return item && { ...item.facts, alt: draft.alts[mediaId] ?? item.facts.alt };
}

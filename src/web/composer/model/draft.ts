import type { Field } from '../../../domain/field.ts';
import type { Json } from '../../../domain/json.ts';
import type { Content, Part } from '../../../domain/post.ts';

/** What stands in the composer: the same shape whether it comes from a post, from a form, or is new. Survives JSON. */
export interface Draft {
  postId: string | null;
  version: number | null;
  parts: DraftPart[];
  /** Descriptions by medium; absent: the one it has in the library. */
  alts: Record<string, string>;
  /** Channels that are switched on. */
  channelIds: string[];
  /** Channels with a version of their own; as many parts as the post has. */
  own: Record<string, OwnPart[]>;
  /** As a form sends them: a checkbox is `on` or absent. */
  options: Record<string, Record<string, string>>;
  /** `YYYY-MM-DDTHH:mm` or empty. */
  wall: string;
  zone: string;
  /** Ids of the labels that it bears. */
  labels: string[];
  /** Which version is open: `all` or a channel. */
  tab: string;
  /** The channel whose preview is open, or empty. */
  view: string;
}

export interface DraftPart {
  text: string;
  /** Ids, in order. */
  media: string[];
  /** Minutes to let pass after the part before, as typed; absent: at once. Every channel's version takes it from the post. */
  wait?: string;
}

export interface OwnPart {
  text: string;
  /** In the channel's order; what is off is left out for it. */
  media: OwnMedia[];
}

export interface OwnMedia {
  mediaId: string;
  on: boolean;
}

export const mostParts = 50;
export const mostMedia = 40;

export function newDraft(channelIds: string[], wall: string, zone: string): Draft {
  return { postId: null, version: null, parts: [{ text: '', media: [] }], alts: {}, channelIds, own: {}, options: {}, wall, zone, labels: [], tab: 'all', view: '' };
}

interface SavedPost {
  id: string;
  version: number;
  content: Content;
  variants: readonly { channelId: string; content: Content | null; options: { [key: string]: Json } }[];
}

/** `wallOf` gives the wall time of an instant in the zone; `fieldsOf` the fields of a channel's network. */
export function draftOfPost(
  post: SavedPost, wall: string, zone: string, { wallOf, fieldsOf }: { wallOf: (at: number) => string; fieldsOf: (channelId: string) => readonly Field[] },
): Draft {
  const parts = post.content.parts.map(partOf);
  const contents = [...post.variants.flatMap(({ content }) => content ?? []), post.content];
  return {
    ...newDraft(post.variants.map(({ channelId }) => channelId), wall, zone),
    postId: post.id, version: post.version, parts,
    alts: Object.fromEntries(contents.flatMap((content) => content.parts.flatMap(({ media }) => media.map(({ mediaId, alt }) => [mediaId, alt])))),
    own: Object.fromEntries(post.variants.flatMap(({ channelId, content }) => (content ? [[channelId, ownOf(content, parts)]] : []))),
    options: Object.fromEntries(post.variants.map(({ channelId, options }) => [channelId, saidOf(options, fieldsOf(channelId), wallOf)])),
  };
}

/** A new post with what one channel was to get of another. */
export function draftFor(draft: Draft, channelId: string, wall: string): Draft {
  const { options, alts, zone } = draft;
  return { ...newDraft([channelId], wall, zone), alts, options: { [channelId]: options[channelId] ?? {} }, parts: partsFor(draft, channelId) };
}

/** What a channel gets: its own version, without the parts that are left empty at the end, or the post as it is. */
export function partsFor({ parts, own }: Pick<Draft, 'parts' | 'own'>, channelId: string): DraftPart[] {
  const version = own[channelId];
  if (!version) return parts;
  const all = version.map(({ text, media }, n) => ({ ...waitOf(parts[n]?.wait), text, media: media.filter(({ on }) => on).map(({ mediaId }) => mediaId) }));
  const last = all.findLastIndex(({ text, media }) => text.trim() !== '' || media.length > 0);
  return all.slice(0, Math.max(1, last + 1));
}

/** Said or absent: a draft that is the same must look the same. */
export function waitOf(wait: string | undefined): Pick<DraftPart, 'wait'> {
  return wait === undefined || wait === '' ? {} : { wait };
}

/** What the post has and the channel does not know of yet comes along, at the end. */
export function withNews(own: OwnPart, { media }: DraftPart): OwnPart {
  const known = new Set(own.media.map(({ mediaId }) => mediaId));
  return { ...own, media: [...own.media, ...media.filter((mediaId) => !known.has(mediaId)).map((mediaId) => ({ mediaId, on: true }))] };
}

export function ownFrom(parts: readonly DraftPart[]): OwnPart[] {
  return parts.map(({ text, media }) => ({ text, media: media.map((mediaId) => ({ mediaId, on: true })) }));
}

export function contentOf(parts: readonly DraftPart[], alts: Draft['alts']): Content {
  const [first = { text: '', media: [] }, ...rest] = parts.map(({ text, media, wait = '' }, n): Part => ({
    text, media: media.map((mediaId) => ({ mediaId, alt: alts[mediaId] ?? '' })), ...(n > 0 && wait.trim() !== '' && Number(wait) !== 0 && { waitMinutes: Number(wait) }),
  }));
  return { parts: [first, ...rest] };
}

function partOf({ text, media, waitMinutes }: Part): DraftPart {
  return { text, media: media.map(({ mediaId }) => mediaId), ...waitOf(waitMinutes?.toString()) };
}

/** What the post has beside a channel's own version was left out for it. */
function ownOf({ parts: own }: Content, parts: readonly DraftPart[]): OwnPart[] {
  return parts.map(({ media }, n) => {
    const mine = own[n] ?? { text: '', media: [] };
    const kept = new Set(mine.media.map(({ mediaId }) => mediaId));
    return {
      text: mine.text,
      media: [...mine.media.map(({ mediaId }) => ({ mediaId, on: true })), ...media.filter((id) => !kept.has(id)).map((mediaId) => ({ mediaId, on: false }))],
    };
  });
}

/** Kept options as a form would send them: instants become wall times. */
function saidOf(options: { [key: string]: Json }, fields: readonly Field[], wallOf: (at: number) => string): Record<string, string> {
  return Object.fromEntries(Object.entries(options).map(([name, value]) => {
    const text = textOf(value);
    const instant = fields.some((field) => field.name === name && field.kind === 'datetime') ? Date.parse(text) : NaN;
    return [name, Number.isNaN(instant) ? text : wallOf(instant)];
  }));
}

function textOf(value: Json): string {
  if (typeof value === 'boolean') return value ? 'on' : '';
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

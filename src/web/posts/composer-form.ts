import type { ChannelInput, PostInput } from '../../actions/posts/save-post.ts';
import type { Json } from '../../domain/json.ts';
import type { Content, Part, PartMedia } from '../../domain/post.ts';
import { wallOf } from '../../domain/schedule.ts';
import type { Post } from '../../store/posts.ts';
import type { FormData } from '../forms.ts';

/** What stands in the composer: the same shape whether it comes from a post, from a form, or is new. */
export interface Draft {
  postId: string | null;
  version: number | null;
  parts: DraftPart[];
  /** Channels that are switched on. */
  channelIds: string[];
  /** Channels with a text of their own: the texts of their parts. */
  own: Map<string, string[]>;
  options: Map<string, Record<string, string>>;
  /** `YYYY-MM-DDTHH:mm` or empty. */
  wall: string;
  zone: string;
}

export interface DraftPart {
  text: string;
  media: PartMedia[];
}

export type Intent = 'draft' | 'schedule' | 'now' | 'upload' | 'add_part' | 'remove_part' | 'remove_image';

const mostParts = 50;

export function newDraft(channelIds: string[], wall: string, zone: string): Draft {
  return { postId: null, version: null, parts: [{ text: '', media: [] }], channelIds, own: new Map(), options: new Map(), wall, zone };
}

export function draftOfPost(post: Post, zone: string): Draft {
  return {
    postId: post.id, version: post.version,
    parts: post.content.parts.map(({ text, media }) => ({ text, media: [...media] })),
    channelIds: post.variants.map(({ channelId }) => channelId),
    own: new Map(post.variants.flatMap(({ channelId, content }) => (content ? [[channelId, content.parts.map(({ text }) => text)] as const] : []))),
    options: new Map(post.variants.map(({ channelId, options }) =>
      [channelId, Object.fromEntries(Object.entries(options).map(([name, value]) => [name, textOf(value)]))])),
    wall: post.at === null ? '' : wallOf(post.at, zone), zone,
  };
}

/** A new post with what one channel was to get of another. */
export function draftFor(post: Post, channelId: string, wall: string, zone: string): Draft {
  const { parts, options } = draftOfPost(post, zone);
  const own = post.variants.find((variant) => variant.channelId === channelId)?.content?.parts;
  const draft = newDraft([channelId], wall, zone);
  return { ...draft, options, parts: own ? own.map(({ text, media }) => ({ text, media: [...media] })) : parts };
}

/**
 * Reads the composer's form. Names: `part.N.text`, `part.N.media` (ids in order), `alt.MEDIA`, `channel`, `own.CHANNEL`,
 * `own.CHANNEL.part.N`, `option.CHANNEL.NAME`, `at`, `zone`, `version`, `intent` (with its object after a colon).
 */
export function draftOfForm(form: FormData, postId: string | null, zone: string): Draft {
  const numbers = form.under('part.').flatMap((rest) => /^(\d{1,3})\.text$/u.exec(rest)?.[1] ?? []).map(Number);
  const count = Math.min(Math.max(0, ...numbers) + 1, mostParts);
  const channelIds = [...new Set(form.many('channel'))].slice(0, 100);
  const version = Number.parseInt(form.one('version'), 10);
  return {
    postId, version: Number.isSafeInteger(version) ? version : null, channelIds, zone, wall: form.one('at').slice(0, 16),
    parts: Array.from({ length: count }, (_, n) => ({
      text: form.one(`part.${n}.text`),
      media: [...new Set(form.many(`part.${n}.media`))].slice(0, 20).map((mediaId) => ({ mediaId, alt: form.one(`alt.${mediaId}`) })),
    })),
    own: new Map(form.under('own.').filter((rest) => !rest.includes('.')).map((channelId) =>
      [channelId, Array.from({ length: count }, (_, n) => form.one(`own.${channelId}.part.${n}`))])),
    options: new Map(channelIds.map((channelId) => {
      const prefix = `option.${channelId}.`;
      return [channelId, Object.fromEntries(form.under(prefix).map((name) => [name, form.one(prefix + name)]))];
    })),
  };
}

/** An option as a form would send it. */
function textOf(value: Json): string {
  if (typeof value === 'boolean') return value ? 'on' : '';
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** The pressed button: what to do, and with which part or picture. */
export function intentOf(form: FormData): { intent: Intent; object: string } {
  const [name = '', object = ''] = form.one('intent').split(':', 2);
  const known: readonly Intent[] = ['draft', 'schedule', 'now', 'upload', 'add_part', 'remove_part', 'remove_image'];
  // Enter in a field presses the first button of the form: saving a draft harms nothing.
  return { intent: known.find((candidate) => candidate === name) ?? 'draft', object };
}

/** Adds or takes away what a button of the composer says; the other intents change nothing here. */
export function edited(draft: Draft, intent: Intent, object: string): Draft {
  switch (intent) {
    case 'add_part':
      return draft.parts.length >= mostParts ? draft : { ...draft, parts: [...draft.parts, { text: '', media: [] }] };
    case 'remove_part': {
      if (draft.parts.length === 1) return draft;
      const keep = (_: unknown, n: number) => n !== Number(object);
      return { ...draft, parts: draft.parts.filter(keep), own: new Map([...draft.own].map(([id, texts]) => [id, texts.filter(keep)])) };
    }
    case 'remove_image':
      return { ...draft, parts: draft.parts.map((part) => ({ ...part, media: part.media.filter(({ mediaId }) => mediaId !== object) })) };
    case 'draft':
    case 'schedule':
    case 'now':
    case 'upload':
      return draft;
  }
}

export function inputOf(draft: Draft, intent: PostInput['intent']): PostInput {
  const content = contentOf(draft.parts);
  return {
    postId: draft.postId, version: draft.version, intent, content, wall: draft.wall, zone: draft.zone,
    channels: draft.channelIds.map((channelId): ChannelInput => {
      const texts = draft.own.get(channelId);
      return { channelId, content: texts ? ownContent(draft.parts, texts) : null, options: draft.options.get(channelId) ?? {} };
    }),
  };
}

function contentOf(parts: readonly Part[]): Content {
  const [first = { text: '', media: [] }, ...rest] = parts;
  return { parts: [first, ...rest] };
}

/** A channel's own texts with the post's pictures. Parts that are left empty at the end are not sent to it. */
function ownContent(parts: readonly DraftPart[], texts: readonly string[]): Content {
  const own = parts.map(({ media }, n) => ({ text: texts[n] ?? '', media }));
  const last = own.findLastIndex(({ text, media }) => text.trim() !== '' || media.length > 0);
  return contentOf(own.slice(0, Math.max(1, last + 1)));
}

import { withTags } from '../../../domain/posts/hashtag.ts';
import { mostMedia, mostParts, ownFrom, waitOf, withNews, type Draft, type DraftPart, type OwnPart } from './draft.ts';

/**
 * The draft after what a button of the composer says, in the browser as on the server; an intent that changes nothing here
 * gives it back. A target is the field that media go into: `part.N.media`, `CHANNEL.part.N.media` or `CHANNEL.option.NAME`.
 */
export function edited(draft: Draft, intent: string, objects: readonly string[]): Draft {
  const [first = '', second = '', third = '', fourth = ''] = objects;
  switch (intent) {
    case 'choose':
      return { ...draft, channelIds: objects.every((id) => draft.channelIds.includes(id)) ? draft.channelIds.filter((id) => !objects.includes(id)) : [...new Set([...draft.channelIds, ...objects])] };
    case 'add_part':
      if (draft.parts.length >= mostParts) return draft;
      return { ...draft, parts: [...draft.parts, { text: '', media: [] }], own: eachOwn(draft, (parts) => [...parts, { text: '', media: [] }]) };
    case 'remove_part': {
      if (draft.parts.length === 1) return draft;
      const keep = (_: unknown, n: number) => n !== Number(first);
      return { ...draft, parts: draft.parts.filter(keep), own: eachOwn(draft, (parts) => parts.filter(keep)) };
    }
    case 'part_up':
      return withPartAt(draft, Number(first), -1);
    case 'part_down':
      return withPartAt(draft, Number(first), 1);
    case 'attach':
      return attached(draft, targetOf(first), second);
    case 'remove_media': {
      const { n } = targetOf(first);
      return {
        ...draft,
        parts: draft.parts.map((part, i) => (i === n ? { ...part, media: part.media.filter((id) => id !== second) } : part)),
        own: eachOwn(draft, (parts) => parts.map((part, i) => (i === n ? { ...part, media: part.media.filter(({ mediaId }) => mediaId !== second) } : part))),
      };
    }
    case 'up':
      return moved(draft, targetOf(first), second, -1);
    case 'down':
      return moved(draft, targetOf(first), second, 1);
    case 'move':
      return moved(draft, targetOf(first), second, Number(third));
    case 'own_on':
      return draft.own[first] || !draft.channelIds.includes(first) ? draft : { ...draft, own: { ...draft.own, [first]: ownFrom(draft.parts) }, tab: first };
    case 'own_off':
      return { ...draft, own: Object.fromEntries(Object.entries(draft.own).filter(([id]) => id !== first)) };
    case 'join':
      return joined(draft, first);
    case 'replace':
      return replaced(draft, targetOf(first), second, third, fourth);
    case 'tags':
      return worded(draft, first, (text) => withTags(text, second.split(' ')));
    case 'clear':
      return withOption(draft, targetOf(first), '');
    case 'at':
      return { ...draft, wall: [first, second].join(':').slice(0, 16) };
    default:
      return draft;
  }
}

interface Target {
  /** Null where the target is the post for all. */
  channelId: string | null;
  /** The part; -1 where the target is an option. */
  n: number;
  option: string;
}

function targetOf(text: string): Target {
  const [, channelId, n, option] = /^(?:([\da-f-]{36})\.)?(?:part\.(\d{1,3})\.media|option\.([\w-]{1,64}))$/u.exec(text) ?? [];
  return { channelId: channelId ?? null, n: n === undefined ? -1 : Number(n), option: option ?? '' };
}

function attached(draft: Draft, target: Target, mediaId: string): Draft {
  if (mediaId === '') return draft;
  if (target.option !== '') return withOption(draft, target, mediaId);
  const parts = draft.parts.map((part, i) =>
    (i !== target.n || part.media.includes(mediaId) || part.media.length >= mostMedia ? part : { ...part, media: [...part.media, mediaId] }));
  return { ...draft, parts, own: eachOwn(draft, (own) => own.map((part, i) => withNews(part, parts[i] ?? { text: '', media: [] }))) };
}

function withOption(draft: Draft, { channelId, option }: Target, value: string): Draft {
  if (channelId === null || option === '') return draft;
  return { ...draft, options: { ...draft.options, [channelId]: { ...draft.options[channelId], [option]: value } } };
}

/** One step for `up` and `down`; a `move` gives the steps. */
function moved(draft: Draft, { channelId, n }: Target, mediaId: string, steps: number): Draft {
  if (!Number.isSafeInteger(steps)) return draft;
  if (channelId === null) {
    return { ...draft, parts: draft.parts.map((part, i) => (i === n ? { ...part, media: shifted(part.media, (id) => id === mediaId, steps) } : part)) };
  }
  return withOwn(draft, channelId, (part, i) => (i === n ? { ...part, media: shifted(part.media, (one) => one.mediaId === mediaId, steps) } : part));
}

/** A part changes places with its neighbour, in every version; how long is waited between the two places stays. */
function withPartAt(draft: Draft, n: number, steps: number): Draft {
  const swap = <P>(parts: readonly P[]): P[] => {
    const [one] = parts.slice(n, n + 1);
    return one === undefined || n < 0 || n + steps < 0 ? [...parts] : parts.toSpliced(n, 1).toSpliced(n + steps, 0, one);
  };
  const parts = swap(draft.parts).map(({ text, media }, i) => ({ text, media, ...waitOf(draft.parts[i]?.wait) }));
  return { ...draft, parts, own: eachOwn(draft, swap) };
}

function shifted<T>(list: readonly T[], is: (one: T) => boolean, steps: number): T[] {
  const from = list.findIndex(is);
  const to = Math.min(list.length - 1, Math.max(0, from + steps));
  const [one] = from < 0 ? [] : list.slice(from, from + 1);
  if (one === undefined || from === to) return [...list];
  return list.filter((_, i) => i !== from).toSpliced(to, 0, one);
}

/** Puts a new picture in the old one's place: for one channel alone, which then has a version of its own, or for all. */
function replaced(draft: Draft, { n }: Target, old: string, fresh: string, where: string): Draft {
  if (fresh === '' || n < 0) return draft;
  const alt = draft.alts[old];
  const alts = alt === undefined ? draft.alts : { ...draft.alts, [fresh]: alt };
  /** Where the post keeps the old one, the channel keeps it too, left out. */
  const inOwn = (keepsOld: boolean) => (part: OwnPart, i: number): OwnPart => (i !== n ? part : {
    ...part, media: part.media.flatMap((one) => (one.mediaId !== old ? one : [{ ...one, mediaId: fresh }, ...(keepsOld ? [{ mediaId: old, on: false }] : [])])),
  });
  if (where !== 'all') {
    if (!draft.channelIds.includes(where)) return draft;
    return withOwn({ ...draft, alts, own: { ...draft.own, [where]: draft.own[where] ?? ownFrom(draft.parts) } }, where, inOwn(true));
  }
  const inAll = (part: DraftPart, i: number) => (i === n ? { ...part, media: part.media.map((id) => (id === old ? fresh : id)) } : part);
  return { ...draft, alts, parts: draft.parts.map(inAll), own: eachOwn(draft, (parts) => parts.map(inOwn(false))) };
}

/** All parts as one, for one channel alone, which then has a version of its own; its preview shows what came of it. */
function joined(draft: Draft, channelId: string): Draft {
  if (!draft.channelIds.includes(channelId)) return draft;
  const own = draft.own[channelId] ?? ownFrom(draft.parts);
  const text = own.map((part) => part.text.trim()).filter((words) => words !== '').join('\n\n');
  const all = own.flatMap(({ media }) => media);
  const media = [...new Map(all.map((one) => [one.mediaId, { ...one, on: all.some(({ mediaId, on }) => on && mediaId === one.mediaId) }])).values()].slice(0, mostMedia);
  const parts = own.map((part, n): OwnPart => (n === 0 ? { text, media } : { text: '', media: part.media.map((one) => ({ ...one, on: false })) }));
  return { ...draft, own: { ...draft.own, [channelId]: parts }, view: channelId };
}

/** Changes the text of a field: `part.N`, or `CHANNEL.part.N` of a version of its own. */
function worded(draft: Draft, field: string, change: (text: string) => string): Draft {
  const [, channelId, n = ''] = /^(?:([\da-f-]{36})\.)?part\.(\d{1,3})$/u.exec(field) ?? [];
  const inPart = <P extends { text: string }>(part: P, i: number): P => (String(i) === n ? { ...part, text: change(part.text) } : part);
  return channelId === undefined ? { ...draft, parts: draft.parts.map(inPart) } : withOwn(draft, channelId, inPart);
}

function withOwn(draft: Draft, channelId: string, change: (part: OwnPart, n: number) => OwnPart): Draft {
  const own = draft.own[channelId];
  return own ? { ...draft, own: { ...draft.own, [channelId]: own.map(change) } } : draft;
}

function eachOwn({ own }: Draft, change: (parts: OwnPart[]) => OwnPart[]): Draft['own'] {
  return Object.fromEntries(Object.entries(own).map(([id, parts]) => [id, change(parts)]));
}

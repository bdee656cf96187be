import type { ChannelInput, PostInput } from '../../../actions/posts/save-post.ts';
import type { FormData } from '../../forms.ts';
import { contentOf, mostMedia, mostParts, partsFor, waitOf, withNews, type Draft, type OwnPart } from './draft.ts';

/**
 * Reads the composer's form. Names: `part.N.text`, `part.N.wait` (minutes), `part.N.media` (ids in order), `alt.MEDIA`, `channel`, `own.CHANNEL` with
 * `own.CHANNEL.part.N` (its text), `.part.N.order` (ids in order) and `.part.N.media` (those of them that it gets),
 * `option.CHANNEL.NAME`, `label`, `at`, `version`, `tab`, `view`, and `intent` (with its objects after colons).
 */
export function draftOfForm(form: FormData, postId: string | null, zone: string): Draft {
  const numbers = form.under('part.').flatMap((rest) => /^(\d{1,3})\.text$/u.exec(rest)?.[1] ?? []).map(Number);
  const count = Math.min(Math.max(0, ...numbers) + 1, mostParts);
  const channelIds = [...new Set(form.many('channel').filter(isId))].slice(0, 100);
  const version = Number.parseInt(form.one('version'), 10);
  const parts = Array.from({ length: count }, (_, n) => ({ text: form.one(`part.${n}.text`), media: idsOf(form, `part.${n}.media`), ...waitOf(form.one(`part.${n}.wait`).slice(0, 10)) }));
  const owners = form.under('own.').filter(isId);
  const optioned = [...new Set(form.under('option.').map((rest) => rest.split('.', 1)[0] ?? '').filter(isId))];
  return {
    postId, version: Number.isSafeInteger(version) ? version : null, channelIds, zone, wall: form.one('at').slice(0, 40), parts,
    alts: Object.fromEntries(form.under('alt.').filter(isId).map((id) => [id, form.one(`alt.${id}`)])),
    own: Object.fromEntries(owners.map((id) => [id, parts.map((part, n) => withNews(ownPartOf(form, `own.${id}.part.${n}`), part))])),
    options: Object.fromEntries(optioned.map((id) => [id, optionsIn(form, `option.${id}.`)])),
    labels: [...new Set(form.many('label').filter(isId))].slice(0, 100), tab: form.one('tab') || 'all', view: form.one('view'),
  };
}

/** The draft as the form that it would be read from. */
export function entriesOf(draft: Draft): [name: string, value: string][] {
  const { parts, alts, channelIds, own, options, version, wall, labels, tab, view } = draft;
  return [
    ...(version === null ? [] : [['version', String(version)] as [string, string]]),
    ...channelIds.map((id): [string, string] => ['channel', id]),
    ...parts.flatMap(({ text, media, wait }, n): [string, string][] => [[`part.${n}.text`, text], ...(wait === undefined ? [] : [[`part.${n}.wait`, wait] as [string, string]]), ...media.map((id): [string, string] => [`part.${n}.media`, id])]),
    ...Object.entries(alts).map(([id, alt]): [string, string] => [`alt.${id}`, alt]),
    ...Object.entries(own).flatMap(([id, version]): [string, string][] => [[`own.${id}`, 'on'], ...version.flatMap((part, n) => ownEntries(part, `own.${id}.part.${n}`))]),
    ...Object.entries(options).flatMap(([id, said]) => Object.entries(said).map(([name, value]): [string, string] => [`option.${id}.${name}`, value])),
    ...labels.map((id): [string, string] => ['label', id]),
    ['at', wall], ['tab', tab], ['view', view],
  ];
}

function ownEntries({ text, media }: OwnPart, name: string): [string, string][] {
  return [[name, text], ...media.flatMap(({ mediaId, on }): [string, string][] => [[`${name}.order`, mediaId], ...(on ? [[`${name}.media`, mediaId] as [string, string]] : [])])];
}

function ownPartOf(form: FormData, name: string): OwnPart {
  const on = new Set(form.many(`${name}.media`));
  return { text: form.one(name), media: idsOf(form, `${name}.order`).map((mediaId) => ({ mediaId, on: on.has(mediaId) })) };
}

function optionsIn(form: FormData, prefix: string): Record<string, string> {
  return Object.fromEntries(form.under(prefix).filter((name) => name !== '__proto__').map((name) => [name, form.one(prefix + name)]));
}

function idsOf(form: FormData, name: string): string[] {
  return [...new Set(form.many(name).filter(isId))].slice(0, mostMedia);
}

/** Nothing else is an id of ours, and a name that objects have anyway must not pass for one. */
function isId(text: string): boolean {
  return /^[\da-f-]{36}$/u.test(text);
}

export const savingIntents = ['draft', 'schedule', 'now'] as const;

/** The pressed button: what to do, and with what. Enter in a field presses the form's first button, which harms nothing. */
export function intentOf(text: string): { intent: string; objects: string[] } {
  const [intent = '', ...objects] = text.slice(0, 20_000).split(':');
  return { intent: intent || 'refresh', objects };
}

export function inputOf(draft: Draft, intent: PostInput['intent']): PostInput {
  const { postId, version, parts, alts, own, options, wall, zone, labels, channelIds } = draft;
  return {
    postId, version, intent, content: contentOf(parts, alts), wall, zone, labelIds: labels,
    channels: channelIds.map((channelId): ChannelInput => ({
      channelId, content: own[channelId] ? contentOf(partsFor(draft, channelId), alts) : null, options: options[channelId] ?? {},
    })),
  };
}

import type { Actor } from '../../domain/actor.ts';
import type { Problem } from '../../domain/limits.ts';
import type { Json } from '../../domain/json.ts';
import { isVideo } from '../../domain/media.ts';
import type { Content, Part } from '../../domain/post.ts';
import type { Result } from '../../domain/result.ts';
import { apiRefusals as t } from '../../domain/texts/refusals/api.ts';
import { textOfHtml } from '../../lib/html-text.ts';
import type { Provider } from '../../providers/contract.ts';
import type { Channel } from '../../store/channels.ts';
import type { Post } from '../../store/posts.ts';
import type { Deps } from '../../deps.ts';
import type { ImportDeps } from '../media/import-media.ts';
import type { Ask } from '../posts/composing.ts';
import { problemsOfPost, savePost, type ChannelInput, type PostInput } from '../posts/save-post.ts';
import { filesFor, type Files } from './files.ts';
import { formatFor, optionsOfSettings, type FileRef } from './settings.ts';

export type WriteDeps = Pick<Deps, 'providers'> & ImportDeps & { ask: Ask; idOfUrl: (url: string) => string | null };

/** What one channel gets, as programs send it. */
export interface Entry {
  channelId: string;
  /** Text or HTML; the first is the post, the others its thread. */
  parts: readonly [EntryPart, ...EntryPart[]];
  settings: Readonly<Record<string, unknown>>;
}

export interface EntryPart {
  html: string;
  files: readonly FileRef[];
  /** Minutes to wait before this part. */
  delay: number;
}

export interface Writing {
  intent: PostInput['intent'];
  /** An instant as ISO 8601, or empty. */
  at: string;
  zone: string;
  entries: readonly [Entry, ...Entry[]];
  /** The post that is changed; channels of it that are not named stay as they are. */
  target: Post | null;
  /** The id that a new post shall have. */
  postId: string | null;
}

/**
 * Makes one post with a version for each channel, or changes one. Everything that stands in the way on any network comes
 * back at once. Fields of problems are as in `savePost`, or `value.N.image` and `settings.NAME`.
 */
export async function writePost(deps: WriteDeps, actor: Actor, writing: Writing): Promise<Result<{ postId: string }>> {
  const { entries, target, intent, at, zone } = writing;
  const channels = new Map((await deps.store.channels.list(actor.workspaceId)).map((channel) => [channel.id, channel]));
  const files = filesFor(deps, actor);
  const problems: Problem[] = [];
  const named: (ChannelInput & { content: Content })[] = [];
  for (const entry of entries) {
    const channel = channels.get(entry.channelId);
    const provider = channel && deps.providers.get(channel.provider);
    if (!channel || !provider) problems.push({ field: 'integration', channelId: entry.channelId, message: t.channelUnknown });
    else if (named.some(({ channelId }) => channelId === channel.id)) problems.push({ field: 'integration', channelId: channel.id, message: t.channelTwice });
    else named.push(await inputOf(deps, actor, files, { entry, channel, provider }, problems));
  }
  const [first] = named;
  const input: PostInput | null = first
    ? { postId: target?.id ?? writing.postId, version: target?.version ?? null, intent, wall: at, zone, ...merged(target, [first, ...named.slice(1)]) } : null;
  // What the networks would say is told with the rest of it.
  const saved = problems.length === 0 && input ? await savePost(deps, actor, input)
    : { ok: false as const, problems: [...problems, ...(input ? await problemsOfPost(deps, actor, input) : [])] };
  if (!saved.ok) await files.drop();
  return saved;
}

async function inputOf(
  deps: WriteDeps, actor: Actor, files: Files, { entry, channel, provider }: { entry: Entry; channel: Channel; provider: Provider }, problems: Problem[],
): Promise<ChannelInput & { content: Content }> {
  const tell = (field: string, message: string) => void problems.push({ field, message, channelId: channel.id });
  const found = async (field: string, ref: FileRef) => {
    const file = await files.find(ref);
    if (!file.ok) tell(field, file.problems[0]?.message ?? '');
    return file.ok ? [file.media] : [];
  };
  const parts: Part[] = [];
  for (const [n, { html, files: refs, delay }] of entry.parts.entries()) {
    const media = [];
    for (const ref of refs) media.push(...(await found(`value.${n}.image`, ref)));
    // Fractions of a minute are rounded up: sooner than asked for is never.
    const waitMinutes = n === 0 ? 0 : Math.ceil(delay);
    parts.push({ text: textOfHtml(html, provider.dialect?.markup), media, ...(waitMinutes > 0 && { waitMinutes }) });
  }
  const [first = { text: '', media: [] }, ...rest] = parts;
  const kinds = await deps.store.media.many(actor.workspaceId, first.media.map(({ mediaId }) => mediaId));
  const videos = kinds.filter(({ type }) => isVideo(type)).length;
  const about = { pictures: kinds.length - videos, videos, place: channel };
  const translated = optionsOfSettings(provider, entry.settings, about);
  for (const { field, message } of translated.problems) tell(field, message);
  const format = formatFor(provider, about);
  const options: Record<string, string> = { ...(format !== undefined && { format }), ...translated.options };
  for (const { option, ref } of translated.pictures) for (const { mediaId } of await found(`settings.${option}`, ref)) options[option] = mediaId;
  return { channelId: channel.id, content: { parts: [first, ...rest] }, options };
}

/** The channels that were not named keep what they have. */
function merged(target: Post | null, named: readonly [ChannelInput & { content: Content }, ...(ChannelInput & { content: Content })[]]): Pick<PostInput, 'content' | 'channels'> {
  const others = target?.variants.filter(({ channelId }) => !named.some((one) => one.channelId === channelId)) ?? [];
  return {
    content: target && others.length > 0 ? target.content : named[0].content,
    channels: [...named, ...others.map(({ channelId, content, options }) => ({ channelId, content, options: saidOf(options) }))],
  };
}

/** Options as they are kept, as a form would send them. */
export function saidOf(options: { [key: string]: Json }): Record<string, string> {
  return Object.fromEntries(Object.entries(options).map(([name, value]) => [name, typeof value === 'boolean' ? (value ? 'on' : '') : typeof value === 'string' || typeof value === 'number' ? String(value) : '']));
}

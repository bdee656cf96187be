import type { Actor } from '../../domain/actor.ts';
import type { Problem } from '../../domain/limits.ts';
import { isVideo } from '../../domain/media.ts';
import { refused, type Result } from '../../domain/result.ts';
import { apiRefusals as t } from '../../domain/texts/refusals/api.ts';
import type { Post } from '../../store/posts.ts';
import { savePost, type PostInput } from '../posts/save-post.ts';
import { filesFor } from './files.ts';
import { optionsOfSettings } from './settings.ts';
import { saidOf, type WriteDeps } from './write-post.ts';

/** Saves a post as it stands in another state: a draft is scheduled, or a scheduled one becomes a draft. */
export function changeStatus(deps: WriteDeps, actor: Actor, post: Post, intent: 'draft' | 'schedule'): Promise<Result<{ postId: string }>> {
  return savePost(deps, actor, { ...asItStands(post), intent });
}

/** Lays settings over what one channel of a post has. */
export async function changeSettings(
  deps: WriteDeps, actor: Actor, post: Post, channelId: string, given: Readonly<Record<string, unknown>>,
): Promise<Result<{ postId: string }>> {
  const variant = post.variants.find((one) => one.channelId === channelId);
  const channel = variant && (await deps.store.channels.get(actor.workspaceId, channelId));
  const provider = channel && deps.providers.get(channel.provider);
  if (!variant || !channel || !provider) return refused('integration', t.otherChannel);
  const ids = (variant.content ?? post.content).parts[0].media.map(({ mediaId }) => mediaId);
  const videos = (await deps.store.media.many(actor.workspaceId, ids)).filter(({ type }) => isVideo(type)).length;
  const translated = optionsOfSettings(provider, given, { pictures: ids.length - videos, videos, place: channel });
  const problems: Problem[] = translated.problems.map((problem) => ({ ...problem, channelId }));
  const files = filesFor(deps, actor);
  const options = { ...saidOf(variant.options), ...translated.options };
  for (const { option, ref } of translated.pictures) {
    const file = await files.find(ref);
    if (file.ok) options[option] = file.media.mediaId;
    else problems.push(...file.problems.map(({ message }) => ({ field: `settings.${option}`, message, channelId })));
  }
  const input = asItStands(post);
  const saved = problems.length > 0 ? { ok: false as const, problems } : await savePost(deps, actor, {
    ...input, channels: input.channels.map((one) => (one.channelId === channelId ? { ...one, options } : one)),
  });
  if (!saved.ok) await files.drop();
  return saved;
}

function asItStands(post: Post): PostInput {
  return {
    postId: post.id, version: post.version, intent: post.state === 'scheduled' ? 'schedule' : 'draft', content: post.content,
    wall: post.at === null ? '' : new Date(post.at).toISOString(), zone: post.zone ?? 'UTC',
    channels: post.variants.map(({ channelId, content, options }) => ({ channelId, content, options: saidOf(options) })),
  };
}

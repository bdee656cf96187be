import type { Problem } from '../../domain/limits.ts';
import type { Channel } from '../../store/channels.ts';
import type { IntakeLink } from '../../store/intake/intake.ts';
import type { Post } from '../../store/posts.ts';
import { nextFreeMinute } from '../posts/next-free.ts';
import { savePost } from '../posts/save-post.ts';
import { actorFor, type IntakeDeps } from './deps.ts';

/** What came of sending a draft on its way. `changed`: somebody has worked on it since, so that it is theirs to send. */
export type Placed =
  | { kind: 'placed'; at: number; channels: readonly Channel[] }
  | { kind: 'before'; post: Post }
  | { kind: 'problems'; problems: readonly Problem[] }
  | { kind: 'no_channels' | 'changed' | 'gone' };

/** The channels that a person has chosen for what they send and that are still there. */
export async function chosenBy({ store }: Pick<IntakeDeps, 'store'>, { workspaceId, channelIds }: Pick<IntakeLink, 'workspaceId' | 'channelIds'>): Promise<Channel[]> {
  return (await store.channels.list(workspaceId)).filter(({ id }) => channelIds.includes(id));
}

/** Schedules a draft that came in by a bot, or publishes it: as the dashboard does, and only as it was sent. */
export async function placeDraft(deps: IntakeDeps, link: IntakeLink, id: string, version: number, intent: 'schedule' | 'now'): Promise<Placed> {
  const { store } = deps;
  const post = await store.posts.get(link.workspaceId, id);
  if (!post) return { kind: 'gone' };
  if (post.state === 'scheduled') return { kind: 'before', post };
  if (post.state !== 'draft' || post.version !== version) return { kind: 'changed' };
  const channels = await chosenBy(deps, link);
  if (channels.length === 0) return { kind: 'no_channels' };
  const actor = actorFor(link);
  const saved = await savePost(deps, actor, {
    postId: id, version, intent, content: post.content, zone: link.zone,
    channels: channels.map((channel) => ({ channelId: channel.id, content: null, options: {} })),
    wall: intent === 'now' ? '' : await nextFreeMinute(deps, actor, link.zone),
  });
  if (!saved.ok) return { kind: 'problems', problems: saved.problems };
  return { kind: 'placed', at: saved.moment?.at ?? deps.now(), channels };
}

import type { Actor } from '../../domain/actor.ts';
import type { Problem } from '../../domain/limits.ts';
import type { Content } from '../../domain/post.ts';
import { wallOf } from '../../domain/time/schedule.ts';
import { postRefusals as t } from '../../domain/texts/refusals/posts.ts';
import type { Deps } from '../../deps.ts';
import type { Channel } from '../../store/channels.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
/** Within which another post on the channel crowds this one, and the same text is the same post again (ms). */
export const crowdedWithin = 5 * minute;
export const doubledWithin = 14 * day;

export interface TwinsInput {
  postId: string | null;
  content: Content;
  channels: readonly { channel: Pick<Channel, 'id' | 'name'>; content: Content | null }[];
  at: number;
  zone: string;
}

/** Warnings where a post would say on a channel what another says there, or go out beside another. */
export async function twinProblems({ store }: Pick<Deps, 'store'>, { workspaceId }: Actor, { postId, content, channels, at, zone }: TwinsInput): Promise<Problem[]> {
  const found = await Promise.all(channels.map(async ({ channel: { id: channelId, name }, content: own }): Promise<Problem[]> => {
    const asked = { postId, channelId, at };
    const same = await store.twins.saying(workspaceId, own ?? content, asked, doubledWithin);
    const beside = await store.twins.beside(workspaceId, asked, crowdedWithin);
    return [
      ...(same ? [{ field: own ? `${channelId}.part.0` : 'part.0', message: t.sameText(name, onWall(same.at, zone)) }] : []),
      ...(beside && beside.postId !== same?.postId ? [{ field: 'wall', message: t.sameTime(name, onWall(beside.at, zone).slice(11)) }] : []),
    ].map((problem) => ({ ...problem, channelId, level: 'warning' as const, twin: true as const }));
  }));
  return found.flat();
}

function onWall(at: number, zone: string): string {
  return wallOf(at, zone).replace('T', ' ');
}

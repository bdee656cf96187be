import { buffer } from 'node:stream/consumers';
import type { ImageRule } from '../../domain/capabilities.ts';
import type { Deps } from '../../deps.ts';

export interface ChannelPicture {
  type: string;
  bytes: Buffer;
}

/** The picture of a channel's account; null when it has none that can be had. */
export type ChannelPictures = (workspaceId: string, channelId: string) => Promise<ChannelPicture | null>;

const rule: ImageRule = { max: 1, types: ['image/jpeg', 'image/png'], maxBytes: 100_000, maxSide: 128 };
const hour = 60 * 60_000;
/** One that could not be had is asked for again after this long (ms). */
const retryAfter = 10 * 60_000;
const most = 500;

/**
 * Networks' pictures through our own origin: no page calls a network, and no network sees who looks. Kept in memory alone,
 * small and for an hour: what is stored of an account is the picture's address.
 */
export function createChannelPictures({ store, io, now }: Pick<Deps, 'store' | 'io' | 'now'>): ChannelPictures {
  const known = new Map<string, { until: number; picture: Promise<ChannelPicture | null> }>();

  async function fetched(provider: string, workspaceId: string, url: string): Promise<ChannelPicture | null> {
    const file = await io(provider, workspaceId).picture(url, rule);
    return file && { type: file.type, bytes: await buffer(file.open()) };
  }

  return async (workspaceId, channelId) => {
    const channel = await store.channels.get(workspaceId, channelId);
    if (!channel?.avatarUrl || channel.connectionStatus === 'revoked') return null;
    const key = `${channelId} ${channel.avatarUrl}`;
    const found = known.get(key);
    if (found && found.until > now()) return found.picture;
    const picture = fetched(channel.provider, workspaceId, channel.avatarUrl);
    const entry = { until: now() + hour, picture };
    known.delete(key);
    known.set(key, entry);
    for (const [oldest] of known) {
      if (known.size <= most) break;
      known.delete(oldest);
    }
    if ((await picture) === null) entry.until = now() + retryAfter;
    return picture;
  };
}

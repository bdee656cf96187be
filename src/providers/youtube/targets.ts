import type { LimitOverrides } from '../../domain/capabilities.ts';
import type { Io, Target } from '../contract.ts';
import { errors } from './errors.ts';
import { longestLimitMs, shortestLimitMs } from './limits.ts';
import { fresh, type Grant } from './session.ts';
import { channels, type Channel } from './wire.ts';

/** One grant reaches one channel: the one chosen on Google's account page. For another one a person connects again. */
export async function targets(grant: Grant, io: Io): Promise<Target[]> {
  const channel = await channelAt(await fresh(grant, io), io);
  return channel ? [targetOf(channel)] : [];
}

/** The channel behind an access token, or undefined when the account has none. One unit of the quota. */
export async function channelAt(accessToken: string, io: Io): Promise<Channel | undefined> {
  const { items } = (await io.http({
    method: 'GET', url: 'https://www.googleapis.com/youtube/v3/channels', query: { part: 'id,snippet,contentDetails,status', mine: true }, bearer: accessToken, errors,
  })).read(channels);
  return items[0];
}

function targetOf(channel: Channel): Target {
  const { id, snippet } = channel;
  const { medium, default: small } = snippet.thumbnails ?? {};
  return {
    remoteId: id, name: nameOf(channel), handle: 'YouTube channel', url: `https://www.youtube.com/channel/${encodeURIComponent(id)}`,
    avatarUrl: medium?.url ?? small?.url ?? null, limits: limitsOf(channel),
  };
}

export function nameOf({ snippet }: Channel): string {
  return snippet.title.trim() || 'YouTube channel';
}

/** Whether the phone number is verified, as far as YouTube tells: that is what long videos and own thumbnails hang on. */
export function isVerified({ status }: Channel): boolean {
  const { longUploadsStatus } = status ?? {};
  return longUploadsStatus === undefined || longUploadsStatus === 'allowed' || longUploadsStatus === 'longUploadsUnspecified';
}

export function limitsOf(channel: Channel): LimitOverrides {
  return { videos: { maxMs: isVerified(channel) ? longestLimitMs : shortestLimitMs } };
}

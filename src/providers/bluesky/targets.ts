import type * as z from 'zod';
import type { LimitOverrides } from '../../domain/capabilities.ts';
import { ProviderError, type Io, type Target } from '../contract.ts';
import { errors } from './errors.ts';
import { images, olderImageBytes, usualUploadBytes, videos } from './limits.ts';
import type { Grant } from './session.ts';
import { profile, server } from './wire.ts';

/** One account, one target. Name and picture are ornaments: an account is connected without them when they cannot be had. */
export async function targets(grant: Grant, io: Io): Promise<Target[]> {
  const { pds, did, handle } = grant;
  const { displayName, avatar } = (await tried(async () => (await io.http({
    method: 'GET', url: `${pds}/xrpc/app.bsky.actor.getProfile`, query: { actor: did }, bearer: grant.accessJwt, errors,
  })).read(profile))) ?? {};
  const limits = limitsFor(pds, await tried(async () => (await io.http({
    method: 'GET', url: `${pds}/xrpc/com.atproto.server.describeServer`, errors,
  })).read(server)));
  return [{
    remoteId: did, handle: `@${handle}`, name: displayName?.trim() || `@${handle}`, url: `https://bsky.app/profile/${did}`,
    avatarUrl: avatar ?? null, ...(limits && { limits }),
  }];
}

/** The most a picture and a video may have on this server, where that is less than the network's limits. */
function limitsFor(pds: string, described: z.infer<typeof server> | null): LimitOverrides | null {
  const ownedByBluesky = /(?:^|\.)(?:bsky\.network|bsky\.social)$/u.test(new URL(pds).hostname);
  const upload = described?.blobUploadLimit ?? (ownedByBluesky ? videos.maxBytes : usualUploadBytes);
  const [imageBytes, videoBytes] = [Math.min(ownedByBluesky ? images.maxBytes : olderImageBytes, upload), Math.min(videos.maxBytes, upload)];
  const less = {
    ...(imageBytes < images.maxBytes && { images: { maxBytes: imageBytes } }),
    ...(videoBytes < videos.maxBytes && { videos: { maxBytes: videoBytes } }),
  };
  return Object.keys(less).length > 0 ? less : null;
}

async function tried<T>(ask: () => Promise<T>): Promise<T | null> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof ProviderError && error.failure.kind !== 'auth') return null;
    throw error;
  }
}

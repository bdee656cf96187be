import type * as z from 'zod';
import type { LimitOverrides, VideoRule } from '../../domain/capabilities.ts';
import { ProviderError, type Io, type Target } from '../contract.ts';
import { errors } from './errors.ts';
import { images, silentServerImages, videos } from './limits.ts';
import { accountAt, type Grant } from './session.ts';
import { instance } from './wire.ts';

/** One account, one target. Its id names the server too: the same number is somebody else on another one. */
export async function targets(grant: Grant, io: Io): Promise<Target[]> {
  const { host } = new URL(grant.origin);
  const { id, username, display_name: name, url, avatar } = await accountAt(grant, io);
  const described = await describe(grant, io);
  const handle = `@${username}@${described.domain ?? host}`;
  return [{
    remoteId: `${host}/${id}`, name: name.trim() || handle, handle, url: url ?? `${grant.origin}/@${username}`, avatarUrl: avatar ?? null,
    limits: limitsIn(described),
  }];
}

/** The account's id on its own server. */
export function accountIdOf(remoteId: string): string {
  return remoteId.slice(remoteId.indexOf('/') + 1);
}

/** Version 2 is there since 4.0; elsewhere 1 may be all there is. */
async function describe({ origin, accessToken }: Grant, io: Io): Promise<z.infer<typeof instance>> {
  const ask = async (version: 1 | 2) =>
    (await io.http({ method: 'GET', url: `${origin}/api/v${version}/instance`, bearer: accessToken, errors })).read(instance);
  try {
    return await ask(2);
  } catch (error) {
    if (!(error instanceof ProviderError) || error.failure.kind !== 'rejected') throw error;
    return ask(1);
  }
}

/** What this server takes, where it says so; the network's own limits hold for the rest. */
export function limitsIn({ configuration, max_toot_chars: pleromaChars, upload_limit: pleromaBytes, description_limit: pleromaAlt }: z.infer<typeof instance>): LimitOverrides {
  const { statuses, media_attachments: media } = configuration ?? {};
  const max = statuses?.max_characters ?? pleromaChars;
  const alt = media?.description_limit ?? pleromaAlt;
  const maxBytes = media?.image_size_limit ?? pleromaBytes;
  return {
    text: {
      ...(max !== undefined && { max }),
      ...(statuses?.characters_reserved_per_url !== undefined && { linkLength: statuses.characters_reserved_per_url }),
    },
    images: {
      ...(maxBytes === undefined && silentServerImages),
      ...(maxBytes !== undefined && { maxBytes }),
      ...(media?.image_matrix_limit !== undefined && { maxPixels: media.image_matrix_limit }),
      ...(statuses?.max_media_attachments !== undefined && { max: statuses.max_media_attachments }),
      ...typesIn(images.types, media?.supported_mime_types),
    },
    videos: videoLimitsIn(media, pleromaBytes),
    ...(alt !== undefined && { alt: { max: alt } }),
  };
}

type MediaLimits = NonNullable<z.infer<typeof instance>['configuration']>['media_attachments'];

/** A server that says nothing of videos takes them up to its limit for any upload. */
function videoLimitsIn(media: MediaLimits, anyBytes: number | undefined): Partial<VideoRule> {
  const maxBytes = media?.video_size_limit ?? anyBytes;
  return {
    ...(maxBytes !== undefined && { maxBytes }),
    ...(media?.video_matrix_limit !== undefined && { maxPixels: media.video_matrix_limit }),
    ...(media?.video_frame_rate_limit !== undefined && { frameRate: { min: 0, max: media.video_frame_rate_limit } }),
    ...typesIn(videos.types, media?.supported_mime_types),
  };
}

/** Of the kinds that we have, those the server takes; none at all when it takes none of them. */
function typesIn<T extends string>(ours: readonly T[], taken: readonly string[] | undefined): { types?: [T, ...T[]]; max?: number } {
  if (!taken) return {};
  const [first, ...rest] = ours.filter((type) => taken.includes(type));
  return first ? { types: [first, ...rest] } : { max: 0 };
}

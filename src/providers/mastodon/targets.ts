import type * as z from 'zod';
import type { LimitOverrides } from '../../domain/capabilities.ts';
import { ProviderError, type Io, type Target } from '../contract.ts';
import { errors } from './errors.ts';
import { images, silentServerImages } from './limits.ts';
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
      ...typesIn(media?.supported_mime_types),
    },
    ...(alt !== undefined && { alt: { max: alt } }),
  };
}

/** Of the kinds that we can make, those the server takes; no pictures at all when it takes none of them. */
function typesIn(taken: readonly string[] | undefined): NonNullable<LimitOverrides['images']> {
  if (!taken) return {};
  const [first, ...rest] = images.types.filter((type) => taken.includes(type));
  return first ? { types: [first, ...rest] } : { max: 0 };
}

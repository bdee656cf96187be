import type { Body } from '../../body.ts';
import { ProviderError, type Io, type Steps } from '../../contract.ts';
import type { HttpAnswer } from '../../http.ts';
import { call, pathOf } from '../api.ts';
import { uploadErrors } from '../errors.ts';
import type { Grant } from '../session.ts';
import { asset } from '../wire.ts';

/** In whose name, and with whose rights, something is uploaded: the owner must be the author of the post. */
export interface Owner {
  author: string;
  grant: Grant;
}

export type Kind = 'images' | 'videos' | 'documents';

/** Registers an upload: every kind of media begins with this. */
export function begin(io: Io, { author, grant }: Owner, kind: Kind, more: object = {}): Promise<HttpAnswer> {
  return call(io, grant, {
    method: 'POST', path: kind, query: { action: 'initializeUpload' }, json: { initializeUploadRequest: { owner: author, ...more } },
  });
}

export type Bytes = Extract<Body, { stream: unknown }>;

/**
 * Brings bytes to an address that LinkedIn gave. The address itself is a key, so it is kept out of the evidence; a token is
 * shown to LinkedIn's own machines alone.
 */
export function bring(io: Io, address: string, body: Bytes, accessToken?: string): Promise<HttpAnswer> {
  const { hostname, pathname } = new URL(address);
  const bearer = accessToken !== undefined && hostname.endsWith('.linkedin.com') ? accessToken : undefined;
  return io.http({
    method: 'PUT', url: address, body, errors: uploadErrors, secrets: [pathname, decodeURIComponent(pathname)],
    // A slow line must not fail for its being slow: a second for each 100 kB.
    timeoutMs: 60_000 + Math.ceil(body.size / 100),
    ...(bearer !== undefined && { bearer }),
  });
}

/** Waits until LinkedIn has processed what was uploaded. Throws `rejected` when it could not. */
export function untilProcessed(name: string, kind: Kind, urn: string, owner: Owner, step: Steps, io: Io): Promise<true> {
  return step.until(name, kind === 'videos' ? 5_000 : 2_000, async () => {
    switch (await statusOf(kind, urn, owner, io)) {
      case 'PROCESSING':
      case 'WAITING_UPLOAD':
        return null;
      case 'PROCESSING_FAILED':
        throw new ProviderError({
          kind: 'rejected', code: 'PROCESSING_FAILED', message: `LinkedIn could not process ${kind === 'videos' ? 'the video' : 'a picture'}.`,
          fix: `Export it anew${kind === 'videos' ? ' as MP4 with H.264 and AAC' : ''}, upload that, and schedule the post again.`,
        });
      default:
        // Available, or not to be asked about: then creating the post tells.
        return true;
    }
  });
}

/** Null where it may not be read, or cannot be yet. A profile's pictures and documents never may (learn.microsoft.com, "Images API"). */
export async function statusOf(kind: Kind, urn: string, { author, grant }: Owner, io: Io): Promise<string | null> {
  if (kind !== 'videos' && author.startsWith('urn:li:person:')) return null;
  const answer = await call(io, grant, { method: 'GET', path: `${kind}/${pathOf(urn)}`, accept: [403, 404] });
  return answer.status >= 400 ? null : answer.read(asset).status;
}

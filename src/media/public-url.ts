import type { ImageRule } from '../domain/capabilities.ts';
import { mac, macFits, type KeyRing } from '../lib/secrets/seal.ts';

/** Which medium, and for pictures by which rule it is made right. */
export interface PublicMedia {
  workspaceId: string;
  mediaId: string;
  rule?: ImageRule;
}

/** Addresses under which a platform can fetch a medium: signed, without cookies, good for a day. */
export interface MediaUrls {
  /** Null when nobody outside could reach this instance. The same within an hour, so that a repeated call is the same call. */
  urlOf(media: PublicMedia): string | null;
  /** What a token stands for; null when it is forged or has run out. */
  read(token: string): PublicMedia | null;
}

const hour = 3_600_000;
const lifetime = 24 * hour;
const purpose = 'media-url';

/** `anywhere`: platforms are stand-ins on this machine (`UPSTREAMS`), so every address can be reached. */
export function createMediaUrls(
  { ring, publicUrl, anywhere, now }: { ring: KeyRing; publicUrl: string; anywhere: boolean; now: () => number },
): MediaUrls {
  return {
    urlOf({ workspaceId, mediaId, rule }) {
      if (!anywhere && !isPublic(publicUrl)) return null;
      const until = (Math.floor(now() / hour) + 1) * hour + lifetime;
      const body = Buffer.from(JSON.stringify({ w: workspaceId, m: mediaId, u: until, ...(rule && { r: rule }) })).toString('base64url');
      return `${publicUrl}/m/${body}.${mac(ring, purpose, body)}`;
    },
    read(token) {
      const [body = '', given = '', ...more] = token.split('.');
      if (more.length > 0 || !macFits(ring, purpose, body, given)) return null;
      const { w, m, u, r } = JSON.parse(Buffer.from(body, 'base64url').toString('utf8')) as { w: string; m: string; u: number; r?: ImageRule };
      return u <= now() ? null : { workspaceId: w, mediaId: m, ...(r && { rule: r }) };
    },
  };
}

/** Platforms want https and a name that the world knows. */
export function isPublic(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' && hostname.includes('.') && !/^[\d.]+$|^\[|\.(?:local|internal|lan|home|test|invalid|localhost)$/u.test(hostname);
}

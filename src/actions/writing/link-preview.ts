import { createHash } from 'node:crypto';
import type { ImageRule } from '../../domain/capabilities.ts';
import type { Deps } from '../../deps.ts';
import type { Send } from '../../lib/net-guard.ts';
import { fetchLinkCard } from '../../media/cards/link-card.ts';

/** What a page says of itself, as a card shows it; `picture` is the key of its picture, where it has one. */
export interface LinkPreview {
  title: string;
  description: string;
  /** Where the page is, as people say it. */
  host: string;
  picture: string | null;
}

export interface LinkPreviews {
  /** Null where the page cannot be had or says nothing. Never throws. */
  of(workspaceId: string, url: string): Promise<LinkPreview | null>;
  /** The picture of a card that this workspace was shown a moment ago. */
  picture(workspaceId: string, key: string): Promise<Buffer | null>;
}

const keepMs = 60 * 60 * 1000;
/** So many pages are remembered; the one that was asked for first is forgotten first. */
const mostKept = 200;
const timeoutMs = 5_000;
const pageBytes = 512 * 1024;
const shown: ImageRule = { max: 1, types: ['image/jpeg'], maxBytes: 60_000, maxSide: 600 };

interface Kept {
  workspaceId: string;
  at: number;
  card: Promise<{ preview: LinkPreview; bytes: Buffer | null } | null>;
}

/**
 * Reads the pages that people link to while they write. What is found is kept in memory for an hour, by workspace, so that
 * nobody learns what others link to; nothing of it is stored.
 */
export function createLinkPreviews({ storage, now, send }: Pick<Deps, 'storage' | 'now'> & { send: Send }): LinkPreviews {
  const kept = new Map<string, Kept>();
  const keyOf = (workspaceId: string, url: string) => createHash('sha256').update(`${workspaceId}\n${url}`).digest('base64url').slice(0, 32);

  async function fetched(url: string, key: string): Promise<Awaited<Kept['card']>> {
    const card = await fetchLinkCard({ send, storage, timeoutMs, pageBytes }, url, shown);
    if (!card) return null;
    const chunks: Uint8Array[] = [];
    if (card.image) for await (const chunk of card.image.open()) chunks.push(chunk);
    const bytes = chunks.length > 0 ? Buffer.concat(chunks) : null;
    const host = new URL(url).hostname.replace(/^www\./u, '');
    return { preview: { title: card.title, description: card.description, host, picture: bytes ? key : null }, bytes };
  }

  function fresh(key: string): Kept | undefined {
    for (const [one, { at }] of kept) {
      if (now() - at >= keepMs || now() < at) kept.delete(one);
    }
    return kept.get(key);
  }

  return {
    async of(workspaceId, url) {
      const address = URL.parse(url);
      // Who carries a name and a password in an address does not want it fetched by others.
      if (!address || !/^https?:$/u.test(address.protocol) || address.username !== '' || address.password !== '') return null;
      const key = keyOf(workspaceId, address.href);
      const known = fresh(key) ?? { workspaceId, at: now(), card: fetched(address.href, key).catch(() => null) };
      kept.set(key, known);
      for (const [oldest] of kept) {
        if (kept.size <= mostKept) break;
        kept.delete(oldest);
      }
      return (await known.card)?.preview ?? null;
    },
    async picture(workspaceId, key) {
      const known = fresh(key);
      return known?.workspaceId === workspaceId ? ((await known.card)?.bytes ?? null) : null;
    },
  };
}

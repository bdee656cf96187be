import { readFile } from 'node:fs/promises';
import type { ImageRule } from '../../domain/capabilities.ts';
import type { ImageFile, LinkCard } from '../../domain/media.ts';
import type { Send } from '../../lib/net-guard.ts';
import { makeFit } from '../convert.ts';
import { fetchThrough } from '../fetch-through.ts';
import { fits } from '../pictures/fit.ts';
import { cleanPicture } from '../ingest.ts';
import { decodeHtml, pageMeta } from './page-meta.ts';
import { isProblem } from '../problem.ts';
import { endingOf, type MediaStorage } from '../storage.ts';

export interface LinkCardDeps {
  send: Send;
  storage: MediaStorage;
  /** For page and picture together. 10 s unless told. */
  timeoutMs?: number;
  /** How much of a page is read. 1 MB unless told. */
  pageBytes?: number;
}

const maxPageBytes = 1_000_000;
const maxImageBytes = 10_000_000;
/** A card is shown small, so its picture is kept in memory rather than on disk. */
const maxImageSide = 1200;

/**
 * Title, description and picture of a public web page; null when it has no title and no description, or cannot be had.
 * Never throws.
 */
export async function fetchLinkCard(deps: LinkCardDeps, url: string, rule: ImageRule): Promise<LinkCard | null> {
  const signal = AbortSignal.timeout(deps.timeoutMs ?? 10_000);
  try {
    const page = await fetchThrough(deps.send, new URL(url), by('text/html,application/xhtml+xml', signal));
    if (!page) return null;
    if (!/^(?:text\/html|application\/xhtml\+xml)\b/iu.test(page.type)) {
      await page.close();
      return null;
    }
    const meta = pageMeta(decodeHtml(await firstBytes(page.body, deps.pageBytes ?? maxPageBytes), page.type));
    if (meta.title === '' && meta.description === '') return null;
    const image = meta.image === '' ? null : await fetchImage(deps, meta.image, page.url, rule, signal).catch(() => null);
    return { url, title: meta.title === '' ? page.url.hostname : meta.title, description: meta.description, image };
  } catch {
    return null;
  }
}

/** A picture from the web, made right for the rule; null when it cannot be had. Never throws. */
export async function fetchPicture(deps: LinkCardDeps, url: string, rule: ImageRule): Promise<ImageFile | null> {
  const base = URL.parse(url);
  return base && fetchImage(deps, url, base, rule, AbortSignal.timeout(deps.timeoutMs ?? 10_000)).catch(() => null);
}

const by = (accept: string, signal: AbortSignal) => ({ accept, agent: 'link preview', signal });

/** What describes a page stands at its beginning; what comes after the limit is not read. */
async function firstBytes(body: AsyncIterable<Uint8Array>, most: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes >= most) break;
  }
  return Buffer.concat(chunks).subarray(0, most);
}

async function fetchImage(
  { send, storage }: LinkCardDeps, address: string, base: URL, rule: ImageRule, signal: AbortSignal,
): Promise<ImageFile | null> {
  const answer = await fetchThrough(send, new URL(address, base), by('image/*', signal));
  if (!answer) return null;
  const received = await storage.receive(answer.body, { maxBytes: maxImageBytes });
  if (isProblem(received)) return null;
  try {
    return await storage.inTurn(async () => converted(storage, received.path, rule));
  } finally {
    await storage.discard(received.path);
  }
}

async function converted(storage: MediaStorage, path: string, rule: ImageRule): Promise<ImageFile | null> {
  const small: ImageRule = { ...rule, maxSide: Math.min(rule.maxSide ?? maxImageSide, maxImageSide) };
  const clean = await cleanPicture(storage, path);
  if (isProblem(clean)) return null;
  try {
    const made = fits(clean, small) ? clean : await makeFit(storage, clean, small);
    if (isProblem(made)) return null;
    const bytes = await readFile(made.path);
    await storage.discard(made.path);
    const { type, width, height } = made;
    return { type, size: bytes.length, width, height, name: `image.${endingOf(type)}`, open: async function* () { yield bytes; } };
  } finally {
    await storage.discard(clean.path);
  }
}

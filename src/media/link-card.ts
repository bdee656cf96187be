import { readFile } from 'node:fs/promises';
import type { ImageRule } from '../domain/capabilities.ts';
import type { ImageFile, LinkCard } from '../domain/media.ts';
import type { Send } from '../lib/net-guard.ts';
import { makeFit } from './convert.ts';
import { fits } from './fit.ts';
import { cleanPicture } from './ingest.ts';
import { decodeHtml, pageMeta } from './page-meta.ts';
import { isProblem } from './problem.ts';
import { endingOf, type MediaStorage } from './storage.ts';

export interface LinkCardDeps {
  send: Send;
  storage: MediaStorage;
  /** For page and picture together. 10 s unless told. */
  timeoutMs?: number;
}

const maxRedirects = 3;
const maxPageBytes = 1_000_000;
const maxImageBytes = 10_000_000;
/** A card is shown small, so its picture is kept in memory rather than on disk. */
const maxImageSide = 1200;

/**
 * Title, description and picture of a public web page; null when it has no title and no description, or cannot be had.
 * Never throws. An http address is asked by https, because nothing else leaves this house.
 */
export async function fetchLinkCard(deps: LinkCardDeps, url: string, rule: ImageRule): Promise<LinkCard | null> {
  const signal = AbortSignal.timeout(deps.timeoutMs ?? 10_000);
  try {
    const page = await fetchThrough(deps.send, new URL(url), 'text/html,application/xhtml+xml', signal);
    if (!page) return null;
    if (!/^(?:text\/html|application\/xhtml\+xml)\b/iu.test(page.type)) {
      await page.close();
      return null;
    }
    const meta = pageMeta(decodeHtml(await firstBytes(page.body), page.type));
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

interface Answer {
  /** Where it came from after redirects. */
  url: URL;
  type: string;
  body: AsyncIterable<Uint8Array>;
  close(): Promise<void>;
}

/** Follows redirects one by one: `send` follows none, and looks at each address anew. Null for anything but a 200. */
async function fetchThrough(send: Send, start: URL, accept: string, signal: AbortSignal): Promise<Answer | null> {
  let url = start;
  for (let hop = 0; hop <= maxRedirects; hop += 1) {
    if (url.protocol === 'http:' && url.port === '') url = new URL(url.href.replace(/^http:/u, 'https:'));
    const { statusCode, headers, body } = await send(url, {
      method: 'GET',
      headers: { accept, 'accept-encoding': 'identity', 'user-agent': 'PostMaster (link preview)' },
      signal,
    });
    const header = (name: string) => [headers[name]].flat()[0] ?? '';
    const close = async () => body.dump({ limit: 0, signal }).catch(() => undefined);
    const encoded = !['', 'identity'].includes(header('content-encoding'));
    if (statusCode === 200 && !encoded) return { url, type: header('content-type'), body, close };
    await close();
    if (![301, 302, 303, 307, 308].includes(statusCode) || header('location') === '') return null;
    url = new URL(header('location'), url);
  }
  return null;
}

/** What describes a page stands at its beginning; what comes after the limit is not read. */
async function firstBytes(body: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes >= maxPageBytes) break;
  }
  return Buffer.concat(chunks).subarray(0, maxPageBytes);
}

async function fetchImage(
  { send, storage }: LinkCardDeps, address: string, base: URL, rule: ImageRule, signal: AbortSignal,
): Promise<ImageFile | null> {
  const answer = await fetchThrough(send, new URL(address, base), 'image/*', signal);
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

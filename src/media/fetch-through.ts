import type { Send } from '../lib/net-guard.ts';

const maxRedirects = 3;

export interface Fetched {
  /** Where it came from after redirects. */
  url: URL;
  type: string;
  /** Bytes, as announced; null when they were not. */
  length: number | null;
  body: AsyncIterable<Uint8Array> & { resume(): void };
  close(): Promise<void>;
}

/**
 * Follows redirects one by one: `send` follows none, and looks at each address anew. Null for anything but a 200. An http
 * address is asked by https, because nothing else leaves this house.
 */
export async function fetchThrough(send: Send, start: URL, { accept, agent, signal }: { accept: string; agent: string; signal: AbortSignal }): Promise<Fetched | null> {
  let url = start;
  for (let hop = 0; hop <= maxRedirects; hop += 1) {
    if (url.protocol === 'http:' && url.port === '') url = new URL(url.href.replace(/^http:/u, 'https:'));
    const { statusCode, headers, body } = await send(url, {
      method: 'GET',
      headers: { accept, 'accept-encoding': 'identity', 'user-agent': `PostMaster (${agent})` },
      signal,
    });
    const header = (name: string) => [headers[name]].flat()[0] ?? '';
    const close = async () => body.dump({ limit: 0, signal }).catch(() => undefined);
    const encoded = !['', 'identity'].includes(header('content-encoding'));
    if (statusCode === 200 && !encoded) {
      const length = Number.parseInt(header('content-length'), 10);
      return { url, type: header('content-type'), length: Number.isNaN(length) ? null : length, body, close };
    }
    await close();
    if (![301, 302, 303, 307, 308].includes(statusCode) || header('location') === '') return null;
    url = new URL(header('location'), url);
  }
  return null;
}

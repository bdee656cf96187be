import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a page of the site answers with: HTML, a picture's bytes, all of it said, or by itself. */
export type SitePage =
  | string
  | Buffer
  | { status?: number; type?: string; body?: string | Buffer; headers?: Record<string, string> }
  | ((request: IncomingMessage, response: ServerResponse) => void);

/** Somebody's website, at `https://site.example`. Tests change its pages as they go. */
export interface Site {
  pages: Record<string, SitePage>;
  /** The paths asked for, in their order. */
  asked: string[];
  upstreams: ReadonlyMap<string, string>;
  close(): void;
}

export async function startSite(): Promise<Site> {
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    site.asked.push(path);
    const page = site.pages[path];
    if (typeof page === 'function') return page(request, response);
    const { status, type, body, headers } = typeof page === 'string' || Buffer.isBuffer(page) ? { body: page } : (page ?? { status: 404 });
    response.writeHead(status ?? 200, { 'content-type': type ?? (Buffer.isBuffer(page) ? 'image/png' : 'text/html; charset=utf-8'), ...headers });
    response.end(body ?? '');
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const site: Site = {
    pages: {}, asked: [],
    upstreams: new Map([['https://site.example', `http://127.0.0.1:${(server.address() as AddressInfo).port}`]]),
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
  return site;
}

/** A page that leads to another. */
export const leadsTo = (location: string, status = 302): SitePage => ({ status, headers: { location } });

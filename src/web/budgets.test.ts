import { request } from 'node:http';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasBrowser } from '../testing/browser.ts';
import { beginJourney, type Journey } from '../testing/journey.ts';

// What a page's own scripts and styles weigh as they are sent: added up in a real browser, from the built program.
describe.skipIf(!hasBrowser)('what pages load (skipped without /usr/bin/chromium)', () => {
  let at: Journey;
  beforeAll(async () => { at = await beginJourney(); }, 60_000);
  afterAll(() => at?.close());

  /** Scripts and styles that a fresh browser fetches for a page, chunks included: their names, and the bytes of their bodies. */
  async function loaded(path: string): Promise<{ names: string[]; bytes: number }> {
    const page: Page = await at.window({});
    const client = await page.context().newCDPSession(page);
    const names = new Map<string, string>();
    let bytes = 0;
    await client.send('Network.enable');
    client.on('Network.responseReceived', ({ requestId, response, type }) => { if (type === 'Script' || type === 'Stylesheet') names.set(requestId, new URL(response.url).pathname); });
    client.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => { if (names.has(requestId)) bytes += encodedDataLength; });
    await page.goto(`${at.program.url}${path}`, { waitUntil: 'networkidle' }).catch(() => undefined);
    await page.waitForTimeout(300);
    await page.context().close();
    return { names: [...names.values()], bytes };
  }

  it.each([
    ['the calendar', '/calendar', 100, ['app', 'calendar', 'live']],
    ['the composer', '/posts/new', 150, ['app', 'composer']],
  ])('%s stays within its %s budget of %i KB', async (_name, path, limit, expected) => {
    const { names, bytes } = await loaded(path);
    console.log(`${path}: ${names.length} files, ${Math.round(bytes / 102.4) / 10} KB`);
    for (const name of expected) expect(names.some((file) => file.startsWith(`/assets/${name}-`)), name).toBe(true);
    expect(bytes).toBeGreaterThan(10 * 1024);
    expect(bytes).toBeLessThanOrEqual(limit * 1024);
  });

  it('are sent compressed as the browser asks, and kept for good', async () => {
    const [css] = (await (await fetch(`${at.program.url}/login`)).text()).match(/\/assets\/app-[A-Z\d]{8}\.css/u) ?? [''];
    const sent = async (encodings: string) => new Promise<Record<string, unknown>>((resolve, reject) => {
      request(`${at.program.url}${css}`, { headers: { 'accept-encoding': encodings } }, (answer) => {
        let length = 0;
        answer.on('data', (chunk: Buffer) => { length += chunk.length; }).on('end', () => resolve({ ...answer.headers, length }));
      }).once('error', reject).end();
    });
    const [brotli, gzip, plain] = [await sent('gzip, deflate, br'), await sent('gzip'), await sent('identity')];
    expect([brotli, gzip, plain].map((answer) => answer['content-encoding'])).toEqual(['br', 'gzip', undefined]);
    for (const answer of [brotli, gzip, plain]) {
      expect(answer).toMatchObject({ 'cache-control': 'public, max-age=31536000, immutable', 'content-type': 'text/css; charset=utf-8', vary: 'accept-encoding', 'x-content-type-options': 'nosniff' });
    }
    expect(Number(brotli['length'])).toBeLessThan(Number(gzip['length']));
    expect(Number(gzip['length'])).toBeLessThan(Number(plain['length']) / 3);
  });
});

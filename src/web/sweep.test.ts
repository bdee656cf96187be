import type { BrowserContext, CDPSession, Page } from 'playwright-core';
import { afterAll, describe, expect, it } from 'vitest';
import { aboutColors, barriers, hasBrowser, openBrowser } from '../testing/browser.ts';
import { faultsOf, lights, pictured, usualHeight, widths } from '../testing/sweep/look.ts';
import { sweepWorld, type Onlooker } from '../testing/sweep/world.ts';

// Every page there is, from the table of routes, so that none can be forgotten: in each width and look without a barrier,
// in one window, with its words uncut. A new page with an id in its address needs something to show in `sweep/world.ts`.

/** What answers GET and is no page, or leads on to one. */
const notPages = new Map([
  ['/healthz', 'for machines'], ['/readyz', 'for machines'], ['/metrics', 'for machines'], ['/robots.txt', 'for machines'], ['/live', 'a stream'],
  ['/m/*', 'a file'], ['/media/:id', 'a file'], ['/media/:id/thumb', 'a file'], ['/channels/:id/picture', 'a file'], ['/settings/exports/:reference', 'a file'],
  ['/setup/echo/:nonce', 'for the instance itself'], ['/posts/links/:key/picture', 'a file'],
  ['/posts/mentions/:channel', 'for the composer'], ['/posts/links', 'for the composer'], ['/posts/days', 'for the composer'], ['/posts/moment', 'for the composer'],
  ['/find', 'for the search'],
  ['/posts/composing/:channel', 'for the composer'], ['/posts/library', 'for the composer'], ['/posts/next-free', 'for the composer'],
  ['/integrations/social/:provider', 'leads on'], ['/settings/billing/done', 'leads on'], ['/setup', 'leads on'],
]);

/** Pages that one sees only before one is in. */
const outside = /^\/(?:signup|login|forgot|forgot\/sent|reset|verify|verified|unsubscribe\/.*|invitations\/.*|contact.*|pricing|$)/u;

const world = hasBrowser ? await sweepWorld() : null;
const browser = world && await openBrowser();
const free: { page: Page; client: CDPSession; who: Onlooker }[] = [];

interface Look { who: Onlooker; path: string }

function looks(): Look[] {
  if (!world) return [];
  const routes = world.app.server.routeTable.filter(({ method, machines, policy, url }) =>
    method === 'GET' && !machines && !(typeof policy === 'object' && 'api' in policy) && !url.startsWith('/assets/') && !notPages.has(url));
  return [
    ...routes.flatMap(({ url, policy }) => {
      const paths = world.addresses[url] ?? (url.includes(':') ? [`${url} has nothing to show`] : [url]);
      const who: Onlooker = url === '/login/code' ? 'half' : policy === 'public' && outside.test(url) ? 'nobody' : 'owner';
      return [...paths.map((path) => ({ who, path })), ...(url === '/' ? [{ who: 'owner' as const, path: '/' }] : [])];
    }),
    { who: 'owner', path: '/nowhere' },
  ];
}

async function tabOf(who: Onlooker): Promise<(typeof free)[number]> {
  const ready = free.findIndex((tab) => tab.who === who);
  const [kept] = ready < 0 ? [] : free.splice(ready, 1);
  if (kept) return kept;
  // A context of its own: tabs of one context share a window, and the picture of one came out as wide as the other had just made it.
  const context = await opened(who);
  const page = await context.newPage();
  return { page, client: await context.newCDPSession(page), who };
}

async function opened(who: Onlooker): Promise<BrowserContext> {
  if (!world || !browser) throw new Error('there is no browser');
  const context = await browser.newContext({ timezoneId: 'Europe/Berlin', locale: 'en-GB', reducedMotion: 'reduce' });
  await context.addCookies([...world.cookies[who]].map(([name, value]) => ({ name, value: decodeURIComponent(value), url: world.url })));
  return context;
}

describe.skipIf(!world)('every page, in every width and look (skipped without /usr/bin/chromium)', () => {
  afterAll(async () => {
    await browser?.close();
    await world?.close();
  });

  it('knows the pages by the table of routes', () => {
    expect(looks().length).toBeGreaterThan(80);
    expect(looks().filter(({ path }) => path.includes(':') || path.includes('undefined'))).toEqual([]);
    const urls = new Set(world?.app.server.routeTable.map(({ url }) => url));
    expect([...notPages.keys(), ...Object.keys(world?.addresses ?? {})].filter((url) => !urls.has(url))).toEqual([]);
  });

  it.concurrent.each(looks())('$who $path', async ({ who, path }) => {
    const tab = await tabOf(who);
    const { page, client } = tab;
    const found: string[] = [];
    await page.setViewportSize({ width: widths[0], height: usualHeight });
    await page.emulateMedia({ colorScheme: 'light' });
    const answer = await page.goto(`${world?.url}${path}`, { waitUntil: 'load' });
    expect([answer?.status(), answer?.headers()['content-type']?.split(';')[0], new URL(page.url()).pathname]).toEqual([path === '/nowhere' || path.endsWith('/unknown') ? 404 : 200, 'text/html', path.split('?')[0]]);
    for (const width of widths) {
      for (const light of lights) {
        await page.setViewportSize({ width, height: usualHeight });
        await page.emulateMedia({ colorScheme: light });
        if (light === 'light') found.push(...(await faultsOf(page, width)).map((fault) => `${width} ${fault}`));
        found.push(...(await barriers(page, light === 'dark' ? aboutColors : undefined)).map((barrier) => `${width} ${light} ${barrier}`));
        await pictured(page, client, width, `${nameOf(who, path)}-${width}-${light}`);
      }
    }
    free.push(tab);
    expect(found.join('\n')).toBe('');
  }, 60_000);
});

/** The path as a file's name; ids are left out, their order stays. */
const seen = new Map<string, number>();
function nameOf(who: Onlooker, path: string): string {
  const plain = `${who === 'owner' ? '' : `${who}-`}${path.replaceAll(/[\w-]{30,}/gu, 'x').replaceAll(/[^\w]+/gu, '-').replaceAll(/^-|-$/gu, '') || 'home'}`;
  const same = [...seen].filter(([, n]) => n >= 0).map(([key]) => key);
  const key = `${plain} ${path}`;
  if (!same.includes(key)) seen.set(key, same.filter((one) => one.startsWith(`${plain} `)).length);
  const n = seen.get(key) ?? 0;
  return n === 0 ? plain : `${plain}-${n + 1}`;
}

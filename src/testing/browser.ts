import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import axe from 'axe-core';
import { chromium, type Browser, type Page, type Route } from 'playwright-core';
import type { FakePlatform } from '../providers/fake/server.ts';

const executablePath = '/usr/bin/chromium';

/** False where Debian's chromium is not installed; the tests then say so and skip. */
export const hasBrowser = existsSync(executablePath);

export async function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
}

/** What axe finds against WCAG 2.2 AA on the page as it stands, or against these of its rules: one line each. */
export async function barriers(page: Page, rules?: readonly string[]): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  const { violations } = await page.evaluate(async (runOnly) => {
    const { axe: run } = window as unknown as { axe: { run(options: object): Promise<{ violations: { id: string; nodes: { target: unknown[] }[] }[] }> } };
    return run.run({ runOnly, resultTypes: ['violations'] });
  }, rules ? { type: 'rule', values: [...rules] } : { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] });
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}

const folder = join(import.meta.dirname, '../../screenshots');

/** Keeps a picture of the page under screenshots/, for people to look at. */
export async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}

/** The browser's own calls to the platform, which no UPSTREAMS redirects, go to its stand-in as well. */
export async function passOn(route: Route, fake: Pick<FakePlatform, 'upstreams'>) {
  const request = route.request();
  const url = new URL(request.url());
  const body = request.postDataBuffer();
  const answer = await fetch(`${fake.upstreams.get(url.origin) ?? ''}${url.pathname}${url.search}`, {
    method: request.method(), redirect: 'manual', headers: { 'content-type': request.headers()['content-type'] ?? '' },
    ...(body && { body: new Uint8Array(body) }),
  });
  await route.fulfill({ status: answer.status, headers: Object.fromEntries(answer.headers), body: Buffer.from(await answer.arrayBuffer()) });
}

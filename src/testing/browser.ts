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

/** The rules that may say of a page in the dark what they did not say of the same page in the light. */
export const aboutColors = ['color-contrast', 'link-in-text-block'];

interface Violation { id: string; nodes: { target: unknown[]; any: { id: string; data: { messageKey?: string } | null }[] }[] }
interface Axe { run(context: unknown, options: object): Promise<{ violations: Violation[] }> }

/**
 * What axe finds against WCAG 2.2 AA on the page, or against these of its rules, once what comes in has come in: one line each. A target that
 * something lies over in part is asked about once more in the middle of the window: what only passes below a bar that sticks,
 * as everything does that scrolls, is large enough.
 */
export async function barriers(page: Page, rules?: readonly string[]): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  await settled(page);
  const { violations } = await page.evaluate(async (runOnly) => {
    const { axe: it } = window as unknown as { axe: Axe };
    return it.run(document, { runOnly, resultTypes: ['violations'] });
  }, rules ? { type: 'rule', values: [...rules] } : { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] });
  const found: string[] = [];
  for (const { id, nodes } of violations) {
    for (const { target, any } of nodes) {
      const [selector] = target;
      const below = id === 'target-size' && target.length === 1 && typeof selector === 'string' && any.some(({ data }) => data?.messageKey === 'partiallyObscured');
      if (!below || !(await largeInTheMiddle(page, selector))) found.push(`${id}: ${target.join(' ')}`);
    }
  }
  return found;
}

/** Waits until what moves toward an end has reached it: in the middle of a fade there is no color to measure. */
async function settled(page: Page): Promise<void> {
  await page.waitForLoadState();
  await page.evaluate(async () => {
    const ending = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
    await Promise.allSettled(ending.map(({ finished }) => finished));
  });
}

/** True if axe finds this target large enough once it stands in the middle of the window; everything scrolls back. */
async function largeInTheMiddle(page: Page, selector: string): Promise<boolean> {
  return page.evaluate(async (wanted) => {
    const { axe: it } = window as unknown as { axe: Axe };
    const places: [Element, number, number][] = [];
    const target = document.querySelector(wanted);
    for (let at = target; at; at = at.parentElement) places.push([at, at.scrollLeft, at.scrollTop]);
    target?.scrollIntoView({ block: 'center', behavior: 'instant' });
    const { violations } = await it.run(wanted, { runOnly: { type: 'rule', values: ['target-size'] }, resultTypes: ['violations'] });
    for (const [at, left, top] of places) at.scrollTo({ left, top, behavior: 'instant' });
    return violations.length === 0;
  }, selector);
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

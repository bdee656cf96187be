import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CDPSession, Page } from 'playwright-core';

// What a page must be in every width and look besides without barriers: whole, in one window, with its words uncut.

export const widths = [1280, 768, 390, 320] as const;
export const lights = ['light', 'dark'] as const;
export const usualHeight = 900;

/** Faults of the page as it stands, a line each; an element is named by its tag and classes. */
export async function faultsOf(page: Page, width: number): Promise<string[]> {
  return page.evaluate((wanted) => {
    const faults: string[] = [];
    if (innerWidth !== wanted) faults.push(`is looked at in ${innerWidth} px`);
    const root = document.documentElement;
    const named = (element: Element) => {
      const classes = typeof element.className === 'string' && element.className !== '' ? `.${element.className.trim().replaceAll(/\s+/gu, '.')}` : '';
      return `${element.localName}${classes} "${(element.textContent ?? '').trim().replaceAll(/\s+/gu, ' ').slice(0, 40)}"`;
    };
    if (root.scrollWidth > root.clientWidth) faults.push(`scrolls sideways by ${root.scrollWidth - root.clientWidth} px`);
    const forgotten = /undefined|\[object|\{\w+\}|<\/?\w+>/u.exec(document.body.innerText);
    if (forgotten) faults.push(`says “${forgotten[0]}”`);
    if (document.title.replace(/·.*$/u, '').trim() === '') faults.push('has no title');
    const heads = [...document.querySelectorAll('h1')].filter((head) => head.checkVisibility());
    if (heads.length !== 1) faults.push(`has ${heads.length} first headings`);
    /** True inside of what scrolls or clips by itself, or is there for screen readers alone. */
    const kept = (element: Element): boolean => {
      for (let at: Element | null = element; at && at !== document.body; at = at.parentElement) {
        const style = getComputedStyle(at);
        if (at !== element && style.overflowX !== 'visible') return true;
        if (at.matches('.visually-hidden, .skip, svg *') || style.clipPath !== 'none') return true;
      }
      return false;
    };
    for (const element of document.body.querySelectorAll('*')) {
      if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
      const box = element.getBoundingClientRect();
      // One pixel is for screen readers alone; what nobody is told of stands aside for machines.
      if (box.width <= 1 || box.height <= 1 || element.closest('[aria-hidden=true]')) continue;
      if ((box.right > root.clientWidth + 1 || box.left < -1) && !kept(element)) faults.push(`${named(element)} reaches from ${Math.round(box.left)} to ${Math.round(box.right)}`);
      if (!(element instanceof HTMLElement) || element.matches('.visually-hidden, textarea, input, select, option, .skip') || element.closest('.visually-hidden')) continue;
      const holds = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && (node.textContent ?? '').trim() !== '');
      if (!holds && !element.matches('button, .button')) continue;
      const style = getComputedStyle(element);
      if (style.display === 'inline' || style.display === 'contents') continue;
      const ends = style.textOverflow === 'ellipsis' || style.webkitLineClamp !== 'none';
      const [wide, high] = [element.scrollWidth - element.clientWidth, element.scrollHeight - element.clientHeight];
      if (wide > 1 && !ends && style.overflowX !== 'auto' && style.overflowX !== 'scroll') faults.push(`${named(element)} is cut or runs over by ${wide} px`);
      if (high > 3 && !ends && (style.overflowY === 'hidden' || style.overflowY === 'clip')) faults.push(`${named(element)} is cut at its foot by ${high} px`);
    }
    return [...new Set(faults)].slice(0, 8);
  }, width);
}

const folder = join(import.meta.dirname, '../../../screenshots/sweep');
/** Where a PNG says how wide it is. */
const widthAt = 16;
/** Longer pages are pictured down to here. */
const longest = 3_000;

/**
 * Keeps a picture of all of the page under screenshots/sweep/, in a window that is as high as the page; the window stays so.
 * Faster than Playwright's own, which waits and compresses well. Chromium's way to picture what is beyond the window is left
 * alone: it puts a width of its own back afterwards. The page needs a window of its own, that is a context: another page in it
 * sets the width of both, and what is pictured is the window.
 */
export async function pictured(page: Page, client: CDPSession, width: number, name: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const high = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width, height: Math.min(Math.max(high, usualHeight), longest) });
  const { data } = await client.send('Page.captureScreenshot', { format: 'png', optimizeForSpeed: true });
  const png = Buffer.from(data, 'base64');
  if (png.readUInt32BE(widthAt) !== width) throw new Error(`${name} came out ${png.readUInt32BE(widthAt)} px wide`);
  writeFileSync(join(folder, `${name}.png`), png);
}

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { barriers, hasBrowser, openBrowser } from './browser.ts';

// What finds barriers is relied on by every test of a page, so it is held against pages whose faults are known.
describe.skipIf(!hasBrowser)('finding barriers (skipped without /usr/bin/chromium)', () => {
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    browser = await openBrowser();
    page = await browser.newPage({ viewport: { width: 390, height: 400 } });
  }, 60_000);
  afterAll(() => browser?.close());

  const show = (style: string, body: string, after = '') => page.setContent(`<!doctype html><html lang="en"><title>A page</title><style>
    button { position: absolute; left: 10px; width: 200px; height: 40px; padding: 0; border: 0 } main { position: relative; height: 1200px }
    ${style}</style><body><main>${body}</main>${after}</body></html>`);
  // axe leaves out what is fixed; what sticks it counts.
  const bar = '<div class="bar"><button>Save</button></div>';
  const barStyle = 'body { margin: 0 } .bar { position: sticky; bottom: 0; height: 60px; z-index: 1 } .bar button { left: 0; width: 390px; height: 60px }';

  it('lets pass below a bar that sticks what scrolls, and leaves the page where it stood', async () => {
    await show(`${barStyle} #one { top: 420px }`, `<button id="one">Large</button>`, bar);
    await page.evaluate(() => scrollTo(0, 97));
    expect(await page.evaluate(() => document.querySelector('#one')?.getBoundingClientRect().top)).toBe(323);
    expect(await barriers(page)).toEqual([]);
    expect(await page.evaluate(() => scrollY)).toBe(97);
  });

  it('finds what the bar never lets go', async () => {
    await show(`${barStyle} main { height: 340px } #one { top: 325px }`, `<button id="one">Large</button>`, bar);
    expect(await barriers(page)).toEqual(['target-size: #one']);
  });

  it('finds what something else lies over wherever the page is scrolled', async () => {
    await show('#one { top: 300px } #two { top: 310px; height: 40px }', '<button id="one">Large</button><button id="two">Over it</button>');
    expect(await barriers(page)).toEqual(['target-size: #one']);
  });

  it('measures colors once they have come in', async () => {
    await show('#one { background: #dde; color: #fff; transition: background 400ms linear } #one.in { background: #1f3f8a }', '<button id="one">New post</button>');
    await page.evaluate(() => document.querySelector('#one')?.classList.add('in'));
    expect(await barriers(page)).toEqual([]);
    await page.evaluate(() => document.querySelector('#one')?.classList.remove('in'));
    expect(await barriers(page)).toEqual(['color-contrast: #one']);
  });

  it('does not wait for what never ends', async () => {
    await show('@keyframes turn { to { rotate: 1turn } } #one { background: #1f3f8a; color: #fff; animation: turn 1s infinite }', '<button id="one">New post</button>');
    expect(await barriers(page)).toEqual([]);
  });

  it('finds what is too small by itself', async () => {
    await show('button { width: 16px; height: 16px } #one { top: 300px } #two { top: 317px }', '<button id="one">a</button><button id="two">b</button>');
    expect(await barriers(page)).toEqual(['target-size: #one', 'target-size: #two']);
  });
});

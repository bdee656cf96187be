import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { barriers, hasBrowser, picture } from '../../testing/browser.ts';
import { browserStage, type BrowserStage } from '../../testing/composing/browser.ts';

// Writing in a real browser: what helps while one types. It is Tuesday, 24 November, nine in Berlin.
describe.skipIf(!hasBrowser)('writing in a browser (skipped without /usr/bin/chromium)', () => {
  let at: BrowserStage;
  let site: Server;
  const text = () => at.page.getByLabel('Text', { exact: true });
  const focused = () => at.page.evaluate(() => document.activeElement?.id);
  const options = () => at.page.getByRole('listbox', { name: 'Suggestions' }).getByRole('option');

  beforeAll(async () => {
    const photo = await sharp({ create: { width: 1200, height: 630, channels: 3, background: '#3a6ea5' } }).png().toBuffer();
    site = createServer((request, response) => {
      if (request.url === '/photo.png') return response.writeHead(200, { 'content-type': 'image/png' }).end(photo);
      response.writeHead(200, { 'content-type': 'text/html' }).end('<title>x</title><meta property="og:title" content="When the ferry sails"><meta property="og:description" content="Every hour from six, on Sundays from eight."><meta property="og:image" content="/photo.png">');
    });
    await new Promise<void>((resolve) => { site.listen(0, '127.0.0.1', resolve); });
    at = await browserStage({ UPSTREAMS: `https://ferry.example=http://127.0.0.1:${(site.address() as AddressInfo).port}` });
  }, 60_000);
  afterAll(async () => {
    await at?.close();
    site.close();
  });
  beforeEach(async () => {
    at.on.setNow(Date.UTC(2026, 10, 24, 8));
    await at.page.clock.setFixedTime(Date.UTC(2026, 10, 24, 8));
    await at.begin();
  });

  it('puts an emoji in where the caret is, found by its name and by keys alone', async () => {
    await at.choose('Sandbox');
    await text().fill('Boats come');
    await text().press('Home');
    await at.page.getByRole('button', { name: 'Emoji' }).first().click();
    const search = at.page.getByRole('searchbox', { name: 'Search emoji' });
    await at.page.getByRole('gridcell').first().waitFor();
    await picture(at.page, 'writing-emoji');
    expect(await barriers(at.page)).toEqual([]);
    await at.page.getByRole('combobox', { name: 'Skin tone' }).selectOption({ index: 3 });
    await search.fill('waving hand');
    await at.page.getByRole('button', { name: 'waving hand' }).waitFor();
    await search.press('ArrowDown');
    await at.page.keyboard.press('Enter');
    expect([await text().inputValue(), await focused()]).toEqual(['👋🏽Boats come', 'field-part-0']);
    // The browser's own way back works.
    await at.page.keyboard.press('Control+z');
    expect(await text().inputValue()).toBe('Boats come');
    await at.page.getByRole('button', { name: 'Emoji' }).first().click();
    await at.page.getByRole('button', { name: 'Recent' }).waitFor();
    expect(await at.page.getByRole('gridcell').count()).toBe(1);
    await at.page.keyboard.press('Escape');
    expect(await focused()).toBe('field-part-0');
    // At once: what is typed right after it closes goes where it belongs.
    await at.page.getByRole('button', { name: 'Emoji' }).first().click();
    await search.waitFor();
    await expect.poll(() => at.page.evaluate(() => document.activeElement?.closest('.leaf') !== null)).toBe(true);
    expect(await at.page.evaluate(() => {
      document.querySelector<HTMLElement>('.leaf')?.hidePopover();
      return document.activeElement?.id;
    })).toBe('field-part-0');
  });

  it('loads no emoji before somebody wants one', async () => {
    const asked: string[] = [];
    at.page.on('request', (request) => { if (request.url().includes('emoji')) asked.push(request.url()); });
    await at.begin();
    await at.write('Nothing yet');
    expect(asked).toEqual([]);
    await at.write('Drop :anch');
    await options().first().waitFor();
    await at.page.keyboard.press('Enter');
    expect([await text().inputValue(), asked.length]).toEqual(['Drop ⚓️ ', 1]);
  });

  it('completes hashtags from what was used before, and people from the networks that are chosen', async () => {
    await at.on.page({ intent: 'draft', 'part.0.text': 'By #harbor_light and #Harbor', channel: at.on.sandbox });
    await at.begin();
    await at.choose('Sandbox', 'Harbour');
    await text().fill('Out at #har');
    await expect.poll(() => options().allTextContents()).toEqual(['#harbor_light 1 post', '#Harbor 1 post']);
    // Nothing is chosen by itself: Enter is a new line.
    expect(await text().getAttribute('aria-activedescendant')).toBeNull();
    await at.page.keyboard.press('ArrowDown');
    await at.page.keyboard.press('ArrowDown');
    expect(await text().getAttribute('aria-activedescendant')).toBe('complete-1');
    expect(await barriers(at.page)).toEqual([]);
    await at.page.keyboard.press('Enter');
    expect(await text().inputValue()).toBe('Out at #Harbor ');
    await at.page.keyboard.type('with @gra');
    await options().first().waitFor();
    await picture(at.page, 'writing-complete');
    expect(await options().allTextContents()).toEqual(['Grace Hopper @grace', 'Grain Boats @grain.boats']);
    await at.page.keyboard.press('Tab');
    expect(await text().inputValue()).toBe('Out at #Harbor with @grace ');
    await at.page.keyboard.type('and @gra');
    await options().first().waitFor();
    await at.page.keyboard.press('Escape');
    expect([await options().count(), await text().inputValue(), await focused()]).toEqual([0, 'Out at #Harbor with @grace and @gra', 'field-part-0']);
  });

  it('keeps tags as a set, puts it in with one choice and removes it', async () => {
    await at.choose('Sandbox');
    await text().fill('Walk #harbor #sea');
    await at.page.getByRole('button', { name: 'Hashtags' }).first().click();
    await at.page.locator('.used-tag').first().or(at.page.getByText('Tags that you use')).waitFor();
    await at.page.getByText('Keep a set').click();
    await at.page.getByLabel('Name').fill('Walks');
    await at.page.getByRole('button', { name: 'Save the set' }).click();
    await at.page.getByRole('button', { name: /^Walks/u }).waitFor();
    await picture(at.page, 'writing-hashtags');
    expect(await barriers(at.page)).toEqual([]);
    await at.page.keyboard.press('Escape');
    await text().fill('Another');
    await at.page.getByRole('button', { name: 'Hashtags' }).first().click();
    await at.page.getByRole('button', { name: /^Walks/u }).click();
    expect([await text().inputValue(), await focused()]).toEqual(['Another #harbor #sea ', 'field-part-0']);
    await at.page.getByRole('button', { name: 'Hashtags' }).first().click();
    await at.page.getByRole('button', { name: 'Remove the set Walks' }).click();
    await expect.poll(() => at.on.app.deps.store.hashtags.sets(at.on.workspaceId)).toEqual([]);
  });

  it('shows what a linked page says of itself, its picture from this house', async () => {
    await at.choose('Harbour');
    await at.write('See https://ferry.example/times');
    await at.page.getByText('When the ferry sails').first().waitFor();
    const shown = at.page.locator('.link-card img');
    expect(await shown.evaluate((img: HTMLImageElement) => new URL(img.src).origin === location.origin)).toBe(true);
    await expect.poll(() => shown.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBeGreaterThan(100);
    await picture(at.page, 'writing-link');
  });

  it('is four actions from home', async () => {
    await at.page.goto(`${at.url}/`);
    await at.page.getByRole('link', { name: 'New post' }).first().click();
    await at.choose('Sandbox');
    await at.page.getByLabel('Text', { exact: true }).fill('Four things were done for this');
    await at.page.getByRole('button', { name: 'Schedule' }).click();
    await at.page.getByText('Scheduled for Tue 24 Nov 10:00 Berlin.', { exact: true }).waitFor();
    await at.page.getByRole('button', { name: 'Undo' }).waitFor();
  });

  it.each([['1280', 1280, 720], ['768', 768, 700], ['390', 390, 844], ['320', 320, 640]])('never hides what has the focus behind the bar at %s px', async (_name, width, height) => {
    await at.elsewhere({ viewport: { width, height } });
    await at.choose('Sandbox', 'Harbour');
    await at.page.getByRole('button', { name: 'Add a part to the thread' }).click();
    await text().or(at.page.getByLabel('Text of part 1')).first().focus();
    const hidden: string[] = [];
    for (let n = 0; n < 40; n += 1) {
      await at.page.keyboard.press('Tab');
      const found = await at.page.evaluate(() => {
        const element = document.activeElement;
        // What was said floats above everything.
        if (!element || element === document.body || element.closest('.toast')) return null;
        const one = element.getBoundingClientRect();
        // On a phone it is the buttons that stick, above the bar of the frame.
        const bars = [...document.querySelectorAll('.composer-bar, .composer-bar > .buttons, .bar')].filter((bar) => !bar.contains(element) && /sticky|fixed/u.test(getComputedStyle(bar).position));
        const covered = bars.map((bar) => bar.getBoundingClientRect()).some((other) => one.top >= other.top - 1 && one.bottom <= other.bottom + 1 && one.right > other.left && one.left < other.right && one.height > 0);
        return covered ? `${element.tagName} ${element.getAttribute('aria-label') ?? element.id} ${element.textContent ?? ''}` : null;
      });
      if (found !== null) hidden.push(found);
    }
    expect(hidden).toEqual([]);
    await at.back();
  });

  it('looks well and has no barriers, by day, by night and on a phone', async () => {
    for (const [name, viewport, colorScheme] of [['day', { width: 1280, height: 900 }, 'light'], ['night', { width: 768, height: 900 }, 'dark'], ['phone', { width: 390, height: 844 }, 'light'], ['narrow', { width: 320, height: 700 }, 'dark']] as const) {
      await at.elsewhere({ viewport, colorScheme });
      await at.page.clock.setFixedTime(Date.UTC(2026, 10, 24, 8));
      await at.choose('Harbour');
      await at.write('The ferry is back #harbor https://ferry.example/times');
      await at.page.getByText('When the ferry sails').first().waitFor({ state: 'attached' });
      await at.choose('Sandbox');
      await picture(at.page, `writing-page-${name}`);
      for (const [opener, kind] of [['Emoji', 'emoji'], ['Hashtags', 'hashtags'], ['Choose a day', 'days']] as const) {
        await at.page.getByRole('button', { name: opener }).first().click();
        const sheet = at.page.getByRole('dialog', { name: opener });
        await sheet.waitFor();
        if (kind === 'emoji') await at.page.getByRole('gridcell').first().waitFor();
        const box = await sheet.boundingBox();
        expect([(box?.x ?? -1) >= 0, (box?.x ?? 0) + (box?.width ?? 0) <= viewport.width, (box?.y ?? -1) >= 0, (box?.y ?? 0) + (box?.height ?? 0) <= viewport.height], `${name} ${kind}`).toEqual([true, true, true, true]);
        expect(await barriers(at.page), `${name} ${kind}`).toEqual([]);
        await at.page.screenshot({ path: `screenshots/writing-${kind}-${name}.png` });
        await at.page.keyboard.press('Escape');
      }
      expect(await at.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), name).toBeLessThanOrEqual(0);
      await at.back();
    }
  }, 120_000);

  it('weighs little: scripts and styles of the page in at most 150 KB compressed', async () => {
    const { gzipSync } = await import('node:zlib');
    const { body } = await at.on.ada.get('/posts/new');
    const sizes = new Map<string, number>();
    const weigh = async (path: string) => {
      if (sizes.has(path)) return;
      const file = (await at.on.ada.get(path)).rawPayload;
      sizes.set(path, gzipSync(file).length);
      // What a script imports at once comes with it; fonts and emoji do not.
      for (const [, other] of path.endsWith('.js') ? file.toString('utf8').matchAll(/(?:from|import)\s*"(\.?\/?[\w./-]+\.js)"/gu) : []) await weigh(`/assets/${(other ?? '').split('/').at(-1) ?? ''}`);
    };
    for (const [, path] of body.matchAll(/(?:src|href)="(\/assets\/[^"]+\.(?:js|css))"/gu)) await weigh(path ?? '');
    const all = [...sizes.values()].reduce((sum, size) => sum + size, 0);
    process.stdout.write(`the composer's scripts and styles: ${Math.round(all / 1000)} KB compressed\n`);
    expect(sizes.size).toBeGreaterThan(3);
    expect(all).toBeLessThan(150_000);
    const emoji = /data-emoji="([^"]+)"/u.exec(body)?.[1] ?? '';
    expect(gzipSync((await at.on.ada.get(emoji)).rawPayload).length).toBeLessThan(60_000);
  });

  it('does all of it without a word in the console', () => {
    expect(at.errors.filter((line) => !/404|422/u.test(line))).toEqual([]);
  });
});

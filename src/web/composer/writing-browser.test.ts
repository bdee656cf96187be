import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { barriers, hasBrowser, picture } from '../../testing/browser.ts';
import { browserStage, type BrowserStage } from '../../testing/composing/browser.ts';

// Writing in a real browser: what helps while one types, and the time as people say it.
describe.skipIf(!hasBrowser)('writing in a browser (skipped without /usr/bin/chromium)', () => {
  let at: BrowserStage;
  const text = () => at.page.getByLabel('Text', { exact: true });
  const wall = () => at.page.locator('input[name="at"]').inputValue();

  beforeAll(async () => { at = await browserStage(); }, 60_000);
  afterAll(() => at?.close());
  beforeEach(() => at.begin());

  it('puts an emoji in where the caret is, found by its name and by keys alone', async () => {
    await at.choose('Sandbox');
    await text().fill('Boats come');
    await text().press('Home');
    await at.page.getByRole('button', { name: 'Emoji' }).first().click();
    const search = at.page.getByRole('searchbox', { name: 'Search emoji' });
    await at.page.getByRole('gridcell').first().waitFor();
    await picture(at.page, 'writing-emoji');
    expect(await barriers(at.page)).toEqual([]);
    await at.page.getByLabel('Skin tone').selectOption({ index: 3 });
    await search.fill('waving hand');
    await at.page.getByRole('button', { name: 'waving hand' }).waitFor();
    await search.press('ArrowDown');
    await at.page.keyboard.press('Enter');
    expect(await text().inputValue()).toBe('👋🏽Boats come');
    expect(await at.page.evaluate(() => document.activeElement?.id)).toBe('field-part-0');
    // The browser's own way back works.
    await at.page.keyboard.press('Control+z');
    expect(await text().inputValue()).toBe('Boats come');
    await at.page.getByRole('button', { name: 'Emoji' }).first().click();
    await at.page.getByRole('button', { name: 'Recent' }).waitFor();
    expect(await at.page.getByRole('gridcell').count()).toBe(1);
    await at.page.keyboard.press('Escape');
    expect(await at.page.evaluate(() => document.activeElement?.id)).toBe('field-part-0');
  });

  it('opens the month', async () => {
    await at.choose('Sandbox');
    await at.page.getByRole('button', { name: 'Choose a day' }).click();
    await picture(at.page, 'writing-days');
    expect(await barriers(at.page)).toEqual([]);
    expect(await wall()).toMatch(/^\d{4}/u);
  });
});

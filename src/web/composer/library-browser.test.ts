import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { barriers, hasBrowser, picture } from '../../testing/browser.ts';
import { seedLabel } from '../../testing/calendar.ts';
import { browserStage, type BrowserStage } from '../../testing/composing/browser.ts';

// The library above the composer, narrowed in every way, in a real browser.
describe.skipIf(!hasBrowser)('the library in the composer (skipped without /usr/bin/chromium)', () => {
  let at: BrowserStage;
  const dialog = () => at.page.getByRole('dialog');
  const shown = () => dialog().locator('.pick .name').allTextContents();
  const focused = () => at.page.evaluate(() => [document.activeElement?.id, document.activeElement?.closest('.pick label')?.textContent].filter(Boolean).join(' '));
  const open = async () => {
    await at.page.getByRole('button', { name: 'From the library' }).first().click();
    await dialog().locator('.pick').waitFor();
  };

  beforeAll(async () => {
    at = await browserStage();
    const { app: { deps: { store } }, workspaceId, picture: boat, wide } = at.on;
    const userId = (await store.people.userByEmail('ada@example.org'))?.id ?? '';
    const [sea, land] = [await seedLabel(store, { userId, workspaceId }, 'At sea', 'blue'), await seedLabel(store, { userId, workspaceId }, 'On land', 'green')];
    await store.mediaLabels.mark(workspaceId, [boat], sea, true);
    await store.mediaLabels.mark(workspaceId, [wide], land, true);
    await at.on.upload('pier.jpg', 600, 400);
  }, 60_000);
  afterAll(() => at?.close());
  beforeEach(() => at.begin());

  it('narrows by label, kind and words together, and keeps what was chosen', async () => {
    await open();
    await dialog().getByLabel('Label').selectOption('At sea');
    await expect.poll(shown).toEqual(['boat.jpg']);
    await dialog().getByRole('checkbox', { name: 'boat.jpg' }).check();
    await dialog().getByLabel('Label').selectOption('On land');
    await expect.poll(shown).toEqual(['wide.jpg']);
    await dialog().getByRole('checkbox', { name: 'wide.jpg' }).check();
    await dialog().getByLabel('Videos', { exact: true }).check();
    await dialog().getByText('Nothing like this.').waitFor();
    expect(await barriers(at.page)).toEqual([]);
    await dialog().getByRole('button', { name: 'Show all files' }).click();
    await dialog().getByRole('checkbox', { name: 'pier.jpg' }).check();
    expect(await dialog().locator('.pick-chosen button').count()).toBe(3);
    await dialog().getByRole('button', { name: 'Leave wide.jpg out' }).click();
    expect(await at.page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Leave pier.jpg out');
    expect(await dialog().getByRole('checkbox', { name: 'wide.jpg' }).isChecked()).toBe(false);
    await dialog().getByRole('button', { name: 'Add 2 files to the post' }).click();
    expect(await at.names()).toEqual(['Describe boat.jpg', 'Describe pier.jpg']);
  });

  it('needs no mouse: from the words down into the files, a space to choose, Enter to add', async () => {
    await open();
    expect(await focused()).toBe('pick-words');
    await at.page.keyboard.type('pier');
    await expect.poll(shown).toEqual(['pier.jpg']);
    await at.page.keyboard.press('ArrowDown');
    expect(await focused()).toBe('pier.jpg');
    await at.page.keyboard.press('Space');
    await at.page.keyboard.press('ArrowUp');
    await at.page.keyboard.press('ControlOrMeta+a');
    await at.page.keyboard.type('wide');
    await expect.poll(shown).toEqual(['wide.jpg']);
    await at.page.keyboard.press('ArrowDown');
    await at.page.keyboard.press('Space');
    await at.page.keyboard.press('Enter');
    await dialog().waitFor({ state: 'detached' });
    expect(await at.names()).toEqual(['Describe pier.jpg', 'Describe wide.jpg']);
    expect(await at.page.evaluate(() => document.activeElement?.textContent)).toBe('From the library');
  });

  it('adds nothing by itself, and says so by its button', async () => {
    await open();
    expect(await dialog().getByRole('button', { name: 'Add to the post' }).isDisabled()).toBe(true);
    await dialog().getByRole('button', { name: 'Close' }).click();
    expect(await at.names()).toEqual([]);
  });

  it('fills a phone, and all of it is in reach', async () => {
    await at.elsewhere({ viewport: { width: 390, height: 700 }, colorScheme: 'dark' });
    await open();
    await dialog().getByLabel('Label').selectOption('At sea');
    await dialog().getByRole('checkbox', { name: 'boat.jpg' }).check();
    await expect.poll(shown).toEqual(['boat.jpg']);
    expect(await dialog().boundingBox()).toEqual({ x: 0, y: 0, width: 390, height: 700 });
    expect(await at.page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    for (const name of ['Add 1 file to the post', 'Close']) await expect.poll(async () => (await dialog().getByRole('button', { name }).boundingBox())?.y).toBeLessThan(660);
    expect(await barriers(at.page)).toEqual([]);
    await picture(at.page, '49-composer-library-phone');
    await at.back();
  });
});

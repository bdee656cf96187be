import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../lib/ids.ts';
import { ProviderError } from '../providers/contract.ts';
import { barriers, hasBrowser, picture } from '../testing/browser.ts';
import { browserStage, type BrowserStage } from '../testing/composing/browser.ts';
import { richAnswer } from '../testing/composing/rich.ts';
import { seedPerson } from '../testing/world.ts';

// The composer in a real browser, over a network that has everything a network can have.
describe.skipIf(!hasBrowser)('the composer in a browser (skipped without /usr/bin/chromium)', () => {
  let at: BrowserStage;

  beforeAll(async () => { at = await browserStage(); }, 60_000);
  afterAll(() => at?.close());
  beforeEach(() => at.begin());

  it('asks the network as soon as its channel is chosen, and again when that did not work', async () => {
    at.on.says(async () => { throw new ProviderError({ kind: 'transient', code: '503', message: 'down', reached: true }); });
    await at.choose('Harbour');
    await at.openVersion('Harbour');
    await at.page.getByText('Rich could not be asked. A draft can be saved all the same.').waitFor();
    at.on.says(async () => richAnswer);
    await at.page.getByRole('button', { name: 'Ask again' }).click();
    await at.page.getByText('Posting as Ada of Rich').waitFor();
    expect(await at.page.getByLabel('Who can see it').locator('option').allTextContents()).toEqual(['Choose who can see it', 'Everybody', 'Only me']);
    expect(await at.page.getByLabel('Allow comments').isDisabled()).toBe(true);
  });

  it('keeps what is typed, says so, and gives it back after the page was lost', async () => {
    await at.write('The ferry leaves at');
    await at.page.getByText(/^Kept at \d\d:\d\d, not saved yet\.$/u).waitFor();
    await at.page.goto('about:blank');
    await at.page.goto(`${at.url}/posts/new`);
    await picture(at.page, 'composer-unsaved');
    expect(await barriers(at.page)).toEqual([]);
    await at.page.getByRole('link', { name: 'Go on with it' }).click();
    expect(await at.page.getByLabel('Text', { exact: true }).inputValue()).toBe('The ferry leaves at');
    await at.page.route('**/posts/autosaves', (route) => route.abort());
    await at.write('The ferry leaves at nine');
    await at.page.getByText('Not kept: Post Master cannot be reached.').waitFor();
    await at.page.unrouteAll({ behavior: 'wait' });
    await at.page.getByText(/^Kept at/u).waitFor({ timeout: 20_000 });
    at.errors.splice(0);
    await at.page.goto(`${at.url}/posts/new`);
    await at.page.getByRole('button', { name: 'Throw it away' }).click();
    await at.page.getByText('Thrown away.').waitFor();
    expect(await at.page.getByText('The ferry').count()).toBe(0);
  });

  it('tells two people that they write on the same post', async () => {
    const { on } = at;
    const { to } = await on.page({ intent: 'draft', 'part.0.text': 'Ours', channel: on.sandbox, at: '2026-12-01T10:00' });
    const post = await on.savedAs(to);
    const { store } = on.app.deps;
    const grace = await seedPerson(store, on.now(), 'grace@example.org');
    await store.autosaves.put(on.workspaceId, { id: newId(on.now()), userId: grace.userId, postId: post?.id ?? '', entries: [], excerpt: '', changedAt: on.now() });
    await at.page.goto(`${at.url}${to}`);
    await at.write('Ours, by me');
    await at.page.getByText('Ada is writing on this post too.').waitFor();
    await at.page.getByRole('button', { name: 'Add a part to the thread' }).click();
    await at.page.getByLabel('Text of part 2').fill('And the second');
    await at.page.getByLabel('Minutes after the part before').fill('15');
    await picture(at.page, 'composer-thread');
    await at.page.getByRole('button', { name: 'Move part 2 up' }).click();
    expect(await at.page.getByLabel('Text of part 1').inputValue()).toBe('And the second');
    expect(await at.page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Move part 1 down');
  });

  it('counts, checks and previews while one types', async () => {
    await at.choose('Harbour', 'Sandbox');
    await at.write('The harbour #today with @grace, https://example.org/a ');
    expect(await at.page.locator('.counters li').allTextContents()).toEqual([' 54 of 500', ' 54 of 300']);
    expect(await at.shown().locator('.marked').allTextContents()).toEqual(['#today', '@grace', 'https://example.org/a']);
    expect(await at.page.locator('#problems').textContent()).toContain('Rich needs a picture or a video here.');
    await at.page.locator('.previews > .tab', { hasText: 'Harbour' }).click();
    await at.write('x'.repeat(301));
    expect(await at.shown().locator('.shown-text').textContent()).toBe(`${'x'.repeat(120)} … more`);
    expect(await at.page.locator('.channel-choice', { hasText: 'Harbour' }).locator('.trouble').textContent()).toBe('2 problems');
    await at.write('short');
    expect(await at.page.locator('.channel-choice', { hasText: 'Harbour' }).locator('.trouble').textContent()).toBe('1 problem');
  });

  it('shows what belongs to a format and to other choices, live', async () => {
    await at.choose('Harbour');
    await at.openVersion('Harbour');
    expect(await at.page.getByLabel('Title').isVisible()).toBe(false);
    await at.page.getByLabel('Reel').check();
    expect(await at.page.getByLabel('Title').isVisible()).toBe(true);
    expect(await at.page.getByText('Only for: Reel.').first().isVisible()).toBe(false);
    await at.page.getByLabel('Title').fill('By the sea');
    expect(await at.shown().locator('.shown-title').textContent()).toBe('By the sea');
    const frame = await at.shown().locator('.shown-frame').boundingBox();
    expect((frame?.width ?? 0) / (frame?.height ?? 1)).toBeCloseTo(9 / 16, 2);
    expect(await at.page.getByLabel('For whom').isVisible()).toBe(false);
    await at.page.getByLabel('This is advertising').check();
    expect(await at.page.getByLabel('For whom').isVisible()).toBe(true);
    expect(await at.page.getByText('Adults: Advertising is for everyone.').isVisible()).toBe(true);
    await at.page.getByLabel('Who can see it').selectOption('SELF');
    expect(await at.page.locator('#problems').textContent()).toContain('Advertising cannot be for you alone.');
    await at.page.getByLabel('This is advertising').uncheck();
    expect(await at.page.getByLabel('This is advertising').isDisabled()).toBe(true);
    await at.page.getByLabel('Opens at').fill('2026-12-24T18:00');
    expect(await at.page.getByText('Thu 24 Dec 18:00 Berlin').isVisible()).toBe(true);
    await at.page.getByLabel('Story').check();
    expect(await at.shown().locator('.shown-title').count()).toBe(0);
    await at.page.getByLabel('Reel').check();
    expect(await at.page.getByLabel('Title').inputValue()).toBe('By the sea');
    await picture(at.page, '40-composer-reel');
  });

  it('gives a channel a version with other words and fewer files', async () => {
    await at.choose('Harbour', 'Sandbox');
    await at.write('For all');
    await at.add('one.jpg', at.on.picture);
    await at.add('two.jpg', at.on.picture);
    await at.openVersion('Sandbox');
    await at.page.getByRole('button', { name: 'Write it differently for Sandbox' }).click();
    expect(await at.page.evaluate(() => (document.activeElement as HTMLTextAreaElement).value)).toBe('For all');
    await at.page.getByLabel('Text for Sandbox').fill('For the sandbox');
    await at.page.locator('.own-tiles').getByRole('checkbox', { name: 'one.jpg' }).uncheck();
    expect(await at.shown().locator('img:not(.mark)').count()).toBe(1);
    expect(await at.page.locator('.writing > .tab', { hasText: 'Sandbox' }).textContent()).toContain('edited');
    await at.openVersion('All');
    await at.write('For all, changed');
    await at.openVersion('Harbour');
    expect(await at.shown().locator('.shown-text').textContent()).toBe('For all, changed');
    await at.page.getByRole('button', { name: 'Save draft' }).click();
    await at.page.getByText('Draft saved.').waitFor();
    const saved = await at.on.savedAs(new URL(at.page.url()).pathname);
    expect(saved?.variants.find(({ channelId }) => channelId === at.on.sandbox)?.content?.parts[0]).toMatchObject({ text: 'For the sandbox', media: [{}] });
    expect(saved?.content.parts[0]?.media).toHaveLength(2);
  });

  it('goes to what stands in the way, and lets it go when it is mended', async () => {
    await at.choose('Harbour', 'Sandbox');
    await at.write('A boat');
    await at.add('one.jpg', at.on.picture);
    await at.page.getByLabel('Describe one.jpg').fill('A boat');
    await at.page.getByLabel('When').fill('2026-12-01T10:00');
    await at.page.getByRole('button', { name: 'Schedule' }).click();
    await at.page.getByRole('alert').getByText('one thing stands in the way').waitFor();
    expect(await at.page.getByLabel('Who can see it').isVisible()).toBe(false);
    await at.page.locator('#problems').getByRole('link', { name: 'Choose: Who can see it.' }).click();
    expect(await at.page.evaluate(() => document.activeElement?.id)).toBe(`field-${at.on.rich}-option-privacy`);
    await picture(at.page, '43-composer-refused');
    await at.page.getByLabel('Who can see it').selectOption('SELF');
    expect(await at.page.locator('#problems').count()).toBe(0);
    expect(await at.page.getByRole('alert').textContent()).toContain('what stood in the way is mended');
    await at.page.getByRole('button', { name: 'Schedule' }).click();
    await at.page.locator('.flash', { hasText: 'Scheduled for Tue 1 Dec 10:00 Berlin' }).waitFor();
    expect((await at.on.savedAs(new URL(at.page.url()).pathname))?.variants.find(({ channelId }) => channelId === at.on.rich)?.options).toMatchObject({ format: 'feed', privacy: 'SELF' });
  });

  it('writes threads, and finds the next minute that is free', async () => {
    await at.choose('Sandbox');
    await at.write('One');
    await at.page.getByRole('button', { name: 'Add a part to the thread' }).click();
    expect(await at.page.evaluate(() => document.activeElement?.id)).toBe('field-part-1');
    await at.page.keyboard.type('Two');
    expect(await at.shown().locator('.shown-text').allTextContents()).toEqual(['One', 'Two']);
    await at.page.getByRole('button', { name: 'Next free minute' }).click();
    const wall = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Berlin', dateStyle: 'short', timeStyle: 'short' }).format(Math.floor(at.on.now() / 60_000) * 60_000 + 120_000).replace(' ', 'T');
    await expect.poll(() => at.page.locator('input[name="at"]').inputValue()).toBe(wall);
    await at.page.getByRole('button', { name: 'Remove this part' }).first().click();
    expect(await at.page.getByLabel('Text', { exact: true }).inputValue()).toBe('Two');
    // What was pressed is gone: the focus is at what took its place.
    expect(await at.page.evaluate(() => document.activeElement?.id)).toBe('field-part-0');
    await at.openVersion('Sandbox');
    await at.page.getByRole('button', { name: 'Write it differently for Sandbox' }).click();
    await at.page.getByRole('button', { name: /Take the post as it is/u }).click();
    expect(await at.page.evaluate(() => document.activeElement?.textContent)).toBe('Write it differently for Sandbox');
    // What is there before the script is, counts: a page that is reloaded keeps what the browser kept.
    await at.page.reload();
    expect(await at.page.locator('.shown-text').count()).toBe(await at.page.locator('.previews > .panel').count());
  });

  it('does all of this without scripts', async () => {
    await at.elsewhere({ javaScriptEnabled: false });
    await at.choose('Harbour', 'Sandbox');
    await at.write('Without any script');
    await at.page.getByRole('button', { name: 'Show what these channels need' }).click();
    expect(await at.page.getByText('Posting as Ada of Rich').isVisible()).toBe(false);
    await at.openVersion('Harbour');
    expect(await at.page.getByText('Posting as Ada of Rich').isVisible()).toBe(true);
    expect(await at.page.getByText('Only for: Reel.').first().isVisible()).toBe(true);
    await at.page.getByLabel('Opens at').fill('2026-12-24T18:00');
    await at.openVersion('All');
    await at.page.getByLabel('Add pictures or videos').setInputFiles(await at.jpeg('wide.jpg', at.on.wide));
    await at.page.getByRole('button', { name: 'Upload' }).click();
    await at.page.getByLabel('Describe wide.jpg').fill('A coast');
    await at.page.locator('#problems').getByRole('button', { name: 'Crop' }).click();
    await at.page.getByLabel('for all channels').check();
    await picture(at.page, '46-crop-without-scripts');
    await at.page.getByRole('button', { name: 'Crop', exact: true }).click();
    expect(await at.page.getByLabel('Describe wide (cropped).jpg').inputValue()).toBe('A coast');
    await at.page.getByLabel('When').fill('2026-12-02T10:00');
    await at.page.getByRole('button', { name: 'Schedule' }).click();
    await at.page.getByRole('alert').getByText('one thing stands in the way').waitFor();
    // The link opens the version that its field belongs to.
    expect(await at.page.getByLabel('Who can see it').isVisible()).toBe(false);
    await at.page.getByRole('link', { name: 'Choose: Who can see it.' }).click();
    expect(await at.page.getByLabel('Who can see it').isVisible()).toBe(true);
    await picture(at.page, '47-refused-without-scripts');
    await at.page.getByLabel('Who can see it').selectOption('SELF');
    await at.page.getByRole('button', { name: 'Schedule' }).click();
    await at.page.locator('.flash', { hasText: 'Scheduled for Wed 2 Dec 10:00 Berlin' }).waitFor();
    const saved = await at.on.savedAs(new URL(at.page.url()).pathname);
    expect(saved?.variants.find(({ channelId }) => channelId === at.on.rich)?.options).toMatchObject({ privacy: 'SELF', opens: '2026-12-24T17:00:00.000Z' });
    await at.back();
  }, 60_000);

  it('leaves room to write where the window is low, cuts no letters that stand wider, and runs as the words do', async () => {
    await at.elsewhere({ viewport: { width: 320, height: 256 } });
    await at.choose('Sandbox');
    await at.write('x\n'.repeat(6));
    // Nothing sticks: wherever one is, most of the window shows what one writes.
    const covered = await at.page.evaluate(() => [...document.querySelectorAll('body *')].filter((element) => ['sticky', 'fixed'].includes(getComputedStyle(element).position) && element.checkVisibility() && element.getBoundingClientRect().height > 0).map((element) => element.className));
    expect(covered).toEqual([]);
    await at.back();
    await at.choose('Sandbox');
    await at.page.evaluate(() => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }');
      document.adoptedStyleSheets = [sheet];
    });
    for (const which of ['date', 'time']) expect(await at.page.locator(`[data-when="${which}"]`).evaluate((field) => field.scrollWidth - field.clientWidth), which).toBeLessThanOrEqual(0);
    await at.write('שלום עולם, hello.');
    const styles = (selector: string) => at.page.locator(selector).first().evaluate((element) => [getComputedStyle(element).unicodeBidi, getComputedStyle(element).textAlign]);
    expect([await styles('textarea'), await styles('.shown-text')]).toEqual([['plaintext', 'start'], ['plaintext', 'start']]);
  });

  it('shows what is chosen where the system chooses the colors', async () => {
    await at.elsewhere({ forcedColors: 'active' });
    await at.choose('Harbour', 'Sandbox');
    const edge = (name: string) => at.page.locator('.writing > .tab', { hasText: name }).evaluate((tab) => getComputedStyle(tab).borderBottomColor);
    expect(await edge('All')).not.toBe(await edge('Harbour'));
    await at.page.keyboard.press('Control+k');
    const ground = (n: number) => at.page.getByRole('option').nth(n).evaluate((option) => getComputedStyle(option).backgroundColor);
    expect(await ground(0)).not.toBe(await ground(1));
    await at.back();
  });

  it('is without barriers and fits, by day, by night and on a phone', async () => {
    for (const [name, viewport, colorScheme] of [['day', { width: 1280, height: 900 }, 'light'], ['night', { width: 1280, height: 900 }, 'dark'], ['phone', { width: 390, height: 844 }, 'light'], ['narrow', { width: 320, height: 700 }, 'dark']] as const) {
      await at.elsewhere({ viewport, colorScheme });
      await at.choose('Harbour', 'Sandbox');
      await at.write(`The harbour #today with @grace, https://example.org/a ${'and more '.repeat(40)}`);
      await at.add('wide.jpg', at.on.wide);
      await at.add('one.jpg', at.on.picture);
      await picture(at.page, `45-composer-${name}`);
      for (const tab of ['All', 'Harbour', 'Sandbox']) {
        await at.openVersion(tab);
        if (tab === 'Sandbox') await at.page.getByRole('button', { name: 'Write it differently for Sandbox' }).click();
        expect(await at.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), `${name} ${tab}`).toBeLessThanOrEqual(0);
        expect(await barriers(at.page), `${name} ${tab}`).toEqual([]);
        if (tab !== 'All') await picture(at.page, `45-composer-${name}-${tab.toLowerCase()}`);
      }
      await at.back();
    }
  }, 120_000);

  it('does all of it without a word in the console', () => {
    // The rich network has no mark of its own; what is refused answers 422; one upload is broken on purpose.
    expect(at.errors.filter((text) => !/404|422|net::ERR_FAILED/u.test(text))).toEqual([]);
  });
});

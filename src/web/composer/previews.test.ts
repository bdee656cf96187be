import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sampleVideo } from '../../media/samples/video-samples.ts';
import { providers } from '../../providers/all.ts';
import { aboutColors, barriers, hasBrowser, picture } from '../../testing/browser.ts';
import { browserStage, type BrowserStage } from '../../testing/composing/browser.ts';
import { scenery } from '../../testing/composing/scenery.ts';
import { seedChannel } from '../../testing/world.ts';

// Every network's preview, in a real browser, by day and by night.

const text = 'The lighthouse at #Brest opens on Tuesday, with @ada and the whole crew. Bring boots, it is wet down there.\n\nEverything about it: https://harbour.example/lighthouse/opening-day';

/** What is written for a network before its picture is taken: title and the like. */
const said: Record<string, Record<string, string>> = {
  youtube: { title: 'A lighthouse opens its doors' }, reddit: { title: 'The lighthouse opens on Tuesday' }, devto: { title: 'How we lit the lighthouse', tags: 'harbour, light' },
  pinterest: { title: 'The lighthouse of Brest' }, 'linkedin-page': { firstComment: 'Tickets are at the gate.' },
};
const films = ['youtube', 'tiktok'];

describe.skipIf(!hasBrowser)('previews (skipped without /usr/bin/chromium)', () => {
  let at: BrowserStage;
  const channels = new Map<string, string>();
  const files = { pictures: [] as string[], film: '', short: '' };

  beforeAll(async () => {
    at = await browserStage();
    const { store } = at.on.app.deps;
    const user = await store.people.userByEmail('ada@example.org');
    for (const { id, local } of providers) {
      if (local) continue;
      const target = { remoteId: `r-${id}`, name: id === 'reddit' ? 'r/lighthouses' : 'Harbour of Brest', handle: id === 'mastodon' ? '@harbour@mastodon.example' : '@harbour', url: null, avatarUrl: null };
      channels.set(id, (await seedChannel(store, id, { grant: {}, target }, { userId: user?.id ?? '', workspaceId: at.on.workspaceId })).channelId);
    }
    const upload = async (filename: string, bytes: Buffer) => {
      const sent = await at.on.ada.upload('/media', [{ name: 'media', filename, bytes }], {}, { accept: 'application/json' });
      return sent.json<{ media: { id: string }[] }>().media[0]?.id ?? '';
    };
    files.pictures = await Promise.all([scenery(1200, 900), scenery(900, 1125, 'noon'), scenery(1200, 1200, 'evening'), scenery(1600, 800), scenery(1000, 1000, 'noon'), scenery(800, 1000, 'evening')].map(async (bytes, n) => upload(`harbor-${n}.jpg`, await bytes)));
    files.film = await upload('film.mp4', sampleVideo({ width: 320, height: 180, durationMs: 8_000 }));
    files.short = await upload('short.mp4', sampleVideo({ width: 180, height: 320, durationMs: 8_000 }));
  }, 120_000);
  afterAll(() => at?.close());
  beforeEach(() => at.begin());

  /** Opens the composer as a form of these fields would leave it. */
  async function composed(provider: string, media: readonly string[], options: Record<string, string> = {}) {
    const id = provider === 'sandbox' ? at.on.sandbox : (channels.get(provider) ?? '');
    const fields: [string, string][] = [
      ['part.0.text', text], ['channel', id], ['at', '2026-12-01T09:00'], ...media.map((one): [string, string] => ['part.0.media', one]),
      ...Object.entries({ ...said[provider], ...options }).map(([name, value]): [string, string] => [`option.${id}.${name}`, value]),
    ];
    const saved = await at.on.page({ intent: 'draft', ...grouped(fields) });
    await at.page.goto(`${at.url}${saved.to}`);
    await at.shown().locator('.shown').waitFor();
    return at.shown().locator('.shown');
  }

  it.each(providers.map(({ id }) => [id]))('%s: by day and by night, without a barrier', async (id) => {
    const provider = providers.find((one) => one.id === id);
    const formats = provider?.capabilities.formats?.map(({ value }) => value) ?? [''];
    for (const format of formats) {
      const media = films.includes(id) && format !== 'photo' ? [files.film] : ['reel', 'video'].includes(format) ? [files.short] : format === 'text' || format === 'link' || format === 'poll' || format === 'reshare' ? [] : files.pictures.slice(0, format === 'story' || format === 'image' || id === 'devto' ? 1 : 3);
      const card = await composed(id, media, format === '' ? {} : { format, ...(format === 'link' ? { url: 'https://harbour.example/x' } : {}), ...(format === 'poll' ? { poll1: 'Boots', poll2: 'Shoes', option1: 'Boots', option2: 'Shoes', question: 'What will you wear?' } : {}) });
      for (const colorScheme of ['light', 'dark'] as const) {
        await at.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        expect(await barriers(at.page, colorScheme === 'dark' ? aboutColors : undefined), `${format} ${colorScheme}`).toEqual([]);
        await card.screenshot({ path: `screenshots/preview-${id}${format && `-${format}`}-${colorScheme}.png` });
      }
      expect(await at.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
    }
  }, 60_000);

  it('joins the parts of a thread by a line, each with its face', async () => {
    for (const provider of ['threads', 'x', 'mastodon', 'telegram', 'discord']) {
      const id = channels.get(provider) ?? '';
      const saved = await at.on.page({ intent: 'draft', channel: id, at: '2026-12-01T09:00', 'part.0.text': 'The lighthouse opens on Tuesday.', 'part.0.media': files.pictures.slice(0, 2), 'part.1.text': 'It was built in 1832, of granite from the island itself.', 'part.1.wait': '10', 'part.2.text': 'Come and see it: https://harbour.example/lighthouse' });
      await at.page.goto(`${at.url}${saved.to}`);
      const card = at.shown().locator('.shown');
      expect(await card.locator('.shown-text').count()).toBe(3);
      expect(await card.getByText('10 minutes later').count()).toBe(1);
      expect(await barriers(at.page), provider).toEqual([]);
      await card.screenshot({ path: `screenshots/preview-thread-${provider}.png` });
    }
  }, 60_000);

  it('stands beside what is written where there is room, and folds away on a phone', async () => {
    await composed('instagram', files.pictures.slice(0, 1));
    for (const width of [1280, 1000, 768, 390, 320]) {
      await at.page.setViewportSize({ width, height: 900 });
      const [written, shown] = [await at.page.locator('.writing').boundingBox(), await at.page.locator('.previews').boundingBox()];
      if (width >= 1000) expect((shown?.x ?? 0) > (written?.x ?? 0) + (written?.width ?? 0) - 1, String(width)).toBe(true);
      else if (width > 640) expect((shown?.y ?? 0) > (written?.y ?? 0), String(width)).toBe(true);
      else {
        expect(shown, String(width)).toBeNull();
        await at.page.getByText('Preview: Harbour of Brest').click();
        expect(await at.shown().locator('.shown').isVisible()).toBe(true);
      }
      expect(await at.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), String(width)).toBe(0);
      for (const colorScheme of ['light', 'dark'] as const) {
        await at.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        expect(await barriers(at.page, colorScheme === 'dark' ? aboutColors : undefined), `${width} ${colorScheme}`).toEqual([]);
        await picture(at.page, `preview-page-${width}-${colorScheme}`);
      }
      if (width <= 640) await at.page.getByText('Preview: Harbour of Brest').click();
    }
    await at.page.setViewportSize({ width: 1280, height: 900 });
  }, 60_000);

  it('plays what fills a screen by a click, and folds what is long', async () => {
    const card = await composed('tiktok', [files.short], { format: 'video' });
    await card.locator('video').click({ position: { x: 90, y: 120 } });
    await expect.poll(() => card.locator('video').evaluate((film: HTMLVideoElement) => film.classList.contains('playing') || film.ended)).toBe(true);
    await at.page.getByLabel('Text', { exact: true }).fill('One\nTwo\nThree');
    expect(await card.locator('.shown-text').textContent()).toBe('One\nTwo … more');
  });

  it('makes the still the cover too: a second where the network takes one, a picture of the library where it does not', async () => {
    const cover = async () => {
      await at.page.getByText('Watch', { exact: true }).click();
      await at.page.getByRole('button', { name: 'Choose its still' }).click();
      const dialog = at.page.getByRole('dialog');
      await dialog.getByLabel('Moment in the video').fill('2');
      await dialog.getByLabel('Also as the cover for Harbour of Brest').check();
      await dialog.getByRole('button', { name: 'Use this frame' }).click();
      await dialog.waitFor({ state: 'detached' });
    };
    const option = (network: string, name: string) => at.page.locator(`input[name="option.${channels.get(network) ?? ''}.${name}"]`);
    await composed('instagram', [files.short], { format: 'reel', cover: files.pictures[0] ?? '' });
    expect(await option('instagram', 'cover').inputValue()).toBe(files.pictures[0]);
    await cover();
    // A second says it alone: the picture that was the cover goes.
    expect([await option('instagram', 'coverAt').inputValue(), await option('instagram', 'cover').count()]).toEqual(['2', 0]);
    const watch = await composed('youtube', [files.film]);
    await cover();
    const id = await option('youtube', 'thumbnail').inputValue();
    expect(await watch.locator('video').getAttribute('poster')).toBe(`/media/${id}/thumb`);
  }, 60_000);

  it('shows what options make of it while one types', async () => {
    const card = await composed('mastodon', files.pictures.slice(0, 1));
    await at.openVersion('Harbour of Brest');
    await at.page.getByLabel('Content warning').fill('Heights');
    expect(await card.locator('.shown-warning').textContent()).toBe('HeightsShow more');
    expect(await card.locator('.shown-text, .shown-media').count()).toBe(0);
    await at.page.getByLabel('Content warning').fill('');
    await at.page.getByLabel('Hide the pictures until somebody opens them').check();
    expect(await card.locator('.veil').textContent()).toBe('Hidden until somebody opens it');
    // The rich network of the stage has no mark of its own.
    expect(at.errors.filter((text) => !text.includes('404'))).toEqual([]);
  });
});

function grouped(fields: readonly [string, string][]): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  for (const [name, value] of fields) (found[name] ??= []).push(value);
  return found;
}

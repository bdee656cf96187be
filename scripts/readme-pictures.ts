import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContextOptions, Page } from 'playwright-core';
import sharp from 'sharp';
import { hasBrowser } from '../src/testing/browser.ts';
import { beginJourney, type Journey } from '../src/testing/journey.ts';
import { fillMuseum, startFaces, type Museum } from '../src/testing/museum/museum.ts';

// The README's pictures: the built program in a real browser, with the workspace of a small museum. Each by day and by night.

const folder = join(import.meta.dirname, '../docs/pictures');

interface Picture {
  name: string;
  window: BrowserContextOptions;
  path: (museum: Museum) => string;
  /** What is done on the page before it is looked at. */
  first?: (page: Page) => Promise<void>;
  /** What is pictured of it, from the top; all of the window unless told. */
  height?: number;
}

const wide = { viewport: { width: 1280, height: 860 }, deviceScaleFactor: 1.5 };

const pictures: Picture[] = [
  { name: 'calendar', window: wide, path: () => '/calendar' },
  { name: 'composer', window: wide, path: ({ posts }) => `/posts/${posts.draft}/edit` },
  { name: 'failure', window: { ...wide, viewport: { width: 1100, height: 700 } }, path: ({ posts }) => `/posts/${posts.failed}`, first: toTheCard, height: 560 },
  { name: 'phone', window: { viewport: { width: 390, height: 800 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true }, path: () => '/calendar?view=list' },
];

/** What a failure says stands below the words of the post. */
async function toTheCard(page: Page): Promise<void> {
  await page.getByRole('heading', { name: 'Where it goes' }).evaluate((heading) => scrollTo(0, heading.getBoundingClientRect().top + scrollY - 60));
}

async function upload(at: Journey, files: readonly { name: string; bytes: Buffer }[]): Promise<void> {
  await at.go('/media');
  await at.page.locator('input[type=file]').setInputFiles(files.map(({ name, bytes }) => ({ name, mimeType: 'image/jpeg', buffer: bytes })));
  for (let tries = 0; (await at.store.media.count(at.owner.workspaceId)) < files.length; tries += 1) {
    if (tries === 600) throw new Error('the files of the museum did not arrive in a minute');
    await at.page.waitForTimeout(100);
  }
}

async function make(at: Journey, museum: Museum, { name, window, path, first, height }: Picture): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    const page = await at.window({ ...window, colorScheme, reducedMotion: 'reduce' });
    await page.goto(`${at.program.url}${path(museum)}`, { waitUntil: 'load' });
    await page.waitForTimeout(1_000);
    await first?.(page);
    const { width, height: all } = window.viewport ?? { width: 1280, height: 800 };
    const png = await page.screenshot({ clip: { x: 0, y: 0, width, height: height ?? all } });
    const file = join(folder, `${name}-${colorScheme}.png`);
    writeFileSync(file, await sharp(png).png({ palette: true, colours: 160, effort: 10, compressionLevel: 9 }).toBuffer());
    process.stdout.write(`${name}-${colorScheme}.png: ${Math.round(statSync(file).size / 1024)} KB\n`);
    await page.context().close();
  }
}

if (!hasBrowser) throw new Error('The pictures need Debian’s chromium: apt-get install chromium');
mkdirSync(folder, { recursive: true });
const at = await beginJourney({ fakes: [await startFaces()], env: { TICK_MS: '1000' } });
try {
  const museum = await fillMuseum(at, (files) => upload(at, files));
  for (const picture of pictures) await make(at, museum, picture);
} finally {
  await at.close();
}

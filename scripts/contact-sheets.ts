import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';

// Puts the pictures of the sweep on sheets, a row for each page and a column for each width and look: screenshots/sheets/*.png.

const from = join(import.meta.dirname, '../screenshots/sweep');
const to = join(import.meta.dirname, '../screenshots/sheets');
const perSheet = 3;
const high = 520;
const columns = [1280, 768, 390, 320].flatMap((width) => ['light', 'dark'].map((look) => ({ width, look })));
/** How wide a column is, by its window. */
const wide = (width: number) => Math.round((Math.min(width, 1280) * 0.32) + 60);

if (!existsSync(from)) throw new Error('There are no pictures yet: run the sweep first (npx vitest run src/web/sweep.test.ts)');
const pages = [...new Set(readdirSync(from).map((name) => name.replace(/-\d+-(?:light|dark)\.png$/u, '')))].sort();
mkdirSync(to, { recursive: true });
for (let first = 0; first < pages.length; first += perSheet) {
  const rows = pages.slice(first, first + perSheet);
  const cells = await Promise.all(rows.flatMap((page, row) => columns.map(async ({ width, look }, column) => {
    const file = join(from, `${page}-${width}-${look}.png`);
    if (!existsSync(file)) return [];
    const left = columns.slice(0, column).reduce((sum, one) => sum + wide(one.width) + 6, 0);
    const input = await sharp(file).resize({ width: wide(width) }).toBuffer({ resolveWithObject: true });
    const shown = await sharp(input.data).extract({ left: 0, top: 0, width: input.info.width, height: Math.min(high, input.info.height) }).toBuffer();
    return [{ input: shown, left, top: row * (high + 24) + 20 }, ...(column === 0 ? [{ input: label(page), left: 4, top: row * (high + 24) }] : [])];
  })));
  const total = columns.reduce((sum, { width }) => sum + wide(width) + 6, 0);
  await sharp({ create: { width: total, height: rows.length * (high + 24), channels: 3, background: '#777' } })
    .composite(cells.flat()).png({ palette: true, effort: 3 }).toFile(join(to, `${String(first / perSheet + 1).padStart(2, '0')}.png`));
}
process.stdout.write(`${Math.ceil(pages.length / perSheet)} sheets of ${pages.length} pages in ${to}\n`);

function label(text: string): Buffer {
  return Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="900" height="18"><text x="0" y="14" font-family="sans-serif" font-size="14" fill="#fff">${text.replaceAll('&', '&amp;')}</text></svg>`);
}

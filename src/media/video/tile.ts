import type { Sharp as Picture } from 'sharp';
import { loadSharp } from '../../lib/native.ts';

/** What stands for a video of which there is no still: a dark tile of its shape with the play sign and its duration. */
export async function tileOf(video: { width: number; height: number; durationMs: number }, side: number): Promise<Picture> {
  const scale = side / Math.max(video.width, video.height);
  const width = Math.max(1, Math.round(video.width * scale));
  const height = Math.max(1, Math.round(video.height * scale));
  const tile: Tile = { width, height, pixels: Buffer.alloc(width * height * 3) };
  paint(tile, 0, 0, width, height, ground);
  drawPlaySign(tile);
  drawText(tile, clockText(video.durationMs));
  const sharp = await loadSharp();
  return sharp(tile.pixels, { raw: { width, height, channels: 3 } });
}

/** As players show it: `0:07`, `1:02:03`. */
function clockText(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1000));
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return `${hours > 0 ? `${hours}:${two(minutes)}` : minutes}:${two(seconds % 60)}`;
}

interface Tile {
  width: number;
  height: number;
  pixels: Buffer;
}

const ground = 0x2b;
const ink = 0xe6;

/** Five by three, row by row: no font is at hand everywhere, and ten digits need none. */
const glyphs: Record<string, string> = {
  0: '111101101101111', 1: '010110010010111', 2: '111001111100111', 3: '111001111001111', 4: '101101111001001',
  5: '111100111001111', 6: '111100111101111', 7: '111001001001001', 8: '111101111101111', 9: '111101111001111', ':': '000010000010000',
};

/** A triangle whose slanted edges are smoothed: a pixel is as bright as the part of it that lies inside. */
function drawPlaySign(tile: Tile) {
  const half = Math.min(tile.width, tile.height) / 7;
  const [left, middle] = [tile.width / 2 - half * 0.8, tile.height / 2];
  for (let y = Math.floor(middle - half); y <= middle + half; y += 1) {
    const reach = 1.9 * half * (1 - Math.abs(y + 0.5 - middle) / half);
    for (let x = 0; x < reach; x += 1) blend(tile, Math.round(left) + x, y, Math.min(1, reach - x));
  }
}

/** In the lower right corner, still to be read when the tile is shown small. */
function drawText(tile: Tile, text: string) {
  const dot = Math.max(1, Math.floor(Math.min(tile.width / (text.length * 4 + 4), Math.min(tile.width, tile.height) / 48)));
  const top = tile.height - 8 * dot;
  const left = tile.width - (text.length * 4 + 2) * dot;
  for (const [n, character] of Array.from(text).entries()) {
    for (const [place, bit] of Array.from(glyphs[character] ?? '').entries()) {
      if (bit === '1') paint(tile, left + (n * 4 + place % 3) * dot, top + Math.floor(place / 3) * dot, dot, dot, ink);
    }
  }
}

function paint(tile: Tile, left: number, top: number, width: number, height: number, shade: number) {
  for (let y = Math.max(0, top); y < Math.min(tile.height, top + height); y += 1) {
    const from = (y * tile.width + Math.max(0, left)) * 3;
    const to = (y * tile.width + Math.min(tile.width, left + width)) * 3;
    if (to > from) tile.pixels.fill(shade, from, to);
  }
}

function blend(tile: Tile, x: number, y: number, part: number) {
  paint(tile, x, y, 1, 1, Math.round(ground + (ink - ground) * part));
}

import sharp from 'sharp';

type Color = readonly [number, number, number];

/** Sky above, sky at the horizon, sea, sand. */
const hours = {
  morning: [[243, 201, 165], [250, 232, 205], [90, 138, 156], [217, 180, 138]],
  noon: [[111, 177, 223], [214, 236, 247], [47, 127, 168], [232, 214, 168]],
  evening: [[43, 58, 103], [224, 122, 95], [61, 64, 91], [129, 105, 90]],
} as const satisfies Record<string, readonly [Color, Color, Color, Color]>;

/** A picture that looks like one: a harbor at some hour, of any size, so that people can judge what stands around it. */
export async function scenery(width: number, height: number, hour: keyof typeof hours = 'morning'): Promise<Buffer> {
  const pixels = Buffer.alloc(width * height * 3);
  const unit = Math.min(width, height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      pixels.set(colorAt(x / width, y / height, (x - width * 0.28) / unit, (height * 0.62 - y) / unit, (x - width * 0.72) / unit, (y - height * 0.32) / unit, hour), (y * width + x) * 3);
    }
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } }).jpeg({ quality: 86 }).toBuffer();
}

/** `across`, `down`: within the picture. `right`, `up`: from the foot of the tower. `sunX`, `sunY`: from the sun. */
function colorAt(across: number, down: number, right: number, up: number, sunX: number, sunY: number, hour: keyof typeof hours): Color {
  const [sky, low, sea, sand] = hours[hour];
  if (up > 0 && up < 0.34 && Math.abs(right) < 0.045 - up * 0.05) return Math.floor(up / 0.07) % 2 === 0 ? [251, 247, 238] : [179, 55, 44];
  if (up >= 0.34 && up < 0.385 && Math.abs(right) < 0.03) return [47, 53, 66];
  if (up >= 0.385 && Math.abs(right) < 0.045 - (up - 0.385) * 0.9) return [179, 55, 44];
  if (down > 0.84 + Math.sin(across * 5) * 0.04) return sand;
  if (down > 0.62) return down % 0.05 < 0.006 ? low : sea;
  if (Math.hypot(sunX, sunY) < 0.08) return [255, 244, 220];
  const part = down / 0.62;
  return [0, 1, 2].map((n) => Math.round((sky[n] ?? 0) * (1 - part) + (low[n] ?? 0) * part)) as unknown as Color;
}

import { writeFile } from 'node:fs/promises';
import { crc32, deflateSync } from 'node:zlib';
import sharp, { type Sharp as Picture } from 'sharp';

/** Real pictures for tests, made on the spot. */

export function noise(width: number, height: number): Picture {
  return sharp({ create: { width, height, channels: 3, background: '#888', noise: { type: 'gaussian', mean: 128, sigma: 60 } } });
}

export function plain(width: number, height: number, background = '#3366cc'): Picture {
  return sharp({ create: { width, height, channels: 3, background } });
}

/** A red square with a see-through border. */
export function seeThrough(width: number, height: number): Picture {
  return sharp({ create: { width: width - 40, height: height - 40, channels: 4, background: '#ff0000' } })
    .extend({ top: 20, bottom: 20, left: 20, right: 20, background: { r: 0, g: 0, b: 0, alpha: 0 } });
}

/** A sideways JPEG (orientation 6: stored 60 by 40, seen 40 by 60) that says where and by whom it was taken. */
export async function phonePhoto(): Promise<Buffer> {
  return plain(60, 40).withMetadata({ orientation: 6 }).withExif({
    IFD0: { Make: 'SecretCamera', Artist: 'Jane Doe', Orientation: '6' },
    IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '52/1 31/1 0/1' },
  }).jpeg().toBuffer();
}

export async function animation(format: 'gif' | 'webp', width = 40, height = 30, frames = 3): Promise<Buffer> {
  const pages = await Promise.all(Array.from({ length: frames }, async (_, index) =>
    plain(width, height, `rgb(${index * 20 % 256}, 80, ${200 - index * 10 % 200})`).png().toBuffer()));
  return sharp(pages, { join: { animated: true } })[format]({ delay: pages.map(() => 100), loop: 0 }).toBuffer();
}

/** A PNG whose header promises more than it holds. */
export function pngClaiming(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2], 8);
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header), chunk('IDAT', deflateSync(Buffer.alloc(2000))), chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Puts bytes where a storage's temporary files are. */
export async function tempOf(storage: { temp(): Promise<string> }, bytes: Uint8Array | string): Promise<string> {
  const path = await storage.temp();
  await writeFile(path, bytes);
  return path;
}

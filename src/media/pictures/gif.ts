import { open, type FileHandle } from 'node:fs/promises';

/**
 * Walks the blocks of a GIF (GIF89a specification, 1990) up to its trailer. libvips takes a GIF that breaks off for a
 * shorter one, so a half upload would pass as a whole animation.
 */
export async function gifIsWhole(path: string): Promise<boolean> {
  const handle = await open(path, 'r');
  try {
    return await walk(windowOn(handle));
  } finally {
    await handle.close();
  }
}

/** The byte at a position; NaN beyond the end, which makes every comparison below fail. */
type ByteAt = (position: number) => Promise<number>;

async function walk(byteAt: ByteAt): Promise<boolean> {
  let position = 13 + colourTable(await byteAt(10));
  for (;;) {
    const block = await byteAt(position);
    if (block === 0x3b) return true;
    if (block === 0x21) position += 2;
    else if (block === 0x2c) position += 11 + colourTable(await byteAt(position + 9));
    else return false;
    for (;;) {
      const size = await byteAt(position);
      if (Number.isNaN(size)) return false;
      position += 1 + size;
      if (size === 0) break;
    }
  }
}

/** Bytes of the colour table that a packed field announces. */
function colourTable(packed: number): number {
  return (packed & 0x80) === 0 ? 0 : 3 * 2 ** ((packed & 0x07) + 1);
}

function windowOn(handle: FileHandle): ByteAt {
  const buffer = Buffer.alloc(64 * 1024);
  let start = 0;
  let length = 0;
  return async (position) => {
    if (position < start || position >= start + length) {
      start = position;
      length = (await handle.read(buffer, 0, buffer.length, position)).bytesRead;
    }
    return position < start + length ? buffer.readUInt8(position - start) : Number.NaN;
  };
}

import { Unreadable, type Bytes } from './bytes.ts';

/** An element of an EBML document (RFC 8794 §6). */
export interface Element {
  id: number;
  start: number;
  content: number;
  /** The first byte after it; null when its size is unknown, as in what was recorded live. */
  end: number | null;
}

/** The element that begins at a position; it lies whole before `limit` or the file is unreadable. */
export async function elementAt(bytes: Bytes, start: number, limit: number): Promise<Element> {
  const head = await bytes.read(start, Math.min(12, limit - start));
  const idLength = Math.clz32(head[0] ?? 0) - 23;
  if (idLength > 4 || idLength >= head.length) throw new Unreadable('This is no element.');
  const size = sizeAt(head, idLength);
  const content = start + idLength + size.length;
  const end = size.value === null ? null : content + size.value;
  if (content > limit || (end !== null && end > limit)) throw new Unreadable('An element is cut off.');
  return { id: head.readUIntBE(0, idLength), start, content, end };
}

/** The elements of a master element that was read whole. */
export function elementsOf(content: Buffer): { id: number; content: Buffer }[] {
  const all: { id: number; content: Buffer }[] = [];
  for (let at = 0; at + 2 <= content.length;) {
    const idLength = Math.clz32(content[at] ?? 0) - 23;
    if (idLength > 4 || at + idLength >= content.length) throw new Unreadable('This is no element.');
    const size = sizeAt(content, at + idLength);
    const from = at + idLength + size.length;
    const to = from + (size.value ?? Number.POSITIVE_INFINITY);
    if (to > content.length) throw new Unreadable('An element is cut off.');
    all.push({ id: content.readUIntBE(at, idLength), content: content.subarray(from, to) });
    at = to;
  }
  return all;
}

export function uintOf(content: Buffer): number {
  if (content.length > 8) throw new Unreadable('A number is too long.');
  return content.length === 0 ? 0 : Number(BigInt(`0x${content.toString('hex')}`));
}

export function floatOf(content: Buffer): number {
  if (content.length === 8) return content.readDoubleBE(0);
  return content.length === 4 ? content.readFloatBE(0) : 0;
}

/** A size as a variable-length number (RFC 8794 §4); null when all its bits are one. */
export function sizeAt(buffer: Buffer, at: number): { length: number; value: number | null } {
  const first = buffer[at] ?? 0;
  const length = Math.clz32(first) - 23;
  if (length > 8 || at + length > buffer.length) throw new Unreadable('A size is cut off.');
  const own = first & (2 ** (8 - length) - 1);
  let value = own;
  let ones = own === 2 ** (8 - length) - 1;
  for (const byte of buffer.subarray(at + 1, at + length)) {
    value = value * 256 + byte;
    ones &&= byte === 0xff;
  }
  return { length, value: ones ? null : value };
}

/** An element written anew, its size in eight bytes. */
export function elemented(id: number, ...content: readonly Uint8Array[]): Buffer {
  const name = Buffer.from(id.toString(16), 'hex');
  const body = Buffer.concat(content);
  const size = Buffer.alloc(8);
  size.writeBigUInt64BE((1n << 56n) | BigInt(body.length));
  return Buffer.concat([name, size, body]);
}

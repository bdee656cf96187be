import { Unreadable, type Bytes } from './bytes.ts';

/** A box of an ISO base media file (ISO 14496-12 §4.2), called an atom in QuickTime. */
export interface Box {
  type: string;
  start: number;
  /** Where its content begins. */
  content: number;
  /** The first byte after it. */
  end: number;
}

/**
 * The boxes between two positions, in order. Each lies whole within them or the file is unreadable. What has no name that
 * a box could have ends the list: QuickTime closes some with zeros, and cameras put things of their own behind the last.
 */
export async function* boxesIn(bytes: Bytes, from: number, to: number): AsyncGenerator<Box> {
  let start = from;
  while (start + 8 <= to) {
    const head = await bytes.read(start, 8);
    const short = head.readUInt32BE(0);
    const type = head.toString('latin1', 4, 8);
    if (!/^[\u0020-\u007e\u00a9]{4}$/u.test(type)) return;
    const long = short === 1;
    const size = long ? Number((await bytes.read(start + 8, 8)).readBigUInt64BE(0)) : short;
    const content = start + (long ? 16 : 8);
    // A size of zero means to the end.
    const end = short === 0 ? to : start + size;
    if (end < content || end > to) throw new Unreadable(`The box "${type}" is cut off.`);
    yield { type, start, content, end };
    start = end;
  }
}

/** The content of a box that is small in every true file. */
export async function contentOf(bytes: Bytes, { type, content, end }: Box, most = 1024): Promise<Buffer> {
  if (end - content > most) throw new Unreadable(`The box "${type}" is far too large.`);
  return Buffer.from(await bytes.read(content, end - content));
}

/** A box written anew. */
export function boxed(type: string, ...content: readonly Uint8Array[]): Buffer {
  const header = Buffer.alloc(8);
  header.write(type, 4, 'latin1');
  const box = Buffer.concat([header, ...content]);
  box.writeUInt32BE(box.length, 0);
  return box;
}

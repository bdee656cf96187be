import { randomBytes } from 'node:crypto';
import type { ImageFile } from '../contract.ts';
import type { Body } from '../body.ts';

/**
 * A JSON body with files in base64 in its midst, read only while it is sent. `data` stands for a file's text where the
 * value is made.
 */
export function jsonWithFiles(valueOf: (data: (file: ImageFile) => string) => unknown): Body {
  const boundary = randomBytes(16).toString('hex');
  const files: ImageFile[] = [];
  const text = JSON.stringify(valueOf((file) => `${boundary}${files.push(file) - 1}.`));
  const [first = '', ...rest] = text.split(boundary);
  // What follows a boundary begins with the file's number and a dot.
  const pieces = rest.map((piece) => ({ file: files[Number.parseInt(piece, 10)], after: piece.slice(piece.indexOf('.') + 1) }));

  async function* stream() {
    yield Buffer.from(first);
    for (const { file, after } of pieces) {
      if (file) yield* base64Of(file.open());
      yield Buffer.from(after);
    }
  }
  const size = pieces.reduce((sum, { file, after }) => sum + Math.ceil((file?.size ?? 0) / 3) * 4 + Buffer.byteLength(after), Buffer.byteLength(first));
  return { stream, type: 'application/json', size };
}

/** Three bytes are four characters: what does not come out even waits for the next piece. */
async function* base64Of(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let left = Buffer.alloc(0);
  for await (const piece of bytes) {
    const all = Buffer.concat([left, piece]);
    const whole = all.length - (all.length % 3);
    yield Buffer.from(all.toString('base64', 0, whole));
    left = all.subarray(whole);
  }
  if (left.length > 0) yield Buffer.from(left.toString('base64'));
}

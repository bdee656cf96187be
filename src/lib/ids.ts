import { randomBytes } from 'node:crypto';

/** A UUIDv7 (RFC 9562 §5.7) in lower case: 48 bits of `now` (epoch ms), the rest random. Sorts by time of making. */
export function newId(now: number): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(now, 0, 6);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x70, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** True for exactly what `newId` makes, so that text from outside can be used as an id (in a file name, say). */
export function isId(text: unknown): text is string {
  return typeof text === 'string' && /^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/u.test(text);
}

/** One name for two ids together (64 hexadecimal digits): the same each time, and `splitIds` reads it back. */
export function joinIds(first: string, second: string): string {
  return (first + second).replaceAll('-', '');
}

/** The two ids of a name that `joinIds` made; null for anything else. */
export function splitIds(text: unknown): [first: string, second: string] | null {
  if (typeof text !== 'string' || !/^[\da-f]{64}$/u.test(text)) return null;
  const [first, second] = [text.slice(0, 32), text.slice(32)].map((hex) => hex.replace(/^(.{8})(.{4})(.{4})(.{4})/u, '$1-$2-$3-$4-'));
  return isId(first) && isId(second) ? [first, second] : null;
}

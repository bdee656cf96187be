import { inspect } from 'node:util';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mac, macFits, needsReseal, newSecretKey, open, openKeyRing, seal, SealError, type SealedRow } from './seal.ts';

const row: SealedRow = { table: 'connections', rowId: 'r1', workspaceId: 'w1' };
const [a, b] = [newSecretKey(), newSecretKey()];

/** The code of the SealError that the act throws. */
function codeOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof SealError) return error.code;
    throw error;
  }
  return 'opened';
}

describe('sealing', () => {
  const ring = openKeyRing(a);

  test('any text comes back, and no two ciphertexts are alike', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), fc.string(), fc.string(), fc.option(fc.string()), (text, table, rowId, workspaceId) => {
      const where = { table, rowId, workspaceId };
      const blob = seal(ring, text, where);
      expect(open(ring, blob, where)).toBe(text);
      expect(seal(ring, text, where).equals(blob)).toBe(false);
    }));
  });

  test('the plaintext is not in the blob, the format is S1 + key id + nonce + text + tag', () => {
    const blob = seal(ring, 'the-refresh-token', row);
    expect(blob.includes('refresh')).toBe(false);
    expect(blob.subarray(0, 2).toString()).toBe('S1');
    expect(blob).toHaveLength(2 + 8 + 24 + 17 + 16);
  });

  test.each<[string, Partial<SealedRow>]>([
    ['another row', { rowId: 'r2' }],
    ['another workspace', { workspaceId: 'w2' }],
    ['no workspace', { workspaceId: null }],
    ['another table', { table: 'notes' }],
  ])('moved to %s it does not open', (_name, moved) => {
    const blob = seal(ring, 'secret', row);
    expect(codeOf(() => open(ring, blob, { ...row, ...moved }))).toBe('does_not_open');
  });

  test('names of a row cannot run into each other', () => {
    const blob = seal(ring, 'secret', { table: 'ab', rowId: 'c', workspaceId: 'd' });
    expect(codeOf(() => open(ring, blob, { table: 'a', rowId: 'bc', workspaceId: 'd' }))).toBe('does_not_open');
    expect(codeOf(() => open(ring, blob, { table: 'ab","c', rowId: '', workspaceId: 'd' }))).toBe('does_not_open');
  });

  test('rows of two tenants cannot be swapped', () => {
    fc.assert(fc.property(fc.tuple(fc.string(), fc.string()), fc.tuple(fc.string(), fc.string()), ([r1, w1], [r2, w2]) => {
      fc.pre(r1 !== r2 || w1 !== w2);
      const blob = seal(ring, 'secret', { table: 't', rowId: r1, workspaceId: w1 });
      expect(codeOf(() => open(ring, blob, { table: 't', rowId: r2, workspaceId: w2 }))).toBe('does_not_open');
    }));
  });

  test('each flipped bit is noticed', () => {
    const blob = seal(ring, 'secret', row);
    for (let bit = 0; bit < blob.length * 8; bit += 1) {
      const bent = Buffer.from(blob);
      bent.writeUInt8(bent.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      // In the key id a flipped bit names a key that nobody has.
      const inKeyId = bit >= 16 && bit < 80;
      expect(codeOf(() => open(ring, bent, row))).toBe(inKeyId ? 'unknown_key' : 'does_not_open');
    }
  });

  test('each shorter or longer blob is refused', () => {
    const blob = seal(ring, 'secret', row);
    for (let length = 0; length < blob.length; length += 1) expect(codeOf(() => open(ring, blob.subarray(0, length), row))).toBe('does_not_open');
    expect(codeOf(() => open(ring, Buffer.concat([blob, Buffer.from([0])]), row))).toBe('does_not_open');
  });

  test('a Uint8Array that looks into a larger buffer opens too', () => {
    const blob = seal(ring, 'secret', row);
    const larger = new Uint8Array(blob.length + 20);
    larger.set(blob, 7);
    expect(open(ring, larger.subarray(7, 7 + blob.length), row)).toBe('secret');
  });
});

describe('rotation', () => {
  test('the old opens, the new seals', () => {
    const old = seal(openKeyRing(a), 'secret', row);
    const ring = openKeyRing(`${b}, ${a}`);
    expect(open(ring, old, row)).toBe('secret');
    expect(needsReseal(ring, old)).toBe(true);
    const renewed = seal(ring, open(ring, old, row), row);
    expect(needsReseal(ring, renewed)).toBe(false);
    expect(open(openKeyRing(b), renewed, row)).toBe('secret');
  });

  test('a key that left the ring is named as such', () => {
    expect(codeOf(() => open(openKeyRing(b), seal(openKeyRing(a), 'secret', row), row))).toBe('unknown_key');
  });

  test('what was never sealed says so', () => {
    expect(codeOf(() => needsReseal(openKeyRing(a), Buffer.from('{"token":"plain"}')))).toBe('does_not_open');
  });
});

describe('the key ring', () => {
  test('one key may be written as base64 or as base64url', () => {
    const bytes = Buffer.alloc(32, 0xfb);
    const blob = seal(openKeyRing(bytes.toString('base64')), 'secret', row);
    expect(open(openKeyRing(bytes.toString('base64url')), blob, row)).toBe('secret');
    expect(open(openKeyRing(` ${bytes.toString('base64')}\n`), blob, row)).toBe('secret');
  });

  test('a longer phrase makes a key, the same one each time', () => {
    const blob = seal(openKeyRing('correct horse battery'), 'secret', row);
    expect(open(openKeyRing('correct horse battery'), blob, row)).toBe('secret');
    expect(codeOf(() => open(openKeyRing('correct horse batterz'), blob, row))).toBe('unknown_key');
  });

  test.each(['', ' ', ',,', 'short', 'fifteen chars..', `${newSecretKey()},short`])('%j is refused', (secret) => {
    expect(() => openKeyRing(secret)).toThrow(/SECRET_KEY/u);
  });

  test('the refusal does not repeat the secret', () => {
    expect(() => openKeyRing('hunter2')).not.toThrow(/hunter2/u);
  });

  test('a ring in a log or a JSON shows no key', () => {
    const ring = openKeyRing('correct horse battery');
    const shown = inspect(ring, { depth: 10 }) + JSON.stringify(ring);
    expect(shown).not.toMatch(/[\da-f]{2} [\da-f]{2}|horse/u);
  });
});

describe('macs', () => {
  test('a mac fits its text, purpose and key, and survives rotation', () => {
    const old = openKeyRing(a);
    const made = mac(old, 'media-url', 'm1.999');
    expect(made).toMatch(/^[\da-f]{64}$/u);
    expect(macFits(old, 'media-url', 'm1.999', made)).toBe(true);
    expect(macFits(openKeyRing(`${b},${a}`), 'media-url', 'm1.999', made)).toBe(true);
    expect(macFits(openKeyRing(b), 'media-url', 'm1.999', made)).toBe(false);
    expect(macFits(old, 'unsubscribe', 'm1.999', made)).toBe(false);
    expect(macFits(old, 'media-url', 'm1.998', made)).toBe(false);
  });

  test.each(['', 'zz', '00', 'é'.repeat(64), '0'.repeat(63), `${'0'.repeat(64)}00`])('%j does not fit', (given) => {
    expect(macFits(openKeyRing(a), 'p', 't', given)).toBe(false);
  });
});

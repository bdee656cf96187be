import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isId, newId } from './ids.ts';
import { equalSafely, newToken, tokenHash } from './secrets/tokens.ts';

describe('ids', () => {
  test('an id carries its time, version and variant', () => {
    const now = Date.UTC(2026, 0, 2, 3, 4, 5, 678);
    const id = newId(now);
    expect(isId(id)).toBe(true);
    expect(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBe(now);
    expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/u);
  });

  test('ids sort by time', () => {
    fc.assert(fc.property(fc.nat({ max: 2 ** 47 }), fc.integer({ min: 1, max: 1e9 }), (now, later) => newId(now) < newId(now + later)));
  });

  test('many ids of one millisecond differ', () => {
    expect(new Set(Array.from({ length: 5000 }, () => newId(1)))).toHaveProperty('size', 5000);
  });

  test.each([
    '', 'x', '../../../etc/passwd', newId(1).toUpperCase().replace('0', 'A'), `${newId(1)} `, `${newId(1)}\n`, newId(1).replaceAll('-', ''),
    '00000000-0000-4000-8000-000000000000', 5, null, undefined, {},
  ])('%j is not an id', (text) => {
    expect(isId(text)).toBe(false);
  });
});

describe('tokens', () => {
  test('a token has 256 bits and is new each time', () => {
    expect(Buffer.from(newToken(), 'base64url')).toHaveLength(32);
    expect(newToken()).toMatch(/^[\w-]{43}$/u);
    expect(newToken()).not.toBe(newToken());
  });

  test('the hash is SHA-256 in hex', () => {
    expect(tokenHash('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });

  test('texts compare whatever their length', () => {
    fc.assert(fc.property(fc.string(), fc.string(), (a, b) => equalSafely(a, b) === (a === b) && equalSafely(a, a)));
  });
});

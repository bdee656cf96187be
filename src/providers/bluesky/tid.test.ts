import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tidOf } from './tid.ts';

const job = (id: string, frozenAt = Date.UTC(2026, 10, 24, 9)) => ({ id, frozenAt });
const letters = '234567abcdefghijklmnopqrstuvwxyz';

describe('record keys', () => {
  it('are well-formed and of the time when the post was frozen, less a second at most', () => {
    const id = fc.uuid();
    const at = fc.integer({ min: Date.UTC(2020), max: Date.UTC(2200) });
    fc.assert(fc.property(id, at, fc.nat(99), (of, frozenAt, index) => {
      const tid = tidOf(job(of, frozenAt), `post-${index + 1}`, index);
      expect(tid).toMatch(/^[2-7a-j][2-7a-z]{12}$/u);
      const micros = Array.from(tid).reduce((sum, letter) => sum * 32n + BigInt(letters.indexOf(letter)), 0n) >> 10n;
      expect(Number(micros / 1000n)).toBeGreaterThanOrEqual(frozenAt - 1_000);
      expect(Number(micros / 1000n)).toBeLessThanOrEqual(frozenAt);
    }));
  });

  it('are the same in every run and sort like the parts', () => {
    const keys = (id: string) => Array.from({ length: 100 }, (_, i) => tidOf(job(id), i === 0 ? 'post' : `post-${i + 1}`, i));
    expect(keys('a')).toEqual(keys('a'));
    expect(keys('a').toSorted()).toEqual(keys('a'));
    expect(new Set(keys('a')).size).toBe(100);
  });

  it('differ between publications frozen in the same millisecond', () => {
    const keys = Array.from({ length: 20_000 }, (_, i) => tidOf(job(`publication-${i}`), 'post', 0));
    expect(new Set(keys).size).toBe(keys.length);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boxOf, cropChoices, isWithin } from './crop.ts';

describe('cropChoices', () => {
  it('begins with what loses least and offers what people know', () => {
    expect(cropChoices({ width: 3000, height: 1000 }, { min: 0.8, max: 1.91 }).map(({ label }) => label)).toEqual(['1.91:1', '16:9', '3:2', '4:3', '5:4', '1:1', '4:5']);
    expect(cropChoices({ width: 500, height: 1000 }, { min: 0.8, max: 1.91 })[0]).toEqual({ ratio: 0.8, label: '4:5' });
    expect(cropChoices({ width: 500, height: 1000 }, { min: 1, max: 1 })).toEqual([{ ratio: 1, label: '1:1' }]);
  });

  it('offers nothing outside of what is taken, and never the same twice', () => {
    const side = fc.integer({ min: 1, max: 16_000 });
    const bound = fc.double({ min: 0.05, max: 20, noNaN: true });
    fc.assert(fc.property(side, side, bound, bound, (width, height, a, b) => {
      const aspect = { min: Math.min(a, b), max: Math.max(a, b) };
      const ratios = cropChoices({ width, height }, aspect).map(({ ratio }) => ratio);
      expect(ratios.length).toBeGreaterThan(0);
      expect(new Set(ratios).size).toBe(ratios.length);
      for (const ratio of ratios) expect(ratio >= aspect.min && ratio <= aspect.max).toBe(true);
    }));
  });
});

describe('boxOf', () => {
  it.each([
    ['in the middle', boxOf({ width: 2000, height: 1000 }, 1), { x: 500, y: 0, width: 1000, height: 1000 }],
    ['at the left', boxOf({ width: 2000, height: 1000 }, 1, 0), { x: 0, y: 0, width: 1000, height: 1000 }],
    ['at the bottom', boxOf({ width: 900, height: 1600 }, 1, 0.5, 1), { x: 0, y: 700, width: 900, height: 900 }],
    ['beyond the end', boxOf({ width: 2000, height: 1000 }, 1, 7), { x: 1000, y: 0, width: 1000, height: 1000 }],
  ])('%s', (_name, box, expected) => expect(box).toEqual(expected));

  it('always lies within the picture, as large as can be', () => {
    const side = fc.integer({ min: 1, max: 16_000 });
    const unit = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(fc.property(side, side, fc.double({ min: 0.05, max: 20, noNaN: true }), unit, unit, (width, height, ratio, across, down) => {
      const box = boxOf({ width, height }, ratio, across, down);
      expect(isWithin(box, { width, height })).toBe(true);
      expect(box.width === width || box.height === height).toBe(true);
    }));
  });
});

describe('isWithin', () => {
  const picture = { width: 100, height: 50 };
  it.each([
    [{ x: 0, y: 0, width: 100, height: 50 }, true],
    [{ x: 1, y: 0, width: 100, height: 50 }, false],
    [{ x: -1, y: 0, width: 10, height: 10 }, false],
    [{ x: 0, y: 0, width: 0, height: 10 }, false],
    [{ x: 0.5, y: 0, width: 10, height: 10 }, false],
    [{ x: NaN, y: 0, width: 10, height: 10 }, false],
  ])('%j', (box, is) => expect(isWithin(box, picture)).toBe(is));
});

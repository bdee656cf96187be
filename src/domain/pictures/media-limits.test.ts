import { describe, expect, it } from 'vitest';
import type { ImageRule, Limits } from '../capabilities.ts';
import type { ImageFacts } from '../media.ts';
import { mediaProblems } from './media-limits.ts';

const picture = (width: number, height: number): ImageFacts => ({ kind: 'image', mediaId: 'm', alt: 'x', type: 'image/jpeg', bytes: 1, width, height, animated: false });
const problemsWith = (rule: Partial<ImageRule>, facts: ImageFacts) => {
  const limits: Limits = {
    text: { max: 10, unit: 'graphemes', required: false }, videos: null, media: { min: 0, max: 4, mixed: false }, alt: null, thread: null,
    images: { max: 4, types: ['image/jpeg'], maxBytes: 1_000_000, ...rule },
  };
  return mediaProblems([facts], 'part.0', limits, 'Net');
};

describe('a picture of the wrong shape', () => {
  it.each([
    ['too wide', { aspect: { min: 0.8, max: 1.91 } }, picture(300, 100), 'The picture is too wide for Net, which takes 4:5 to 1.91:1. Crop it.'],
    ['too tall', { aspect: { min: 1, max: 1 } }, picture(100, 300), 'The picture is too tall for Net, which takes 1:1. Crop it.'],
    ['too long either way', { maxRatio: 20 }, picture(2_100, 100), 'The picture is too wide for Net, which takes 1:20 to 20:1. Crop it.'],
  ])('%s: says so, with the shapes that a crop may have', (_name, rule, facts, message) => {
    expect(problemsWith(rule, facts)).toEqual([{ field: 'part.0.media', message, crop: { mediaId: 'm', aspect: 'aspect' in rule ? rule.aspect : { min: 1 / 20, max: 20 } } }]);
  });

  it('is not one that fits within rounding', () => {
    expect(problemsWith({ aspect: { min: 0.8, max: 1.91 } }, picture(1_000, 523))).toEqual([]);
    expect(problemsWith({ maxRatio: 20 }, picture(2_000, 100))).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { limitsOf } from '../../../domain/capabilities.ts';
import { checkContent } from '../../../domain/limits.ts';
import type { ImageFacts, MediaFacts, VideoFacts } from '../../../domain/media.ts';
import { capabilities } from './limits.ts';
import { check, fields, options, previewOf } from './options.ts';

const video = (over: Partial<VideoFacts> = {}): VideoFacts => ({
  kind: 'video', mediaId: 'v', alt: '', type: 'video/mp4', bytes: 5_000_000, width: 1080, height: 1920, durationMs: 20_000, videoCodec: 'h264', audioCodec: 'aac', frameRate: 30, ...over,
});
const image = (over: Partial<ImageFacts> = {}): ImageFacts => ({
  kind: 'image', mediaId: 'i', alt: 'A boat', type: 'image/jpeg', bytes: 100_000, width: 1080, height: 1350, animated: false, ...over,
});
const problems = (format: string, text: string, ...media: MediaFacts[]) =>
  checkContent([{ text, media }], limitsOf(capabilities, [], format), 'Facebook').map(({ message }) => message).join('\n');

describe('what each kind of post takes', () => {
  it.each<[string, string, MediaFacts[], RegExp | '']>([
    ['post', 'Hello', [], ''],
    ['post', '', [image()], ''],
    ['post', 'Hello', Array.from({ length: 10 }, () => image()), ''],
    ['post', 'Hello', [video({ width: 1920, height: 1080, durationMs: 600_000, type: 'video/quicktime' })], ''],
    ['reel', 'Hello', [video()], ''],
    ['reel', '', [video({ durationMs: 90_000, width: 540, height: 960, frameRate: 24, videoCodec: 'hevc' })], ''],
    ['story', '', [image()], ''],
    ['story', '', [video({ durationMs: 60_000 })], ''],

    ['post', '', [], /Write something/u],
    ['post', 'x'.repeat(63_207), [], /63206 characters/u],
    ['post', 'Hello', Array.from({ length: 11 }, () => image()), /10 pictures/u],
    ['post', 'Hello', [image(), video()], /not both/u],
    ['post', 'Hello', [video(), video()], /1 video/u],
    ['post', 'Hello', [video({ type: 'video/webm' })], /MP4 or MOV/u],
    ['post', 'Hello', [video({ bytes: 10_000_000_001 })], /GB/u],
    ['post', 'Hello', [video({ durationMs: 5 * 3_600_000 })], /lasts/u],
    ['post', 'Hello', [image({ alt: 'x'.repeat(1_001) })], /1000 characters of description/u],
    ['reel', 'Hello', [], /needs a video/u],
    ['reel', 'Hello', [image()], /no pictures here/u],
    ['reel', 'Hello', [video({ durationMs: 2_000 })], /at least/u],
    ['reel', 'Hello', [video({ durationMs: 91_000 })], /lasts/u],
    ['reel', 'Hello', [video({ width: 500 })], /pixels wide/u],
    ['reel', 'Hello', [video({ width: 540, height: 900 })], /pixels high/u],
    ['reel', 'Hello', [video({ width: 2000, height: 1000 })], /too wide/u],
    ['reel', 'Hello', [video({ width: 540, height: 1200 })], /too tall/u],
    ['reel', 'Hello', [video({ frameRate: 15 })], /frames a second/u],
    ['reel', 'Hello', [video({ frameRate: 120 })], /frames a second/u],
    ['reel', 'Hello', [video({ videoCodec: 'mpeg4' })], /video in MPEG4/u],
    ['reel', 'Hello', [video({ audioCodec: 'mp3' })], /sound in MP3/u],
    ['reel', 'Hello', [video({ type: 'video/quicktime' })], /takes MP4/u],
    ['story', '', [video({ durationMs: 61_000 })], /lasts/u],
    ['story', '', [image(), image()], /1 picture/u],
    ['story', '', [], /picture or a video/u],
    ['story', 'Hello', [image()], /shows no text here/u],
  ])('%s %#', (format, text, media, says) => {
    const told = problems(format, text, ...media);
    if (says === '') expect(told).toBe('');
    else expect(told).toMatch(says);
  });
});

describe('options', () => {
  const parse = (given: object) => options.parse(given);

  it('are sane when nothing is said, and refuse what is none', () => {
    expect(parse({})).toEqual({ format: 'post', link: '', noPreview: false, title: '', cover: '' });
    for (const bad of [{ link: 'javascript:alert(1)' }, { link: 'example.org' }, { format: 'live' }, { title: 'x'.repeat(256) }]) expect(options.safeParse(bad).success).toBe(false);
  });

  it.each([
    ['https://example.org', 'https://example.org'],
    ['See https://example.org/a_(b).', 'https://example.org/a_(b'],
    ['(https://example.org/a)', 'https://example.org/a'],
    ['http://example.org/ä?x=1#y, then', 'http://example.org/ä?x=1#y'],
    ['Two: https://a.example https://b.example', 'https://a.example'],
    ['No link, only example.org', undefined],
    ['https://fb.watch/abc', undefined],
    ['https://notfacebook.com/x', 'https://notfacebook.com/x'],
    ['https://', undefined],
  ])('preview of %j', (text, link) => {
    expect(previewOf(parse({}), text)).toBe(link);
  });

  it('say what does not go together', () => {
    const draft = (given: object, ...media: MediaFacts[]) => check({ options: parse(given), parts: [{ text: '', media }], composing: null });
    expect(draft({ link: 'https://example.org' }, image())).toMatchObject([{ field: 'option.link' }]);
    expect(draft({ link: 'https://www.facebook.com/x' })).toMatchObject([{ field: 'option.link' }]);
    expect(draft({ link: 'https://example.org' })).toEqual([]);
    expect(draft({ format: 'reel' }, video({ width: 1920, height: 1080 }))).toMatchObject([{ level: 'warning', message: expect.stringContaining('9:16') as string }]);
    expect(draft({ format: 'story' }, image({ width: 1080, height: 1080 }))).toMatchObject([{ level: 'warning' }]);
    expect(draft({ format: 'reel' }, video())).toEqual([]);
    expect(draft({ format: 'post' }, video({ width: 1920, height: 1080 }))).toEqual([]);
  });

  it('tell why a first comment is not offered', () => {
    expect(fields.find(({ kind }) => kind === 'note')?.help).toContain('pages_manage_engagement');
  });
});

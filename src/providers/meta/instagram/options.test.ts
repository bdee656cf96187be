import { describe, expect, it } from 'vitest';
import { limitsOf } from '../../../domain/capabilities.ts';
import { isShown } from '../../../domain/field.ts';
import { checkContent } from '../../../domain/limits.ts';
import type { ImageFacts, MediaFacts, VideoFacts } from '../../../domain/media.ts';
import { check } from './check.ts';
import { capabilities } from './limits.ts';
import { fields, namesIn, options, tagsIn } from './options.ts';

const video = (over: Partial<VideoFacts> = {}): VideoFacts => ({
  kind: 'video', mediaId: 'v', alt: '', type: 'video/mp4', bytes: 5_000_000, width: 1080, height: 1920, durationMs: 20_000, videoCodec: 'h264', audioCodec: 'aac', frameRate: 30, ...over,
});
const image = (over: Partial<ImageFacts> = {}): ImageFacts => ({
  kind: 'image', mediaId: 'i', alt: 'A boat', type: 'image/jpeg', bytes: 100_000, width: 1080, height: 1350, animated: false, ...over,
});
const draft = (given: object, text: string, ...media: MediaFacts[]) => check({ options: options.parse(given), parts: [{ text, media }], composing: null });
/** What is said of a post, limits and own rules together. */
const problems = (format: string, text: string, ...media: MediaFacts[]) =>
  [...checkContent([{ text, media }], limitsOf(capabilities, [], format), 'Instagram'), ...draft({ format }, text, ...media)].map(({ message }) => message).join('\n');
const words = (sign: string, n: number) => Array.from({ length: n }, (_, i) => `${sign}w${i}`).join(' ');

describe('what each kind of post takes', () => {
  it.each<[string, string, MediaFacts[], RegExp | '']>([
    ['post', 'Hello', [image()], ''],
    ['post', '', [image({ width: 1910, height: 1000 })], ''],
    ['post', '', [image({ type: 'image/png', bytes: 30_000_000, width: 5000, height: 5000 })], ''],
    ['post', 'x'.repeat(2200), Array.from({ length: 10 }, () => image()), ''],
    ['post', 'Hello', [image(), video({ width: 1080, height: 1350 })], ''],
    ['post', 'Hello', Array.from({ length: 10 }, () => video({ type: 'video/quicktime', durationMs: 60_000, bytes: 100_000_000 })), ''],
    ['post', `${words('#', 30)} ${words('@', 20)} mail@example.org a#b &#39;`, [image()], ''],
    ['reel', 'Hello', [video()], ''],
    ['reel', '', [video({ durationMs: 900_000, bytes: 300_000_000, frameRate: 23, videoCodec: 'hevc' })], ''],
    ['story', '', [image({ width: 1080, height: 1920, alt: '' })], ''],
    ['story', '', [video({ durationMs: 60_000, bytes: 100_000_000 })], ''],

    ['post', 'Hello', [], /needs a picture or a video/u],
    ['post', 'x'.repeat(2201), [image()], /2200 characters/u],
    ['post', 'Hello', Array.from({ length: 11 }, () => image()), /10 pictures/u],
    ['post', 'Hello', [image(), ...Array.from({ length: 10 }, () => video())], /10 files/u],
    ['post', 'Hello', [video()], /single video is a Reel/u],
    ['post', 'Hello', [image({ width: 1080, height: 1920 })], /too tall .* 4:5 to 1\.91:1\. Crop it/u],
    ['post', 'Hello', [image({ width: 2000, height: 1000 })], /too wide/u],
    ['post', 'Hello', [image({ width: 300, height: 300 })], /300 pixels wide\. Instagram enlarges/u],
    ['post', 'Hello', [image({ animated: true, type: 'image/gif' })], /first frame only/u],
    ['post', 'Hello', [image({ alt: 'x'.repeat(1_001) })], /1000 characters of description/u],
    ['post', 'Hello', [image(), image({ width: 1080, height: 1080 })], /crops everything in a carousel/u],
    ['post', 'Hello', [image(), video({ durationMs: 61_000 })], /Video 2 lasts/u],
    ['post', 'Hello', [image(), video({ bytes: 100_000_001 })], /Video 2 has/u],
    ['post', words('#', 31), [image()], /30 hashtags in a caption; this has 31/u],
    ['post', words('@', 21), [image()], /20 mentions in a caption; this has 21/u],
    ['reel', words('#', 31), [video()], /30 hashtags/u],
    ['reel', 'Hello', [], /needs a video/u],
    ['reel', 'Hello', [image()], /no pictures here/u],
    ['reel', 'Hello', [video(), video()], /1 video/u],
    ['reel', 'Hello', [video({ durationMs: 2_900 })], /at least/u],
    ['reel', 'Hello', [video({ durationMs: 901_000 })], /lasts/u],
    ['reel', 'Hello', [video({ bytes: 300_000_001 })], /MB/u],
    ['reel', 'Hello', [video({ width: 2160, height: 3840 })], /2160 pixels wide; Instagram takes 1920/u],
    ['reel', 'Hello', [video({ bytes: 70_000_000 })], /25 Mbit a second/u],
    ['reel', 'Hello', [video({ frameRate: 15 })], /frames a second/u],
    ['reel', 'Hello', [video({ frameRate: 120 })], /frames a second/u],
    ['reel', 'Hello', [video({ videoCodec: 'vp9' })], /video in VP9/u],
    ['reel', 'Hello', [video({ audioCodec: 'opus' })], /sound in Opus/u],
    ['reel', 'Hello', [video({ type: 'video/webm' })], /MP4 or MOV/u],
    ['reel', 'Hello', [video({ width: 1920, height: 1080 })], /9:16/u],
    ['story', '', [], /picture or a video/u],
    ['story', '', [image(), image()], /1 picture/u],
    ['story', '', [image({ width: 1080, height: 1080 })], /9:16/u],
    ['story', '', [video({ durationMs: 61_000 })], /lasts/u],
    ['story', '', [video({ bytes: 101_000_000 })], /MB/u],
    ['story', 'Hello', [image({ width: 1080, height: 1920 })], /shows no text here/u],
  ])('%s %#', (format, text, media, says) => {
    const told = problems(format, text, ...media);
    if (says === '') expect(told).toBe('');
    else expect(told).toMatch(says);
  });

  it('offers to crop pictures to the screen, and in a carousel to the first', () => {
    expect(draft({ format: 'story' }, '', image({ width: 1080, height: 1080 }))).toMatchObject([{ level: 'warning', crop: { mediaId: 'i', aspect: { min: 9 / 16, max: 9 / 16 } } }]);
    expect(draft({}, '', image(), image({ mediaId: 'j', width: 1080, height: 1080 }))).toMatchObject([{ level: 'warning', crop: { mediaId: 'j', aspect: { min: 0.8, max: 0.8 } } }]);
    expect(draft({ format: 'reel' }, '', video({ width: 1080, height: 1080 }))[0]).not.toHaveProperty('crop');
  });

  it('has no descriptions but of pictures in the feed', () => {
    expect(['post', 'reel', 'story'].map((format) => limitsOf(capabilities, [], format).alt)).toEqual([{ max: 1000 }, null, null]);
  });
});

describe('options', () => {
  it('are sane when nothing is said, and refuse what is none', () => {
    expect(options.parse({})).toEqual({
      format: 'post', collaborators: '', tags: '', location: '', cover: '', coverAt: null, sound: '', reelsTabOnly: false, trial: '', madeWithAi: false,
    });
    for (const bad of [{ format: 'live' }, { trial: 'YES' }, { coverAt: -1 }, { coverAt: 'soon' }]) expect(options.safeParse(bad).success).toBe(false);
  });

  it('read names and tags as people type them', () => {
    expect(namesIn(' @harbour, light.house\npier_1 ')).toEqual(['harbour', 'light.house', 'pier_1']);
    expect(tagsIn('@harbour\n\n light.house 30 80 \npier 12.5%, 100%')).toEqual([
      { username: 'harbour', place: null }, { username: 'light.house', place: { x: 0.3, y: 0.8 } }, { username: 'pier', place: { x: 0.125, y: 1 } },
    ]);
    for (const bad of ['two words here', 'harbour 30', 'harbour 30 101', 'harbour -1 0', 'härbour', 'a'.repeat(31), 'harbour 1 2 3']) expect(tagsIn(bad), bad).toEqual([null]);
  });

  it.each<[object, MediaFacts[], string, RegExp, 'warning'?]>([
    [{ collaborators: 'a b c d' }, [image()], 'option.collaborators', /takes 3 collaborators; this has 4/u],
    [{ collaborators: 'a, b!' }, [image()], 'option.collaborators', /"b!" is not a user name/u],
    [{ location: 'Hamburg' }, [image()], 'option.location', /is a number/u],
    [{ tags: 'not a name' }, [image()], 'option.tags', /a user name a line/u],
    [{ tags: 'harbour' }, [image(), image()], 'option.tags', /carousel takes no tags/u],
    [{ tags: words('', 21).replaceAll(' ', '\n') }, [image()], 'option.tags', /20 tags; this has 21/u],
    [{ format: 'reel', tags: 'harbour 1 2' }, [video()], 'option.tags', /on pictures only/u, 'warning'],
    [{ format: 'reel', coverAt: 20 }, [video()], 'option.coverAt', /ends before/u],
  ])('say what does not go together: %o', (given, media, field, says, level) => {
    expect(draft(given, '', ...media)).toEqual([{ field, message: expect.stringMatching(says) as string, ...(level && { level }) }]);
  });

  it('are quiet about what is right', () => {
    expect(draft({ collaborators: '@a, b c', location: '104000000000001', tags: 'harbour\npier 1 2' }, '', image())).toEqual([]);
    expect(draft({ format: 'reel', coverAt: 19.9, tags: 'harbour' }, '', video())).toEqual([]);
    expect(draft({ format: 'story', tags: 'harbour 50 50' }, '', image({ width: 1080, height: 1920 }))).toEqual([]);
    // What a format does not have is not looked at.
    expect(draft({ format: 'story', collaborators: 'no! name', location: 'x', coverAt: 99 }, words('#', 40), video())).toEqual([]);
  });

  it('offer a frame of the video only where there is no cover', () => {
    const field = fields.find(({ name }) => name === 'coverAt');
    const shown = (said: Record<string, string>) => field && isShown(field, { fields, said, format: 'reel' });
    expect([shown({}), shown({ cover: 'a-picture' })]).toEqual([true, false]);
  });

  it('tell why a first comment is not offered', () => {
    expect(fields.find(({ name }) => name === 'comments')?.help).toContain('instagram_manage_comments');
  });
});

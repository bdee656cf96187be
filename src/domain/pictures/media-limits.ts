import type { ImageRule, Limits, VideoRule } from '../capabilities.ts';
import type { Crop, Problem } from '../limits.ts';
import type { ImageFacts, MediaFacts, VideoFacts } from '../media.ts';
import { durationText, sizeText } from '../units.ts';
import { checkTexts as t } from '../texts/refusals/checks.ts';

/** What is wrong with the files of one part, by the network's rules. Fields are `FIELD.media` and `FIELD.alt.N`. */
export function mediaProblems(media: readonly MediaFacts[], field: string, limits: Limits, network: string): Problem[] {
  return [
    ...countProblems(media, limits, network).map((message) => ({ field: `${field}.media`, message })),
    ...media.flatMap((one, n) => fileProblems(one, n, media.length, limits, network).map((problem) => ({ ...problem, field: `${field}.media` }))),
    ...media.flatMap((one, n) => altProblems(one, n, limits, network).map((problem) => ({ ...problem, field: `${field}.alt.${n}` }))),
  ];
}

function countProblems(media: readonly MediaFacts[], { images, videos, media: all }: Limits, network: string): string[] {
  const pictures = media.filter(({ kind }) => kind === 'image').length;
  const films = media.length - pictures;
  const problems: string[] = [];
  if (pictures > 0 && images === null) problems.push(videos ? t.onlyVideo(network) : t.noPictures(network));
  else if (images && pictures > images.max) problems.push(t.tooManyPictures(network, images.max, pictures));
  if (films > 0 && videos === null) problems.push(images ? t.onlyPictures(network) : t.noVideos(network));
  else if (videos && films > videos.max) problems.push(t.tooManyVideos(network, videos.max, films));
  if (problems.length > 0) return problems;
  if (media.length < all.min) problems.push(all.min === 1 ? (images && videos ? t.needsMedia(network) : images ? t.needsPicture(network) : t.needsVideo(network)) : t.needsFiles(network, all.min));
  if (media.length > all.max) problems.push(t.tooManyFiles(network, all.max, media.length));
  if (!all.mixed && pictures > 0 && films > 0) problems.push(t.notTogether(network));
  return problems;
}

type Told = Pick<Problem, 'message' | 'level' | 'crop'>;

function fileProblems(one: MediaFacts, n: number, count: number, { images, videos }: Limits, network: string): Told[] {
  if (one.kind === 'image') return images ? imageProblems(one, nameOf('picture', n, count), images, network) : [];
  return videos ? videoProblems(one, nameOf('video', n, count), videos, network) : [];
}

/** Types, bytes and sizes are made right by themselves; what is said here nobody can make right without asking. */
function imageProblems({ mediaId, width, height, animated }: ImageFacts, name: string, rule: ImageRule, network: string): Told[] {
  const problems: Told[] = [];
  const aspect = aspectOf(rule);
  if (aspect && !within(width / height, aspect)) {
    const crop: Crop = { mediaId, aspect };
    problems.push({ message: t.cropIt(shapeOf(width, height, aspect)(name, network, aspectText(aspect))), crop });
  }
  if (rule.minWidth !== undefined && width < rule.minWidth) problems.push({ message: t.tooNarrow(name, width, network, rule.minWidth) });
  if (rule.minHeight !== undefined && height < rule.minHeight) problems.push({ message: t.tooLow(name, height, network, rule.minHeight) });
  if (animated && !rule.types.includes('image/gif')) problems.push({ level: 'warning', message: t.imageMoves(name, network) });
  return problems;
}

/** The one thing that scaling cannot mend, whichever way a network words it. */
function aspectOf({ aspect, maxRatio }: ImageRule): Crop['aspect'] | undefined {
  if (aspect || maxRatio === undefined) return aspect;
  return { min: 1 / maxRatio, max: maxRatio };
}

function videoProblems(facts: VideoFacts, name: string, rule: VideoRule, network: string): Told[] {
  const problems: string[] = [];
  const { width, height, durationMs, bytes, frameRate } = facts;
  const says = (message: string) => void problems.push(message);
  if (!rule.types.includes(facts.type)) says(t.videoType(name, typeNames[facts.type], network, rule.types.map((type) => typeNames[type]).join(t.or)));
  if (bytes > rule.maxBytes) says(t.videoTooHeavy(name, sizeText(bytes), network, sizeText(rule.maxBytes)));
  if (rule.minMs !== undefined && durationMs < rule.minMs) says(t.videoTooShort(name, durationText(durationMs), network, durationText(rule.minMs)));
  if (rule.maxMs !== undefined && durationMs > rule.maxMs) says(t.videoTooLong(name, durationText(durationMs), network, durationText(rule.maxMs)));
  if (rule.minWidth !== undefined && width < rule.minWidth) says(t.tooNarrow(name, width, network, rule.minWidth));
  if (rule.minHeight !== undefined && height < rule.minHeight) says(t.tooLow(name, height, network, rule.minHeight));
  if (rule.maxSide !== undefined && Math.max(width, height) > rule.maxSide) says(t.sideTooLong(name, width, height, network, rule.maxSide));
  if (rule.maxPixels !== undefined && width * height > rule.maxPixels) says(t.tooManyPixels(name, width, height, network, Math.round(rule.maxPixels / 100_000) / 10));
  if (rule.aspect && !within(width / height, rule.aspect)) says(shapeOf(width, height, rule.aspect)(name, network, aspectText(rule.aspect)));
  if (frameRate !== null && rule.frameRate && !within(frameRate, rule.frameRate)) {
    says(t.frameRate(name, Math.round(frameRate), network, rule.frameRate.min, rule.frameRate.max));
  }
  for (const [said, codec, allowed] of [[t.pictureCodec, facts.videoCodec, rule.videoCodecs], [t.soundCodec, facts.audioCodec, rule.audioCodecs]] as const) {
    if (codec !== null && allowed && !allowed.includes(codec)) says(said(name, codecName(codec), network, allowed.map(codecName).join(', ')));
  }
  const unknown: Told[] = facts.videoCodec === null && rule.videoCodecs
    ? [{ level: 'warning', message: t.formatUnknown(name, network, rule.videoCodecs.map(codecName).join(', ')) }] : [];
  return [...problems.map((message) => ({ message })), ...unknown];
}

function altProblems({ alt, kind }: MediaFacts, n: number, limits: Limits, network: string): Told[] {
  if (!limits.alt || (kind === 'image' ? limits.images : limits.videos) === null) return [];
  if (alt.length > limits.alt.max) {
    const tooLong = kind === 'image' ? t.pictureAltTooLong : t.videoAltTooLong;
    return [{ message: tooLong(network, limits.alt.max, n + 1, alt.length) }];
  }
  if (alt.trim() !== '' || kind === 'video') return [];
  return [{ level: 'warning', message: t.altMissing(n + 1) }];
}

const typeNames = { 'video/mp4': 'MP4', 'video/quicktime': 'MOV', 'video/webm': 'WebM' } as const;

const nameOf = (kind: 'picture' | 'video', n: number, count: number) => (count > 1 ? t.numbered[kind](n + 1) : t.only[kind]);
const within = (value: number, { min, max }: { min: number; max: number }) => value >= min * 0.995 && value <= max * 1.005;

/** What is said of this shape, with how to mend it. */
function shapeOf(width: number, height: number, aspect: { max: number }) {
  return width / height > aspect.max ? t.tooWide : t.tooTall;
}

/** Shapes that people know by name, as width and height. */
export const namedRatios = [[1, 1], [4, 5], [5, 4], [3, 4], [4, 3], [2, 3], [3, 2], [9, 16], [16, 9]] as const;

/** "4:5 to 1.91:1", or one ratio. */
export function aspectText({ min, max }: { min: number; max: number }): string {
  return min === max ? ratioText(min) : t.range(ratioText(min), ratioText(max));
}

/** "4:5", "1.91:1". */
export function ratioText(ratio: number): string {
  for (const [w, h] of namedRatios) {
    if (Math.abs(ratio - w / h) < 0.005) return `${w}:${h}`;
  }
  return ratio >= 1 ? `${Number(ratio.toFixed(2))}:1` : `1:${Number((1 / ratio).toFixed(2))}`;
}

function codecName(codec: string): string {
  return ({ h264: 'H.264', hevc: 'HEVC', vp8: 'VP8', vp9: 'VP9', av1: 'AV1', aac: 'AAC', opus: 'Opus', mp3: 'MP3' } as Record<string, string>)[codec] ?? codec.toUpperCase();
}

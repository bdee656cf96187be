import type { ImageRule, Limits, VideoRule } from './capabilities.ts';
import type { Crop, Problem } from './limits.ts';
import type { ImageFacts, MediaFacts, VideoFacts } from './media.ts';
import { durationText, sizeText } from './units.ts';

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
  if (pictures > 0 && images === null) problems.push(`${network} takes no pictures${videos ? ' here, only video' : ''}.`);
  else if (images && pictures > images.max) problems.push(`${network} takes ${images.max} ${plural(images.max, 'picture')}; this has ${pictures}.`);
  if (films > 0 && videos === null) problems.push(`${network} takes no videos${images ? ' here, only pictures' : ''}.`);
  else if (videos && films > videos.max) problems.push(`${network} takes ${videos.max} ${plural(videos.max, 'video')}; this has ${films}.`);
  if (problems.length > 0) return problems;
  if (media.length < all.min) problems.push(`${network} needs ${all.min === 1 ? whatIsTaken(images, videos) : `at least ${all.min} files`} here.`);
  if (media.length > all.max) problems.push(`${network} takes ${all.max} ${plural(all.max, 'file')}; this has ${media.length}.`);
  if (!all.mixed && pictures > 0 && films > 0) problems.push(`${network} takes pictures or a video, not both together.`);
  return problems;
}

type Told = Pick<Problem, 'message' | 'level' | 'crop'>;

function fileProblems(one: MediaFacts, n: number, count: number, { images, videos }: Limits, network: string): Told[] {
  if (one.kind === 'image') return images ? imageProblems(one, nameOf('Picture', n, count), images, network) : [];
  return videos ? videoProblems(one, nameOf('Video', n, count), videos, network) : [];
}

/** Types, bytes and sizes are made right by themselves; what is said here nobody can make right without asking. */
function imageProblems({ mediaId, width, height, animated }: ImageFacts, name: string, rule: ImageRule, network: string): Told[] {
  const problems: Told[] = [];
  const aspect = aspectOf(rule);
  if (aspect && !within(width / height, aspect)) {
    const crop: Crop = { mediaId, aspect };
    problems.push({ message: `${name} is ${shapeOf(width, height, aspect)} for ${network}, which takes ${aspectText(aspect)}. Crop it.`, crop });
  }
  if (rule.minWidth !== undefined && width < rule.minWidth) problems.push({ message: `${name} is ${width} pixels wide; ${network} needs ${rule.minWidth}.` });
  if (rule.minHeight !== undefined && height < rule.minHeight) problems.push({ message: `${name} is ${height} pixels high; ${network} needs ${rule.minHeight}.` });
  if (animated && !rule.types.includes('image/gif')) problems.push({ level: 'warning', message: `${name} moves; ${network} shows its first frame only.` });
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
  const says = (message: string) => void problems.push(`${name} ${message}`);
  if (!rule.types.includes(facts.type)) says(`is ${typeNames[facts.type]}; ${network} takes ${rule.types.map((type) => typeNames[type]).join(' or ')}. Export it anew.`);
  if (bytes > rule.maxBytes) says(`has ${sizeText(bytes)}; ${network} takes ${sizeText(rule.maxBytes)}.`);
  if (rule.minMs !== undefined && durationMs < rule.minMs) says(`lasts ${durationText(durationMs)}; ${network} needs at least ${durationText(rule.minMs)}.`);
  if (rule.maxMs !== undefined && durationMs > rule.maxMs) says(`lasts ${durationText(durationMs)}; ${network} takes ${durationText(rule.maxMs)}.`);
  if (rule.minWidth !== undefined && width < rule.minWidth) says(`is ${width} pixels wide; ${network} needs ${rule.minWidth}.`);
  if (rule.minHeight !== undefined && height < rule.minHeight) says(`is ${height} pixels high; ${network} needs ${rule.minHeight}.`);
  if (rule.maxSide !== undefined && Math.max(width, height) > rule.maxSide) says(`is ${width} by ${height} pixels; ${network} takes ${rule.maxSide} on a side.`);
  if (rule.maxPixels !== undefined && width * height > rule.maxPixels) says(`is ${width} by ${height} pixels; ${network} takes ${Math.round(rule.maxPixels / 100_000) / 10} million pixels.`);
  if (rule.aspect && !within(width / height, rule.aspect)) says(`is ${shapeOf(width, height, rule.aspect)} for ${network}, which takes ${aspectText(rule.aspect)}.`);
  if (frameRate !== null && rule.frameRate && !within(frameRate, rule.frameRate)) {
    says(`has ${Math.round(frameRate)} frames a second; ${network} takes ${rule.frameRate.min} to ${rule.frameRate.max}.`);
  }
  for (const [what, codec, allowed] of [['video', facts.videoCodec, rule.videoCodecs], ['sound', facts.audioCodec, rule.audioCodecs]] as const) {
    if (codec !== null && allowed && !allowed.includes(codec)) says(`has ${what} in ${codecName(codec)}; ${network} takes ${allowed.map(codecName).join(', ')}. Export it anew.`);
  }
  const unknown: Told[] = facts.videoCodec === null && rule.videoCodecs
    ? [{ level: 'warning', message: `${name}: its format could not be told. ${network} takes ${rule.videoCodecs.map(codecName).join(', ')}.` }] : [];
  return [...problems.map((message) => ({ message })), ...unknown];
}

function altProblems({ alt, kind }: MediaFacts, n: number, limits: Limits, network: string): Told[] {
  if (!limits.alt || (kind === 'image' ? limits.images : limits.videos) === null) return [];
  const name = kind === 'image' ? 'picture' : 'video';
  if (alt.length > limits.alt.max) return [{ message: `${network} takes ${limits.alt.max} characters of description; ${name} ${n + 1} has ${alt.length}.` }];
  if (alt.trim() !== '' || kind === 'video') return [];
  return [{ level: 'warning', message: `Picture ${n + 1} has no description. People who cannot see it will miss it.` }];
}

const typeNames = { 'video/mp4': 'MP4', 'video/quicktime': 'MOV', 'video/webm': 'WebM' } as const;

const nameOf = (noun: string, n: number, count: number) => (count > 1 ? `${noun} ${n + 1}` : `The ${noun.toLowerCase()}`);
const plural = (n: number, noun: string) => (n === 1 ? noun : `${noun}s`);
const within = (value: number, { min, max }: { min: number; max: number }) => value >= min * 0.995 && value <= max * 1.005;

function whatIsTaken(images: ImageRule | null, videos: VideoRule | null): string {
  return images && videos ? 'a picture or a video' : images ? 'a picture' : 'a video';
}

function shapeOf(width: number, height: number, aspect: { max: number }): string {
  return width / height > aspect.max ? 'too wide' : 'too tall';
}

/** Shapes that people know by name, as width and height. */
export const namedRatios = [[1, 1], [4, 5], [5, 4], [3, 4], [4, 3], [2, 3], [3, 2], [9, 16], [16, 9]] as const;

/** "4:5 to 1.91:1", or one ratio. */
export function aspectText({ min, max }: { min: number; max: number }): string {
  return min === max ? ratioText(min) : `${ratioText(min)} to ${ratioText(max)}`;
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

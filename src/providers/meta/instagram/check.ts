import type { Draft, MediaFacts, Problem } from '../../contract.ts';
import { leastWidth, most, mostBitrate, mostWidth } from './limits.ts';
import { isUserName, namesIn, tagsIn, type Options } from './options.ts';

/** Rules beyond the limits of each format (ig-user/media, content-publishing, read 2026-09-11). */
export function check({ options, parts: [part] }: Draft<Options>): readonly Problem[] {
  const media = part?.media ?? [];
  return [
    ...(options.format === 'story' ? [] : captionProblems(part?.text ?? '')),
    ...mediaProblems(options, media).map((problem) => ({ ...problem, field: 'part.0.media' })),
    ...(options.format === 'story' ? [] : peopleProblems(options)),
    ...tagProblems(options, media),
    ...(options.format === 'reel' ? coverProblems(options, media) : []),
  ];
}

function captionProblems(text: string): Problem[] {
  const hashtags = text.match(/(?<![\p{L}\p{N}_&])#[\p{L}\p{N}_]+/gu)?.length ?? 0;
  const mentions = text.match(/(?<![\w.])@\w[\w.]*/gu)?.length ?? 0;
  const says = (name: string, count: number, max: number) =>
    (count > max ? [{ field: 'part.0', message: `Instagram takes ${max} ${name} in a caption; this has ${count}.` }] : []);
  return [...says('hashtags', hashtags, most.hashtags), ...says('mentions', mentions, most.mentions)];
}

type Told = Pick<Problem, 'message' | 'level' | 'crop'>;

const screen = 9 / 16;

function mediaProblems({ format }: Options, media: readonly MediaFacts[]): Told[] {
  const [first, ...rest] = media;
  if (!first) return [];
  if (format === 'post' && first.kind === 'video' && rest.length === 0) return [{ message: 'A single video is a Reel on Instagram. Choose Reel, or add a second file for a carousel.' }];
  const problems = media.flatMap((one, n) => fileProblems(one, media.length > 1 ? `${one.kind === 'video' ? 'Video' : 'Picture'} ${n + 1}` : `The ${one.kind === 'video' ? 'video' : 'picture'}`, format));
  const other = format === 'post' ? rest.find((one) => !isAlike(shapeOf(one), shapeOf(first), 0.01)) : undefined;
  if (other) problems.push({ level: 'warning', message: 'Instagram crops everything in a carousel to the shape of the first. Make them the same shape.', ...cropOf(other, shapeOf(first)) });
  if (format !== 'post' && !isAlike(shapeOf(first), screen, 0.02)) {
    problems.push({ level: 'warning', message: `A ${format === 'reel' ? 'Reel' : 'Story'} fills the screen at 9:16. This one gets borders or is cut.`, ...cropOf(first, screen) });
  }
  return problems;
}

function fileProblems(one: MediaFacts, name: string, format: Options['format']): Told[] {
  if (one.kind === 'image') {
    if (format !== 'post' || one.width >= leastWidth) return [];
    return [{ level: 'warning', message: `${name} is ${one.width} pixels wide. Instagram enlarges what is below ${leastWidth}, which looks blurred.` }];
  }
  const problems: Told[] = [];
  if (one.width > mostWidth) problems.push({ message: `${name} is ${one.width} pixels wide; Instagram takes ${mostWidth}. Export it smaller.` });
  if (one.durationMs > 0 && (one.bytes * 8) / one.durationMs > mostBitrate) {
    problems.push({ level: 'warning', message: `${name} has more than 25 Mbit a second, which Instagram may refuse. Export it with less.` });
  }
  return problems;
}

function peopleProblems({ collaborators, location }: Options): Problem[] {
  const names = namesIn(collaborators);
  const strange = names.find((name) => !isUserName(name));
  const problems: Problem[] = [];
  if (strange !== undefined) problems.push({ field: 'option.collaborators', message: `"${strange}" is not a user name at Instagram.` });
  else if (names.length > most.collaborators) problems.push({ field: 'option.collaborators', message: `Instagram takes ${most.collaborators} collaborators; this has ${names.length}.` });
  if (location !== '' && !/^\d+$/u.test(location)) problems.push({ field: 'option.location', message: 'The id of a Page is a number. Its section About has it.' });
  return problems;
}

function tagProblems({ tags: typed, format }: Options, media: readonly MediaFacts[]): Problem[] {
  const tags = tagsIn(typed);
  const says = (message: string, level?: 'warning') => [{ field: 'option.tags', message, ...(level && { level }) }];
  if (tags.length === 0) return [];
  if (tags.includes(null)) return says('Write a user name a line. A place is two numbers from 0 to 100.');
  if (format === 'post' && media.length > 1) return says('A carousel takes no tags. Mention people in the caption.');
  if (tags.length > most.tags) return says(`Instagram takes ${most.tags} tags; this has ${tags.length}.`);
  const isPicture = media[0]?.kind === 'image';
  return !isPicture && tags.some((tag) => tag?.place) ? says('Tags have a place on pictures only. The places are left out.', 'warning') : [];
}

function coverProblems({ cover, coverAt }: Options, [video]: readonly MediaFacts[]): Problem[] {
  if (coverAt === null || cover !== '' || video?.kind !== 'video' || coverAt * 1000 < video.durationMs) return [];
  return [{ field: 'option.coverAt', message: 'The video ends before that. Choose an earlier frame.' }];
}

/** What a person may have cropped: pictures alone. */
function cropOf({ kind, mediaId }: MediaFacts, shape: number): Pick<Problem, 'crop'> {
  return kind === 'image' ? { crop: { mediaId, aspect: { min: shape, max: shape } } } : {};
}

function shapeOf({ width, height }: MediaFacts): number {
  return width / height;
}

function isAlike(a: number, b: number, tolerance: number): boolean {
  return Math.abs(a - b) <= tolerance;
}

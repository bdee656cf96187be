import type { Draft, Problem } from '../contract.ts';
import { lengths, smallest } from './limits.ts';
import type { Options } from './options.ts';

/** What Pinterest asks beyond counts and sizes. */
export function check({ options, parts, composing }: Draft<Options>): readonly Problem[] {
  const media = parts[0]?.media ?? [];
  const pictures = media.filter((one) => one.kind === 'image');
  const problems: Problem[] = [];
  const offered = composing?.choices?.['board'];
  const { board, cover, coverAt } = options;
  if (board && offered && !offered.some(({ value }) => value === board || value === board.split('/')[0])) {
    problems.push({ field: 'option.board', message: 'This board is no longer there. Choose another.' });
  }

  const [first, ...others] = pictures;
  const odd = first && others.findIndex(({ width, height }) => Math.abs((width / height) / (first.width / first.height) - 1) > 0.01);
  if (odd !== undefined && odd >= 0) {
    problems.push({ field: 'part.0.media', message: `The pictures of a carousel have one shape; picture ${odd + 2} differs from the first. Crop it.` });
  }
  const small = pictures.findIndex(({ width, height }) => width < smallest.width || height < smallest.height);
  if (small >= 0) {
    problems.push({ field: 'part.0.media', level: 'warning', message: `${pictures.length > 1 ? `Picture ${small + 1}` : 'The picture'} is smaller than ${smallest.width} by ${smallest.height} pixels. Pinterest may refuse it.` });
  }
  const alts = media.map(({ alt }) => alt.trim()).filter((alt) => alt !== '');
  if (alts.length > 1 && Array.from(alts.join('\n')).length > lengths.alt) {
    problems.push({ field: `part.0.alt.${media.length - 1}`, level: 'warning', message: `A carousel has one description on Pinterest: those of its pictures together, cut after ${lengths.alt} characters.` });
  }

  const video = media.find((one) => one.kind === 'video');
  if (video && !cover && coverAt * 1000 >= video.durationMs) {
    problems.push({ field: 'option.coverAt', level: 'warning', message: 'The video is not that long. Its last frame becomes the cover.' });
  }
  if (!video && cover && media.length > 0) problems.push({ field: 'option.cover', level: 'warning', message: 'Only videos have a cover. It is left out.' });
  return problems;
}

import type { DraftPart } from '../../domain/limits.ts';
import type { Draft, Problem } from '../contract.ts';
import { photoTitleMax } from './limits.ts';
import type { Options } from './options.ts';

/**
 * Rules between options and media, and that TikTok must have been asked. What options cannot go together, and what the
 * account has turned off, is in the fields and in what creator info loads (`options.ts`, `creator.ts`).
 */
export function check({ options, parts: [part], composing }: Draft<Options>): readonly Problem[] {
  const unasked = { field: 'option.privacy_level', message: 'TikTok could not be asked what this account may post just now. Try again in a moment.' };
  return [...(composing === null ? [unasked] : []), ...(part ? mediaProblems(options, part) : [])];
}

function mediaProblems(options: Options, { media }: DraftPart): Problem[] {
  const pictures = media.filter(({ kind }) => kind === 'image').length;
  const film = media.find((one) => one.kind === 'video');
  const problems: Problem[] = [];
  if (options.format === 'video') {
    if (pictures > 0) problems.push({ field: 'option.format', message: 'Choose "Photos" to post pictures on TikTok.' });
    if (film && options.cover_second * 1000 > film.durationMs) problems.push({ field: 'option.cover_second', message: 'The video ends before this second.' });
    if (film && film.durationMs < 3000) problems.push({ field: 'part.0.media', level: 'warning', message: 'TikTok may find a video of less than 3 seconds too short.' });
  } else {
    if (film) problems.push({ field: 'option.format', message: 'Choose "Video" to post a video on TikTok.' });
    if (options.title.length > photoTitleMax) problems.push({ field: 'option.title', message: `TikTok takes ${photoTitleMax} characters of title; this has ${options.title.length}.` });
    if (pictures > 0 && options.cover_number > pictures) problems.push({ field: 'option.cover_number', message: `There ${pictures === 1 ? 'is 1 photo' : `are ${pictures} photos`} to choose the cover from.` });
  }
  return problems;
}

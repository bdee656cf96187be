import type { DraftPart } from '../../domain/limits.ts';
import type { Draft, Problem } from '../contract.ts';
import { audienceOf, brandedPrivate, everyone, onlyMe } from './creator.ts';
import { photoTitleMax } from './limits.ts';
import type { Options } from './options.ts';

/** TikTok's rules between options, media and what creator info says just now (Content Sharing Guidelines, points 1 to 4). */
export function check({ options, parts, composing }: Draft<Options>): readonly Problem[] {
  const [part] = parts;
  return [
    ...audienceProblems(options, composing),
    ...disclosureProblems(options),
    ...interactionProblems(options, composing),
    ...(part ? mediaProblems(options, part) : []),
  ];
}

function audienceProblems({ privacy_level: level }: Options, composing: Draft['composing']): Problem[] {
  const field = 'option.privacy_level';
  if (composing === null) {
    return [{ field, message: 'TikTok could not be asked what this account may post just now. Try again in a moment.' }];
  }
  // What nobody has chosen is said by the field itself; what is blocked, by the reason.
  if (level === '' || composing.blocked !== undefined) return [];
  const offered = composing.choices?.['privacy_level']?.some(({ value }) => value === level);
  return offered ? [] : [{ field, message: `TikTok does not offer "${audienceOf(level)}" for this account. Choose another audience.` }];
}

function disclosureProblems({ disclose, brand_organic_toggle: own, brand_content_toggle: branded, privacy_level: level }: Options): Problem[] {
  if (!disclose) return [];
  if (!own && !branded) {
    return [{ field: 'option.disclose', message: 'You need to indicate if your content promotes yourself, a third party, or both.' }];
  }
  if (!branded) return [];
  if (level === onlyMe) return [{ field: 'option.privacy_level', message: brandedPrivate }];
  // "It can only be configured with visibility as public/friends."
  const may = ['', everyone, 'MUTUAL_FOLLOW_FRIENDS'].includes(level);
  return may ? [] : [{ field: 'option.privacy_level', message: 'Branded content can only be shown to everyone or to friends.' }];
}

function interactionProblems(options: Options, composing: Draft['composing']): Problem[] {
  return (['comment', 'duet', 'stitch'] as const).flatMap((name) => {
    const why = composing?.disabled?.[name];
    return options[name] && why !== undefined ? [{ field: `option.${name}`, message: why }] : [];
  });
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

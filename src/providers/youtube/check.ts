import type { Draft, Problem } from '../contract.ts';
import { isShort, tagsMax, titleMax } from './limits.ts';
import { options as shape, tagsLength, tagsOf, type Options } from './options.ts';

/** What YouTube would refuse, or show in another way than one might expect. */
export function check({ options: given, parts, composing }: Draft<Options>): readonly Problem[] {
  // What could not be read was left out before this is asked.
  const options: Options = { ...shape.parse({}), ...given };
  const problems: Problem[] = [];
  const says = (field: string, message: string) => void problems.push({ field, message });
  const warns = (field: string, message: string) => void problems.push({ field, message, level: 'warning' });

  const { title, thumbnail, privacy, publishAt, category } = options;
  if (title.length > titleMax) says('option.title', `YouTube takes ${titleMax} characters in the title; this has ${title.length}.`);
  if (/[<>]/u.test(title)) says('option.title', 'YouTube takes no < or > in the title.');

  const length = tagsLength(tagsOf(options));
  if (length > tagsMax) says('option.tags', `YouTube takes ${tagsMax} characters of tags in all; these count as ${length}.`);

  if (publishAt !== '' && privacy !== 'private') says('option.publishAt', 'Only a private video can become public later.');

  const offered = composing?.choices?.['category'];
  if (offered && !offered.some(({ value }) => value === category)) says('option.category', 'YouTube does not offer this category to the channel. Choose another.');

  for (const [n, { text, media }] of parts.entries()) {
    if (/[<>]/u.test(text)) says(`part.${n}`, 'YouTube takes no < or > in the description.');
    if (!media.some((one) => one.kind === 'video' && isShort(one))) continue;
    warns(`part.${n}.media`, 'YouTube shows square and upright videos of up to 3 minutes as Shorts.');
    if (thumbnail !== '') warns('option.thumbnail', 'YouTube may not show a thumbnail of one\'s own on a Short.');
  }
  return problems;
}

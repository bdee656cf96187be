import * as z from 'zod';
import type { Draft, Field, Problem } from '../contract.ts';
import { tagListMax, tagsMax, titleMax } from './limits.ts';

export const options = z.object({
  title: z.string().trim().max(titleMax).default(''),
  tags: z.string().trim().max(300).default(''),
  canonicalUrl: z.string().trim().max(2000).default(''),
});
export type Options = z.infer<typeof options>;

export const fields: readonly Field[] = [
  { name: 'title', label: 'Title', kind: 'text', required: true, help: `At most ${titleMax} characters.` },
  { name: 'tags', label: 'Tags', kind: 'text', placeholder: 'webdev, testing', help: `At most ${tagsMax}, of letters and digits, with commas between them.` },
  { name: 'canonicalUrl', label: 'Canonical address', kind: 'url', placeholder: 'https://', help: 'Where the article was published first, if it was. Search engines are sent there.' },
  { name: 'textNote', label: 'Text', kind: 'note', help: 'Written in Markdown. A picture becomes the cover of the article.' },
];

/** As they are sent: in small letters, without the signs before them. */
export function tagsOf({ tags }: Pick<Options, 'tags'>): string[] {
  return [...new Set(tags.split(/[\s,]+/u).map((tag) => tag.replace(/^#/u, '').toLowerCase()).filter(Boolean))];
}

export function check({ options: { tags: typed, canonicalUrl }, parts }: Draft<Options>): Problem[] {
  const problems: Problem[] = [];
  const tags = tagsOf({ tags: typed });
  const strange = tags.find((tag) => !/^[a-z\d]+$/u.test(tag));
  if (tags.length > tagsMax) problems.push({ field: 'option.tags', message: `Dev.to takes ${tagsMax} tags at most; these are ${tags.length}.` });
  else if (strange !== undefined) problems.push({ field: 'option.tags', message: `A tag has letters and digits only; "${strange.slice(0, 30)}" has something else.` });
  else if (tags.join(', ').length > tagListMax) problems.push({ field: 'option.tags', message: `The tags are too long: together they may have ${tagListMax} characters.` });
  if (canonicalUrl !== '' && !isWebAddress(canonicalUrl)) problems.push({ field: 'option.canonicalUrl', message: 'This is not the address of a web page. It begins with https://.' });
  // Front matter would win over the title, the tags and everything else that was entered (Forem's API, POST /articles).
  if (/^\s*---[^\S\n]*\n/u.test(parts[0]?.text ?? '')) problems.push({ field: 'part.0', message: 'The text begins with a line of dashes, which Dev.to reads as settings of the article. Begin with something else.' });
  return problems;
}

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/u.test(new URL(text).protocol);
}

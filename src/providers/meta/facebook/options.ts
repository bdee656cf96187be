import * as z from 'zod';
import type { Draft, Field, Problem } from '../../contract.ts';

export const options = z.object({
  format: z.enum(['post', 'reel', 'story']).default('post'),
  /** Empty: the first link of the text. */
  link: z.union([z.literal(''), z.url({ protocol: /^https?$/u })]).default(''),
  noPreview: z.boolean().default(false),
  title: z.string().trim().max(255).default(''),
  /** A picture in the library. */
  cover: z.string().default(''),
});
export type Options = z.infer<typeof options>;

export const fields: readonly Field[] = [
  { name: 'link', label: 'Link', kind: 'url', formats: ['post'], placeholder: 'https://example.org/page', help: 'Shown with a preview below the text. Empty: the first link in the text is.' },
  { name: 'noPreview', label: 'No link preview', kind: 'checkbox', formats: ['post'] },
  { name: 'title', label: 'Title of the video', kind: 'text', formats: ['post', 'reel'] },
  { name: 'cover', label: 'Cover of the video', kind: 'image', formats: ['post', 'reel'], help: 'Empty: Facebook chooses a frame.' },
  {
    name: 'comments', label: 'First comment', kind: 'note', formats: ['post', 'reel'],
    help: 'A comment of your own needs the permission pages_manage_engagement, which Post Master does not ask for.',
  },
];

const linkIn = /https?:\/\/[^\s<>"]+/giu;

/** The link to show a preview of; undefined for none. Facebook refuses to preview itself. */
export function previewOf({ link, noPreview }: Options, text: string): string | undefined {
  if (noPreview) return undefined;
  if (link !== '') return link;
  const [first] = text.match(linkIn) ?? [];
  // What closes a sentence or a bracket around a link is not part of it.
  const trimmed = first?.replace(/[.,;:!?'")\]}]+$/u, '');
  return trimmed !== undefined && URL.canParse(trimmed) && !isFacebook(trimmed) ? trimmed : undefined;
}

function isFacebook(link: string): boolean {
  return /(?:^|\.)(?:facebook\.com|fb\.com|fb\.me|fb\.watch)$/iu.test(new URL(link).hostname);
}

export function check({ options: chosen, parts: [part] }: Draft<Options>): readonly Problem[] {
  const problems: Problem[] = [];
  const media = part?.media ?? [];
  if (chosen.format === 'post' && chosen.link !== '') {
    if (media.length > 0) problems.push({ field: 'option.link', message: 'Facebook shows a link or media, not both. Put the link into the text.' });
    else if (URL.canParse(chosen.link) && isFacebook(chosen.link)) problems.push({ field: 'option.link', message: 'Facebook takes no preview of a link to itself. Put it into the text.' });
  }
  const [file] = media;
  if (chosen.format !== 'post' && file && Math.abs(file.width / file.height - 9 / 16) > 0.02) {
    problems.push({ field: 'part.0.media', level: 'warning', message: `A ${chosen.format === 'reel' ? 'Reel' : 'Story'} fills the screen at 9:16. This one gets borders or is cut.` });
  }
  return problems;
}

import * as z from 'zod';
import type { Field } from '../contract.ts';

export const options = z.object({
  title: z.string().trim().max(2_000).default(''),
  privacy: z.enum(['public', 'unlisted', 'private']).default('public'),
  /** ISO 8601 in UTC, or empty. */
  publishAt: z.iso.datetime({ offset: true }).or(z.literal('')).default(''),
  /** No default: a person says it. */
  madeForKids: z.enum(['yes', 'no']).optional(),
  /** The id of a picture in the library, or empty. */
  thumbnail: z.string().default(''),
  /** Separated by commas. */
  tags: z.string().trim().max(5_000).default(''),
  category: z.string().regex(/^\d{1,4}$/u).default('22'),
  license: z.enum(['youtube', 'creativeCommon']).default('youtube'),
  synthetic: z.boolean().default(false),
  noEmbedding: z.boolean().default(false),
  quiet: z.boolean().default(false),
});
export type Options = z.infer<typeof options>;

/** What can be assigned in the US; other regions differ little, and `composing` asks for theirs (videoCategories.list, as of 2026-11-23). */
export const usualCategories: readonly { value: string; label: string }[] = [
  ['22', 'People & Blogs'], ['2', 'Autos & Vehicles'], ['23', 'Comedy'], ['27', 'Education'], ['24', 'Entertainment'], ['1', 'Film & Animation'],
  ['20', 'Gaming'], ['26', 'Howto & Style'], ['10', 'Music'], ['25', 'News & Politics'], ['29', 'Nonprofits & Activism'], ['15', 'Pets & Animals'],
  ['28', 'Science & Technology'], ['17', 'Sports'], ['19', 'Travel & Events'],
].map(([value = '', label = '']) => ({ value, label }));

export const fields: readonly Field[] = [
  { name: 'title', label: 'Title', kind: 'text', required: true, help: 'Up to 100 characters, without < and >. The text of the post becomes the description.' },
  {
    name: 'privacy', label: 'Who can see it', kind: 'select',
    choices: [
      { value: 'public', label: 'Everyone' },
      { value: 'unlisted', label: 'Everyone with the link' },
      { value: 'private', label: 'Only the channel itself' },
    ],
  },
  {
    name: 'publishAt', label: 'Make it public later, at', kind: 'datetime', when: { field: 'privacy', is: 'private' },
    help: 'Uploaded at the time of the post, opened to everyone by YouTube at this time. Empty: it stays private.',
  },
  {
    name: 'madeForKids', label: 'Made for kids', kind: 'select', required: true, placeholder: 'Choose',
    help: 'The law asks you to say so, whoever else may watch. What does made for kids mean?',
    links: [{ text: 'What does made for kids mean?', url: 'https://support.google.com/youtube/answer/9528076' }],
    choices: [
      { value: 'no', label: 'No, it is not made for kids' },
      { value: 'yes', label: 'Yes, it is made for kids' },
    ],
  },
  {
    name: 'thumbnail', label: 'Thumbnail', kind: 'image',
    help: '16:9, best 1280 by 720 or larger. The channel needs a verified phone number for it. Empty: YouTube takes a frame of the video.',
  },
  { name: 'tags', label: 'Tags', kind: 'text', placeholder: 'harbour, morning light', help: 'Separated by commas, 500 characters in all.' },
  { name: 'category', label: 'Category', kind: 'select', loads: true, choices: usualCategories },
  {
    name: 'license', label: 'License', kind: 'select',
    choices: [{ value: 'youtube', label: 'Standard YouTube license' }, { value: 'creativeCommon', label: 'Creative Commons, attribution' }],
  },
  {
    name: 'synthetic', label: 'It shows altered or made-up things that look real', kind: 'checkbox',
    help: 'YouTube wants this said of realistic content that was made or changed with tools such as AI.',
  },
  { name: 'noEmbedding', label: 'Do not allow other sites to embed it', kind: 'checkbox' },
  { name: 'quiet', label: 'Do not notify subscribers', kind: 'checkbox' },
  {
    name: 'comments', label: 'First comment', kind: 'note',
    help: 'Post Master may upload and nothing else, so it writes no comment and fills no playlist. Do that in YouTube Studio.',
    links: [{ text: 'YouTube Studio', url: 'https://studio.youtube.com' }],
  },
  {
    // YouTube API Services Terms of Service §9.1 wants this sentence on the page from which people upload, word by word.
    name: 'terms', label: 'Terms', kind: 'note',
    help: 'Scheduling or publishing uploads the video. By clicking \'upload,\' you certify that the content you are uploading complies with the YouTube Terms of Service (including the YouTube Community Guidelines) at https://www.youtube.com/t/terms. Please be sure not to violate others\' copyright or privacy rights.',
    links: [{ text: 'https://www.youtube.com/t/terms', url: 'https://www.youtube.com/t/terms' }],
  },
];

/** The tags as YouTube gets them, without repeats. */
export function tagsOf({ tags }: Pick<Options, 'tags'>): string[] {
  return [...new Set(tags.split(',').map((tag) => tag.trim().replaceAll(/\s+/gu, ' ')).filter(Boolean))];
}

/**
 * How long tags are by YouTube's rule: a tag with a space counts as if in quotes, and the commas between tags count
 * (developers.google.com/youtube/v3/docs/videos#snippet.tags[], read 2026-11-23).
 */
export function tagsLength(tags: readonly string[]): number {
  return tags.reduce((sum, tag) => sum + tag.length + (tag.includes(' ') ? 2 : 0), Math.max(0, tags.length - 1));
}

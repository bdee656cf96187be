import * as z from 'zod';
import type { Field } from '../contract.ts';
import { flairTextMax, titleMax } from './limits.ts';

export const options = z.object({
  format: z.enum(['text', 'link', 'image', 'gallery', 'video']).default('text'),
  title: z.string().trim().max(titleMax).default(''),
  url: z.string().trim().max(2000).default(''),
  resubmit: z.boolean().default(false),
  /** Id of a picture in the library. */
  poster: z.string().max(64).default(''),
  /** Id of a template of the subreddit. */
  flair: z.string().max(64).default(''),
  flairText: z.string().trim().max(flairTextMax).default(''),
  nsfw: z.boolean().default(false),
  spoiler: z.boolean().default(false),
  noReplies: z.boolean().default(false),
});
export type Options = z.infer<typeof options>;

export const fields: readonly Field[] = [
  { name: 'title', label: 'Title', kind: 'text', required: true, help: `At most ${titleMax} characters. It cannot be changed later.` },
  { name: 'url', label: 'Link', kind: 'url', required: true, formats: ['link'], placeholder: 'https://' },
  { name: 'resubmit', label: 'Post it again', kind: 'checkbox', formats: ['link'], help: 'Otherwise Reddit refuses a link that the subreddit has already.' },
  { name: 'poster', label: 'Picture before it plays', kind: 'image', required: true, formats: ['video'], help: 'Reddit wants a still picture with every video.' },
  { name: 'flair', label: 'Flair', kind: 'select', loads: true, choices: [{ value: '', label: 'None' }] },
  { name: 'flairText', label: 'Text of the flair', kind: 'text', help: `Only for a flair that may be worded. At most ${flairTextMax} characters.` },
  { name: 'nsfw', label: 'Not safe for work', kind: 'checkbox' },
  { name: 'spoiler', label: 'Spoiler', kind: 'checkbox' },
  { name: 'noReplies', label: 'No inbox messages', kind: 'checkbox', help: 'Otherwise comments on the post come to the inbox of the account.' },
  { name: 'textNote', label: 'Text', kind: 'note', formats: ['text', 'image', 'gallery'], help: 'Written in Markdown, shown below the title.' },
  { name: 'captionNote', label: 'Captions', kind: 'note', formats: ['gallery'], help: 'Reddit has no descriptions of pictures. Those of a gallery are shown below each picture, for everybody to read.' },
];

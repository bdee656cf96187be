import * as z from 'zod';
import type { Field } from '../../contract.ts';

export const options = z.object({
  format: z.enum(['post', 'reel', 'story']).default('post'),
  /** User names, as they were typed. */
  collaborators: z.string().max(500).default(''),
  /** A user name a line, as they were typed (see `tagsIn`). */
  tags: z.string().max(2000).default(''),
  /** The id of a Page that has an address. */
  location: z.string().max(50).default(''),
  /** A picture in the library. */
  cover: z.string().default(''),
  /** The frame to show instead of a cover, in seconds from the start. */
  coverAt: z.number().nonnegative().nullable().default(null),
  sound: z.string().trim().max(100).default(''),
  reelsTabOnly: z.boolean().default(false),
  trial: z.enum(['', 'MANUAL', 'SS_PERFORMANCE']).default(''),
  madeWithAi: z.boolean().default(false),
});
export type Options = z.infer<typeof options>;

export const fields: readonly Field[] = [
  { name: 'cover', label: 'Cover', kind: 'image', formats: ['reel'], help: 'Best at 9:16. Empty: a frame of the video.' },
  { name: 'coverAt', label: 'Frame to show as the cover', kind: 'number', formats: ['reel'], when: { field: 'cover', is: '' }, placeholder: '2.5', help: 'Seconds from the start. Empty: the first.' },
  { name: 'reelsTabOnly', label: 'Show in the Reels tab only, not in the feed', kind: 'checkbox', formats: ['reel'] },
  { name: 'collaborators', label: 'Collaborators', kind: 'text', formats: ['post', 'reel'], placeholder: 'harbour, lighthouse', help: 'Up to three user names. Each is asked, and the post is theirs too once they agree.' },
  {
    name: 'tags', label: 'People to tag', kind: 'textarea', formats: ['post', 'reel', 'story'], placeholder: 'harbour\nlighthouse 30 80',
    help: 'A user name a line. On a picture a place may follow: percent from the left and from the top. Not for carousels.',
  },
  { name: 'location', label: 'Place', kind: 'text', formats: ['post', 'reel'], placeholder: '104000000000001', help: 'The id of a Facebook Page that has an address ("Page ID" in its section About).' },
  { name: 'sound', label: 'Name of the sound', kind: 'text', formats: ['reel'], help: 'For a sound of your own. It can be changed once, later, in the app.' },
  {
    name: 'trial', label: 'Trial Reel', kind: 'select', formats: ['reel'], help: 'Shown first to people who do not follow you. Not every account may do that.',
    choices: [
      { value: '', label: 'No, show it to everybody' },
      { value: 'MANUAL', label: 'Yes, until you show it to everybody in the app' },
      { value: 'SS_PERFORMANCE', label: 'Yes, until it does well' },
    ],
  },
  { name: 'madeWithAi', label: 'Made with AI', kind: 'checkbox', formats: ['post', 'reel', 'story'], help: 'Instagram shows a label. It asks for it where realistic pictures, video or sound were made so.' },
  {
    name: 'comments', label: 'First comment', kind: 'note', formats: ['post', 'reel'],
    help: 'A comment of your own needs the permission instagram_manage_comments, which Post Master does not ask for.',
  },
  { name: 'stickers', label: 'Text, links and stickers', kind: 'note', formats: ['story'], help: 'Instagram takes none of them from other programs. Put words into the picture or the video itself.' },
];

const userName = /^[\w.]{1,30}$/u;

/** The user names of a list by commas, blanks or lines. */
export function namesIn(typed: string): string[] {
  return typed.split(/[\s,]+/u).map(withoutAt).filter(Boolean);
}

export function isUserName(name: string): boolean {
  return userName.test(name);
}

export interface Tag {
  username: string;
  /** From the left and from the top, 0 to 1. */
  place: { x: number; y: number } | null;
}

/** One tag a line: `name`, or `name LEFT TOP` in percent. Null for a line that is neither. */
export function tagsIn(typed: string): (Tag | null)[] {
  return typed.split('\n').map((line) => line.trim()).filter(Boolean).map((line) => {
    const [name = '', left, top, ...more] = line.split(/[\s,]+/u);
    const username = withoutAt(name);
    if (!isUserName(username) || more.length > 0) return null;
    if (left === undefined) return { username, place: null };
    const [x, y] = [share(left), share(top ?? '')];
    return x === null || y === null ? null : { username, place: { x, y } };
  });
}

function share(percent: string): number | null {
  const value = /^\d{1,3}(?:\.\d+)?%?$/u.test(percent) ? Number.parseFloat(percent) / 100 : Number.NaN;
  return value >= 0 && value <= 1 ? value : null;
}

function withoutAt(name: string): string {
  return name.replace(/^@/u, '');
}

import * as z from 'zod';
import type { Field } from '../contract.ts';

/** A language with script or region, as in `en` or `zh-Hant`; or nothing. */
const language = /^(?:[a-z]{2,3}(?:-[a-z\d]{2,8})*)?$/iu;

export const options = z.object({
  /** `account`: what the account itself has set for new posts. */
  visibility: z.enum(['account', 'public', 'unlisted', 'private']).default('account'),
  /** For the parts after the first of a public thread. */
  following: z.enum(['unlisted', 'same']).default('unlisted'),
  spoiler_text: z.string().trim().max(500).default(''),
  sensitive: z.boolean().default(false),
  language: z.string().trim().regex(language).default(''),
});
export type Options = z.infer<typeof options>;

export const fields: readonly Field[] = [
  {
    name: 'visibility', label: 'Who can see it', kind: 'select',
    choices: [
      { value: 'account', label: 'As set in the account' },
      { value: 'public', label: 'Everyone' },
      { value: 'unlisted', label: 'Everyone, but not in public timelines' },
      { value: 'private', label: 'Followers only' },
    ],
  },
  {
    name: 'following', label: 'Following parts of a public thread', kind: 'select',
    help: 'Unlisted is the custom: public timelines then show the first part alone.',
    choices: [
      { value: 'unlisted', label: 'Not in public timelines (recommended)' },
      { value: 'same', label: 'Like the first part' },
    ],
  },
  {
    name: 'spoiler_text', label: 'Content warning', kind: 'text',
    help: 'Shown in place of the text until somebody opens it. It counts towards the length of every part.',
  },
  { name: 'sensitive', label: 'Hide the pictures until somebody opens them', kind: 'checkbox' },
  { name: 'language', label: 'Language', kind: 'text', placeholder: 'en', help: 'A code such as en or pt-BR. Empty: as set in the account.' },
];

/**
 * What to ask for the n-th part (from 0). `first` is what the first part became, which may differ from what was asked:
 * the account's own setting, or a server that limits the account.
 */
export function visibilityOf({ visibility, following }: Options, n: number, first: string | null): string | undefined {
  const asked = visibility === 'account' ? undefined : visibility;
  if (n === 0) return asked;
  const like = first ?? asked;
  return like === 'public' && following === 'unlisted' ? 'unlisted' : like;
}

import * as z from 'zod';
import type { Field } from '../contract.ts';

const pollNames = ['poll1', 'poll2', 'poll3', 'poll4'] as const;
const choice = z.string().trim().max(200).default('');

export const options = z.object({
  format: z.enum(['post', 'poll']).default('post'),
  /** Who may answer; X's own word for each, and `everyone` for leaving it out. */
  reply_settings: z.enum(['everyone', 'following', 'mentionedUsers', 'subscribers', 'verified']).default('everyone'),
  poll1: choice,
  poll2: choice,
  poll3: choice,
  poll4: choice,
  /** Minutes; 5 to 10,080 (CreatePostsPoll in the OpenAPI document 2.167). */
  poll_minutes: z.coerce.number().int().min(5).max(10_080).default(1_440),
  made_with_ai: z.boolean().default(false),
  paid_partnership: z.boolean().default(false),
});
export type Options = z.infer<typeof options>;

const poll = ['poll'] as const;

export const fields: readonly Field[] = [
  {
    name: 'reply_settings', label: 'Who can reply', kind: 'select', help: 'Of a thread, for its first part.',
    choices: [
      { value: 'everyone', label: 'Everyone' },
      { value: 'following', label: 'Accounts you follow' },
      { value: 'mentionedUsers', label: 'Only accounts you mention' },
      { value: 'subscribers', label: 'Your subscribers' },
      { value: 'verified', label: 'Verified accounts' },
    ],
  },
  { name: 'poll1', label: 'Choice 1', kind: 'text', required: true, formats: poll, help: 'At most 25 characters. The poll stands under the first part, which can then have no media.' },
  { name: 'poll2', label: 'Choice 2', kind: 'text', required: true, formats: poll },
  { name: 'poll3', label: 'Choice 3', kind: 'text', formats: poll },
  { name: 'poll4', label: 'Choice 4', kind: 'text', formats: poll },
  {
    name: 'poll_minutes', label: 'The poll is open for', kind: 'select', formats: poll,
    choices: [
      { value: '1440', label: '1 day' },
      { value: '5', label: '5 minutes' },
      { value: '30', label: '30 minutes' },
      { value: '60', label: '1 hour' },
      { value: '360', label: '6 hours' },
      { value: '720', label: '12 hours' },
      { value: '2880', label: '2 days' },
      { value: '4320', label: '3 days' },
      { value: '10080', label: '7 days' },
    ],
  },
  { name: 'made_with_ai', label: 'Made with AI', kind: 'checkbox', help: 'X labels the post as having media made by AI.' },
  { name: 'paid_partnership', label: 'Paid partnership', kind: 'checkbox', help: 'X labels the post as a paid partnership.' },
  { name: 'quoting', label: 'Quoting a post', kind: 'note', help: 'X keeps quotes for its enterprise customers. Put the address of the post into the text: X shows it as a quote, at the price of a link.' },
];

/** The choices of the poll, in order; empty where there is none. */
export function pollOf(given: Options): string[] {
  return given.format === 'poll' ? pollNames.map((name) => given[name]).filter((text) => text !== '') : [];
}

export { pollNames };

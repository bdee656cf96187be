import * as z from 'zod';
import type { Field } from '../contract.ts';
import { commentMax, poll } from './limits.ts';

const text = (max: number) => z.string().trim().max(max).default('');

const common = z.object({
  format: z.enum(['post', 'document', 'poll', 'reshare']).default('post'),
  title: text(400),
  noCard: z.boolean().default(false),
  question: text(1000),
  option1: text(200),
  option2: text(200),
  option3: text(200),
  option4: text(200),
  duration: z.enum(poll.durations).default('THREE_DAYS'),
  reshareOf: text(2000),
  noReshare: z.boolean().default(false),
});

export const profileOptions = common.extend({ visibility: z.enum(['PUBLIC', 'CONNECTIONS']).default('PUBLIC') });
export const pageOptions = common.extend({ visibility: z.enum(['PUBLIC', 'LOGGED_IN']).default('PUBLIC'), firstComment: text(10_000) });

export type ProfileOptions = z.infer<typeof profileOptions>;
export type PageOptions = z.infer<typeof pageOptions>;
export type Options = ProfileOptions | PageOptions;

/** The choices of a poll, in order, without the empty ones. */
export function pollChoices({ option1, option2, option3, option4 }: Options): string[] {
  return [option1, option2, option3, option4].filter((choice) => choice !== '');
}

/** The post that an address or a URN names; null when it names none that can be reshared (an activity is none). */
export function reshared(typed: string): string | null {
  const text = typed.replaceAll(/%3A/giu, ':');
  const urn = /urn:li:(share|ugcPost):(\d{5,30})/iu.exec(text) ?? /-(share|ugcPost)-(\d{5,30})(?:-|\/|\?|$)/iu.exec(text);
  return urn ? `urn:li:${urn[1]?.toLowerCase() === 'share' ? 'share' : 'ugcPost'}:${urn[2] ?? ''}` : null;
}

const [forPost, forDocument, forPoll, forReshare] = [['post'], ['document'], ['poll'], ['reshare']] as const;

const contentFields: readonly Field[] = [
  { name: 'title', label: 'Title of the document or video', kind: 'text', formats: [...forPost, ...forDocument], help: 'A document needs one. On a post it is shown with a video alone.' },
  { name: 'noCard', label: 'No link card', kind: 'checkbox', formats: forPost, help: 'LinkedIn makes no card of a link by itself: Post Master brings the title, description and picture of the first link, unless the post has media.' },
  { name: 'documentNote', label: 'Document', kind: 'note', formats: forDocument, help: 'The pictures become the pages of a PDF, in their order, which people leaf through. LinkedIn has no place for their descriptions there.' },
  { name: 'question', label: 'Question', kind: 'text', required: true, formats: forPoll, help: `At most ${poll.question} characters. The text of the post stands above it.` },
  { name: 'option1', label: 'Choice 1', kind: 'text', required: true, formats: forPoll, help: `At most ${poll.option} characters each.` },
  { name: 'option2', label: 'Choice 2', kind: 'text', required: true, formats: forPoll },
  { name: 'option3', label: 'Choice 3', kind: 'text', formats: forPoll },
  { name: 'option4', label: 'Choice 4', kind: 'text', formats: forPoll },
  {
    name: 'duration', label: 'Open for', kind: 'select', formats: forPoll,
    // The first one counts when nothing was chosen, and three days are the custom.
    choices: [
      { value: 'THREE_DAYS', label: '3 days' }, { value: 'ONE_DAY', label: '1 day' },
      { value: 'SEVEN_DAYS', label: '1 week' }, { value: 'FOURTEEN_DAYS', label: '2 weeks' },
    ],
  },
  {
    name: 'reshareOf', label: 'Post to reshare', kind: 'text', required: true, formats: forReshare, placeholder: 'urn:li:share:…',
    help: 'On LinkedIn open the post\'s menu, choose "Embed this post", and copy the part that begins with urn:li:share or urn:li:ugcPost.',
  },
  { name: 'mentionNote', label: 'Mentions', kind: 'note', help: 'Write @[Name](urn:li:organization:123) or @[Name](urn:li:person:AbC) where a page or a person is to be mentioned. The name must be exactly as LinkedIn has it, else it stays plain text.' },
];

const noReshare: Field = { name: 'noReshare', label: 'Nobody may reshare it', kind: 'checkbox' };

export const profileFields: readonly Field[] = [
  { name: 'visibility', label: 'Who can see it', kind: 'select', choices: [{ value: 'PUBLIC', label: 'Everyone' }, { value: 'CONNECTIONS', label: 'Connections only' }] },
  ...contentFields,
  noReshare,
  {
    name: 'commentNote', label: 'First comment', kind: 'note',
    help: 'LinkedIn lets apps comment only with its Community Management product, which profiles do not need, so a first comment is offered for pages alone.',
  },
];

export const pageFields: readonly Field[] = [
  { name: 'visibility', label: 'Who can see it', kind: 'select', choices: [{ value: 'PUBLIC', label: 'Everyone' }, { value: 'LOGGED_IN', label: 'People who are logged in' }] },
  ...contentFields,
  noReshare,
  { name: 'firstComment', label: 'First comment', kind: 'textarea', help: `Written by the page as soon as the post is out. At most ${commentMax} characters.` },
];

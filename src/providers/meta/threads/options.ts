import * as z from 'zod';
import { linksIn } from '../../../domain/text.ts';
import type { Draft, Field, Problem } from '../../contract.ts';
import { mostLinks } from './limits.ts';

const replies = ['everyone', 'accounts_you_follow', 'followers_only', 'mentioned_only'] as const;

export const options = z.object({
  replies: z.enum(replies).default('everyone'),
  /** One topic per post, without the mark. */
  topic: z.string().min(1).max(50).regex(/^[^.&]+$/u).optional(),
  /** Whose card is shown; the first link of the text unless told. */
  link: z.url({ protocol: /^https?$/u }).optional(),
  spoiler: z.boolean().default(false),
});
export type Options = z.infer<typeof options>;

const labels: Record<(typeof replies)[number], string> = {
  everyone: 'Everybody', accounts_you_follow: 'Profiles you follow', followers_only: 'Your followers', mentioned_only: 'Profiles you mention',
};

export const fields: readonly Field[] = [
  { name: 'replies', label: 'Who can reply', kind: 'select', choices: replies.map((value) => ({ value, label: labels[value] })) },
  { name: 'topic', label: 'Topic', kind: 'text', help: 'One, up to 50 characters, without full stop or ampersand. Otherwise the first hashtag of the text counts.' },
  { name: 'link', label: 'Link to show as a card', kind: 'url', help: 'For posts without pictures or videos. Otherwise the first link of the text is shown.' },
  { name: 'spoiler', label: 'Hide pictures and videos until they are touched', kind: 'checkbox' },
];

export function check({ options: { link, topic }, parts }: Draft<Options>): Problem[] {
  const problems: Problem[] = [];
  for (const [n, { text }] of parts.entries()) {
    const links = new Set([...linksIn(text).map(({ url }) => url), ...(n === 0 && link !== undefined ? [link] : [])]);
    if (links.size > mostLinks) problems.push({ field: `part.${n}`, message: `Threads takes ${mostLinks} different links in a post; this has ${links.size}.` });
  }
  if (link !== undefined && (parts[0]?.media.length ?? 0) > 0) {
    problems.push({ field: 'option.link', level: 'warning', message: 'With pictures or videos Threads shows no card. The link is left out.' });
  }
  if (topic?.startsWith('#')) problems.push({ field: 'option.topic', message: 'Write the topic without the mark in front.' });
  return problems;
}

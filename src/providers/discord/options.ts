import * as z from 'zod';
import type { Draft, Field, Problem } from '../contract.ts';
import { mostFiles, requestBytes } from './limits.ts';

const poll = {
  pollQuestion: z.string().max(300).optional(),
  /** One answer a line. */
  pollAnswers: z.string().max(2_000).optional(),
  pollHours: z.number().int().min(1).max(768).default(24),
  pollMany: z.boolean().default(false),
};

export const botOptions = z.object({ previews: z.boolean().default(false), silent: z.boolean().default(false), ...poll });
export type BotOptions = z.infer<typeof botOptions>;

export const webhookOptions = botOptions.extend({
  /** "clyde" and "discord" are refused in names (resources/webhook#execute-webhook). */
  name: z.string().max(80).refine((text) => !/clyde|discord/iu.test(text)).optional(),
  forumTitle: z.string().max(100).optional(),
});
export type WebhookOptions = z.infer<typeof webhookOptions>;

export const botFields: readonly Field[] = [
  { name: 'previews', label: 'Show link previews', kind: 'checkbox', help: 'Otherwise links stay plain, without the card Discord makes of them.' },
  { name: 'silent', label: 'Send without a notification', kind: 'checkbox' },
  { name: 'pollQuestion', label: 'Poll: the question', kind: 'text', help: 'Leave it empty for no poll. It goes with the first part.' },
  { name: 'pollAnswers', label: 'Poll: the answers, one a line', kind: 'textarea', placeholder: 'Yes\nNo' },
  { name: 'pollHours', label: 'Poll: open for so many hours', kind: 'number', placeholder: '24', help: 'Up to 768, which is 32 days.' },
  { name: 'pollMany', label: 'Poll: several answers may be chosen', kind: 'checkbox' },
];

export const webhookFields: readonly Field[] = [
  { name: 'name', label: 'Post under this name', kind: 'text', help: 'Otherwise the name of the webhook is shown.' },
  { name: 'forumTitle', label: 'Title of the forum post', kind: 'text', help: 'Only where the webhook belongs to a forum channel: it needs one.' },
  ...botFields,
];

/** The answers of a poll; empty without one. */
export function answersOf({ pollQuestion, pollAnswers }: Pick<BotOptions, 'pollQuestion' | 'pollAnswers'>): string[] {
  if (!pollQuestion?.trim()) return [];
  return (pollAnswers ?? '').split('\n').map((line) => line.trim()).filter(Boolean);
}

/** Polls are whole or not at all, and videos fit into one message. */
export function check({ options, parts }: Draft<BotOptions>): Problem[] {
  const problems: Problem[] = [];
  const question = options.pollQuestion?.trim() ?? '';
  const lines = (options.pollAnswers ?? '').split('\n').map((line) => line.trim()).filter(Boolean);
  if (question === '' && lines.length > 0) problems.push({ field: 'option.pollQuestion', message: 'The poll has answers and no question.' });
  if (question !== '' && (lines.length < 2 || lines.length > 10)) problems.push({ field: 'option.pollAnswers', message: `A poll has 2 to 10 answers; this has ${lines.length}.` });
  const long = lines.find((line) => line.length > 55);
  if (question !== '' && long !== undefined) problems.push({ field: 'option.pollAnswers', message: `An answer has 55 characters at most; "${long.slice(0, 20)}…" has ${long.length}.` });
  for (const [n, { media }] of parts.entries()) {
    const films = media.reduce((sum, one) => sum + (one.kind === 'video' ? one.bytes : 0), 0);
    // Pictures are made smaller to fit beside them; each needs some room all the same.
    const room = requestBytes - Math.min(media.length, mostFiles) * 100_000;
    if (films > room) problems.push({ field: `part.${n}.media`, message: 'Discord takes 24 MB of files in one message; the videos of this one have more. Spread them over several parts.' });
  }
  return problems;
}

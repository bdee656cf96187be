import * as z from 'zod';
import type { Field } from '../contract.ts';

export const endings = ['publish', 'slow', 'hiccup', 'rate_limited', 'lost_answer', 'silence', 'rejected', 'auth'] as const;
export type Ending = (typeof endings)[number];

export const options = z.object({ ending: z.enum(endings).default('publish') });

const labels: Record<Ending, string> = {
  publish: 'It works',
  slow: 'It works, after the network took its time',
  hiccup: 'The network is down once, then it works',
  rate_limited: 'The network asks to wait a minute',
  lost_answer: 'The answer is lost, looking finds the post',
  silence: 'The answer is lost and nobody can look: a person decides',
  rejected: 'The network refuses the post',
  auth: 'The network no longer accepts the connection',
};

export const fields: readonly Field[] = [{
  name: 'ending', label: 'What shall happen', kind: 'select',
  help: 'Try what a failure looks like before it matters.',
  choices: endings.map((value) => ({ value, label: labels[value] })),
}];

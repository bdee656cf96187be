import type { Draft, Problem } from '../contract.ts';
import { commentMax, leastVideoBytes, poll } from './limits.ts';
import { brokenMentions } from './little.ts';
import { pollChoices, reshared, type Options } from './options.ts';

/** The rules between options, and those that limits cannot say. */
export function check({ options, parts }: Draft<Options>): Problem[] {
  const problems: Problem[] = [];
  const says = (field: string, message: string, level?: 'warning') => void problems.push({ field, message, ...(level && { level }) });
  const [part] = parts;

  switch (options.format) {
    case 'document':
      if (options.title === '') says('option.title', 'Give the document a title.');
      break;
    case 'poll': {
      const choices = pollChoices(options);
      if (options.question.length > poll.question) says('option.question', `LinkedIn takes ${poll.question} characters here; this has ${options.question.length}.`);
      for (const name of ['option1', 'option2', 'option3', 'option4'] as const) {
        if (options[name].length > poll.option) says(`option.${name}`, `LinkedIn takes ${poll.option} characters here; this has ${options[name].length}.`);
      }
      if (new Set(choices).size < choices.length) says('option.option1', 'Two choices are the same. Change one.');
      break;
    }
    case 'reshare':
      if (options.reshareOf !== '' && reshared(options.reshareOf) === null) {
        says('option.reshareOf', 'This names no post that can be reshared. It must have urn:li:share or urn:li:ugcPost in it.');
      }
      break;
    case 'post':
      for (const [n, one] of (part?.media ?? []).entries()) {
        if (one.kind === 'video' && one.bytes < leastVideoBytes) says('part.0.media', `Video ${n + 1} is smaller than LinkedIn takes: 75 KB at least.`);
      }
      break;
  }
  if ('firstComment' in options && options.firstComment.length > commentMax) {
    says('option.firstComment', `LinkedIn takes ${commentMax} characters here; this has ${options.firstComment.length}.`);
  }
  if (part && brokenMentions(part.text) > 0) {
    says('part.0', 'Something here looks like a mention and is none, so it is shown as it stands. A mention is written @[Name](urn:li:organization:123).', 'warning');
  }
  return problems;
}

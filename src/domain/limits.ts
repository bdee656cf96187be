import type { Limits, TextRule } from './capabilities.ts';
import type { Content, Part } from './post.ts';
import { countText, utf8Length } from './text.ts';

/** Something about an input that a person can mend, beside the field it belongs to. */
export interface Problem {
  field: string;
  message: string;
  /** Warnings do not block. */
  level?: 'warning';
}

export interface Counted {
  length: number;
  max: number;
}

/** How long a part is by the network's own rule, and how long it may be. */
export function countPart(part: Part, rule: TextRule): Counted {
  const max = part.images.length > 0 ? (rule.maxWithMedia ?? rule.max) : rule.max;
  return { length: countText(part.text, rule), max };
}

/** The part of a thread that is nearest to its limit, or furthest beyond: the one whose count is worth showing. */
export function fullestPart(parts: readonly Part[], rule: TextRule): Counted & { index: number } {
  const counted = parts.map((part, index) => ({ ...countPart(part, rule), index }));
  return counted.reduce((fullest, one) => (one.length / one.max > fullest.length / fullest.max ? one : fullest), counted[0] ?? { length: 0, max: rule.max, index: 0 });
}

/** "149 of 280", with the part in a thread. */
export function countWords({ length, max, index }: Counted & { index: number }, parts: number): string {
  return `${parts > 1 ? `part ${index + 1}: ` : ''}${length} of ${max}`;
}

/** Everything that would make a network refuse this content, before it is scheduled. Fields are `part.N` and `part.N.images`. */
export function checkContent(content: Content, limits: Limits, network: string): Problem[] {
  const problems: Problem[] = [];
  const { parts } = content;
  if (parts.length > 1 && limits.thread === null) {
    problems.push({ field: 'part.1', message: `${network} has no threads. Keep one part for it.` });
  } else if (limits.thread !== null && parts.length > limits.thread.max) {
    problems.push({ field: `part.${limits.thread.max}`, message: `${network} takes ${limits.thread.max} parts in a thread; this has ${parts.length}.` });
  }
  for (const [i, part] of parts.entries()) problems.push(...checkPart(part, i, limits, network));
  return problems;
}

function checkPart(part: Part, i: number, limits: Limits, network: string): Problem[] {
  const problems: Problem[] = [];
  const field = `part.${i}`;
  const { length, max } = countPart(part, limits.text);
  const blank = part.text.trim() === '';
  if (blank && (part.images.length === 0 || limits.text.required)) {
    problems.push({ field, message: i === 0 ? `Write something for ${network}.` : `Part ${i + 1} is empty.` });
  }
  if (length > max) {
    const caption = max !== limits.text.max ? ' with pictures' : '';
    problems.push({ field, message: `${network} takes ${max} characters${caption}; this has ${length}.` });
  }
  if (limits.text.maxBytes !== undefined && utf8Length(part.text) > limits.text.maxBytes) {
    problems.push({ field, message: `${network} takes ${limits.text.maxBytes} bytes of text; this has ${utf8Length(part.text)}.` });
  }
  if (part.images.length > 0 && limits.images === null) {
    problems.push({ field: `${field}.images`, message: `${network} takes no pictures.` });
  } else if (limits.images !== null && part.images.length > limits.images.max) {
    problems.push({ field: `${field}.images`, message: `${network} takes ${limits.images.max} pictures; this has ${part.images.length}.` });
  }
  for (const [n, image] of part.images.entries()) {
    if (limits.alt && image.alt.length > limits.alt.max) {
      problems.push({ field: `${field}.alt.${n}`, message: `${network} takes ${limits.alt.max} characters of description; picture ${n + 1} has ${image.alt.length}.` });
    } else if (limits.alt && image.alt.trim() === '') {
      problems.push({ field: `${field}.alt.${n}`, level: 'warning', message: `Picture ${n + 1} has no description. People who cannot see it will miss it.` });
    }
  }
  return problems;
}

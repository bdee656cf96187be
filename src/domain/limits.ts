import type { Limits, TextRule } from './capabilities.ts';
import type { MediaFacts } from './media.ts';
import { mediaProblems } from './pictures/media-limits.ts';
import { countText, utf8Length } from './text.ts';
import { checkTexts as t } from './texts/refusals/checks.ts';

/** Something about an input that a person can mend, beside the field it belongs to. */
export interface Problem {
  field: string;
  message: string;
  /** Warnings do not block. */
  level?: 'warning';
  /** The channel in whose way it stands; absent where it is everybody's. */
  channelId?: string;
  /** The picture that cropping would mend. */
  crop?: Crop;
  /** Joining the parts into one, for the channel alone, would mend it. */
  join?: true;
  /** A page of ours where something can be done about it. */
  link?: { href: string; label: string };
  /** It is about another post of the workspace, which says the same or stands beside this one in time. */
  twin?: true;
}

export interface Crop {
  mediaId: string;
  /** Width over height that is taken. */
  aspect: { min: number; max: number };
}

/** One part with what is known of its files. */
export interface DraftPart {
  text: string;
  media: readonly MediaFacts[];
}

export interface Counted {
  length: number;
  max: number;
}

type Countable = { text: string; media: readonly unknown[] };

/** How long a part is by the network's own rule, and how long it may be. */
export function countPart(part: Countable, rule: TextRule): Counted {
  const max = part.media.length > 0 ? (rule.maxWithMedia ?? rule.max) : rule.max;
  return { length: countText(part.text, rule), max };
}

/** The part of a thread that is nearest to its limit, or furthest beyond: the one whose count is worth showing. */
export function fullestPart(parts: readonly Countable[], rule: TextRule): Counted & { index: number } {
  const counted = parts.map((part, index) => ({ ...countPart(part, rule), index }));
  return counted.reduce((fullest, one) => (one.length / one.max > fullest.length / fullest.max ? one : fullest), counted[0] ?? { length: 0, max: rule.max, index: 0 });
}

/** "149 of 280", with the part in a thread. */
export function countWords({ length, max, index }: Counted & { index: number }, parts: number): string {
  return parts > 1 ? t.countedPart(index + 1, length, max) : t.counted(length, max);
}

/**
 * Everything that would make a network refuse these parts, before they are scheduled. Fields are `part.N`, `part.N.media`
 * and `part.N.alt.M`.
 */
export function checkContent(parts: readonly DraftPart[], limits: Limits, network: string): Problem[] {
  const problems: Problem[] = [];
  if (parts.length > 1 && limits.thread === null) {
    problems.push({ field: 'part.1', message: t.noThreads(network), join: true });
  } else if (limits.thread !== null && parts.length > limits.thread.max) {
    problems.push({ field: `part.${limits.thread.max}`, message: t.tooManyParts(network, limits.thread.max, parts.length) });
  }
  // Where there are no threads, what else is wrong with later parts goes away with them.
  for (const [i, part] of (limits.thread === null ? parts.slice(0, 1) : parts).entries()) {
    problems.push(...textProblems(part, i, limits, network), ...mediaProblems(part.media, `part.${i}`, limits, network));
  }
  return problems;
}

function textProblems(part: DraftPart, i: number, limits: Limits, network: string): Problem[] {
  const problems: Problem[] = [];
  const field = `part.${i}`;
  const { length, max } = countPart(part, limits.text);
  const blank = part.text.trim() === '';
  // Where media is a must and missing, that is said beside the media.
  const mediaMissing = part.media.length < limits.media.min;
  if (blank && max > 0 && !mediaMissing && (part.media.length === 0 || limits.text.required)) {
    problems.push({ field, message: i === 0 ? t.textMissing(network) : t.partEmpty(i + 1) });
  }
  if (max === 0 && length > 0) {
    problems.push({ field, level: 'warning', message: t.textLeftOut(network) });
  } else if (length > max) {
    const tooLong = max === limits.text.max ? t.textTooLong : t.textTooLongBesideMedia;
    problems.push({ field, message: tooLong(network, max, length) });
  }
  if (limits.text.maxBytes !== undefined && utf8Length(part.text) > limits.text.maxBytes) {
    problems.push({ field, message: t.textTooManyBytes(network, limits.text.maxBytes, utf8Length(part.text)) });
  }
  return problems;
}

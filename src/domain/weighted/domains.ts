import { isDomainCharacter, latinAccents } from './characters.ts';
import { longestTopLevel, topLevelDomains } from './tlds.ts';

/** A stretch without a dot, made of what may stand in a label. */
interface Label {
  start: number;
  /** Of its dot; where none follows, the label begins no domain. */
  end: number;
  dotted: boolean;
  lastUnderscore: number;
  /** End of the top-level domain that follows its dot; -1 for none. */
  topLevelEnd: number;
  /** End of the longest domain that begins with the whole label; -1 for none. */
  reach: number;
}

/**
 * For one text: where the longest domain ends that begins at a position, -1 where none does. Labels begin and end with a
 * letter; only those before the last two may hold `_`.
 */
export function domainsOf(text: string): (start: number) => number {
  const labels = labelsOf(text);
  // From the right, so that each knows what the next one reaches.
  for (const [n, label] of [...labels.entries()].toReversed()) label.reach = reachFrom(text, label, labels[n + 1], label.start);
  return (start) => {
    const n = lastAtOrBefore(labels, start);
    const label = labels[n];
    return !label || label.end <= start ? -1 : reachFrom(text, label, labels[n + 1], start);
  };
}

/** Index of the last label that starts at or before a position; -1 when there is none. */
function lastAtOrBefore(labels: readonly Label[], at: number): number {
  let [low, high] = [0, labels.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((labels[middle]?.start ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function labelsOf(text: string): Label[] {
  const labels: Label[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const start = at;
    let lastUnderscore = -1;
    for (; at < text.length; at += 1) {
      if (text.charAt(at) === '_') lastUnderscore = at;
      else if (text.charAt(at) !== '-' && !isDomainCharacter(text, at)) break;
    }
    const dotted = text.charAt(at) === '.';
    if (at > start) labels.push({ start, end: at, dotted, lastUnderscore, topLevelEnd: dotted ? endOfTopLevel(text, at + 1) : -1, reach: -1 });
  }
  return labels;
}

/** Where the longest domain ends that begins at `start` within a label. */
function reachFrom(text: string, { end, dotted, lastUnderscore, topLevelEnd }: Label, next: Label | undefined, start: number): number {
  if (!dotted || !isDomainCharacter(text, start) || !isDomainCharacter(text, end - 1)) return -1;
  const further = next?.start === end + 1 ? next.reach : -1;
  if (further >= 0) return further;
  return lastUnderscore < start ? topLevelEnd : -1;
}

const punycode = /xn--[-\da-z]+/iy;
/** What must not follow a top-level domain: it would be part of something longer. */
const goesOn = /[\da-z@+-]/i;

function endOfTopLevel(text: string, from: number): number {
  for (let end = Math.min(from + longestTopLevel, text.length); end > from + 1; end -= 1) {
    if (!goesOn.test(text.charAt(end)) && topLevelDomains.has(text.slice(from, end).toLowerCase())) return end;
  }
  punycode.lastIndex = from;
  return punycode.test(text) ? punycode.lastIndex : -1;
}

const asciiLabels = new RegExp(`(?:[-a-z\\d${latinAccents}]+\\.)+`, 'gi');

/** The parts of a domain that are domains in Latin letters alone, as offsets. */
export function asciiDomainsIn(domain: string): { from: number; to: number }[] {
  const found: { from: number; to: number }[] = [];
  for (const { 0: labels, index } of domain.matchAll(asciiLabels)) {
    // As many labels as leave a top-level domain after them.
    for (let dot = index + labels.length; dot > index; dot = domain.lastIndexOf('.', dot - 2) + 1) {
      const to = endOfTopLevel(domain, dot);
      if (to < 0) continue;
      found.push({ from: index, to });
      break;
    }
  }
  return found;
}

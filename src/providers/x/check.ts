import { costOf, dollars, hasLink } from '../../domain/billing/costs.ts';
import { durationText, sizeText } from '../../domain/units.ts';
import { invalidCharacter } from '../../domain/weighted/characters.ts';
import type { Draft, MediaFacts, Problem } from '../contract.ts';
import { movingGif, onceLongest, shortSide } from './limits.ts';
import { pollNames, pollOf, type Options } from './options.ts';
import { documented } from './prices.ts';

type Part = Draft['parts'][number];

/** What X refuses beyond its limits, and what it charges. */
export function check(draft: Draft<Options>): Problem[] {
  const { parts } = draft;
  return [
    ...pollProblems(draft),
    ...parts.flatMap((part, n) => [...textProblems(part.text).map((message) => ({ field: `part.${n}`, message })), ...mediaProblems(part, `part.${n}.media`)]),
    ...sameTexts(parts),
    ...costWarnings(draft),
  ];
}

/** 2 to 4 choices of 1 to 25 characters, and nothing else attached (CreatePostsPoll; manage-tweets guide). */
function pollProblems({ options, parts }: Draft<Options>): Problem[] {
  if (options.format !== 'poll') return [];
  const problems: Problem[] = pollNames.filter((name) => Array.from(options[name]).length > 25)
    .map((name) => ({ field: `option.${name}`, message: `A choice may have 25 characters; this one has ${Array.from(options[name]).length}.` }));
  const choices = pollOf(options);
  if (choices.length < 2) problems.push({ field: 'option.poll2', message: 'A poll needs two choices at least.' });
  const twice = pollNames.find((name, n) => options[name] !== '' && pollNames.slice(0, n).some((other) => options[other] === options[name]));
  if (twice) problems.push({ field: `option.${twice}`, message: 'This choice is there already.' });
  if ((parts[0]?.media.length ?? 0) > 0) problems.push({ field: 'part.0.media', message: 'X takes a poll or media, not both in one post. Move the media to another part, or leave one out.' });
  return problems;
}

/** As twitter-text finds cashtags (extract.yml, "cashtags"). */
const cashtag = /(?<=^|\s)\$[a-z]{1,6}(?:[._][a-z]{1,2})?(?=$|\s|[!'#%&()*+,\\\-./:;<=>?@[\]^_{|}~$])/giu;

function textProblems(text: string): string[] {
  const problems: string[] = [];
  if (invalidCharacter.test(text)) problems.push('There is a character in the text that cannot be seen and that X refuses. Type the text anew rather than paste it.');
  // Self-serve apps only ("Post creation restrictions", manage-tweets guide, read 2026-11-25).
  const tags = text.match(cashtag) ?? [];
  if (tags.length > 1) problems.push(`X takes one cashtag in a post; this has ${tags.length} (${tags.join(' ')}).`);
  return problems;
}

function mediaProblems({ media }: Part, field: string): Problem[] {
  const problems: Problem[] = [];
  const moving = media.filter((one) => one.kind === 'image' && one.type === 'image/gif' && one.animated);
  if (moving.length > 0 && media.length > 1) problems.push({ field, message: 'X takes a moving GIF by itself. Put the other files into another part.' });
  return [...problems, ...media.flatMap((one) => fileProblems(one).map((problem) => ({ ...problem, field })))];
}

type Told = Pick<Problem, 'message' | 'level'>;

function fileProblems(one: MediaFacts): Told[] {
  const warning = (message: string): Told => ({ level: 'warning', message });
  if (one.kind === 'video') {
    const [short, long] = [Math.min(one.width, one.height), Math.max(one.width, one.height)];
    const most = long > 1280 ? shortSide.large : shortSide.usual;
    const tooLong = one.durationMs > onceLongest.ms || one.bytes > onceLongest.bytes;
    return [
      ...(short > most ? [{ message: `The video is ${one.width} by ${one.height} pixels; X takes ${most} on the shorter side.` }] : []),
      ...(tooLong ? [warning(`The video is longer than ${durationText(onceLongest.ms)} or larger than ${sizeText(onceLongest.bytes)}. X says that it takes this, but refuses it to some accounts.`)] : []),
      ...(one.alt.trim() === '' ? [] : [warning('X has no descriptions for videos. It is left out.')]),
    ];
  }
  if (!one.animated) return [];
  if (one.type !== 'image/gif') return [warning('X moves GIFs alone; of this picture it shows the first frame.')];
  const { rule, width, height } = movingGif;
  return [
    ...(one.bytes > rule.maxBytes ? [{ message: `The moving GIF has ${sizeText(one.bytes)}; X takes ${sizeText(rule.maxBytes)}.` }] : []),
    ...(one.width > width || one.height > height ? [{ message: `The moving GIF is ${one.width} by ${one.height} pixels; X takes ${width} by ${height}.` }] : []),
  ];
}

/** X refuses the same words again ("You are not allowed to create a Tweet with duplicate content."). */
function sameTexts(parts: readonly Part[]): Problem[] {
  const plain = parts.map(({ text, media }) => (media.length === 0 ? text.normalize('NFC').trim() : ''));
  return plain.flatMap((text, n) => {
    const before = text === '' ? -1 : plain.indexOf(text);
    return before < 0 || before === n ? [] : [{ field: `part.${n}`, message: `This says the same as part ${before + 1}, and X refuses the same text twice.` }];
  });
}

/** What a link makes of the price. Unless X was asked, and said that it costs nothing, its list counts. */
function costWarnings({ parts, composing }: Draft<Options>): Problem[] {
  const costs = composing ? composing.costs : documented;
  const dear = parts.flatMap((part, n) => (hasLink(part) ? [n] : []));
  const [first] = dear;
  if (!costs || first === undefined || costs.partWithLink <= costs.part) return [];
  const [all, link, plain] = [costOf(parts, costs), costs.partWithLink, costs.part].map(dollars);
  const message = parts.length === 1
    ? `X charges ${link} for a post with a link and ${plain} for one without. This one costs ${all}.`
    : `${dear.length} of ${parts.length} parts have a link, and X charges ${link} for each of those and ${plain} for the others. This thread costs ${all}.`;
  return [{ field: `part.${first}`, level: 'warning', message }];
}

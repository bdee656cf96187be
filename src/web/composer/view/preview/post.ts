import { plainShape, shapeOf, type Poll, type Shape } from '../../../../domain/channels/appearance.ts';
import { isShown, type Answers } from '../../../../domain/field.ts';
import type { DraftPart } from '../../../../domain/limits.ts';
import { linksIn } from '../../../../domain/text.ts';
import { draftParts } from '../../model/check.ts';
import { answersFor, composingOf, factsFor, formatOf, limitsFor, type ChannelData, type ComposerState, type LinkState } from '../../model/data.ts';

/** A post as its preview shows it: everything that was written, sorted by the place it has there. */
export interface Shown {
  shape: Shape;
  channel: Pick<ChannelData, 'id' | 'provider' | 'pictured'>;
  name: string;
  handle: string;
  /** `HH:mm`, empty where no time is chosen. */
  clock: string;
  parts: ShownPart[];
  /** Null where the network has no title here; empty where it has one and nobody wrote it. */
  title: string | null;
  /** Stands in place of the words until somebody opens them; empty for none. */
  warning: string;
  veiled: boolean;
  badges: string[];
  tags: string[];
  comment: string;
  poll: { question: string; choices: string[]; as: Poll['as'] } | null;
  /** A picture that stands for the video until it plays, by the id of the medium. */
  cover: string | null;
}

export interface ShownPart extends DraftPart {
  /** What is shown before "more", in characters. */
  fold: number | undefined;
  /** False where the network shows no text here. */
  hasWords: boolean;
  /** The link that gets a card, with what its page says of itself; null for no card. */
  card: { url: string; link: LinkState | undefined } | null;
  wait: number;
}

/** `named`: only options of fields that are shown now, and filled in. */
export function shownOf(channel: ChannelData, state: ComposerState): Shown {
  const limits = limitsFor(state, channel);
  const format = formatOf(state.draft, channel);
  const parts = draftParts(state, channel.id);
  const hasWords = limits.text.max > 0;
  const shape = channel.appearance
    ? shapeOf(channel.appearance, format, parts[0]?.media[0])
    : plainShape(channel.capabilities.formats?.find(({ value }) => value === format)?.frame, hasWords);
  const seen = shape.options ?? {};
  const answers = answersFor(state, channel);
  const said = (name: string | undefined) => saidOf(name, answers);
  const titled = channel.fields.find(({ name }) => name === seen.title);
  const link = said(seen.link);
  const poll = seen.poll ? pollOf(seen.poll, answers) : null;
  const noCard = shape.card === null || poll !== null || said(seen.noCard) !== '';
  return {
    shape, channel, handle: channel.handle, clock: state.draft.wall.slice(11, 16),
    name: said(seen.name) || composingOf(state.asked, channel.id)?.account?.name || channel.name,
    parts: parts.map((part, n) => ({
      ...part, fold: limits.text.fold, hasWords, wait: n === 0 ? 0 : Number(state.draft.parts[n]?.wait ?? 0) || 0,
      card: noCard || part.media.length > 0 || (channel.capabilities.links === 'text' && link === '') ? null : cardOf((n === 0 && link) || linksIn(part.text)[0]?.url, state.links),
    })),
    // What may stay away is no gap while it does.
    title: titled && isShown(titled, answers) ? said(seen.title) || (titled.required ? '' : null) : null,
    warning: said(seen.warning),
    veiled: seen.veils?.some((name) => said(name) !== '') ?? false,
    badges: (seen.badges ?? []).flatMap((name) => badgeOf(name, answers)),
    tags: said(seen.tags).split(/[,\n]+/u).map((tag) => tag.trim().replace(/^#/u, '')).filter(Boolean),
    comment: said(seen.comment),
    poll,
    cover: coverOf(state, said(seen.cover?.picture)),
  };
}

function saidOf(name: string | undefined, answers: Answers): string {
  const field = name === undefined ? undefined : answers.fields.find((one) => one.name === name);
  return field && isShown(field, answers) ? (answers.said[field.name]?.trim() ?? '') : '';
}

/** A box that is ticked shows its label, anything else what was written. */
function badgeOf(name: string, answers: Answers): string[] {
  const value = saidOf(name, answers);
  const field = answers.fields.find((one) => one.name === name);
  return value === '' ? [] : [field?.kind === 'checkbox' ? field.label : value];
}

/** A poll is shown as soon as its format is chosen or its question is written. */
function pollOf({ question, choices, as }: Poll, answers: Answers): Shown['poll'] {
  const fields = answers.fields.filter(({ name }) => name === question || choices.includes(name));
  const lines = choices.map((name) => saidOf(name, answers)).flatMap((words) => words.split('\n')).map((line) => line.trim()).filter(Boolean);
  const asked = saidOf(question, answers);
  const byFormat = fields.some((field) => field.formats && isShown(field, answers));
  if (!byFormat && asked === '' && lines.length === 0) return null;
  return { question: asked, choices: lines, as };
}

/** The picture that was chosen as the cover. */
function coverOf(state: ComposerState, id: string): string | null {
  return id !== '' && factsFor(state, id)?.kind === 'image' ? id : null;
}

function cardOf(url: string | undefined, links: ComposerState['links']): ShownPart['card'] {
  return url === undefined ? null : { url, link: links[url] };
}

/** Where a link leads, as people say it. */
export function hostOf(url: string): string {
  return URL.parse(url)?.host.replace(/^www\./u, '') ?? url;
}

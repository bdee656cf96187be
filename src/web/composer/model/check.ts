import { costOf, dollars } from '../../../domain/billing/costs.ts';
import { clashes } from '../../../domain/field.ts';
import { checkContent, type DraftPart, type Problem } from '../../../domain/limits.ts';
import { sameContent } from '../../../domain/post.ts';
import { composerTexts } from '../../../domain/texts/writing/composer.ts';
import { fileTexts } from '../../../domain/texts/writing/files.ts';
import { answersFor, chosenOf, composingOf, factsFor, limitsFor, type ChannelData, type ComposerState } from './data.ts';
import { contentOf, partsFor, type Draft } from './draft.ts';

type Checked = Pick<ComposerState, 'draft' | 'data' | 'asked'>;

/** What can be told without asking the server: the same rules as there, at every keystroke. An empty draft has no problems yet. */
export function liveProblems(state: Checked): Problem[] {
  return chosenOf(state).flatMap((channel) => channelProblems(state, channel));
}

function channelProblems(state: Checked, channel: ChannelData): Problem[] {
  const { id: channelId, name, network } = channel;
  const blocked = composingOf(state.asked, channelId)?.blocked;
  const parts = draftParts(state, channelId);
  const blank = parts.every(({ text, media }) => text.trim() === '' && media.length === 0);
  const prefix = isOwn(state.draft, channelId) ? `${channelId}.` : '';
  return [
    ...(blank ? [] : checkContent(parts, limitsFor(state, channel), network).map((problem) => ({ ...problem, channelId, field: prefix + problem.field }))),
    ...stopsOf(state, channel),
    ...(blocked === undefined ? [] : [{ field: 'channels', channelId, message: `${name}: ${blocked}` }]),
  ];
}

/** Options that cannot go out together as they were chosen: nothing is sent until somebody has decided. */
export function stopsOf(state: Pick<ComposerState, 'draft' | 'asked'>, channel: ChannelData): Problem[] {
  return clashes(answersFor(state, channel)).map(({ name, why }) => ({ field: `${channel.id}.option.${name}`, channelId: channel.id, message: why }));
}

/** The parts that a channel gets, with what is known of their files. */
export function draftParts(state: Pick<ComposerState, 'draft' | 'data'>, channelId: string): DraftPart[] {
  return partsFor(state.draft, channelId).map(({ text, media }) => ({ text, media: media.flatMap((id) => factsFor(state, id) ?? []) }));
}

/** "costs $0.20": what a chosen channel's network charges for its version as it stands; null where it charges nothing. */
export function costText(state: Pick<ComposerState, 'draft' | 'data' | 'asked'>, { id }: Pick<ChannelData, 'id'>): string | null {
  const costs = chosenOf(state).some((channel) => channel.id === id) ? composingOf(state.asked, id)?.costs : undefined;
  return costs ? composerTexts.costs(dollars(costOf(draftParts(state, id), costs))) : null;
}

/** Whether the channel's version differs from the post. */
export function isOwn(draft: Draft, channelId: string): boolean {
  const { parts, alts, own } = draft;
  return own[channelId] !== undefined && !sameContent(contentOf(partsFor(draft, channelId), alts), contentOf(parts, alts));
}

/** What the server said, together with what can be told now; the same thing once. */
export function problemsOf(state: Checked & Pick<ComposerState, 'told' | 'uploads'>): Problem[] {
  const all = [...state.told, ...missing(state), ...liveProblems(state)];
  return [...new Map(all.map((problem) => [keyOf(problem), problem])).values()];
}

/** Files that were chosen and did not arrive: without them it is not what somebody meant to send. */
function missing({ uploads }: Pick<ComposerState, 'uploads'>): Problem[] {
  return uploads.filter(({ failed }) => failed !== null).map(({ target, name }) => ({ field: target, message: fileTexts.notArrived(name) }));
}

/** What the server said without what is told live anyway: that must be able to go away. */
export function withoutLive(told: readonly Problem[], state: Checked): Problem[] {
  const live = new Set(liveProblems(state).map(keyOf));
  return told.filter((problem) => !live.has(keyOf(problem)));
}

/** What the server said, less what somebody has begun to mend: the field under that name in the form. */
export function withoutMended(told: readonly Problem[], name: string): Problem[] {
  const mended = fieldOfName(name);
  return told.filter(({ field }) => !mended.some((one) => field === one || (one.endsWith('.') && field.startsWith(one))));
}

function fieldOfName(name: string): string[] {
  const [, id = '', option = ''] = /^option\.([\da-f-]{36})\.(.+)$/u.exec(name) ?? [];
  // Another format has other fields.
  if (option !== '') return option === 'format' ? [`${id}.option.`] : [`${id}.option.${option}`];
  const [, channelId, n] = /^(?:own\.([\da-f-]{36})\.)?part\.(\d+)/u.exec(name) ?? [];
  if (n !== undefined) return [`${channelId ? `${channelId}.` : ''}part.${n}`, `${channelId ? `${channelId}.` : ''}part.${n}.media`, `part.${n}.wait`];
  if (name.startsWith('alt.')) return [];
  return [name === 'at' ? 'wall' : name === 'channel' ? 'channels' : name];
}

function keyOf({ field, message, channelId }: Problem): string {
  return [field, message, channelId].join('\n');
}

/** Blocking problems and warnings of one channel, or of the version for all. */
export function countsOf(problems: readonly Problem[], tab: string): { blocking: number; warnings: number } {
  const own = problems.filter(({ field, channelId }) => (tab === 'all' ? field.startsWith('part.') : channelId === tab || field.startsWith(`${tab}.`)));
  const messages = (warnings: boolean) => new Set(own.filter(({ level }) => (level === 'warning') === warnings).map(({ field, message }) => `${field} ${message}`)).size;
  return { blocking: messages(false), warnings: messages(true) };
}

import type { Actor } from '../../domain/actor.ts';
import { limitsOf } from '../../domain/capabilities.ts';
import type { Json } from '../../domain/json.ts';
import { checkContent, type DraftPart, type Problem } from '../../domain/limits.ts';
import { longestWaits, sameContent, type Content } from '../../domain/post.ts';
import type { Moment } from '../../domain/time/schedule.ts';
import { postRefusals as t } from '../../domain/texts/refusals/posts.ts';
import type { Deps } from '../../deps.ts';
import type { Composing, Provider } from '../../providers/contract.ts';
import type { Channel } from '../../store/channels.ts';
import { factsOf, type Media } from '../../store/media.ts';
import type { ChannelInput, PostInput } from './save-post.ts';

export interface Chosen extends ChannelInput {
  channel: Channel;
  provider: Provider;
}

export type Files = ReadonlyMap<string, Media>;

/** Everything that is known of every file that the post uses, pictures of options included. */
export async function filesOf({ store }: Pick<Deps, 'store'>, actor: Actor, input: PostInput, chosen: readonly Chosen[]): Promise<Files> {
  const contents = [input.content, ...input.channels.flatMap(({ content }) => content ?? [])];
  const inContents = contents.flatMap(({ parts }) => parts.flatMap(({ media }) => media.map(({ mediaId }) => mediaId)));
  const inOptions = chosen.flatMap(({ provider, options }) => imageOptions(provider).flatMap((name) => options[name]?.trim() || []));
  const found = await store.media.many(actor.workspaceId, [...new Set([...inContents, ...inOptions])]);
  return new Map(found.map((file) => [file.id, file]));
}

export function imageOptions({ fields }: Provider): string[] {
  return fields.filter(({ kind }) => kind === 'image').map(({ name }) => name);
}

export function missingFiles(input: PostInput, files: Files): Problem[] {
  const contents = [{ prefix: '', content: input.content }, ...input.channels.map(({ channelId, content }) => ({ prefix: `${channelId}.`, content }))];
  return contents.flatMap(({ prefix, content }) => (content?.parts ?? []).flatMap(({ media }, i) =>
    media.filter(({ mediaId }) => !files.has(mediaId)).map(() => ({ field: `${prefix}part.${i}.media`, message: t.fileGone }))));
}

/** What cannot be waited for between the parts of a thread. */
export function waitProblems({ parts }: Content): Problem[] {
  const wrong = parts.flatMap(({ waitMinutes = 0 }, n) => (Number.isInteger(waitMinutes) && waitMinutes >= 0 ? [] : [{ field: `part.${n}.wait`, message: t.waitMalformed }]));
  const all = parts.reduce((sum, { waitMinutes = 0 }) => sum + waitMinutes, 0);
  if (wrong.length > 0 || all <= longestWaits) return wrong;
  return [{ field: `part.${parts.findLastIndex(({ waitMinutes = 0 }) => waitMinutes > 0)}.wait`, message: t.waitsTooLong(longestWaits / 60) }];
}

/** The minute that is running counts as now: somebody chose it a moment ago (ms). */
export const pastMinute = 60_000;

export function timeProblems(moment: Moment | null, now: number): Problem[] {
  if (!moment) return [{ field: 'wall', message: t.timeMissing }];
  if (moment.at < now - pastMinute) return [{ field: 'wall', message: t.timePast }];
  if (moment.at > now + 5 * 366 * 24 * 3600 * 1000) return [{ field: 'wall', message: t.timeTooFar }];
  return [];
}

/** Everything that would keep a network from taking this, by its limits, its rules and what it said when it was asked. */
export function channelProblems(
  { channelId, channel, provider, content }: Chosen, options: { [key: string]: Json }, composing: Composing | null, base: Content, files: Files,
): Problem[] {
  if (channel.connectionStatus === 'revoked') {
    return [{ field: 'channels', channelId, message: t.disconnected(channel.name) }];
  }
  const own = content && !sameContent(content, base);
  const parts: DraftPart[] = (content ?? base).parts.map(({ text, media }) => ({
    text, media: media.flatMap(({ mediaId, alt }) => { const file = files.get(mediaId); return file ? [factsOf(file, alt)] : []; }),
  }));
  const limits = limitsOf(provider.capabilities, [channel.limits, ...(composing?.limits ? [composing.limits] : [])], options['format']);
  const problems: Problem[] = [...checkContent(parts, limits, provider.name), ...(provider.check?.({ options, parts, composing }) ?? [])]
    .map((problem) => ({ ...problem, channelId, field: own || problem.field.startsWith('option.') ? `${channelId}.${problem.field}` : problem.field }));
  if (composing?.blocked !== undefined) problems.push({ field: 'channels', channelId, message: `${channel.name}: ${composing.blocked}` });
  if (channel.connectionStatus === 'needs_reconnect') {
    problems.push({ field: 'channels', channelId, level: 'warning', message: t.mustReconnect(channel.name) });
  }
  return problems;
}

import type { Actor } from '../../domain/actor.ts';
import { checkContent, type Problem } from '../../domain/limits.ts';
import { limitsOf } from '../../domain/capabilities.ts';
import type { Json } from '../../domain/json.ts';
import { sameContent, type Content } from '../../domain/post.ts';
import { refused, type Result } from '../../domain/result.ts';
import { momentOf, wallOf, type Moment } from '../../domain/schedule.ts';
import type { Deps } from '../../deps.ts';
import { newId } from '../../lib/ids.ts';
import type { Provider } from '../../providers/contract.ts';
import type { Channel } from '../../store/channels.ts';
import { factsOf, type Media } from '../../store/media.ts';
import { composingFor } from './composing.ts';
import { optionsOf } from './options.ts';

export interface PostInput {
  /** Null for a new post. */
  postId: string | null;
  /** The version that was edited. */
  version: number | null;
  intent: 'draft' | 'schedule' | 'now';
  content: Content;
  channels: readonly ChannelInput[];
  /** Wall time `YYYY-MM-DDTHH:mm` in `zone`; may be empty in a draft. */
  wall: string;
  zone: string;
}

export interface ChannelInput {
  channelId: string;
  /** This channel's own version, or null. */
  content: Content | null;
  /** As a form sends them: a checkbox is `on` or absent. */
  options: Record<string, string>;
}

type SaveDeps = Pick<Deps, 'store' | 'providers' | 'io' | 'now' | 'log'>;

interface Chosen extends ChannelInput {
  channel: Channel;
  provider: Provider;
}

/**
 * Saves a draft, schedules a post or sends it now. Problems name their field: `wall`, `channels`, `part.0`,
 * `part.0.media`, and for a channel `CHANNEL.part.0`, `CHANNEL.option.NAME`. Warnings come back with success.
 */
export async function savePost(
  deps: SaveDeps, actor: Actor, input: PostInput,
): Promise<Result<{ postId: string; moment: Moment | null; warnings: Problem[] }>> {
  const { store, now } = deps;
  const chosen = await chosenChannels(deps, actor, input.channels);
  const files = await filesOf(deps, actor, input);
  const problems: Problem[] = missingFiles(input, files);
  if (chosen.length < input.channels.length) problems.push({ field: 'channels', message: 'A channel you chose is no longer there. Choose again.' });
  const options = new Map(chosen.map((one) => [one.channelId, optionsOf(one, input.intent, problems)]));

  const moment = input.intent === 'now' ? nowIn(input.zone, now()) : momentOf(input.wall, input.zone);
  if (input.intent === 'draft') {
    if (input.wall !== '' && !moment) problems.push({ field: 'wall', message: 'This is not a date and time.' });
    if (input.content.parts.every(({ text, media }) => text.trim() === '' && media.length === 0)) {
      problems.push({ field: 'part.0', message: 'Write something first.' });
    }
  } else {
    problems.push(...(input.intent === 'schedule' ? timeProblems(moment, now()) : []));
    if (chosen.length === 0) problems.push({ field: 'channels', message: 'Choose where it shall go.' });
    for (const one of chosen) problems.push(...(await channelProblems(deps, actor, one, options.get(one.channelId) ?? {}, input.content, files)));
  }
  const blocking = problems.filter(({ level }) => level !== 'warning');
  if (blocking.length > 0) return { ok: false, problems: dedupe(problems) };

  const postId = input.postId ?? newId(now());
  const saved = await store.posts.save(actor.workspaceId, {
    id: postId, authorId: actor.userId, version: input.version, content: input.content, moment, now: now(),
    state: input.intent === 'draft' ? 'draft' : 'scheduled',
    variants: chosen.map(({ channelId, content, provider }) => ({
      channelId, provider: provider.id, publicationId: newId(now()), options: options.get(channelId) ?? {},
      content: content && !sameContent(content, input.content) ? content : null,
    })),
  });
  switch (saved) {
    case 'saved':
      await keepAlt(deps, actor, input.content);
      return { ok: true, postId, moment, warnings: dedupe(problems) };
    case 'gone':
      return refused('', 'This post was deleted meanwhile. Copy your text and start a new one.');
    case 'changed_meanwhile':
      return refused('', 'Somebody else saved this post while you were writing. Open it in another tab, and copy over what you need.');
    case 'already_begun':
      return refused('', 'This post is being published already and can no longer be changed.');
  }
}

async function chosenChannels({ store, providers }: SaveDeps, actor: Actor, inputs: readonly ChannelInput[]): Promise<Chosen[]> {
  const found = new Map((await store.channels.list(actor.workspaceId)).map((channel) => [channel.id, channel]));
  return inputs.flatMap((input) => {
    const channel = found.get(input.channelId);
    const provider = channel && providers.get(channel.provider);
    return channel && provider ? [{ ...input, channel, provider }] : [];
  });
}

/** What is known of every file that the post uses. */
async function filesOf({ store }: SaveDeps, actor: Actor, input: PostInput): Promise<ReadonlyMap<string, Media>> {
  const contents = [input.content, ...input.channels.flatMap(({ content }) => content ?? [])];
  const ids = contents.flatMap(({ parts }) => parts.flatMap(({ media }) => media.map(({ mediaId }) => mediaId)));
  return new Map((await store.media.many(actor.workspaceId, [...new Set(ids)])).map((file) => [file.id, file]));
}

function missingFiles(input: PostInput, files: ReadonlyMap<string, Media>): Problem[] {
  const contents = [{ prefix: '', content: input.content }, ...input.channels.map(({ channelId, content }) => ({ prefix: `${channelId}.`, content }))];
  return contents.flatMap(({ prefix, content }) => (content?.parts ?? []).flatMap(({ media }, i) =>
    media.filter(({ mediaId }) => !files.has(mediaId)).map(() => ({ field: `${prefix}part.${i}.media`, message: 'A file is no longer there. Add it again.' }))));
}

function timeProblems(moment: Moment | null, now: number): Problem[] {
  if (!moment) return [{ field: 'wall', message: 'Choose a date and time.' }];
  // The minute that is running counts as now: somebody chose it a moment ago.
  if (moment.at < now - 60_000) return [{ field: 'wall', message: 'This time is past. Choose a later one, or publish now.' }];
  if (moment.at > now + 5 * 366 * 24 * 3600 * 1000) return [{ field: 'wall', message: 'This is more than five years ahead. Choose an earlier time.' }];
  return [];
}

/** Everything that would keep a network from taking this, asked of it where it wants to be asked. */
async function channelProblems(
  deps: SaveDeps, actor: Actor, one: Chosen, options: { [key: string]: Json }, base: Content, files: ReadonlyMap<string, Media>,
): Promise<Problem[]> {
  const { channelId, channel, provider, content } = one;
  if (channel.connectionStatus === 'revoked') {
    return [{ field: 'channels', message: `${channel.name} is disconnected. Connect it again, or leave it out.` }];
  }
  const own = content && !sameContent(content, base);
  const parts = (content ?? base).parts.map(({ text, media }) => ({
    text, media: media.flatMap(({ mediaId, alt }) => { const file = files.get(mediaId); return file ? [factsOf(file, alt)] : []; }),
  }));
  const composing = await composingFor(deps, actor.workspaceId, channel, provider);
  const limits = limitsOf(provider.capabilities, [channel.limits, ...(composing?.limits ? [composing.limits] : [])], options['format']);
  const problems = [...checkContent(parts, limits, provider.name), ...(provider.check?.({ options, parts, composing }) ?? [])]
    .map((problem) => (own || problem.field.startsWith('option.') ? { ...problem, field: `${channelId}.${problem.field}` } : problem));
  if (composing?.blocked !== undefined) problems.push({ field: 'channels', message: `${channel.name}: ${composing.blocked}` });
  if (channel.connectionStatus === 'needs_reconnect') {
    problems.push({ field: 'channels', level: 'warning', message: `${channel.name} must be reconnected before this can go out.` });
  }
  return problems;
}

function nowIn(zone: string, now: number): Moment | null {
  const moment = momentOf(wallOf(now, zone), zone);
  return moment && { ...moment, at: now, shift: 'none' };
}

/** A description is kept with the picture, for the next post that uses it. */
async function keepAlt({ store }: SaveDeps, actor: Actor, { parts }: Content): Promise<void> {
  for (const { mediaId, alt } of parts.flatMap(({ media }) => media)) {
    if (alt.trim() !== '') await store.media.setAlt(actor.workspaceId, mediaId, alt);
  }
}

function dedupe(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((problem) => [`${problem.field}\n${problem.message}`, problem])).values()];
}

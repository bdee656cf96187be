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

type SaveDeps = Pick<Deps, 'store' | 'providers' | 'now'>;

interface Chosen extends ChannelInput {
  channel: Channel;
  provider: Provider;
}

/**
 * Saves a draft, schedules a post or sends it now. Problems name their field: `wall`, `channels`, `part.0`,
 * `part.0.images`, and for a channel `CHANNEL.part.0`, `CHANNEL.option.NAME`. Warnings come back with success.
 */
export async function savePost(
  deps: SaveDeps, actor: Actor, input: PostInput,
): Promise<Result<{ postId: string; moment: Moment | null; warnings: Problem[] }>> {
  const { store, now } = deps;
  const chosen = await chosenChannels(deps, actor, input.channels);
  const problems: Problem[] = [...(await mediaProblems(deps, actor, input))];
  if (chosen.length < input.channels.length) problems.push({ field: 'channels', message: 'A channel you chose is no longer there. Choose again.' });
  const options = new Map(chosen.map((one) => [one.channelId, optionsOf(one, problems)]));

  const moment = input.intent === 'now' ? nowIn(input.zone, now()) : momentOf(input.wall, input.zone);
  if (input.intent === 'draft') {
    if (input.wall !== '' && !moment) problems.push({ field: 'wall', message: 'This is not a date and time.' });
    if (input.content.parts.every(({ text, images }) => text.trim() === '' && images.length === 0)) {
      problems.push({ field: 'part.0', message: 'Write something first.' });
    }
  } else {
    problems.push(...(input.intent === 'schedule' ? timeProblems(moment, now()) : []));
    if (chosen.length === 0) problems.push({ field: 'channels', message: 'Choose where it shall go.' });
    for (const one of chosen) problems.push(...channelProblems(one, input.content));
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

async function mediaProblems({ store }: SaveDeps, actor: Actor, input: PostInput): Promise<Problem[]> {
  const contents = [{ prefix: '', content: input.content }, ...input.channels.map(({ channelId, content }) => ({ prefix: `${channelId}.`, content }))];
  const used = contents.flatMap(({ prefix, content }) => (content?.parts ?? []).flatMap(({ images }, i) =>
    images.map(({ mediaId }) => ({ mediaId, field: `${prefix}part.${i}.images` }))));
  const known = new Set((await store.media.many(actor.workspaceId, used.map(({ mediaId }) => mediaId))).map(({ id }) => id));
  return used.filter(({ mediaId }) => !known.has(mediaId)).map(({ field }) => ({ field, message: 'A picture is no longer there. Add it again.' }));
}

function optionsOf({ channelId, provider, options }: Chosen, problems: Problem[]): { [key: string]: Json } {
  const raw = new Map<string, string | boolean>();
  for (const { name, kind } of provider.fields) {
    const value = options[name];
    if (value !== undefined && value.trim() !== '') raw.set(name, kind === 'checkbox' ? true : value);
  }
  const parsed = provider.options.safeParse(Object.fromEntries(raw));
  if (parsed.success) return parsed.data as { [key: string]: Json };
  for (const { path } of parsed.error.issues) {
    const field = provider.fields.find(({ name }) => name === path[0]);
    problems.push({ field: `${channelId}.option.${String(path[0] ?? '')}`, message: `${field?.label ?? 'This option'} cannot be that. Choose another.` });
  }
  return {};
}

function timeProblems(moment: Moment | null, now: number): Problem[] {
  if (!moment) return [{ field: 'wall', message: 'Choose a date and time.' }];
  // The minute that is running counts as now: somebody chose it a moment ago.
  if (moment.at < now - 60_000) return [{ field: 'wall', message: 'This time is past. Choose a later one, or publish now.' }];
  if (moment.at > now + 5 * 366 * 24 * 3600 * 1000) return [{ field: 'wall', message: 'This is more than five years ahead. Choose an earlier time.' }];
  return [];
}

function channelProblems({ channelId, channel, provider, content }: Chosen, base: Content): Problem[] {
  if (channel.connectionStatus === 'revoked') {
    return [{ field: 'channels', message: `${channel.name} is disconnected. Connect it again, or leave it out.` }];
  }
  const own = content && !sameContent(content, base);
  const problems = checkContent(content ?? base, limitsOf(provider.capabilities, channel.limits), provider.name)
    .map((problem) => (own ? { ...problem, field: `${channelId}.${problem.field}` } : problem));
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
  for (const { mediaId, alt } of parts.flatMap(({ images }) => images)) {
    if (alt.trim() !== '') await store.media.setAlt(actor.workspaceId, mediaId, alt);
  }
}

function dedupe(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((problem) => [`${problem.field}\n${problem.message}`, problem])).values()];
}

import type { Actor } from '../../domain/actor.ts';
import type { Problem } from '../../domain/limits.ts';
import { sameContent, type Content } from '../../domain/post.ts';
import { refused, type Result } from '../../domain/result.ts';
import { momentOf, momentOfText, wallOf, type Moment } from '../../domain/time/schedule.ts';
import { postRefusals as t } from '../../domain/texts/refusals/posts.ts';
import { allows } from '../../billing/entitlements.ts';
import type { Deps } from '../../deps.ts';
import { newId } from '../../lib/ids.ts';
import type { Composing } from '../../providers/contract.ts';
import { channelProblems, filesOf, imageOptions, missingFiles, timeProblems, waitProblems, type Chosen } from './check-post.ts';
import type { Ask } from './composing.ts';
import { optionsOf } from './options.ts';
import { twinProblems } from './twins.ts';
import { madeBefore } from './sent-twice.ts';
import { keepUndo } from './undo.ts';

export interface PostInput {
  /** Null for a new post. */
  postId: string | null;
  /** The page that a new post was written on: sent twice, it makes one post (`sent-twice.ts`). */
  pageId?: string;
  /** The version that was edited. */
  version: number | null;
  intent: 'draft' | 'schedule' | 'now';
  content: Content;
  channels: readonly ChannelInput[];
  /** Wall time `YYYY-MM-DDTHH:mm` in `zone`, or an instant as ISO 8601; may be empty in a draft. */
  wall: string;
  zone: string;
  /** Absent: the post's labels stay as they are. */
  labelIds?: readonly string[];
}

export interface ChannelInput {
  channelId: string;
  /** This channel's own version, or null. */
  content: Content | null;
  /** As a form sends them: a checkbox is `on` or absent. */
  options: Record<string, string>;
}

type SaveDeps = Pick<Deps, 'store' | 'settings' | 'providers' | 'now'> & { ask: Ask };

/**
 * Saves a draft, schedules a post or sends it now. Problems name their field: `wall`, `channels`, `part.0`,
 * `part.0.media`, `part.1.wait`, and for a channel `CHANNEL.part.0`, `CHANNEL.option.NAME`. Warnings come back with success.
 */
export async function savePost(
  deps: SaveDeps, actor: Actor, input: PostInput,
): Promise<Result<{ postId: string; moment: Moment | null; warnings: Problem[]; undo: string | null }>> {
  const { store, now } = deps;
  const { intent, content } = input;
  const { kept, files, moment, problems } = await looked(deps, actor, input);
  const made = { ok: true as const, postId: input.pageId ?? '', moment, warnings: [], undo: null };
  const before = await madeBefore(deps, actor, input, { moment, kept });
  if (before === 'same') return made;
  if (problems.some(({ level }) => level !== 'warning')) return { ok: false, problems: dedupe(problems) };
  if (intent !== 'draft' && moment) problems.push(...await twinProblems(deps, actor, { postId: input.postId, content, channels: kept, at: moment.at, zone: input.zone }));

  const put = (id: string) => store.posts.save(actor.workspaceId, {
    id, authorId: actor.userId, version: input.version, content, moment, now: now(),
    state: intent === 'draft' ? 'draft' : 'scheduled',
    ...(input.labelIds && { labelIds: input.labelIds }),
    variants: kept.map(({ channelId, content: own, provider, kept: options }) => ({
      channelId, provider: provider.id, publicationId: newId(now()), options,
      content: own && !sameContent(own, content) ? own : null,
      files: imageOptions(provider).flatMap((name) => { const id = options[name]; return typeof id === 'string' && files.has(id) ? [id] : []; }),
    })),
  });
  let postId = input.postId ?? (before === 'other' ? undefined : input.pageId) ?? newId(now());
  let saved = await put(postId);
  // It lies in the bin, or is somebody else's.
  if (saved === 'taken' && input.postId === null) saved = await put(postId = newId(now()));
  switch (saved) {
    case 'saved':
      await keepAlt(deps, actor, [content, ...kept.flatMap((one) => one.content ?? [])]);
      return { ok: true, postId, moment, warnings: dedupe(problems), undo: intent === 'schedule' ? await keepUndo(deps, actor, { kind: 'schedule', posts: [{ id: postId, version: (input.version ?? 0) + 1 }] }) : null };
    case 'file_gone':
      return refused('', t.fileGone);
    case 'gone':
    case 'taken':
      return refused('', t.deletedWhileWriting);
    case 'content_deleted':
      return refused('', t.contentDeleted);
    case 'changed_meanwhile':
      // Both were on their way at once.
      if ((await madeBefore(deps, actor, input, { moment, kept })) === 'same') return made;
      return refused('', t.savedByOthers);
    case 'already_begun':
      return refused('', t.publishingAlready);
  }
}

/** Everything that stands in the way of saving this, without saving it. */
export async function problemsOfPost(deps: SaveDeps, actor: Actor, input: PostInput): Promise<Problem[]> {
  return dedupe((await looked(deps, actor, input)).problems);
}

async function looked(deps: SaveDeps, actor: Actor, input: PostInput) {
  const { now } = deps;
  const { intent, content, zone } = input;
  const chosen = await chosenChannels(deps, actor, input.channels);
  const files = await filesOf(deps, actor, input, chosen);
  const answers = await askedOf(deps, actor, chosen, intent);
  const problems: Problem[] = [
    ...missingFiles(input, files), ...waitProblems(content),
    ...chosen.flatMap(({ channelId, content: own }) => (own ? waitProblems(own) : []).map((problem) => ({ ...problem, channelId, field: `${channelId}.${problem.field}` }))),
  ];
  if (chosen.length < input.channels.length) problems.push({ field: 'channels', message: t.channelGone });
  const kept = chosen.map((one) => ({
    ...one, kept: optionsOf(one, { intent, zone, files, composing: answers.get(one.channelId) ?? null }, problems),
  }));

  const moment = intent === 'now' ? nowIn(zone, now()) : momentOfText(input.wall, zone);
  if (intent === 'draft') {
    if (input.wall !== '' && !moment) problems.push({ field: 'wall', message: t.timeMalformed });
    if (content.parts.every(({ text, media }) => text.trim() === '' && media.length === 0)) {
      problems.push({ field: 'part.0', message: t.textMissing });
    }
  } else {
    problems.push(...(intent === 'schedule' ? timeProblems(moment, now()) : []));
    problems.push(...(await planProblems(deps, actor, input)));
    if (chosen.length === 0) problems.push({ field: 'channels', message: t.channelMissing });
    for (const one of kept) problems.push(...channelProblems(one, one.kept, answers.get(one.channelId) ?? null, content, files));
  }
  return { kept, files, moment, problems };
}

/** What is scheduled already may be changed under any plan. */
async function planProblems(deps: SaveDeps, { workspaceId }: Actor, { postId, intent }: PostInput): Promise<Problem[]> {
  const before = postId === null ? undefined : await deps.store.posts.get(workspaceId, postId);
  if (before?.state === 'scheduled') return [];
  const problem = await allows(deps, workspaceId, { what: intent === 'now' ? 'publish' : 'scheduled' });
  return problem ? [problem] : [];
}

async function chosenChannels({ store, providers }: SaveDeps, actor: Actor, inputs: readonly ChannelInput[]): Promise<Chosen[]> {
  const found = new Map((await store.channels.list(actor.workspaceId)).map((channel) => [channel.id, channel]));
  return inputs.flatMap((input) => {
    const channel = found.get(input.channelId);
    const provider = channel && providers.get(channel.provider);
    return channel && provider ? [{ ...input, channel, provider }] : [];
  });
}

/** What the networks say right now; a draft asks nobody. */
async function askedOf({ ask }: SaveDeps, { workspaceId }: Actor, chosen: readonly Chosen[], intent: PostInput['intent']): Promise<ReadonlyMap<string, Composing>> {
  if (intent === 'draft') return new Map();
  const answers = await Promise.all(chosen.map(async ({ channelId, channel, provider }) => ({ channelId, asked: await ask(workspaceId, channel, provider) })));
  return new Map(answers.flatMap(({ channelId, asked }) => (asked.state === 'answered' ? [[channelId, asked.composing] as const] : [])));
}

function nowIn(zone: string, now: number): Moment | null {
  const moment = momentOf(wallOf(now, zone), zone);
  return moment && { ...moment, at: now, shift: 'none' };
}

/** A description is kept with the picture, for the next post that uses it. */
async function keepAlt({ store }: SaveDeps, actor: Actor, contents: readonly Content[]): Promise<void> {
  const media = contents.flatMap(({ parts }) => parts.flatMap((part) => part.media));
  const described = new Map(media.filter(({ alt }) => alt.trim() !== '').map(({ mediaId, alt }) => [mediaId, alt]));
  for (const [mediaId, alt] of described) await store.media.setAlt(actor.workspaceId, mediaId, alt);
}

/** The same said twice of the same field for the same channel is said once. */
function dedupe(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((problem) => [[problem.field, problem.message, problem.channelId].join('\n'), problem])).values()];
}

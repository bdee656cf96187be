import { contentFrom, type HeldPart } from '../../domain/posts/intake.ts';
import { sameContent } from '../../domain/post.ts';
import { intakeRefusals as t } from '../../domain/texts/refusals/intake.ts';
import { ProviderError, type Saying } from '../../providers/contract.ts';
import type { DueDraft } from '../../store/intake/intake.ts';
import { deleteMedia } from '../media/media.ts';
import { savePost } from '../posts/save-post.ts';
import { actorFor, mayWrite, takesIn, type IntakeDeps, type IntakeProvider } from './deps.ts';
import { fetchFile } from './fetch.ts';
import { chosenBy, placeDraft } from './place.ts';
import { placedSaying } from './placed.ts';
import * as words from './words.ts';

/** After each failure the next try waits so long (ms); after the last one it is given up. */
const waits = [2_000, 10_000, 30_000, 120_000, 300_000, 300_000];

/** Drafts worked on in one go. */
const perRun = 20;

/** Makes drafts of what has come in, each with its files, and says so to who sent it. Returns how many it looked at. */
export async function gather(deps: IntakeDeps, signal?: AbortSignal): Promise<number> {
  const { store, providers, now, log } = deps;
  const due = await store.intake.due(now(), perRun);
  for (const one of due) {
    if (signal?.aborted) break;
    const provider = providers.get(one.link.provider);
    if (!provider || !takesIn(provider)) {
      await store.intake.drop(one.draft.workspaceId, one.draft.id);
      continue;
    }
    try {
      await work(deps, provider, one, signal);
    } catch (error) {
      if (!(error instanceof ProviderError)) log.error({ err: error, draft: one.draft.id }, 'what was sent to the bot could not be worked in');
      await putOff(deps, one, error instanceof ProviderError && error.failure.kind === 'rate_limited' ? error.failure.retryAt : null);
    }
  }
  return due.length;
}

async function work(deps: IntakeDeps, provider: IntakeProvider, due: DueDraft, signal: AbortSignal | undefined): Promise<void> {
  const { store } = deps;
  const { link, draft } = due;
  if (!mayWrite(link)) {
    await answer(deps, provider, due, { text: words.mayNotText });
    return store.intake.drop(draft.workspaceId, draft.id);
  }
  if (draft.state === 'gathering') {
    const parts = await withFiles(deps, provider, due, signal);
    if (parts) await workIn(deps, provider, { ...due, parts });
    return;
  }
  await tellSaved(deps, provider, due);
}

/** The parts with their files here or refused; null when one is still to be waited for. */
async function withFiles(deps: IntakeDeps, provider: IntakeProvider, due: DueDraft, signal: AbortSignal | undefined): Promise<HeldPart[] | null> {
  const { store } = deps;
  const { link, draft, parts } = due;
  if (await isTouched(deps, due)) return [...parts];
  const settled: HeldPart[] = [];
  for (const part of parts) {
    const { file } = part;
    if (!file || file.ref === null) {
      settled.push(part);
      continue;
    }
    const fetched = await fetchFile(deps, provider, link, { ...file, ref: file.ref }, signal);
    if (fetched.kind === 'later' && (fetched.at !== null || draft.failures < waits.length)) {
      // The process is stopping: nothing has failed.
      if (!signal?.aborted) await putOff(deps, due, fetched.at);
      return null;
    }
    const why = fetched.kind === 'refused' ? fetched.why : fetched.kind === 'later' ? t.fileNotFetched(file.name, provider.name) : null;
    const done = { ...file, ref: null, refusal: why };
    if (!(await store.intake.settleFile(draft.workspaceId, draft.id, part.messageId, done))) return null;
    settled.push({ ...part, file: done });
  }
  return settled;
}

/** Saves the draft, anew or with what came to it later. */
async function workIn(deps: IntakeDeps, provider: IntakeProvider, due: DueDraft): Promise<void> {
  const { store, now } = deps;
  const { link, draft, parts } = due;
  const post = await store.posts.get(draft.workspaceId, draft.id);
  const wanted = contentFrom(parts, post?.content ?? null);
  const finish = (version: number | null, state: 'saved' | 'answered', leader: string | null = null) =>
    store.intake.worked(draft.workspaceId, draft.id, { version, leader, parts, state, now: now() });

  // The first version is always from here, also when the run that saved it died before it could say so.
  const version = draft.version ?? (post?.version === 1 ? 1 : null);
  if (post?.state === 'draft' && wanted && sameContent(post.content, wanted.content) && post.version <= (version ?? 0) + 1) {
    return finish(post.version, 'saved', wanted.leader);
  }
  if (post ? post.state !== 'draft' || post.version !== version : version !== null) {
    await answer(deps, provider, due, { text: words.lateText(post !== undefined, draft.id, deps.config.publicUrl) });
    return finish(draft.version, 'answered', parts.find(({ leads }) => leads)?.messageId ?? null);
  }
  if (!wanted) {
    await answer(deps, provider, due, { text: words.lines(...refusalsOf(parts)) || words.nothingText });
    return finish(version, 'answered');
  }
  const channels = await chosenBy(deps, link);
  const saved = await savePost(deps, actorFor(link), {
    postId: draft.id, version, intent: 'draft', content: wanted.content, wall: '', zone: link.zone,
    channels: channels.map(({ id }) => ({ channelId: id, content: null, options: {} })),
  });
  if (!saved.ok) throw new Error(`a draft was refused: ${saved.problems.map(({ field }) => field).join(', ')}`);
  await finish((version ?? 0) + 1, 'saved', wanted.leader);
  for (const { file } of parts) if (file?.replaces) await deleteMedia(deps, actorFor(link), file.replaces);
}

/** Says what the draft has become, having sent it on its way first where that was asked. Said again after a crash, done once. */
async function tellSaved(deps: IntakeDeps, provider: IntakeProvider, due: DueDraft): Promise<void> {
  const { store, config: { publicUrl } } = deps;
  const { link, draft, parts } = due;
  const refusals = refusalsOf(parts);
  const post = await store.posts.get(draft.workspaceId, draft.id);
  if (post && draft.version !== null) {
    const goes = draft.goes && refusals.length === 0;
    const placed = goes ? await placeDraft(deps, link, draft.id, draft.version, 'schedule') : null;
    if (placed && (placed.kind === 'placed' || placed.kind === 'before' || placed.kind === 'problems')) {
      const { brief: _, ...saying } = placedSaying(placed, draft.id, 'schedule', { publicUrl, zone: link.zone });
      await answer(deps, provider, due, placed.kind === 'problems' ? { ...saying, buttons: words.draftButtons(publicUrl, post) ?? [] } : saying);
    } else if (post.state === 'draft') {
      const head = draft.version === 1 ? t.saved : t.updated;
      const waits = draft.goes && refusals.length > 0 ? [t.notScheduled] : [];
      const untouched = post.version === draft.version;
      await answer(deps, provider, due, {
        text: words.draftText(head, { ...post, version: draft.version }, await chosenBy(deps, link), [...refusals, ...waits], publicUrl),
        ...(untouched && { buttons: words.draftButtons(publicUrl, post) ?? [] }),
      });
    }
  }
  await store.intake.answered(draft.workspaceId, draft.id);
}

/** Whether somebody has changed, scheduled or deleted the draft since it was saved from here. */
async function isTouched({ store }: IntakeDeps, { draft }: DueDraft): Promise<boolean> {
  if (draft.version === null) return false;
  const post = await store.posts.get(draft.workspaceId, draft.id);
  return !post || post.state !== 'draft' || post.version !== draft.version;
}

function refusalsOf(parts: readonly HeldPart[]): string[] {
  return [...new Set(parts.flatMap(({ file }) => file?.refusal ?? []))];
}

/** In reply to the last of its messages. What the platform will never take is given up, everything else throws. */
async function answer({ io, log }: IntakeDeps, provider: IntakeProvider, { link, parts, draft }: DueDraft, saying: Saying): Promise<void> {
  const replyTo = parts.toSorted((a, b) => a.order - b.order).at(-1)?.messageId;
  try {
    await provider.intake.say(link.remoteId, { ...saying, ...(replyTo !== undefined && { replyTo }) }, io(provider.id, ''));
  } catch (error) {
    const { kind, code } = error instanceof ProviderError ? error.failure : { kind: null, code: '' };
    if (kind === null || ((kind === 'transient' || kind === 'rate_limited') && draft.failures < waits.length)) throw error;
    log.warn({ provider: provider.id, code }, 'the bot could not answer');
  }
}

/** A plea for patience is no failure. Whatever fails for good ends as a message that nothing comes of. */
async function putOff({ store, now, log }: IntakeDeps, { draft }: DueDraft, at: number | null): Promise<void> {
  const failures = draft.failures + (at === null ? 1 : 0);
  if (failures > waits.length) {
    log.warn({ draft: draft.id }, 'given up on what was sent to the bot');
    return store.intake.giveUp(draft.workspaceId, draft.id);
  }
  await store.intake.putOff(draft.workspaceId, draft.id, at ?? now() + (waits[failures - 1] ?? 0), failures);
}

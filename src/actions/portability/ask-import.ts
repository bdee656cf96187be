import { copyFile, rename, stat } from 'node:fs/promises';
import type { Person } from '../../domain/actor.ts';
import { refused, type Result } from '../../domain/result.ts';
import { privacyRefusals as t } from '../../domain/texts/refusals/privacy.ts';
import type { Deps } from '../../deps.ts';
import { newId } from '../../lib/ids.ts';
import type { TempFile } from '../../media/receive.ts';
import type { Channel } from '../../store/channels.ts';
import type { Import } from '../../store/privacy/imports.ts';
import { archiveSentence, openArchive } from './archive.ts';
import { archivePath, removeFile } from './files.ts';

type ImportDeps = Pick<Deps, 'store' | 'config' | 'now' | 'log'>;

/** What an archive would bring, and how it fits here. */
export interface Preview {
  instance: string;
  madeAt: string;
  drafts: number;
  scheduled: number;
  published: number;
  files: number;
  fileBytes: number;
  /** Of these here already. */
  known: { posts: number; files: number };
  channels: { theirs: string; provider: string; name: string; handle: string; match: string | null }[];
}

/** Keeps an archive that was streamed to disk, when it is one, so that it can be looked at and then taken in. */
export async function keepArchive(deps: ImportDeps, actor: Person, file: TempFile): Promise<Result<{ id: string }>> {
  const { store, now } = deps;
  const id = newId(now());
  try {
    const archive = await openArchive(file.path, file.bytes);
    try {
      await lookThrough(deps, actor.workspaceId, archive);
      const path = await archivePath(deps, id);
      await moveTo(file.path, path);
      await store.imports.add({ id, userId: actor.userId, workspaceId: actor.workspaceId, archiveId: archive.about.archive, createdAt: now() });
      return { ok: true, id };
    } finally {
      archive.close();
    }
  } catch (error) {
    return refusal(error);
  }
}

/** What would come in. */
export async function previewImport(deps: ImportDeps, { workspaceId, id }: Import): Promise<Result<{ preview: Preview }>> {
  const path = await archivePath(deps, id);
  try {
    const archive = await openArchive(path, (await stat(path)).size);
    try {
      return { ok: true, preview: await lookThrough(deps, workspaceId, archive) };
    } finally {
      archive.close();
    }
  } catch (error) {
    return refusal(error);
  }
}

/** Takes an archive in: `channels` says what each of its channels is here, '' leaves it open. The job does it. */
export async function beginImport(deps: ImportDeps, actor: Person, row: Import, choices: { channels: ReadonlyMap<string, string>; withPublished: boolean }): Promise<Result> {
  const { store } = deps;
  const seen = await previewImport(deps, row);
  if (!seen.ok) return seen;
  const here = await store.channels.list(actor.workspaceId);
  const channels: Record<string, string | null> = {};
  for (const { theirs, provider } of seen.preview.channels) {
    const chosen = choices.channels.get(theirs) ?? '';
    if (chosen !== '' && !here.some((channel) => channel.id === chosen && channel.provider === provider)) return refused(`channel.${theirs}`, t.otherNetwork);
    channels[theirs] = chosen === '' ? null : chosen;
  }
  const { drafts, scheduled, published, files } = seen.preview;
  const total = files + drafts + scheduled + (choices.withPublished ? published : 0);
  return (await store.imports.begin(actor.workspaceId, row.id, { channels, withPublished: choices.withPublished, total })) ? { ok: true } : refused('', t.takenInAlready);
}

type Read = Awaited<ReturnType<typeof openArchive>>;

async function lookThrough({ store }: ImportDeps, workspaceId: string, archive: Read): Promise<Preview> {
  const here = await store.channels.list(workspaceId);
  const out = await publishedIn(archive);
  const knownPosts = await store.imports.known(workspaceId, archive.about.archive, 'post');
  const knownFiles = await store.imports.known(workspaceId, archive.about.archive, 'media');
  const preview: Preview = {
    instance: archive.about.instance, madeAt: archive.about.madeAt, drafts: 0, scheduled: 0, published: 0, files: 0, fileBytes: 0, known: { posts: 0, files: 0 }, channels: [],
  };
  for await (const post of archive.rows('posts')) {
    if (out.has(post.id)) preview.published += 1;
    else if (post.state === 'scheduled') preview.scheduled += 1;
    else preview.drafts += 1;
    if (knownPosts.has(post.id)) preview.known.posts += 1;
  }
  for await (const { id, bytes } of archive.rows('media')) {
    preview.files += 1;
    preview.fileBytes += bytes;
    if (knownFiles.has(id)) preview.known.files += 1;
  }
  for await (const { id, provider, name, handle, removedAt } of archive.rows('channels')) {
    if (removedAt === null) preview.channels.push({ theirs: id, provider, name, handle, match: matchOf({ provider, name, handle }, here) });
  }
  for await (const _ of archive.rows('variants')) void _;
  return preview;
}

/** Posts of which something is out, or may be. */
export async function publishedIn(archive: Read): Promise<Set<string>> {
  const out = new Set<string>();
  for await (const { postId, status } of archive.rows('publications')) if (['published', 'unconfirmed', 'publishing', 'failed'].includes(status)) out.add(postId);
  return out;
}

/** The channel here that is known by the same network and name. */
function matchOf(theirs: { provider: string; name: string; handle: string }, here: readonly Channel[]): string | null {
  const same = here.filter(({ provider, connectionStatus }) => provider === theirs.provider && connectionStatus !== 'revoked');
  return (same.find(({ handle }) => handle !== '' && handle === theirs.handle) ?? same.find(({ name }) => name === theirs.name))?.id ?? null;
}

export function refusal(error: unknown): { ok: false; problems: { field: string; message: string }[] } {
  const said = archiveSentence(error);
  if (said !== null) return refused('archive', t.archiveRefused(said));
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') return refused('archive', t.archiveGone);
  throw error;
}

/** Another file system has to copy. */
async function moveTo(from: string, to: string): Promise<void> {
  await rename(from, to).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EXDEV') throw error;
    await copyFile(from, to);
    await removeFile(from);
  });
}

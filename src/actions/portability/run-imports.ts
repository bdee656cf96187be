import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import type { Json } from '../../domain/json.ts';
import type { Content } from '../../domain/post.ts';
import { privacyRefusals as t } from '../../domain/texts/refusals/privacy.ts';
import type { Deps } from '../../deps.ts';
import { newId } from '../../lib/ids.ts';
import { isProblem } from '../../media/problem.ts';
import { mediaLimit } from '../../media/receive.ts';
import type { Import } from '../../store/privacy/imports.ts';
import { addMediaAs } from '../media/media.ts';
import { takeHashtagSets, takeLabels } from './take-labels.ts';
import { ArchiveProblem, archiveSentence, openArchive, type Archive } from './archive.ts';
import { publishedIn, refusal } from './ask-import.ts';
import { archivePath, removeFile } from './files.ts';

export type RunImportDeps = Pick<Deps, 'store' | 'storage' | 'config' | 'now' | 'log'>;

/** More than this many sentences help nobody. */
const mostProblems = 50;

/** Takes in the archives that were confirmed. What a death has broken off goes on where it was: nothing comes in twice. */
export async function runImports(deps: RunImportDeps, stop?: AbortSignal): Promise<void> {
  const { store, now, log } = deps;
  for (const row of await store.imports.running()) {
    const path = await archivePath(deps, row.id);
    try {
      const problems = await takeIn(deps, row, path, stop);
      if (stop?.aborted) return;
      await store.imports.end(row.id, { state: 'done', problems, now: now() });
    } catch (error) {
      if (stop?.aborted) return;
      const known = archiveSentence(error) !== null || (error as NodeJS.ErrnoException).code === 'ENOENT';
      if (!known) log.error({ err: error, import: row.id }, 'an archive could not be taken in');
      const problems = known ? refusal(error).problems.map(({ message }) => message) : [t.importBroke];
      await store.imports.end(row.id, { state: 'failed', problems, now: now() });
    }
    await removeFile(path);
  }
}

async function takeIn(deps: RunImportDeps, row: Import, path: string, stop: AbortSignal | undefined): Promise<string[]> {
  const archive = await openArchive(path, (await stat(path)).size);
  const problems: string[] = [];
  let done = 0;
  const step = async () => {
    done += 1;
    if (done % 20 === 0 || done === row.total) await deps.store.imports.progress(row.id, done);
    return !stop?.aborted;
  };
  try {
    await takeHashtagSets(deps, row.workspaceId, archive, problems);
    const labels = await takeLabels(deps, row.workspaceId, archive, problems);
    const files = await takeFiles(deps, row, archive, labels.ofFiles, { problems, step });
    if (!stop?.aborted) await takePosts(deps, row, archive, { files, labels: labels.ofPosts }, { problems, step });
    return problems.slice(0, mostProblems);
  } finally {
    archive.close();
  }
}

interface Report {
  problems: string[];
  /** False when the server is stopping. */
  step: () => Promise<boolean>;
}

type Borne = ReadonlyMap<string, readonly string[]>;

async function takeFiles({ store, storage, now }: RunImportDeps, row: Import, archive: Archive, labels: Borne, { problems, step }: Report): Promise<Map<string, string>> {
  const { workspaceId, archiveId } = row;
  for await (const medium of archive.rows('media')) {
    if (!(await step())) break;
    const id = await store.imports.assign(workspaceId, archiveId, 'media', medium.id, newId(now()));
    if (await store.media.get(workspaceId, id)) continue;
    const receive = async (stream: Readable | null, bytes: number) => stream && storage.receive(stream, mediaLimit(bytes));
    const received = await receive(await archive.media(medium), medium.bytes);
    const shown = medium.posterAt == null ? null : await receive(await archive.still(medium), 0);
    const still = shown && !isProblem(shown) ? shown : null;
    const taken = received && !isProblem(received)
      ? await addMediaAs({ store, storage, now }, workspaceId, { id, name: medium.name, alt: medium.alt, file: received, still, labelIds: labels.get(medium.id) ?? [] }) : received;
    if (still) await storage.discard(still.path);
    if (!taken) problems.push(t.mediaMissing(medium.name));
    else if (isProblem(taken)) problems.push(`${medium.name}: ${taken.message}`);
  }
  const known = await store.imports.known(workspaceId, archiveId, 'media');
  const here = new Set((await store.media.many(workspaceId, [...known.values()])).map(({ id }) => id));
  return new Map([...known].filter(([, ours]) => here.has(ours)));
}

async function takePosts({ store, now }: RunImportDeps, row: Import, archive: Archive, { files, labels }: { files: ReadonlyMap<string, string>; labels: Borne }, { step }: Report): Promise<void> {
  const { workspaceId, archiveId, channels } = row;
  const out = row.withPublished ? new Set<string>() : await publishedIn(archive);
  const variants = new Map<string, { channelId: string; content: Content | null; options: Record<string, Json> }[]>();
  for await (const { postId, channelId, content, options } of archive.rows('variants')) {
    const ours = channels[channelId];
    // Left open, or a channel that was out of sight there.
    if (ours) variants.set(postId, [...(variants.get(postId) ?? []), { channelId: ours, content: content && ourContent(content, files), options: ourOptions(options, files) }]);
  }
  const providers = new Map((await store.channels.list(workspaceId)).map(({ id, provider }) => [id, provider]));
  for await (const post of archive.rows('posts')) {
    if (out.has(post.id)) continue;
    if (!(await step())) return;
    const id = await store.imports.assign(workspaceId, archiveId, 'post', post.id, newId(now()));
    if (await store.posts.get(workspaceId, id)) continue;
    const { at, zone, wall } = post;
    const own = new Map((variants.get(post.id) ?? []).map((variant) => [variant.channelId, variant]));
    await store.posts.save(workspaceId, {
      id, authorId: row.userId, state: 'draft', content: ourContent(post.content, files), version: null, now: now(), labelIds: labels.get(post.id) ?? [],
      moment: at !== null && zone !== null && wall !== null ? { at, zone, wall } : null,
      variants: [...own.values()].flatMap((variant) => {
        const provider = providers.get(variant.channelId);
        return provider === undefined ? [] : [{ ...variant, provider, publicationId: newId(now()), files: filesIn(variant.options, files) }];
      }),
    });
  }
}

/** With our ids; what could not be taken in is left out. */
function ourContent(content: Content, files: ReadonlyMap<string, string>): Content {
  const [first, ...rest] = content.parts.map((part) => ({
    ...part, media: part.media.flatMap(({ mediaId, alt }) => { const ours = files.get(mediaId); return ours ? [{ mediaId: ours, alt }] : []; }),
  }));
  if (!first) throw new ArchiveProblem(t.textless);
  return { parts: [first, ...rest] };
}

/** An option may name a file, a cover for instance. */
function ourOptions(options: Record<string, Json>, files: ReadonlyMap<string, string>): Record<string, Json> {
  return Object.fromEntries(Object.entries(options).map(([name, value]) => [name, typeof value === 'string' ? (files.get(value) ?? value) : value]));
}

function filesIn(options: Record<string, Json>, files: ReadonlyMap<string, string>): string[] {
  const ours = new Set(files.values());
  return Object.values(options).filter((value) => typeof value === 'string').filter((value) => ours.has(value));
}

import { instanceOf } from '../../domain/instance/instance.ts';
import { isVideo } from '../../domain/media.ts';
import { archiveVersion, type ArchiveAbout } from '../../domain/promise/portability.ts';
import { day, keepDays } from '../../domain/promise/retention.ts';
import { momentText } from '../../domain/promise/privacy.ts';
import type { Deps } from '../../deps.ts';
import { writeZip, type ZipEntry } from '../../lib/zip.ts';
import { thumbnailOf } from '../../media/storage.ts';
import type { Media } from '../../store/media.ts';
import type { Copy } from '../../store/privacy/copies.ts';
import type { Subject } from '../../store/privacy/portable.ts';
import { queueMail } from '../mails/queue-mail.ts';
import { mediaName, stillName } from './archive.ts';
import { copyPath, removeFile } from './files.ts';
import { readmeOf } from './readme.ts';
import { csvOf, jsonOf, postLine, postsHead, publicationLine, publicationsHead, rowsOf } from './rows.ts';

export type CopyDeps = Pick<Deps, 'store' | 'storage' | 'config' | 'settings' | 'now' | 'log'>;

/** After so many deaths over the same copy it is given up. */
const maxTries = 5;

/** A copy that was asked for and is not wanted any more, or a server that is stopping. */
class BrokenOff extends Error {}

/** Makes what was asked for, one after the other; what a death has left half-made is made anew. */
export async function runCopies(deps: CopyDeps, stop?: AbortSignal): Promise<void> {
  const { store, log } = deps;
  for (const copy of await store.copies.unmade()) {
    if (stop?.aborted) return;
    const path = await copyPath(deps, copy.id);
    try {
      if (copy.tries >= maxTries) throw new Error('it was broken off too often');
      await makeCopy(deps, copy, path, stop);
    } catch (error) {
      await removeFile(path);
      if (error instanceof BrokenOff) continue;
      log.error({ err: error, copy: copy.id }, 'a copy could not be made');
      await store.copies.fail(copy.id);
    }
  }
}

async function makeCopy(deps: CopyDeps, copy: Copy, path: string, stop: AbortSignal | undefined): Promise<void> {
  const { store, now, log } = deps;
  const subject: Subject = copy.workspaceId === null ? { about: 'person', id: copy.userId } : { about: 'workspace', id: copy.workspaceId };
  const files = copy.workspaceId === null ? 0 : await store.media.count(copy.workspaceId);
  await store.copies.begin(copy.id, (await store.portable.count(subject)) + files);
  let done = 0;
  let saidAt = 0;
  const counted = async (n: number) => {
    done += n;
    if (stop?.aborted) throw new BrokenOff();
    if (performance.now() - saidAt < 500) return;
    saidAt = performance.now();
    // Its person or workspace may have been deleted meanwhile.
    if (!(await store.copies.get(copy.id))) throw new BrokenOff();
    await store.copies.progress(copy.id, done);
  };
  const bytes = await writeZip(path, entriesOf(deps, copy, subject, counted), new Date(now()));
  const expiresAt = now() + keepDays('exports', 'made') * day;
  if (!(await store.copies.ready(copy.id, { bytes, now: now(), expiresAt }))) throw new BrokenOff();
  const user = await store.people.user(copy.userId);
  if (user) await queueMail(deps, { kind: 'export_ready', event: `copy:${copy.id}`, to: { email: user.email, userId: user.id }, data: { until: momentText(expiresAt) } });
  log.info({ copy: copy.id, about: subject.about, bytes }, 'a copy is ready');
}

async function* entriesOf(deps: CopyDeps, copy: Copy, subject: Subject, counted: (n: number) => Promise<void>): AsyncGenerator<ZipEntry> {
  const { store, settings, config, now } = deps;
  const files = store.portable.files(subject);
  const instance = `${instanceOf(settings.get).name}, ${config.publicUrl}`;
  const madeAt = new Date(now()).toISOString();
  const about: ArchiveAbout = { archive: copy.id, version: archiveVersion, about: subject.about, instance, madeAt };
  yield { name: 'README.txt', bytes: only(readmeOf({ about: subject.about, instance, madeAt, files })) };
  yield { name: 'about.json', bytes: only(`${JSON.stringify(about, null, 2)}\n`) };
  for (const { file } of files) {
    let rows = 0;
    yield { name: `data/${file}.json`, bytes: jsonOf(rowsOf(store, subject, file), (n) => { rows += n; }) };
    await counted(rows);
  }
  yield { name: 'posts.csv', bytes: csvOf(postsHead, rowsOf(store, subject, 'posts'), postLine) };
  const channels = new Map<string, string>();
  if (subject.about === 'workspace') for await (const page of rowsOf(store, subject, 'channels')) for (const { id, name } of page) channels.set(String(id), String(name));
  yield { name: 'publications.csv', bytes: csvOf(publicationsHead, rowsOf(store, subject, 'publications'), publicationLine(channels)) };
  const missing: string[] = [];
  if (subject.about === 'workspace') yield* mediaOf(deps, subject, missing, counted);
  yield { name: 'missing.json', bytes: only(`${JSON.stringify(missing)}\n`) };
}

/** The files as they lie on disk: packed already, so they are not packed again. */
async function* mediaOf({ store, storage }: CopyDeps, subject: Subject, missing: string[], counted: (n: number) => Promise<void>): AsyncGenerator<ZipEntry> {
  for await (const page of rowsOf(store, subject, 'media')) {
    for (const row of page) {
      const { id, type, posterAt } = row as Pick<Media, 'id' | 'type' | 'posterAt'>;
      const still = isVideo(type) && posterAt !== null ? thumbnailOf(id) : null;
      if ((await storage.size({ id, type })) === null) missing.push(id);
      else yield { name: mediaName({ id, type }), bytes: whileWanted(storage.open({ id, type }), counted), stored: true };
      if (still && (await storage.size(still)) !== null) yield { name: stillName(id), bytes: storage.open(still), stored: true };
      await counted(1);
    }
  }
}

/** A long file, too, ends at once when it is not wanted any more. */
async function* whileWanted(bytes: AsyncIterable<Uint8Array>, counted: (n: number) => Promise<void>): AsyncGenerator<Uint8Array> {
  for await (const chunk of bytes) {
    await counted(0);
    yield chunk;
  }
}

async function* only(text: string): AsyncGenerator<string> {
  yield text;
}

import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import * as z from 'zod';
import { archiveVersion, type ArchiveAbout } from '../../domain/promise/portability.ts';
import { imageTypes, videoTypes, type MediaType } from '../../domain/media.ts';
import { longestWaits } from '../../domain/post.ts';
import { privacyRefusals as t, zipTexts } from '../../domain/texts/refusals/privacy.ts';
import { openZip, ZipProblem, type ZipIndex } from '../../lib/zip.ts';
import { endingOf, thumbnailOf } from '../../media/storage.ts';
import { videoBounds } from '../../media/video.ts';

/** More than any real workspace has: what says that it is more is made to hurt. */
const bounds = { files: 100_000, data: 1_000_000_000, ratio: 200, line: 2_000_000 } as const;

const text = (max: number) => z.string().max(max);
const part = z.object({
  text: text(200_000), media: z.array(z.object({ mediaId: text(100), alt: text(10_000) })).max(100), waitMinutes: z.number().int().min(0).max(longestWaits).exactOptional(),
});
const content = z.object({ parts: z.tuple([part], part).refine((parts) => parts.length <= 200) });

const shapes = {
  channels: z.object({ id: text(100), provider: text(50), name: text(500), handle: text(500), removedAt: z.number().nullable() }),
  posts: z.object({
    id: text(100), state: z.enum(['draft', 'scheduled', 'canceled']), content, at: z.number().nullable(), zone: text(100).nullable(), wall: text(30).nullable(),
  }),
  variants: z.object({ postId: text(100), channelId: text(100), content: content.nullable(), options: z.record(text(100), z.json()) }),
  media: z.object({ id: text(100), type: z.enum([...imageTypes, ...videoTypes]), name: text(500), alt: text(10_000), bytes: z.number(), posterAt: z.number().nullish() }),
  publications: z.object({ postId: text(100), status: text(30) }),
  labels: z.object({ id: text(100), name: text(500), color: text(30) }),
  'post-labels': z.object({ postId: text(100), labelId: text(100) }),
  'media-labels': z.object({ mediaId: text(100), labelId: text(100) }),
  'hashtag-sets': z.object({ name: text(500), tags: z.array(text(500)).max(1_000) }),
} as const;

/** What copies have had since later versions alone: an older one is without it. */
const later: ReadonlySet<string> = new Set(['labels', 'post-labels', 'media-labels', 'hashtag-sets']);

type Rows = { [File in keyof typeof shapes]: z.infer<(typeof shapes)[File]> };

/** An archive of a workspace, checked as a whole before anything of it is taken in. */
export interface Archive {
  about: ArchiveAbout;
  /** Row by row. Throws `ArchiveProblem` for what is not as this program writes it. */
  rows<File extends keyof Rows>(file: File): AsyncGenerator<Rows[File]>;
  /** The file of a medium; null when the archive has none. */
  media(row: Rows['media']): Promise<Readable | null>;
  /** The picture that stands for a video; null where the archive has none. */
  still(row: Rows['media']): Promise<Readable | null>;
  close(): void;
}

/** Why an archive is not taken in, as a sentence. */
export class ArchiveProblem extends Error {
  override name = 'ArchiveProblem';
}

/** What a person is told of it; null for what is a mistake of ours. */
export function archiveSentence(error: unknown): string | null {
  if (error instanceof ArchiveProblem) return error.message;
  return error instanceof ZipProblem ? zipTexts[error.fault](error.entry) : null;
}

/** Opens an archive and refuses what is none, in a sentence (`ArchiveProblem`, or the `ZipProblem` of what is no ZIP). */
export async function openArchive(path: string, size: number): Promise<Archive> {
  const zip = await openZip(path, bounds.files);
  try {
    checkFiles(zip, size);
    return { about: await readAbout(zip), rows: (file) => rowsIn(zip, file), media: (row) => fileOf(zip, mediaName(row)), still: ({ id }) => fileOf(zip, stillName(id)), close: () => zip.close() };
  } catch (error) {
    zip.close();
    throw error;
  }
}

/** Only the names that this program writes, and no more bytes than can be true. */
function checkFiles({ entries }: ZipIndex, size: number) {
  let data = 0;
  for (const [name, entry] of entries) {
    const known = /^(?:README\.txt|about\.json|missing\.json|\w+\.csv|data\/[a-z-]+\.json|media\/[\da-f-]{36}\.[\da-z]{3,4})$/u.test(name);
    if (!known) throw new ArchiveProblem(t.foreignFile(name.slice(0, 60)));
    const { uncompressedSize: bytes, compressedSize } = entry;
    if (bytes > 1_000_000 && bytes > compressedSize * bounds.ratio) throw new ArchiveProblem(t.growsTooLarge);
    if (name.startsWith('media/') ? bytes > videoBounds.bytes : (data += bytes) > bounds.data) throw new ArchiveProblem(t.largerInside);
    if (name.startsWith('media/') && bytes > size) throw new ArchiveProblem(t.fileLargerThanArchive);
  }
}

async function readAbout(zip: ZipIndex): Promise<ArchiveAbout> {
  const about = z.object({ archive: text(100), version: z.number(), about: z.enum(['person', 'workspace']), instance: text(300), madeAt: text(50) });
  if (!zip.entries.has('about.json')) throw new ArchiveProblem(t.aboutMissing);
  let json = '';
  for await (const chunk of await zip.read('about.json')) {
    json += String(chunk);
    if (json.length > 10_000) throw new ArchiveProblem(t.aboutTooLong);
  }
  const read = about.safeParse(parsed(json));
  if (!read.success) throw new ArchiveProblem(t.aboutMalformed);
  if (read.data.version !== archiveVersion) throw new ArchiveProblem(t.otherForm(read.data.version, archiveVersion));
  if (read.data.about !== 'workspace') throw new ArchiveProblem(t.notAWorkspace);
  return read.data;
}

async function* rowsIn<File extends keyof Rows>(zip: ZipIndex, file: File): AsyncGenerator<Rows[File]> {
  const name = `data/${file}.json`;
  if (!zip.entries.has(name)) {
    if (later.has(file)) return;
    throw new ArchiveProblem(t.fileMissing(name));
  }
  const stream = await zip.read(name);
  let longest = 0;
  // A line without an end would be collected in memory until there is none left.
  stream.on('data', (chunk: Buffer) => {
    longest = chunk.includes(10) ? chunk.length - chunk.lastIndexOf(10) : longest + chunk.length;
    if (longest > bounds.line) stream.destroy(new ArchiveProblem(t.lineTooLong(name)));
  });
  const lines = createInterface({ input: stream, crlfDelay: Infinity });
  try {
    for await (const line of lines) {
      const json = line.replace(/,$/u, '').trim();
      if (json === '' || json === '[' || json === ']' || json === '[]') continue;
      const row = shapes[file].safeParse(parsed(json));
      if (!row.success) throw new ArchiveProblem(t.rowMalformed(name));
      yield row.data as Rows[File];
    }
  } catch (error) {
    throw error instanceof ArchiveProblem || error instanceof ZipProblem ? error : new ArchiveProblem(t.fileDamaged(name), { cause: error });
  } finally {
    lines.close();
    stream.destroy();
  }
  if (stream.errored) throw stream.errored instanceof ArchiveProblem || stream.errored instanceof ZipProblem ? stream.errored : new ArchiveProblem(t.fileDamaged(name), { cause: stream.errored });
}

/** Where the file of a medium lies in an archive, and beside a video its still. */
export const mediaName = ({ id, type }: { id: string; type: MediaType }) => `media/${id}.${endingOf(type)}`;
export const stillName = (id: string) => `media/${id}.${endingOf(thumbnailOf(id).type)}`;

async function fileOf(zip: ZipIndex, name: string): Promise<Readable | null> {
  return zip.entries.has(name) ? zip.read(name) : null;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

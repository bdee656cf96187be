import type { Sharp as Picture } from 'sharp';
import { isVideo, type ImageType } from '../domain/media.ts';
import { headOf, openPicture, probe, readingProblem, type PictureFacts, type Probed } from './probe.ts';
import { isProblem, type MediaProblem } from './problem.ts';
import { sniff } from './sniff.ts';
import { thumbnailOf, type MediaStorage } from './storage.ts';
import { thumbnail } from './pictures/thumbnail.ts';
import { ingestVideo, type TakenVideo } from './video/ingest.ts';

/** A clean picture in a temporary file. */
export interface CleanPicture extends PictureFacts {
  path: string;
}

/** What came of a file that was taken in. */
export type Ingested = ({ kind: 'image' } & PictureFacts) | ({ kind: 'video' } & TakenVideo);

/** Takes in whatever is a picture or a video, by its content. The temporary file is gone afterwards. */
export async function ingest(storage: MediaStorage, tempPath: string, id: string): Promise<Ingested | MediaProblem> {
  const type = sniff((await headOf(tempPath)).head);
  if (typeof type === 'string' && isVideo(type)) {
    const video = await ingestVideo(storage, tempPath, id);
    return isProblem(video) ? video : { kind: 'video', ...video };
  }
  // What is neither gets its sentence there, too.
  const picture = await ingestImage(storage, tempPath, id);
  return isProblem(picture) ? picture : { kind: 'image', ...picture };
}

/**
 * Takes a picture in: decoded whole and written anew, upright, in sRGB, 8 bits, without any metadata (place, camera,
 * person) and without whatever else hid in the file. The temporary file is gone afterwards, whatever came of it.
 */
export async function ingestImage(storage: MediaStorage, tempPath: string, id: string): Promise<PictureFacts | MediaProblem> {
  try {
    return await storage.inTurn(async () => {
      const clean = await cleanPicture(storage, tempPath);
      if (isProblem(clean)) return clean;
      const { path, ...facts } = clean;
      try {
        // The thumbnail goes first: where the picture is, everything is.
        await keepThumbnail(storage, path, id);
        await storage.keep(path, { id, type: facts.type });
      } catch (error) {
        await storage.remove(id);
        throw error;
      } finally {
        await storage.discard(path);
      }
      return facts;
    });
  } finally {
    await storage.discard(tempPath);
  }
}

/** The same, to a temporary file that the caller keeps or discards. To be called in turn. */
export async function cleanPicture(storage: MediaStorage, path: string): Promise<CleanPicture | MediaProblem> {
  const probed = await probe(path);
  if (isProblem(probed)) return probed;
  const { type, animated } = probed;
  const source = await openPicture(path, animated);
  const out = await storage.temp();
  try {
    const info = await written(animated ? source : source.autoOrient(), probed).toFile(out);
    return { path: out, type, bytes: info.size, width: info.width, height: info.pageHeight ?? info.height, animated };
  } catch (error) {
    await storage.discard(out);
    return readingProblem(error);
  }
}

/** Sharp strips all metadata and converts to sRGB unless told otherwise. */
function written(picture: Picture, { type, metadata, width, height }: Probed): Picture {
  const writers: Record<ImageType, () => Picture> = {
    'image/jpeg': () => picture.jpeg({
      quality: 92,
      chromaSubsampling: metadata.chromaSubsampling?.startsWith('4:4:4') ? '4:4:4' : '4:2:0',
      // The best Huffman tables need the whole picture in memory once more: 200 MB for 50 megapixels.
      optimiseCoding: width * height <= 16_000_000,
    }),
    'image/png': () => picture.png(),
    'image/webp': () => picture.webp({ quality: 92, alphaQuality: 100 }),
    'image/gif': () => picture.gif({ effort: 4 }),
  };
  return writers[type]();
}

async function keepThumbnail(storage: MediaStorage, path: string, id: string): Promise<void> {
  const out = await storage.temp();
  try {
    const picture = await openPicture(path);
    await thumbnail(picture).toFile(out);
    await storage.keep(out, thumbnailOf(id));
  } finally {
    await storage.discard(out);
  }
}

import type { Sharp as Picture } from 'sharp';
import type { ImageType } from '../domain/media.ts';
import { openPicture, probe, readingProblem, type PictureFacts, type Probed } from './probe.ts';
import { isProblem, type MediaProblem } from './problem.ts';
import type { MediaStorage, StoredFile } from './storage.ts';

/** A clean picture in a temporary file. */
export interface CleanPicture extends PictureFacts {
  path: string;
}

/** A WebP of at most 640 pixels on a side; of an animation the first frame. Every ingested picture has one. */
export function thumbnailOf(id: string): StoredFile {
  return { id, type: 'image/webp', derivative: 'thumb' };
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
    await picture.resize({ width: 640, height: 640, fit: 'inside', withoutEnlargement: true }).webp({ quality: 78 }).toFile(out);
    await storage.keep(out, thumbnailOf(id));
  } finally {
    await storage.discard(out);
  }
}

import { cleanPicture } from './ingest.ts';
import { openPicture, readingProblem } from './probe.ts';
import { isProblem, type MediaProblem } from './problem.ts';
import { thumbnailOf, type MediaStorage } from './storage.ts';
import { thumbnail } from './pictures/thumbnail.ts';

/** Puts a picture in the place of a video's thumbnail: decoded and written anew, like all that is taken in. The temporary file is gone afterwards. */
export async function replaceThumbnail(storage: MediaStorage, tempPath: string, id: string): Promise<MediaProblem | null> {
  try {
    return await storage.inTurn(async () => {
      const clean = await cleanPicture(storage, tempPath);
      if (isProblem(clean)) return clean;
      const out = await storage.temp();
      try {
        await thumbnail(await openPicture(clean.path)).toFile(out);
        await storage.keep(out, thumbnailOf(id));
        return null;
      } catch (error) {
        return readingProblem(error);
      } finally {
        await storage.discard(out);
        await storage.discard(clean.path);
      }
    });
  } finally {
    await storage.discard(tempPath);
  }
}

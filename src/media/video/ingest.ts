import { rm } from 'node:fs/promises';
import { mediaRefusals as t } from '../../domain/texts/refusals/media.ts';
import { openPicture, readingProblem } from '../probe.ts';
import { thumbnail } from '../pictures/thumbnail.ts';
import { isProblem, problem, type MediaProblem } from '../problem.ts';
import { thumbnailOf, type MediaStorage } from '../storage.ts';
import { probeVideo, type VideoProbe } from '../video.ts';
import { Unreadable } from './bytes.ts';
import { cleanVideo } from './clean.ts';
import { createStill, type Still } from './still.ts';
import { tileOf } from './tile.ts';

/** A video that was taken in. `still`: its thumbnail is a frame of it, not a tile. */
export interface TakenVideo extends VideoProbe {
  still: boolean;
}

/**
 * Takes a video in: never converted, but freed of what it tells about place, camera and person. The temporary file is gone
 * afterwards, whatever came of it.
 */
export async function ingestVideo(
  storage: MediaStorage, tempPath: string, id: string, still: Still = createStill(),
): Promise<TakenVideo | MediaProblem> {
  try {
    const video = await cleaned(tempPath);
    if (isProblem(video)) return video;
    try {
      // The thumbnail goes first: where the video is, everything is.
      const isStill = await storage.inTurn(() => keepThumbnail(storage, tempPath, video, id, still));
      await storage.keep(tempPath, { id, type: video.type });
      return { ...video, still: isStill };
    } catch (error) {
      await storage.remove(id);
      throw error;
    }
  } finally {
    await storage.discard(tempPath);
  }
}

/** Probes, cleans and probes again: a file in which cleaning hits what it shows was built to mislead. */
async function cleaned(path: string): Promise<VideoProbe | MediaProblem> {
  const before = await probeVideo(path);
  if (isProblem(before)) return before;
  try {
    await cleanVideo(path, before.type);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return problem('damaged', t.videoDamaged);
  }
  const after = await probeVideo(path);
  if (isProblem(after) || JSON.stringify(after) === JSON.stringify(before)) return after;
  return problem('damaged', t.videoContradicts);
}

/** True where it is a frame of the video. */
async function keepThumbnail(storage: MediaStorage, path: string, video: VideoProbe, id: string, still: Still): Promise<boolean> {
  const out = await storage.temp();
  const frame = `${out}.png`;
  try {
    const made = await still(path, video, frame) && await written(frame, out);
    if (!made) await (await tileOf(video, 640)).webp({ quality: 78 }).toFile(out);
    await storage.keep(out, thumbnailOf(id));
    return made;
  } finally {
    await rm(frame, { force: true });
    await storage.discard(out);
  }
}

/** False for a still that is none. */
async function written(frame: string, out: string): Promise<boolean> {
  try {
    const picture = await openPicture(frame);
    await thumbnail(picture).toFile(out);
    return true;
  } catch (error) {
    return !readingProblem(error);
  }
}

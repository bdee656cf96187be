import type { VideoFile, VideoType } from '../domain/media.ts';
import { mediaRefusals as t } from '../domain/texts/refusals/media.ts';
import { problem, type MediaProblem } from './problem.ts';
import { endingOf, type MediaStorage } from './storage.ts';

/** A kept video's bytes, read a piece at a time from wherever one likes. */
export async function videoFor(storage: MediaStorage, { id, type }: { id: string; type: VideoType }): Promise<VideoFile | MediaProblem> {
  const file = { id, type };
  const size = await storage.size(file);
  if (size === null) return problem('missing', t.videoFileGone);
  return {
    type, size, name: `video.${endingOf(type)}`,
    read(from = 0, to = size) {
      const end = Math.min(to, size);
      return end <= from ? nothing : storage.open(file, { start: from, end: end - 1 });
    },
  };
}

const nothing: AsyncIterable<Uint8Array> = { async *[Symbol.asyncIterator]() {} };

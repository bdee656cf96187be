import { createReadStream, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { VideoFile } from '../../domain/media.ts';

/** Videos of any size that take no room: files of zeros with nothing in them. */
export interface LargeFiles {
  add(mediaId: string, bytes: number): void;
  get(mediaId: string): VideoFile | undefined;
  close(): void;
}

export function largeFiles(): LargeFiles {
  let dir: string | undefined;
  const files = new Map<string, VideoFile>();
  return {
    add(mediaId, size) {
      dir ??= mkdtempSync(join(tmpdir(), 'postmaster-large-'));
      const path = join(dir, mediaId);
      writeFileSync(path, '');
      truncateSync(path, size);
      files.set(mediaId, {
        type: 'video/mp4', size, name: 'video.mp4',
        read: (from = 0, to = size) => ({ [Symbol.asyncIterator]: () => createReadStream(path, { start: from, end: Math.min(to, size) - 1 })[Symbol.asyncIterator]() }),
      });
    },
    get: (mediaId) => files.get(mediaId),
    close() {
      if (dir !== undefined) rmSync(dir, { recursive: true, force: true });
    },
  };
}

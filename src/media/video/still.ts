import { spawn } from 'node:child_process';
import type { VideoType } from '../../domain/media.ts';

/** Writes a still of a video as a PNG to `out`; false when nothing here can make one, or it could not. */
export type Still = (path: string, video: Filmed, out: string) => Promise<boolean>;

interface Filmed {
  type: VideoType;
  width: number;
  height: number;
  durationMs: number;
}

/** Larger frames than those of 8K would take more memory than a small machine has. */
const mostPixels = 36_000_000;

/** Only these readers: what a file is has been decided by its content. */
const readers: Record<VideoType, string> = { 'video/mp4': 'mov', 'video/quicktime': 'mov', 'video/webm': 'matroska' };

/**
 * Asks Debian's ffmpeg, where an operator has put it. It reads what strangers send, so it gets one file and no other
 * protocol, no environment, one thread, and twenty seconds. Nothing depends on it: any failure means that there is no still.
 */
export function createStill(program = '/usr/bin/ffmpeg', timeoutMs = 20_000): Still {
  return (path, { type, width, height, durationMs }, out) => new Promise((resolve) => {
    if (width * height > mostPixels) return resolve(false);
    // The first frame is black more often than not.
    const at = Math.min(1, durationMs / 3000).toFixed(2);
    const child = spawn(program, [
      '-nostdin', '-v', 'error', '-threads', '1', '-protocol_whitelist', 'file', '-f', readers[type], '-ss', at, '-i', `file:${path}`,
      '-map', '0:v:0', '-frames:v', '1', '-vf', "scale='min(640,iw)':-2", '-threads', '1', '-f', 'image2', '-c:v', 'png', '-update', '1', '-y', `file:${out}`,
    ], { stdio: 'ignore', env: {}, timeout: timeoutMs, killSignal: 'SIGKILL' });
    child.once('error', () => resolve(false));
    child.once('exit', (code) => resolve(code === 0));
  });
}

import { BufferSource, Input, Logging, LogLevel, MP4, QTFF, WEBM } from 'mediabunny';
import type { VideoType } from '../../domain/media.ts';

/** What the walk through a file brings, whatever its kind. */
export interface Outline {
  /** Null when the file does not say and it cannot be reckoned. */
  durationMs: number | null;
  /** Frames per second, on average. */
  frameRate: number | null;
  /** A small file of the same kind that has the tracks' descriptions and no samples; null when no track is a video. */
  head: Buffer | null;
}

/** What the tracks of a video are. */
export interface Description {
  /** As a person sees it: rotated, and with square pixels. */
  width: number;
  height: number;
  videoCodec: string | null;
  audioCodec: string | null;
}

/**
 * Has the library read the small file that an outline made; null when it finds no video in it. It is given no other: it
 * makes an object of every sample that a file claims to have, and twenty bytes can claim four thousand million.
 */
export async function describe(head: Buffer, type: VideoType): Promise<Description | null> {
  Logging.level = LogLevel.Silent;
  const formats = { 'video/mp4': MP4, 'video/quicktime': QTFF, 'video/webm': WEBM };
  const input = new Input({ source: new BufferSource(head), formats: [formats[type]] });
  try {
    // Not its primary ones: to choose, it would want to see samples.
    const [video] = await input.getVideoTracks();
    const [audio] = await input.getAudioTracks();
    if (!video) return null;
    return {
      width: await video.getDisplayWidth(),
      height: await video.getDisplayHeight(),
      videoCodec: codecName(await video.getCodec()),
      audioCodec: codecName((await audio?.getCodec()) ?? null),
    };
  } finally {
    input.dispose();
  }
}

/** The networks' words for what the library calls otherwise. */
function codecName(codec: string | null): string | null {
  if (codec === 'avc') return 'h264';
  return codec?.startsWith('pcm-') ? 'pcm' : codec;
}

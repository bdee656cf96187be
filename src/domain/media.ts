export const imageTypes = ['image/jpeg', 'image/png', 'image/webp', 'image/gif'] as const;
export type ImageType = (typeof imageTypes)[number];
export const videoTypes = ['video/mp4', 'video/quicktime', 'video/webm'] as const;
export type VideoType = (typeof videoTypes)[number];
export type MediaType = ImageType | VideoType;

export function isVideo(type: MediaType): type is VideoType {
  return type.startsWith('video/');
}

/** What is known of a file in the library, as checks and adapters need it. */
export type MediaFacts = ImageFacts | VideoFacts;

export interface ImageFacts {
  kind: 'image';
  mediaId: string;
  alt: string;
  type: ImageType;
  bytes: number;
  width: number;
  height: number;
  animated: boolean;
}

export interface VideoFacts {
  kind: 'video';
  mediaId: string;
  alt: string;
  type: VideoType;
  bytes: number;
  /** As a person sees it (rotation applied). */
  width: number;
  height: number;
  durationMs: number;
  /** `h264`, `hevc`, `vp8`, `vp9`, `av1`, or null when it could not be told. */
  videoCodec: string | null;
  /** `aac`, `opus`, `mp3`, …; null without sound or when it could not be told. */
  audioCodec: string | null;
  /** Frames per second; null when it could not be told. */
  frameRate: number | null;
  /** When its still was made or last chosen (epoch ms); absent while a tile stands for it. */
  posterAt?: number;
}

/** A file of a post that is being published, frozen with its measures. */
export type PostMedia = PostImage | PostVideo;

export interface PostImage {
  kind: 'image';
  mediaId: string;
  alt: string;
  width: number;
  height: number;
  /** As it is kept; absent in what was frozen before it was noted, like the next. */
  type?: ImageType;
  animated?: boolean;
}

export interface PostVideo {
  kind: 'video';
  mediaId: string;
  alt: string;
  type: VideoType;
  bytes: number;
  width: number;
  height: number;
  durationMs: number;
}

/** A picture made right for a network, as its adapter gets it. */
export interface ImageFile {
  type: ImageType;
  /** Bytes. */
  size: number;
  width: number;
  height: number;
  /** File name without meaning, with the right ending. */
  name: string;
  open(): AsyncIterable<Uint8Array>;
}

/** A video as it lies on disk. */
export interface VideoFile {
  type: VideoType;
  /** Bytes. */
  size: number;
  /** File name without meaning, with the right ending. */
  name: string;
  /** Bytes from `from` (included) to `to` (excluded; to the end unless told). Reads only when iterated, each time anew. */
  read: (from?: number, to?: number) => AsyncIterable<Uint8Array>;
}

/** What a web page says of itself. */
export interface LinkCard {
  /** As it was asked for. */
  url: string;
  title: string;
  description: string;
  image: ImageFile | null;
}

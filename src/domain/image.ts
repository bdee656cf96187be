import type { ImageType } from './capabilities.ts';

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

/** What a web page says of itself. */
export interface LinkCard {
  /** As it was asked for. */
  url: string;
  title: string;
  description: string;
  image: ImageFile | null;
}

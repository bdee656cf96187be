/** What the walk through a file brings, whatever its kind. */
export interface Outline {
  /** Null when the file does not say and it cannot be reckoned. */
  durationMs: number | null;
  /** Frames per second, on average. */
  frameRate: number | null;
  /** A small file of the same kind that has the tracks' descriptions and no samples; null when no track is a video. */
  head: Buffer | null;
}

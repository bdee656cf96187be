import type { LimitOverrides } from '../capabilities.ts';
import type { Json } from '../json.ts';
import type { PostMedia } from '../media.ts';

/** One publication as it will be sent, frozen at its first claim: an edit meanwhile cannot change a run half-way. */
export interface Snapshot {
  parts: readonly [SnapshotPart, ...SnapshotPart[]];
  options: { [key: string]: Json };
  target: { remoteId: string; handle: string; name: string; url: string | null; limits: LimitOverrides };
  /** Epoch ms. */
  frozenAt: number;
}

export interface SnapshotPart {
  text: string;
  media: readonly PostMedia[];
  /** See `Part.waitMinutes`. */
  waitMinutes?: number;
}

import type { Json } from '../domain/json.ts';
import type { Provider, Target } from './contract.ts';
import type { FakePlatform } from './fake/server.ts';

/** What the conformance suite needs to know of a network beside its provider. Each `<id>.test.ts` gives one. */
export interface Subject {
  provider: Provider;
  /** A fresh strict fake. */
  start(): Promise<FakePlatform>;
  /** A connection that the fake accepts. */
  account(fake: FakePlatform): { grant: Json; target: Target; channelId?: string };
  /** How many entries people see, where the fake keeps no ledger of its own. */
  count?(fake: FakePlatform): Promise<number>;
  /** Operator settings the network needs. */
  settings?: Record<string, string>;
  /** Posts of every kind the network takes. `visible`: ledger entries when it is all out. */
  cases: readonly SubjectCase[];
  /** An input for `connect` that the fake accepts, and one it refuses (with the field to blame). */
  connecting?: { good: Record<string, string>; bad: { input: Record<string, string>; field: string } };
}

/** 9:16, 720 by 1280, 15 s, H.264 with AAC, 30 frames a second unless told. */
export interface VideoSample {
  alt?: string;
  width?: number;
  height?: number;
  durationMs?: number;
}

export interface SubjectCase {
  name: string;
  /** Alt text per picture and per video; pictures come first. A video's bytes are `sampleBytes` (fake/io.ts). */
  parts: { text: string; images?: string[]; videos?: VideoSample[] }[];
  options?: Json;
  visible: number;
}

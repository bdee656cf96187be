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
  /** What somebody types after an `@`, where the network looks people up: what is suggested then, in order. */
  mention?: { typed: string; texts: readonly string[] };
  connecting?: {
    /** An input for `connect` that the fake accepts. */
    good: Record<string, string>;
    /** One that is refused, with the field to blame; where there is something to fill in. */
    bad?: { input: Record<string, string>; field: string };
    /** False where the platform's own documentation has no PKCE. */
    pkce?: false;
    /** The person allows it on the consent page behind `url`; gives the code that the platform sends back. */
    approve?: (fake: FakePlatform, url: string) => Promise<string>;
    /** How many places to publish this account reaches; one unless told. */
    targets?: number;
  };
}

/** 9:16, 720 by 1280, 15 s, H.264 with AAC, 30 frames a second unless told. */
export interface VideoSample {
  alt?: string;
  width?: number;
  height?: number;
  durationMs?: number;
  /** Then it is a file of zeros of this size. */
  bytes?: number;
}

export interface SubjectCase {
  name: string;
  /** Alt text per picture and per video; pictures come first. A video's bytes are `sampleBytes` (fake/io.ts). */
  parts: { text: string; images?: string[]; videos?: VideoSample[]; waitMinutes?: number }[];
  options?: Json;
  visible: number;
  /** Where this kind of post cannot be looked up for sure after a lost answer, although others of the network can. */
  inDoubt?: 'asks_a_person';
}

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

export interface SubjectCase {
  name: string;
  parts: { text: string; /** Alt text per picture. */ images?: string[] }[];
  options?: Json;
  visible: number;
}

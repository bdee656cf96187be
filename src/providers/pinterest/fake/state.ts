import { createHash } from 'node:crypto';
import type { FakeAnswer, FakeRequest } from '../../fake/server.ts';

export interface FakeBoard {
  id: string;
  name: string;
  /** User name. */
  owner: string;
  sections: { id: string; name: string }[];
  /** Which of the two places it is in. */
  place: 'production' | 'sandbox';
  /** Whether the account may pin to it. */
  writable: boolean;
  adsOnly?: true;
}

/** What this Pinterest is and does; may be changed while it runs. */
export interface FakePinterestState {
  access: 'trial' | 'standard';
  /** Apps made before 2025-09-25 get no refresh token that goes on unless they ask. */
  oldApp: boolean;
  client: { id: string; secret: string };
  redirectUris: readonly string[];
  user: { id: string; username: string; business: string | null };
  /** Scopes the person leaves unticked. */
  denies: readonly string[];
  boards: FakeBoard[];
  now: () => number;
  /** How often a video is looked at before it is ready, and whether it ever is. */
  mediaLooks: number;
  mediaFails: boolean;
  /** How long a way into the storage is good (seconds), and what it takes (bytes). */
  ticketSeconds: number;
  ticketBytes: number;
  /** Whether Pinterest can fetch this address. */
  reaches: (url: string) => boolean;
  /** How a list is ordered. */
  order: 'newest' | 'oldest';
  /** Instants are told without their zone, as has been seen. */
  zoneless: boolean;
  /** Calls left today; only Trial access counts them. */
  left: number;
  /** False: uploads are counted, not kept. */
  keepsUploads: boolean;
  /** Whether an app may have a token of its own. */
  clientCredentials: boolean;
  /** Sees each call with its answer, for the referee. */
  watch?: (request: FakeRequest, answer: FakeAnswer) => void;
}

/** An answer in Pinterest's words instead of what was asked for. */
export class Refusal extends Error {
  readonly answer: FakeAnswer;
  constructor(status: number, code: number, message: string, headers: Record<string, string> = {}) {
    super(message);
    this.answer = { status, headers, body: { code, message } };
  }
}

export const refusals = {
  auth: () => new Refusal(401, 2, 'Authentication failed.'),
  scope: () => new Refusal(401, 3, 'Your token does not have sufficient permissions to perform this operation. Please ensure your token is authorized with the correct set of scopes.'),
  invalid: (what: string) => new Refusal(400, 1, `Invalid request: ${what}`),
  trial: () => new Refusal(403, 29, 'Apps with Trial access may not create Pins in production https://api.pinterest.com - use API Sandbox https://api-sandbox.pinterest.com instead.'),
  notPermitted: () => new Refusal(403, 29, 'You are not permitted to access that resource.'),
  noBoard: () => new Refusal(404, 40, 'Board not found.'),
  noSection: () => new Refusal(404, 2031, 'Board section not found.'),
  notYourBoard: () => new Refusal(403, 7, 'You are not authorized to access that board or Pin.'),
};

export const usualBoards = (): FakeBoard[] => [
  { id: '549755885175', name: 'Summer Recipes', owner: 'ada', place: 'production', writable: true, sections: [{ id: '5258814934636085108', name: 'Salads' }] },
  { id: '549755885176', name: 'Harbours', owner: 'ada', place: 'production', writable: true, sections: [] },
  { id: '549755885177', name: 'Everybody\'s boats', owner: 'grace', place: 'production', writable: true, sections: [] },
  { id: '549755885199', name: 'Test board', owner: 'ada', place: 'sandbox', writable: true, sections: [] },
];

/** Refuses names that the API does not have, as no documented answer tells what it does with them. */
export function known(given: object, names: readonly string[], where: string): void {
  const strange = Object.keys(given).filter((name) => !names.includes(name));
  if (strange.length > 0) throw refusals.invalid(`unknown in ${where}: ${strange.join(', ')}`);
}

/** 19 digits, beyond what a JavaScript number holds. */
export function snowflake(n: number): string {
  return String(813_744_226_420_795_000n + BigInt(n));
}

export const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

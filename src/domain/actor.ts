import type { Role } from './role.ts';

/** Who acts, and in which workspace: a person, or a program with one of the workspace's keys. */
export interface Actor {
  /** Of a key, who made it; null once that account is gone. */
  userId: string | null;
  workspaceId: string;
  role: Role;
}

/** Somebody who is logged in. */
export interface Person extends Actor {
  userId: string;
  /** Hash of the session's token. */
  sessionId: string;
}

/** A program that came with a key. */
export interface KeyHolder extends Actor {
  keyId: string;
  scopes: readonly Scope[];
}

/** What a key may be used for. Writing does not include reading. */
export const scopes = ['read', 'write'] as const;
export type Scope = (typeof scopes)[number];

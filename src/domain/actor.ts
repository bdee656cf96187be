import type { Role } from './role.ts';

/** Who acts, and in which workspace. */
export interface Actor {
  userId: string;
  workspaceId: string;
  role: Role;
  /** Hash of the session's token. */
  sessionId: string;
}

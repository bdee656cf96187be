import { Lucia, TimeSpan, type Adapter, type DatabaseSession } from 'lucia';
import { newToken, tokenHash } from '../../lib/secrets/tokens.ts';
import type { Store } from '../../store/index.ts';

/*
 * The only file that knows lucia. Its author retired it in March 2025 (lucia-auth.com/lucia-v3/migrate: "implement
 * sessions yourself"), so nothing outside may come to lean on it: everyone else uses the five functions below, and
 * replacing it means rewriting this file alone. It still gives us the sliding expiry and its corner cases.
 */

declare module 'lucia' {
  interface Register {
    Lucia: Lucia;
    DatabaseSessionAttributes: { workspaceId: string; createdAt: number; agent: string };
  }
}

export interface LiveSession {
  /** Hash of the token: safe to show in a list and to log. */
  id: string;
  userId: string;
  workspaceId: string;
  /** Epoch ms. */
  expiresAt: number;
  /** The expiry has just moved: the cookie must be set anew. */
  renewed: boolean;
}

export interface Sessions {
  /** A new session; `token` goes into the cookie and nowhere else. */
  create(userId: string, workspaceId: string, agent: string): Promise<{ token: string; expiresAt: number }>;
  validate(token: string): Promise<LiveSession | null>;
  end(token: string): Promise<void>;
}

const lifetime = new TimeSpan(30, 'd');

export function createSessions({ store, now }: { store: Pick<Store, 'sessions' | 'people'>; now: () => number }): Sessions {
  const lucia = new Lucia(adapterOver(store, now), {
    sessionExpiresIn: lifetime,
    getSessionAttributes: ({ workspaceId }) => ({ workspaceId }),
  });
  return {
    async create(userId, workspaceId, agent) {
      const attributes = { workspaceId, createdAt: now(), agent: agent.slice(0, 200) };
      // Our own token: 256 bits, where lucia's would have 200.
      const session = await lucia.createSession(userId, attributes, { sessionId: newToken() });
      return { token: session.id, expiresAt: session.expiresAt.getTime() };
    },
    async validate(token) {
      const { session } = await lucia.validateSession(token);
      if (!session) return null;
      const { userId, workspaceId, expiresAt, fresh } = session as typeof session & { workspaceId: string };
      return { id: tokenHash(token), userId, workspaceId, expiresAt: expiresAt.getTime(), renewed: fresh };
    },
    end: (token) => lucia.invalidateSession(token),
  };
}

/** Lucia sees tokens, the store sees their hashes. */
function adapterOver({ sessions, people }: Pick<Store, 'sessions' | 'people'>, now: () => number): Adapter {
  return {
    async getSessionAndUser(token) {
      const row = await sessions.get(tokenHash(token));
      const user = row && (await people.user(row.userId));
      // A suspension ends its sessions; one that was being made meanwhile opens nothing either.
      if (!row || !user || user.suspendedAt !== null) return [null, null];
      const { workspaceId, createdAt, agent } = row;
      const session: DatabaseSession = { id: token, userId: user.id, expiresAt: new Date(row.expiresAt), attributes: { workspaceId, createdAt, agent } };
      return [session, { id: user.id, attributes: {} }];
    },
    // Tokens cannot be had back from their hashes; lists of sessions are read from the store.
    getUserSessions: async () => [],
    setSession: ({ id, userId, expiresAt, attributes }) =>
      sessions.create({ id: tokenHash(id), userId, expiresAt: expiresAt.getTime(), ...attributes }),
    updateSessionExpiration: (token, expiresAt) => sessions.extend(tokenHash(token), expiresAt.getTime()),
    deleteSession: (token) => sessions.end(tokenHash(token)),
    deleteUserSessions: (userId) => sessions.endAllOf(userId),
    deleteExpiredSessions: async () => void (await sessions.endExpired(now())),
  };
}

import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Sessions } from '../actions/sessions/sessions.ts';
import type { Deps } from '../deps.ts';
import type { SignedIn } from './policy.ts';

/** The cookie that carries the session's token. */
export interface SessionCookie {
  /** Who asks; renews the cookie when the session was extended. */
  read(request: FastifyRequest, reply: FastifyReply): Promise<SignedIn | null>;
  set(reply: FastifyReply, session: { token: string; expiresAt: number }): void;
  /** Ends the session and forgets the cookie. */
  end(request: FastifyRequest, reply: FastifyReply): Promise<void>;
}

export function createSessionCookie({ config, store }: Pick<Deps, 'config' | 'store'>, sessions: Sessions): SessionCookie {
  const secure = config.publicUrl.startsWith('https:');
  // The prefix makes browsers insist on Secure, this host and this path; it is refused over plain http.
  const name = secure ? '__Host-session' : 'session';
  const options = { path: '/', httpOnly: true, sameSite: 'lax', secure } as const;
  const set: SessionCookie['set'] = (reply, { token, expiresAt }) =>
    void reply.setCookie(name, token, { ...options, expires: new Date(expiresAt) });
  return {
    set,
    async read(request, reply) {
      const token = request.cookies[name];
      if (!token || token.length > 100) return null;
      const session = await sessions.validate(token);
      if (!session) return null;
      if (session.renewed) set(reply, { token, expiresAt: session.expiresAt });
      const { userId, workspaceId, id } = session;
      const place = await store.people.place(workspaceId, userId);
      return place ? { userId, workspaceId, sessionId: id, ...place } : null;
    },
    async end(request, reply) {
      const token = request.cookies[name];
      if (token) await sessions.end(token);
      void reply.clearCookie(name, options);
    },
  };
}

import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Device } from '../../actions/sessions/note-device.ts';
import type { Sessions } from '../../actions/sessions/sessions.ts';
import type { Deps } from '../../deps.ts';
import { newToken } from '../../lib/secrets/tokens.ts';
import type { SignedIn } from '../policy.ts';

/** The cookie that carries the session's token. */
export interface SessionCookie {
  /** Who asks; renews the cookie when the session was extended. */
  read(request: FastifyRequest, reply: FastifyReply): Promise<SignedIn | null>;
  set(reply: FastifyReply, session: { token: string; expiresAt: number }): void;
  /** What this browser is known by when somebody logs in with it; made where it has none yet. */
  device(request: FastifyRequest, reply: FastifyReply): Device;
  /** Ends the session and forgets the cookie. */
  end(request: FastifyRequest, reply: FastifyReply): Promise<void>;
}

const day = 24 * 60 * 60 * 1000;
/** As long as browsers keep a cookie at most. */
const deviceDays = 400;

export function createSessionCookie({ config, store, now }: Pick<Deps, 'config' | 'store' | 'now'>, sessions: Sessions): SessionCookie {
  const secure = config.publicUrl.startsWith('https:');
  // The prefix makes browsers insist on Secure, this host and this path; it is refused over plain http.
  const name = secure ? '__Host-session' : 'session';
  const deviceName = secure ? '__Host-device' : 'device';
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
      if (!place) return null;
      const { role, operator, activeAt } = place;
      const today = now() - (now() % day);
      // Once a day: when somebody was here is told no finer than that.
      if (activeAt === null || activeAt < today) await store.members.seen(workspaceId, userId, today);
      return { userId, workspaceId, sessionId: id, role, operator };
    },
    device(request, reply) {
      const known = request.cookies[deviceName];
      const token = known && known.length === 43 ? known : newToken();
      void reply.setCookie(deviceName, token, { ...options, maxAge: deviceDays * 86_400 });
      return { token, agent: request.headers['user-agent'] ?? '' };
    },
    async end(request, reply) {
      const token = request.cookies[name];
      if (token) await sessions.end(token);
      void reply.clearCookie(name, options);
    },
  };
}

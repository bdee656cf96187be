import { Refusal } from './fake-repo.ts';

export interface Tokens {
  accessJwt: string;
  refreshJwt: string;
}

export interface FakeSessions {
  open(): Tokens;
  /** Gives the session's number. Throws the documented refusals. */
  check(authorization: string | undefined, kind: 'access' | 'refresh'): number;
  /** New tokens for a session; asked again with the old refresh token it gives the same ones (two hours of grace, in truth). */
  rotate(session: number): Tokens;
  close(session: number): void;
  /** Makes every access token given out so far old. */
  expireAccess(): void;
  /** Makes every refresh token given out so far old. */
  expireRefresh(): void;
  /** How many sessions were opened, refreshed and closed. */
  counts: { opened: number; rotated: number; closed: number };
}

/** Sessions of one account, of which the first is open from the start. */
export function fakeSessions(did: string): FakeSessions {
  const tokens = new Map<string, { session: number; kind: 'access' | 'refresh'; expired: boolean }>();
  const successors = new Map<number, Tokens>();
  const closed = new Set<number>();
  const counts = { opened: 0, rotated: 0, closed: 0 };
  let last = 0;

  function issue(): Tokens {
    last += 1;
    const made = tokensOf(did, last);
    tokens.set(made.accessJwt, { session: last, kind: 'access', expired: false });
    tokens.set(made.refreshJwt, { session: last, kind: 'refresh', expired: false });
    return made;
  }
  issue();
  function expire(kind: 'access' | 'refresh') {
    for (const token of tokens.values()) if (token.kind === kind) token.expired = true;
  }

  return {
    counts,
    open() {
      counts.opened += 1;
      return issue();
    },
    check(authorization, kind) {
      if (authorization === undefined) throw new Refusal(401, 'AuthMissing', 'Authentication Required');
      const token = tokens.get(authorization.replace(/^Bearer /u, ''));
      if (!token) throw new Refusal(400, 'InvalidToken', 'Token could not be verified');
      if (token.kind !== kind) throw new Refusal(400, 'InvalidToken', 'Invalid token type');
      if (closed.has(token.session)) throw new Refusal(400, 'ExpiredToken', 'Token has been revoked');
      if (token.expired) throw new Refusal(400, 'ExpiredToken', 'Token has expired');
      return token.session;
    },
    rotate(session) {
      const known = successors.get(session);
      if (known) return known;
      counts.rotated += 1;
      const next = issue();
      successors.set(session, next);
      return next;
    },
    close(session) {
      counts.closed += 1;
      closed.add(session);
    },
    expireAccess: () => expire('access'),
    expireRefresh: () => expire('refresh'),
  };
}

/** The tokens of the n-th session. They look like those of the reference server and mean nothing. */
export function tokensOf(did: string, n: number): Tokens {
  return {
    accessJwt: jwt({ scope: 'com.atproto.appPass', sub: did, jti: n, exp: 1_795_520_000 }),
    refreshJwt: jwt({ scope: 'com.atproto.refresh', sub: did, jti: n, exp: refreshExpiry }),
  };
}

/** Unix seconds: 2027-02-22. */
export const refreshExpiry = 1_803_283_200;

function jwt(payload: object): string {
  return [{ alg: 'ES256K', typ: 'at+jwt' }, payload].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.') + '.c2ln';
}

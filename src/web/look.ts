import type { FastifyReply, FastifyRequest } from 'fastify';

/** Light or dark, where a person wants it otherwise than their system. It is kept in their browser. */
export const looks = ['system', 'light', 'dark'] as const;
export type Look = (typeof looks)[number];

const cookie = 'look';
const year = 365 * 24 * 60 * 60;

export function lookOf(request: FastifyRequest): Look {
  return looks.find((look) => look === request.cookies[cookie]) ?? 'system';
}

export function keepLook(reply: FastifyReply, look: Look): void {
  if (look === 'system') void reply.clearCookie(cookie, { path: '/' });
  else void reply.setCookie(cookie, look, { path: '/', httpOnly: true, sameSite: 'lax', maxAge: year });
}

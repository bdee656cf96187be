import type { FastifyRequest } from 'fastify';

const safe = new Set(['GET', 'HEAD', 'OPTIONS']);

export class CrossSiteError extends Error {
  readonly statusCode = 403;
  readonly code = 'CROSS_SITE';
}

/**
 * The first of two walls against forged requests: a browser says where a request comes from, and from elsewhere nothing is
 * changed. The second wall is the token in each form.
 */
export function refuseCrossSite(request: FastifyRequest, publicUrl: string) {
  if (safe.has(request.method)) return;
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') throw new CrossSiteError('cross-site request');
  const origin = request.headers.origin;
  if (origin === undefined || origin === publicUrl) return;
  // Also reached by another name (a LAN address, say): then the origin's host is the one that was asked for.
  const host = URL.parse(origin)?.host;
  if (host === undefined || host !== request.host) throw new CrossSiteError('request from another origin');
}

import type { FastifyRequest } from 'fastify';
import type { CameBack } from '../../actions/instance/echo.ts';
import type { Arrival } from '../../domain/instance/address.ts';

/** How a request arrived, and from where a browser says that it came. */
export function arrivalOf(request: FastifyRequest): Arrival {
  const { origin, referer } = request.headers;
  // Browsers send the one with forms and the other with links, as their own address bar has it, whatever a proxy rewrites.
  return { ...cameBy(request), origin: originOf(origin) ?? originOf(referer) };
}

export function cameBy({ protocol, host, ip, socket, headers }: FastifyRequest): CameBack {
  const one = (name: string) => [headers[name]].flat()[0];
  return {
    protocol, host, ip, remote: socket.remoteAddress ?? ip,
    forwarded: { for: one('x-forwarded-for'), proto: one('x-forwarded-proto'), host: one('x-forwarded-host') },
  };
}

function originOf(text: string | undefined): string | null {
  const url = text === undefined ? null : URL.parse(text);
  return url && /^https?:$/u.test(url.protocol) ? url.origin : null;
}

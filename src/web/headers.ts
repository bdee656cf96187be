import helmet from '@fastify/helmet';
import type { FastifyInstance, FastifyReply } from 'fastify';

const policy = {
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  'style-src': ["'self'"],
  'img-src': ["'self'"],
  'media-src': ["'self'"],
  'font-src': ["'self'"],
  'connect-src': ["'self'"],
  'form-action': ["'self'"],
  'manifest-src': ["'self'"],
  'frame-ancestors': ["'none'"],
  'base-uri': ["'none'"],
};

/** Security headers on every answer, errors and static files included. */
export async function addHeaders(server: FastifyInstance, { https }: { https: boolean }) {
  await server.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: policy },
    strictTransportSecurity: https ? { maxAge: 63_072_000, includeSubDomains: false } : false,
    referrerPolicy: { policy: 'same-origin' },
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    xFrameOptions: { action: 'deny' },
  });
  server.addHook('onSend', async (request, reply) => {
    if (!reply.hasHeader('cache-control')) void reply.header('cache-control', 'no-store');
    void reply.header('permissions-policy', 'camera=(), microphone=(), geolocation=(), payment=()');
    void request;
  });
}

/** Browsers hold the redirect after a form to `form-action` too: a page whose form leads to a network's consent page needs this. */
export function allowFormsToNetworks(reply: FastifyReply) {
  const wider = { ...policy, 'form-action': ["'self'", 'https:'] };
  void reply.header('content-security-policy', Object.entries(wider).map(([name, values]) => `${name} ${values.join(' ')}`).join(';'));
}

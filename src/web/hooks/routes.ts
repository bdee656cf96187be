import type { FastifyInstance, FastifyReply } from 'fastify';
import { heedStripe } from '../../actions/billing/heed-stripe.ts';
import { heedPlatform } from '../../actions/instance/heed-platform.ts';
import { createHeed } from '../../actions/intake/hear.ts';
import { createAsk } from '../../actions/posts/composing.ts';
import { hookTexts as t } from '../../domain/texts/instance/hooks.ts';
import type { Provider } from '../../providers/contract.ts';
import type { WebContext } from '../context.ts';

/** Largest call that is read (bytes). */
const bodyLimit = 262_144;

/** Calls from platforms, `POST /hooks/NAME`. Bodies stay as they came: what is signed is the bytes. */
export async function hookRoutes(server: FastifyInstance, context: WebContext): Promise<void> {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit }, (_request, body, done) => done(null, body));
  server.setErrorHandler((error: { statusCode?: number }, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) request.log.error({ err: error }, 'a call from a platform failed');
    return answer(reply, status, { error: status >= 500 ? 'failed' : 'unreadable', message: status >= 500 ? t.failed : t.unreadable });
  });
  stripeHook(server, context);
  const heed = createHeed({ ...context, ask: createAsk(context) });
  for (const [name, provider] of hooksOf(context.providers.all)) {
    server.post(`/hooks/${name}`, { bodyLimit, config: { policy: 'public', machines: true } }, async (request, reply) => {
      const { body, headers } = request;
      const heard = await heedPlatform(context, provider, name, {
        headers: Object.fromEntries(Object.entries(headers).map(([key, value]) => [key, Array.isArray(value) ? value.join(', ') : value])),
        body: Buffer.isBuffer(body) ? body : Buffer.alloc(0), contentType: headers['content-type'] ?? '',
      }, heed);
      switch (heard.kind) {
        case 'done': return heard.body === undefined ? reply.code(200).send() : answer(reply, 200, heard.body);
        case 'refused': return answer(reply, 400, { error: heard.code, message: heard.message });
        case 'later': return answer(reply.header('retry-after', '60'), 503, { error: heard.code, message: heard.message });
      }
    });
  }
}

/** `POST /hooks/stripe`: what cannot be followed up yet is answered so that it is sent again. */
function stripeHook(server: FastifyInstance, context: WebContext) {
  server.post('/hooks/stripe', { bodyLimit, config: { policy: 'public', machines: true } }, async ({ body, headers }, reply) => {
    const signature = [headers['stripe-signature'] ?? ''].flat().join(',');
    const heard = await heedStripe(context, Buffer.isBuffer(body) ? body : Buffer.alloc(0), signature);
    switch (heard.kind) {
      case 'done': return answer(reply, 200, { received: true });
      case 'refused': return answer(reply, 400, { error: heard.code, message: heard.message });
      case 'later': return answer(reply.header('retry-after', '60'), 503, { error: heard.code, message: heard.message });
    }
  });
}

/** Networks of one family may name the same hook; two hooks of one name are a mistake that must not start. */
function hooksOf(providers: readonly Provider[]): Map<string, Provider> {
  const byName = new Map<string, Provider>();
  for (const provider of providers) {
    for (const [name, hook] of Object.entries(provider.hooks ?? {})) {
      const other = byName.get(name);
      if (other && other.hooks?.[name] !== hook) throw new Error(`${other.id} and ${provider.id} both listen at /hooks/${name}`);
      if (!other) byName.set(name, provider);
    }
  }
  return byName;
}

function answer(reply: FastifyReply, status: number, body: unknown): FastifyReply {
  return reply.code(status).type('application/json; charset=utf-8').send(JSON.stringify(body));
}

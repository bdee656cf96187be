import type { FastifyInstance } from 'fastify';
import { apiRefusals as t } from '../../domain/texts/refusals/api.ts';
import { createAsk } from '../../actions/posts/composing.ts';
import type { WebContext } from '../context.ts';
import { answerAsJson, sendError } from './answers.ts';
import { readJson } from './body.ts';
import { channelCalls } from './channels.ts';
import { mayRead, mayWrite, type ApiContext } from './context.ts';
import { describe } from './describe.ts';
import { mediaIn } from './shapes.ts';
import { changeCalls } from './post-changes.ts';
import { postCalls } from './posts.ts';
import { statisticsCalls } from './statistics.ts';
import { uploadCalls } from './uploads.ts';

/** The same calls under both, for Postiz has one in its cloud and the other where people host it. */
export const apiPrefixes = ['/public/v1', '/api/public/v1'] as const;

/** The public API, field by field as Postiz has it, over the same actions as the dashboard. */
export function publicApi(context: WebContext) {
  const { publicUrl } = context.config;
  const idOfUrl = (url: string) => mediaIn(url, publicUrl) ?? (url.startsWith(`${publicUrl}/m/`) ? (context.urls.read(url.slice(publicUrl.length + 3))?.mediaId ?? null) : null);
  const api: ApiContext = { ...context, publicUrl, ask: createAsk(context), idOfUrl };
  return async (server: FastifyInstance): Promise<void> => {
    answerAsJson(server);
    readJson(server);
    allowOwnPages(server, publicUrl);
    for (const calls of [channelCalls, postCalls, changeCalls, uploadCalls, statisticsCalls, describe]) calls(server, api);
    for (const [method, url] of cannotBe) {
      server.route({ method, url, config: method === 'GET' ? mayRead : mayWrite, handler: (_request, reply) => sendError(reply, 501, t.notOffered) });
    }
  };
}

/** What Postiz has and this house does not. */
const cannotBe = [['POST', '/generate-video'], ['POST', '/video/function'], ['GET', '/users']] as const;

/** As with Postiz, pages of other sites cannot call: a key in a page would be everybody's. */
function allowOwnPages(server: FastifyInstance, publicUrl: string) {
  server.addHook('onRequest', async ({ headers }, reply) => {
    void reply.header('vary', 'origin');
    if (headers.origin === publicUrl) void reply.headers({ 'access-control-allow-origin': publicUrl, 'access-control-expose-headers': 'retry-after, ratelimit-limit, ratelimit-remaining, ratelimit-reset' });
  });
  server.options('/*', { config: { policy: 'public', machines: true } }, (_request, reply) => reply.code(204)
    .headers({ 'access-control-allow-methods': 'GET, POST, PUT, DELETE', 'access-control-allow-headers': 'authorization, content-type, idempotency-key' }).send());
}

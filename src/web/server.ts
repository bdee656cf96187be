import cookie from '@fastify/cookie';
import csrf from '@fastify/csrf-protection';
import formbody from '@fastify/formbody';
import multipart from '@fastify/multipart';
import statics from '@fastify/static';
import Fastify, { LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import { createAllowance } from '../actions/sessions/allowance.ts';
import { createSessions } from '../actions/sessions/sessions.ts';
import { createThrottle } from '../actions/sessions/throttle.ts';
import type { Deps } from '../deps.ts';
import type { Assets } from '../lib/assets.ts';
import type { Send } from '../lib/net-guard.ts';
import { mac, type KeyRing } from '../lib/secrets/seal.ts';
import type { Tally } from '../lib/tally.ts';
import type { MediaUrls } from '../media/public-url.ts';
import { codeRoutes } from './auth/code.tsx';
import { mailLinkRoutes } from './auth/mail-links.tsx';
import { authRoutes } from './auth/routes.tsx';
import { billingRoutes } from './billing/routes.tsx';
import { pricingRoutes } from './billing/pricing.tsx';
import { subscriberRoutes } from './billing/subscribers.tsx';
import { calendarRoutes } from './calendar/routes.tsx';
import { channelRoutes } from './channels/routes.tsx';
import { refuseCrossSite } from './session/cross-site.ts';
import { answerErrors } from './errors.tsx';
import { addHeaders } from './headers.ts';
import { healthRoutes } from './health.ts';
import { hookRoutes } from './hooks/routes.ts';
import { findRoutes } from './frame/find.ts';
import { railRoutes } from './frame/rail.ts';
import { homeRoutes } from './home/routes.tsx';
import { metricsRoutes } from './metrics.ts';
import { createKeyHeader } from './session/key-header.ts';
import { labelRoutes } from './labels/routes.tsx';
import { liveRoutes } from './live.ts';
import { localRoutes } from './local/routes.tsx';
import { readManifest } from './manifest.ts';
import { mailChoiceRoutes } from './mails/choices.tsx';
import { outboxRoutes } from './mails/outbox.tsx';
import { publicMediaRoutes } from './media/public.ts';
import { incomingRoutes } from './media/incoming.ts';
import { resumableRoutes } from './media/resumable.ts';
import { mediaRoutes } from './media/routes.tsx';
import { autosaveRoutes } from './composer/autosave.ts';
import { assetPrefix, enforcePolicies, formOwner, isForMachines, scopeOf, turnedAway } from './policy.ts';
import { hashtagRoutes } from './composer/hashtags.tsx';
import { composerRoutes } from './composer/routes.tsx';
import { cropRoutes } from './composer/side-pages.tsx';
import { writingRoutes } from './composer/writing.ts';
import { postListRoutes } from './posts/list-routes.tsx';
import { postRoutes } from './posts/routes.tsx';
import { publicationRoutes } from './posts/publications.tsx';
import { apiPrefixes, publicApi } from './public-api/routes.ts';
import { deletionRoutes } from './privacy/deletion.tsx';
import { portabilityRoutes } from './privacy/portability.tsx';
import { profileRoutes } from './privacy/profile.tsx';
import { requestRoutes } from './privacy/requests.tsx';
import { privacyRoutes } from './privacy/routes.tsx';
import { robotsRoutes } from './public/front.tsx';
import { policyRoutes } from './public/policy.tsx';
import { undoRoutes } from './posts/undo.ts';
import { publicRoutes } from './public/routes.tsx';
import { securityRoutes } from './security/routes.tsx';
import { createSessionCookie } from './session/session-cookie.ts';
import { logRoutes } from './log/routes.tsx';
import { invitationRoutes } from './members/invitations.tsx';
import { memberRoutes } from './members/routes.tsx';
import { peopleRoutes } from './people/routes.tsx';
import { instanceRoutes } from './settings/instance.tsx';
import { keyRoutes } from './settings/keys.tsx';
import { networkRoutes } from './settings/networks.tsx';
import { noticeRoutes } from './notices/notices.tsx';
import { policySettingsRoutes } from './notices/policy.tsx';
import { intakeRoutes } from './settings/intake.tsx';
import { settingsRoutes } from './settings/routes.tsx';
import { setupRoutes } from './setup/routes.tsx';
import { scriptBeside } from './setup/script.ts';
import { workspaceRoutes } from './workspaces/routes.tsx';
import { contactRoutes } from './support/contact.tsx';
import { inboxRoutes } from './support/inbox.tsx';
import { supportRoutes } from './support/member.tsx';
import { formLimits, readUploads } from './uploads.ts';

export interface WebParts {
  assets: Assets;
  logger: FastifyBaseLogger;
  ring: KeyRing;
  urls: MediaUrls;
  send: Send;
  attempts: Tally;
}

/** The whole web: every area is listed here, and a route without a policy does not start. */
export async function createServer(deps: Deps, { assets, logger, ring, urls, send, attempts }: WebParts): Promise<FastifyInstance> {
  const { config, storage } = deps;
  const https = config.publicUrl.startsWith('https:');
  const server = Fastify({
    loggerInstance: logger,
    // Our own line below: without the query, which may hold states and codes.
    logController: new LogController({ disableRequestLogging: true }),
    rewriteUrl: ({ url = '/' }) => (isReadable(url) ? url : `${apiPrefixes.find((prefix) => url.startsWith(`${prefix}/`)) ?? ''}/address-that-cannot-be-read`),
    trustProxy: trusted(config.trustProxy),
    bodyLimit: 1_048_576,
    routerOptions: { maxParamLength: 200 },
    forceCloseConnections: 'idle',
    // No route has a JSON schema; without this the compilers for them would be loaded all the same.
    schemaController: { compilersFactory: { buildValidator: () => noSchemas, buildSerializer: () => noSchemas } },
  });
  const sessions = createSessions(deps);
  const sessionCookie = createSessionCookie(deps, sessions);

  await addHeaders(server, { https });
  await server.register(cookie);
  await server.register(formbody, { bodyLimit: 1_048_576 });
  await server.register(multipart, { limits: formLimits, throwFileSizeLimit: false });
  await server.register(csrf, {
    cookieKey: https ? '__Host-csrf' : 'csrf',
    cookieOpts: { path: '/', httpOnly: true, sameSite: 'lax', secure: https },
    csrfOpts: { hmacKey: mac(ring, 'csrf', 'forms'), userInfo: true },
    getUserInfo: (request) => formOwner(request.actor),
    getToken: (request) => tokenIn(request.body) ?? String(request.headers['x-csrf-token'] ?? ''),
  });
  enforcePolicies(server);

  const keyHeader = createKeyHeader(deps);
  server.decorateRequest('actor', null);
  server.decorateRequest('holder', null);
  server.addHook('onRequest', async (request, reply) => {
    const { config: of } = request.routeOptions;
    const scope = scopeOf(of.policy);
    if (scope !== null) request.holder = await keyHeader.read(request, reply, scope);
    if (isForMachines(of)) return undefined;
    refuseCrossSite(request, config.publicUrl);
    request.actor = await sessionCookie.read(request, reply);
    if (turnedAway(request, reply)) return reply;
    return undefined;
  });
  readUploads(server, storage);
  server.addHook('preHandler', (request, reply, done) => {
    if (request.method === 'GET' || request.method === 'HEAD' || request.is404 || isForMachines(request.routeOptions.config)) return done();
    server.csrfProtection(request, reply, done);
  });
  server.addHook('onResponse', async ({ method, url, ip, log, routeOptions }, reply) => {
    const path = routeOptions.config.secretAddress ? routeOptions.url : url.split('?', 1)[0];
    log.info({ method, path, status: reply.statusCode, ms: Math.round(reply.elapsedTime), ip }, 'request');
  });
  answerErrors(server);

  const context = { ...deps, urls, send, attempts, sessions, sessionCookie, throttle: createThrottle(), allowance: createAllowance(), manifest: await readManifest(assets), script: scriptBeside(assets) };
  server.decorate('web', context);
  await server.register(statics, {
    root: assets.path('public'), prefix: assetPrefix, wildcard: false, index: false, preCompressed: true,
    cacheControl: false, setHeaders: (reply, path) => {
      // Built names carry their content's hash; beside them lies what the build compressed.
      reply.header('cache-control', /-[A-Z\d]{8}\.\w+(?:\.br|\.gz)?$/u.test(path) ? 'public, max-age=31536000, immutable' : 'public, max-age=3600');
    },
  });
  const areas = [
    healthRoutes,
    metricsRoutes,
    authRoutes,
    railRoutes,
    homeRoutes,
    composerRoutes,
    autosaveRoutes,
    cropRoutes,
    postRoutes,
    publicationRoutes,
    mediaRoutes,
    resumableRoutes,
    publicMediaRoutes,
    channelRoutes,
    settingsRoutes,
    networkRoutes,
    writingRoutes,
    hashtagRoutes,
    keyRoutes,
    instanceRoutes,
    localRoutes,
    publicRoutes,
    setupRoutes,
    privacyRoutes,
    deletionRoutes,
    portabilityRoutes,
    profileRoutes,
    requestRoutes,
    memberRoutes,
    invitationRoutes,
    workspaceRoutes,
    peopleRoutes,
    logRoutes,
    securityRoutes,
    codeRoutes,
    mailLinkRoutes,
    outboxRoutes,
    mailChoiceRoutes,
    supportRoutes,
    inboxRoutes,
    contactRoutes,
    policySettingsRoutes,
    noticeRoutes,
    policyRoutes,
    robotsRoutes,
    billingRoutes,
    subscriberRoutes,
    pricingRoutes,
    findRoutes,
    incomingRoutes,
    intakeRoutes,
    postListRoutes,
    undoRoutes,
    calendarRoutes,
    labelRoutes,
    liveRoutes,
  ];
  for (const area of areas) area(server, context);
  await server.register(hookRoutes, context);
  for (const prefix of apiPrefixes) await server.register(publicApi(context), { prefix });
  return server;
}

function noSchemas(): never {
  throw new Error('a route has a JSON schema and nothing here compiles it');
}

/** An address with broken escapes would be answered before any hook could set a header. */
function isReadable(url: string): boolean {
  try {
    return decodeURI(url).length > 0;
  } catch {
    return false;
  }
}

/** A number is how many proxies stand in front, nearest first. */
function trusted(proxies: Deps['config']['trustProxy']) {
  return typeof proxies === 'number' ? (_address: string, hop: number) => hop < proxies : proxies;
}

function tokenIn(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null || !('_csrf' in body)) return undefined;
  const [token] = [body._csrf].flat();
  return typeof token === 'string' ? token : undefined;
}

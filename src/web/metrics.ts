import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Gauge, Registry } from 'prom-client';
import { equalSafely } from '../lib/secrets/tokens.ts';
import type { QueueTotals } from '../store/everywhere.ts';
import type { WebContext } from './context.ts';
import { apiDescription as t } from '../domain/texts/refusals/api.ts';

/** What is measured at each look, with the words that Prometheus shows. */
const gauges: Readonly<Record<string, { help: string; of: (totals: QueueTotals, now: number) => number }>> = {
  waiting: { help: t.waiting, of: ({ waiting }) => waiting },
  due: { help: t.due, of: ({ due }) => due },
  late: { help: t.late, of: ({ late }) => late },
  publishing: { help: t.publishing, of: ({ publishing }) => publishing },
  stuck: { help: t.stuck, of: ({ stuck }) => stuck },
  in_doubt: { help: t.inDoubt, of: ({ unconfirmed }) => unconfirmed },
  failed: { help: t.failed, of: ({ failed }) => failed },
  held: { help: t.held, of: ({ held }) => held },
  queue_age_seconds: { help: t.queueAge, of: ({ oldestDueAt }, now) => (oldestDueAt === null ? 0 : Math.max(0, (now - oldestDueAt) / 1000)) },
};

/** `GET /metrics` for Prometheus: with the token, or from this machine itself. */
export function metricsRoutes(server: FastifyInstance, context: WebContext) {
  const { config, store, engine, now, attempts } = context;
  // Loaded with the first look: whoever does not measure pays nothing.
  let loading: Promise<() => Promise<{ type: string; text: string }>> | undefined;

  async function load() {
    const { default: prom } = await import('prom-client');
    const registry: Registry = new prom.Registry();
    prom.collectDefaultMetrics({ register: registry });
    const queue = new Map<string, Gauge>(Object.entries(gauges).map(([name, { help }]) => [name, new prom.Gauge({ name: `postmaster_${name}`, help, registers: [registry] })]));
    const ticked = new prom.Gauge({ name: 'postmaster_tick_age_seconds', help: t.tickAge, registers: [registry] });
    const mails = new prom.Gauge({ name: 'postmaster_mails', help: t.mails, labelNames: ['state'], registers: [registry] });
    const ended = new prom.Counter({ name: 'postmaster_attempts_total', help: t.attempts, labelNames: ['network', 'outcome'], registers: [registry] });
    return async () => {
      const at = now();
      const totals = await store.everywhere.queueTotals(at);
      for (const [name, { of }] of Object.entries(gauges)) queue.get(name)?.set(of(totals, at));
      ticked.set((at - (engine.lastTickAt() ?? at)) / 1000);
      for (const [state, count] of Object.entries(await store.mails.counts())) mails.set({ state }, count);
      ended.reset();
      for (const { first, second, count } of attempts.all()) ended.inc({ network: first, outcome: second }, count);
      return { type: registry.contentType, text: await registry.metrics() };
    };
  }

  server.get('/metrics', { config: { policy: 'public' } }, async (request, reply) => {
    if (!mayMeasure(request, config.metricsToken)) {
      return reply.code(config.metricsToken === undefined ? 403 : 401).type('text/plain; charset=utf-8').send(t.mayNotMeasure);
    }
    loading ??= load();
    const { type, text } = await (await loading)();
    return reply.type(type).send(text);
  });
}

/** What a proxy passes on comes from this machine too: a name or a header of elsewhere tells. */
function mayMeasure({ headers, socket }: FastifyRequest, token: string | undefined): boolean {
  const given = /^bearer\s+(.+)$/iu.exec(headers.authorization ?? '')?.[1];
  if (token !== undefined) return given !== undefined && equalSafely(given, token);
  const proxied = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip', 'via'].some((name) => headers[name] !== undefined);
  const named = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::\d+)?$/iu.test(headers.host ?? '');
  return !proxied && named && /^(?:::ffff:)?127\.|^::1$/u.test(socket.remoteAddress ?? '');
}

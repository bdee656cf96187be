import type { FastifyInstance } from 'fastify';
import type { WebContext } from './context.ts';

export function healthRoutes(server: FastifyInstance, { engine, store, config, now }: WebContext) {
  server.get('/healthz', { config: { policy: 'public' } }, async () => ({ status: 'ok' }));

  /** Ready while the database answers and the tick beats: three missed beats (and at least 10 s) are not. It is migrated before it serves. */
  server.get('/readyz', { config: { policy: 'public' } }, async (request, reply) => {
    try {
      await store.people.countUsers();
    } catch (error) {
      request.log.error({ err: error }, 'the database does not answer');
      return reply.code(503).send({ status: 'waiting', reason: 'the database does not answer' });
    }
    const last = engine.lastTickAt();
    const late = last === null ? null : now() - last;
    if (late !== null && late < Math.max(3 * config.tickMs, 10_000)) return { status: 'ok' };
    void reply.code(503);
    return { status: 'waiting', reason: late === null ? 'the scheduler has not run yet' : `the scheduler ran ${Math.round(late / 1000)} s ago` };
  });
}

import { PassThrough } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import type { WebContext } from './context.ts';
import { actorOf } from './policy.ts';

/** How often it is looked whether anything changed, while somebody listens (ms). */
const lookEvery = 1_000;
/** A line now and then keeps proxies from closing a silent stream. */
const beatEvery = 20_000;
/** A stream ends then and the browser asks again: whoever has logged out meanwhile is turned away. */
const longest = 5 * 60_000;
const mostPerPerson = 12;

interface Listener {
  userId: string;
  workspaceId: string;
  stream: PassThrough;
  since: number;
  /** What it was told last. */
  pulse: string;
}

/**
 * Says "changed" to open pages when something of their workspace did, as server-sent events: not what, for the page itself
 * is asked for that. One look a second serves everybody, and nobody's look costs anything while nobody listens.
 */
export function liveRoutes(server: FastifyInstance, { store, now, log }: WebContext) {
  const listeners = new Set<Listener>();
  let timer: NodeJS.Timeout | null = null;
  let beat = '';
  let beatAt = 0;
  let looking = false;

  async function look(): Promise<void> {
    if (looking) return;
    looking = true;
    try {
      const fresh = await store.pulse.beat();
      const changed = fresh !== beat;
      beat = fresh;
      const pulses = new Map<string, string>();
      for (const listener of listeners) {
        if (now() - listener.since > longest) end(listener);
        else if (changed) {
          const pulse = pulses.get(listener.workspaceId) ?? await store.pulse.of(listener.workspaceId, now());
          pulses.set(listener.workspaceId, pulse);
          tell(listener, pulse);
        }
      }
      if (now() - beatAt >= beatEvery) {
        beatAt = now();
        for (const { stream } of listeners) stream.write(': beat\n\n');
      }
    } catch (error) {
      log.error({ err: error }, 'looking for changes failed');
    } finally {
      looking = false;
    }
  }

  function tell(listener: Listener, pulse: string) {
    if (listener.pulse === pulse) return;
    listener.pulse = pulse;
    listener.stream.write(`event: changed\ndata: ${pulse}\n\n`);
  }

  function end(listener: Listener) {
    listeners.delete(listener);
    listener.stream.end();
    if (listeners.size === 0 && timer) {
      clearInterval(timer);
      timer = null;
    }
  }

  server.get('/live', { config: { policy: { member: 'viewer' } } }, async (request, reply) => {
    const { userId, workspaceId } = actorOf(request);
    const own = [...listeners].filter((one) => one.userId === userId);
    // The oldest is most likely that of a tab which is gone without having said so.
    if (own.length >= mostPerPerson && own[0]) end(own[0]);
    const listener: Listener = { userId, workspaceId, stream: new PassThrough(), since: now(), pulse: '' };
    listeners.add(listener);
    timer ??= setInterval(() => void look(), lookEvery).unref();
    reply.raw.once('close', () => end(listener));
    listener.stream.write('retry: 3000\n\n');
    // A page that is older than this is told so at once.
    tell(listener, await store.pulse.of(workspaceId, now()));
    return reply.type('text/event-stream').header('x-accel-buffering', 'no').send(listener.stream);
  });

  // A stream would keep the server from closing for as long as its tab is open.
  server.addHook('preClose', async () => {
    for (const listener of listeners) end(listener);
  });
}

import * as z from 'zod';
import type { ErrorTable } from '../providers/http.ts';
import { provider, type Found, type Provider } from '../providers/contract.ts';
import { startFake, type FakePlatform } from '../providers/fake/server.ts';
import type { Subject } from '../providers/subject.ts';

const origin = 'https://plain.test';
const grant = z.object({ token: z.string() });
const errors: ErrorTable = { read: (json) => ({ message: z.object({ message: z.string() }).safeParse(json).data?.message }), rules: [{ status: 429, kind: 'rate_limited', scope: 'app', says: /app/u }, { status: 429, kind: 'rate_limited' }] };


/**
 * The plainest network there could be, to try the engine itself: one call creates a post and nothing stops it from creating
 * another. `canLook` gives it a way to ask whether a post is there; `refreshes` a grant that wears out.
 */
export function plainProvider({ canLook, refreshes = false }: { canLook: boolean; refreshes?: boolean }): Provider {
  return provider<{ token: string }, object>({
    id: 'plain', name: 'Plain', colour: '#123456',
    capabilities: {
      text: { max: 500, unit: 'graphemes', required: true }, images: null, videos: null, media: { min: 0, max: 0, mixed: false }, alt: null, thread: { max: 10 }, links: 'text',
      settleMs: 10_000, inDoubt: canLook ? 'looked_up' : 'asks_a_person',
    }, fields: [], grant, options: z.object({}),
    connect: { kind: 'form', fields: [], help: '', verify: async () => ({ account: { id: '1', name: 'One' }, grant: { token: 'good' } }) },
    targets: async () => [],
    ...(refreshes && {
      refresh: async ({ token }, io) => {
        const answer = await io.http({ method: 'POST', url: `${origin}/refresh`, body: { json: { token } } });
        return { grant: answer.read(grant) };
      },
    }),
    async publish(job, step, io) {
      const create = (text: string) => async () => {
        const answer = await io.http({ method: 'POST', url: `${origin}/posts`, bearer: job.grant.token, body: { json: { text } }, errors });
        return answer.read(z.object({ id: z.string() }));
      };
      const find = (text: string) => async (): Promise<Found<{ id: string }>> => {
        const { json } = await io.http({ method: 'GET', url: `${origin}/posts`, query: { text }, bearer: job.grant.token });
        const [found] = z.array(z.object({ id: z.string() })).parse(json);
        return found ? { found } : 'absent';
      };
      const ids: string[] = [];
      for (const [n, { text, waitMinutes }] of job.parts.entries()) {
        const name = `post-${n + 1}`;
        await step.wait(`${name}-wait`, waitMinutes);
        ids.push((await (canLook ? step.once(name, create(text), find(text)) : step.once(name, create(text)))).id);
      }
      return { remoteId: ids[0] ?? '', url: null };
    },
  });
}

/** Its platform: takes tokens `good` and whatever a refresh gave last. */
export function startPlain(): Promise<FakePlatform> {
  return startFake([origin], (platform) => {
    const tokens = new Set(['good']);
    return (request) => {
      if (request.path === '/refresh') {
        const { token } = request.json() as { token: string };
        if (!tokens.delete(token) && token !== 'stale') return { status: 401, body: { message: 'used already' } };
        const fresh = `fresh-${platform.calls.length}`;
        tokens.add(fresh);
        return { status: 200, body: { token: fresh } };
      }
      if (!tokens.has(request.headers['authorization']?.slice('Bearer '.length) ?? '')) return { status: 401, body: { message: 'no' } };
      if (request.method === 'GET') {
        return { status: 200, body: platform.ledger.filter(({ text }) => text === request.query.get('text')).map(({ id }) => ({ id })) };
      }
      const { text } = request.json() as { text: string };
      const id = String(platform.ledger.length + 1);
      platform.ledger.push({ id, text, media: [] });
      return { status: 200, body: { id } };
    };
  });
}

export function plainSubject(options: { canLook: boolean; refreshes?: boolean }, token = 'good'): Subject {
  return {
    provider: plainProvider(options),
    start: startPlain,
    account: () => ({ grant: { token }, target: { remoteId: '1', name: 'One', handle: '@one', url: null, avatarUrl: null } }),
    cases: [
      { name: 'post', parts: [{ text: 'Hello' }], visible: 1 },
      { name: 'thread', parts: [{ text: 'One' }, { text: 'Two' }, { text: 'Three' }], visible: 3 },
    ],
  };
}

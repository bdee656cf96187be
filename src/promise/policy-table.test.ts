import { createHash } from 'node:crypto';
import { utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { disconnect } from '../actions/channels/disconnect.ts';
import { day } from '../domain/promise/retention.ts';
import { promiseWorld, type PromiseWorld } from '../testing/promise/promise.ts';
import { plantChannel, plantPerson, plantPost, wordsOf } from '../testing/promise/promise-post.ts';
import { start } from '../testing/world.ts';

// The table that people read, held against what the prune does: every class in it that ends by age is planted on day 0, the
// nights of a hundred days go by, and each is gone when its line says so.

let world: PromiseWorld;
/** By the line of the page: on which day it was found for the last time. */
const lastSeen = new Map<string, number>();
let page: Map<string, string>;

const lines = {
  content: 'Drafts, scheduled posts and uploaded media',
  logs: 'Server logs: IP addresses and requests',
  connections: 'What a connected account is known by: its ids, name and picture',
  copies: 'Copies of the database from before an upgrade or a restore',
  calls: 'That a network called us, as a fingerprint of the call',
} as const;

beforeAll(async () => {
  world = await promiseWorld();
  const { deps, server, dir } = world.app;
  page = new Map(Array.from((await server.inject({ url: '/privacy' })).body.matchAll(/<dt>([^<]+)<\/dt><dd>([^<]+)<\/dd>/gu), ([, what = '', said = '']) => [what, said]));

  const person = await plantPerson(world, 'ada');
  await plantPost(world, 'post', await plantChannel(world, 'ada', person), 'published');
  const other = await plantChannel(world, 'left', person);
  await disconnect(deps, { ...person, role: 'owner' }, other.channelId);
  world.log(world.canary('log line'));
  writeFileSync(join(dir, 'before-0009.db'), world.canary('copy'));
  utimesSync(join(dir, 'before-0009.db'), start / 1000, start / 1000);
  const digest = createHash('sha256').update(world.canary('call')).digest('hex');
  await deps.store.everywhere.heed({ digest, provider: 'plain', family: ['plain'], events: [{ kind: 'deauthorized', accountId: 'nobody' }], code: 'x', erased: { kind: 'auth', code: 'x', message: '' }, now: start });

  const places: Record<keyof typeof lines, string[]> = {
    content: wordsOf('post'), logs: ['log line'], copies: ['copy'], calls: [],
    connections: ['account id', 'channel id', 'channel name', 'handle', 'picture'].map((place) => `left: ${place}`),
  };
  for (let night = 0; night <= 100; night += 1) {
    world.clock.set(start + night * day);
    await world.prune();
    for (const [id, planted] of Object.entries(places)) if (Object.keys(world.left(planted)).length > 0) lastSeen.set(id, night);
    if (world.scan(digest).length > 0) lastSeen.set('calls', night);
  }
}, 60_000);
afterAll(() => world.close());

it.each(Object.entries(lines))('promise 08: the line about %s says when it goes, and then it is gone', (id, line) => {
  const said = page.get(line) ?? '';
  const days = Number(/(\d+) days/u.exec(said)?.[1]);
  expect(days, said).toBeGreaterThan(0);
  // Kept to the day before; what the line calls a bound is over by then.
  expect(lastSeen.get(id)).toBe(said.includes('at most') ? days - 2 : days - 1);
});

it('promise 08: whatever the prune has deleted is told in the table', async () => {
  const { store } = world.app.deps;
  const { retention } = await import('../domain/promise/retention.ts');
  const last = await store.prunings.last();
  const classes = new Set(store.prunings.rules().map((rule) => rule.class));
  expect(last?.at).toBe(start + 100 * day);
  for (const id of classes) expect([...page.keys()]).toContain(retention.find((one) => one.id === id)?.what);
});

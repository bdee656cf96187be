import { existsSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { day } from '../../domain/promise/retention.ts';
import { newId } from '../../lib/ids.ts';
import { promiseWorld, type PromiseWorld } from '../../testing/promise/promise.ts';
import { seedChannel, seedMedia, seedPerson, seedPost, start } from '../../testing/world.ts';
import { prune, pruneCounts, pruneIfDue } from './prune.ts';

let world: PromiseWorld;

beforeEach(async () => { world = await promiseWorld(); });
afterEach(() => world.close());

const deps = () => world.app.deps;
const store = () => world.app.deps.store;

async function sessions(n: number, expiresAt: number) {
  const { userId, workspaceId } = await seedPerson(store());
  for (let i = 0; i < n; i += 1) {
    await store().sessions.create({ id: newId(start), userId, workspaceId, expiresAt, createdAt: start, agent: world.canary(`session ${i}`) });
  }
  return userId;
}

describe('the nightly prune', () => {
  it('tells what would go and touches nothing', async () => {
    const userId = await sessions(3, start + 5);
    const told = await pruneCounts(deps(), start + 5);
    expect(told).toContainEqual({ class: 'sessions', rule: 'sessions that have ended', count: 3 });
    expect(told.filter(({ count }) => count > 0)).toHaveLength(1);
    expect(await store().sessions.ofUser(userId)).toHaveLength(3);
  });

  it('takes what is over in batches, journals how many that were, and leaves no byte of them', async () => {
    const userId = await sessions(130, start + 5);
    await sessions(2, start + 6);
    const end = await prune(deps(), start + 5);
    expect(end).toMatchObject({ ended: true, rows: 130 });
    expect(await store().sessions.ofUser(userId)).toHaveLength(0);
    const run = await store().prunings.last();
    expect(await store().prunings.of(run?.id ?? '')).toEqual([expect.objectContaining({ class: 'sessions', rows: 130, files: 0 })]);
    expect(Object.keys(world.left())).toEqual(['session 0', 'session 1']);
  });

  it('writes the file anew between two posts, not while one is due', async () => {
    const { workspaceId, ...more } = await seedChannel(store(), 'plain', { grant: {}, target: { remoteId: 'r', name: 'One', handle: '', url: null, avatarUrl: null } });
    await seedPost(store(), { workspaceId, ...more }, 'plain', { parts: [{ text: 'Soon', media: [] }] }, {}, world.clock.now() + 1_000);
    let ended = false;
    const pruning = (async () => {
      await prune(deps(), world.clock.now());
      ended = true;
    })();
    await vi.waitFor(async () => expect((await store().prunings.counts(world.clock.now())).every(({ count }) => count === 0)).toBe(true));
    await new Promise((resolve) => { setTimeout(resolve, 700); });
    expect(ended).toBe(false);
    // It is still not sent: nobody knows what it waits for.
    world.clock.advance(11 * 60_000);
    await pruning;
    expect(ended).toBe(true);
  });

  it('goes on where a run stopped, in the same journal', async () => {
    await sessions(100, start + 5);
    const stopping = new AbortController();
    const { prunings } = store();
    const whole = { ...prunings };
    store().prunings.batch = async (...asked) => {
      const gone = await whole.batch(...asked);
      stopping.abort();
      return gone;
    };
    expect((await prune(deps(), start + 5, { stopping: stopping.signal })).ended).toBe(false);
    expect(await store().prunings.last()).toBeUndefined();
    Object.assign(prunings, whole);
    expect((await prune(deps(), start + day)).ended).toBe(true);
    const run = await store().prunings.last();
    expect(run?.at).toBe(start + day);
    expect(await store().prunings.of(run?.id ?? '')).toEqual([expect.objectContaining({ class: 'sessions', rows: 100 })]);
  });

  it('is done once a night, and a night that was missed is caught up', async () => {
    await pruneIfDue(deps());
    const first = await store().prunings.last();
    expect(first?.at).toBe(start);
    world.clock.advance(3_600_000);
    await pruneIfDue(deps());
    expect(await store().prunings.last()).toEqual(first);
    // 09:00, so that the next 03:17 is not a day away.
    world.clock.advance(day - 2 * 3_600_000);
    await pruneIfDue(deps());
    expect((await store().prunings.last())?.at).toBe(world.clock.now());
  });

  it('removes files that no medium stands for once no upload can still need them, and keeps the others', async () => {
    const { workspaceId } = await seedPerson(store());
    const known = await seedMedia(store(), workspaceId);
    const [orphan, young] = [newId(start), newId(start)];
    const paths = [known, orphan, young].map((id) => deps().storage.path({ id, type: 'image/png' }));
    for (const path of paths) {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, world.canary('bytes'));
      utimesSync(path, start / 1000, (start - (path.includes(young) ? day - 1_000 : day)) / 1000);
    }
    await prune(deps(), start);
    expect(paths.map((path) => existsSync(path))).toEqual([true, false, true]);
  });

  it('reports media whose files are gone and keeps their rows', async () => {
    const { workspaceId } = await seedPerson(store());
    const id = await seedMedia(store(), workspaceId);
    await prune(deps(), start);
    expect(world.app.logged()).toContain('"missing":1');
    expect(await store().media.get(workspaceId, id)).toBeDefined();
  });

  it('removes copies of the database that were made for an upgrade', async () => {
    const copy = join(world.app.dir, 'before-0004.db');
    writeFileSync(copy, world.canary('copy'));
    utimesSync(copy, start / 1000, start / 1000);
    world.days(13);
    await world.prune();
    expect(existsSync(copy)).toBe(true);
    world.days(1);
    await world.prune();
    expect(world.left()).toEqual({});
  });
});

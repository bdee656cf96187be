import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { sumsBy } from '../../domain/time/statistics.ts';
import { testStore, type TestStore } from '../../testing/store.ts';
import { seedChannel, seedPerson, seedPost, start, type World } from '../../testing/world.ts';

let test: TestStore;
let world: World;
beforeEach(async () => {
  test = testStore();
  world = await seedChannel(test.store, 'plain', { grant: {}, target: { remoteId: 'r', name: 'One', handle: '', url: null, avatarUrl: null } });
});
afterEach(() => test.close());

/** A publication that was due at `due` and ended so; `late` in ms. */
async function ended(status: string, due: number, late = 0) {
  const { publicationId } = await seedPost(test.store, world, 'plain', { parts: [{ text: 'x', media: [] }] }, {}, due);
  const raw = new Database(test.file);
  raw.prepare('update publications set status = ?, published_at = ?, updated_at = ? where id = ?').run(status, status === 'published' ? due + late : null, due + late, publicationId);
  raw.close();
}

it('counts what was on time, late and failed, by network and quarter of an hour', async () => {
  await ended('published', start);
  await ended('published', start, 60_000);
  await ended('published', start, 60_001);
  await ended('published', start + 20 * 60_000);
  await ended('failed', start, 5);
  await ended('canceled', start);
  await ended('unconfirmed', start);
  await ended('scheduled', start);
  await ended('published', start - 1);
  const rows = await test.store.statistics.ended(world.workspaceId, start);
  expect(Object.fromEntries(sumsBy(rows, ({ at }) => String(at - start)))).toEqual({ 0: { onTime: 2, late: 1, failed: 1 }, [15 * 60_000]: { onTime: 1, late: 0, failed: 0 } });
  expect(rows.every(({ provider }) => provider === 'plain')).toBe(true);
  expect(await test.store.statistics.ended((await seedPerson(test.store)).workspaceId, 0)).toEqual([]);
});

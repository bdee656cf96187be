import { afterEach, beforeEach, expect, it } from 'vitest';
import { day, keepDays } from '../../domain/promise/retention.ts';
import { testStore, type TestStore } from '../../testing/store.ts';
import { seedChannel, seedPost, start, type World } from '../../testing/world.ts';
import { drizzleOver, openSqlite } from '../db.ts';
import { binRules } from './bin.ts';

let test: TestStore;
let world: World;
beforeEach(async () => {
  test = testStore();
  world = await seedChannel(test.store, 'plain', { grant: {}, target: { remoteId: 'r', name: 'One', handle: '', url: null, avatarUrl: null } });
});
afterEach(() => test.close());

it('ends a deleted post when its time in the bin is over, not before, and leaves the others', async () => {
  const words = { parts: [{ text: 'Hello', media: [] }] } as const;
  const { postId } = await seedPost(test.store, world, 'plain', words);
  const kept = await seedPost(test.store, world, 'plain', words);
  await test.store.moving.bin(world.workspaceId, [postId], { userId: null, now: start });
  const sqlite = openSqlite(test.file);
  const [rule] = binRules(drizzleOver(sqlite));
  const end = start + keepDays('bin', 'deleted') * day;
  const left = () => sqlite.prepare('select id from posts').pluck().all();
  expect([rule?.count(end - 1), rule?.prune(end - 1, 9).rows, left().length]).toEqual([0, 0, 2]);
  expect([rule?.count(end), rule?.prune(end, 9).rows, left()]).toEqual([1, 1, [kept.postId]]);
  sqlite.close();
});

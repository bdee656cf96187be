import { afterEach, beforeEach, expect, it } from 'vitest';
import { newId } from '../lib/ids.ts';
import { testStore, type TestStore } from '../testing/store.ts';
import { seedChannel, seedPost, start, type World } from '../testing/world.ts';

let test: TestStore;
let world: World;
let postId: string;
const hello = { parts: [{ text: 'Hello', media: [] }] } as const;
const target = { remoteId: 'r1', name: 'One', handle: '@one', url: null, avatarUrl: null };
const claim = (now: number) => test.store.queue.claimDue({ boot: 'b', now, until: now + 1_000, limit: 10, attemptId: () => newId(now) });
beforeEach(async () => {
  test = testStore();
  world = await seedChannel(test.store, 'plain', { grant: {}, target });
  postId = (await seedPost(test.store, world, 'plain', hello)).postId;
});
afterEach(() => test.close());

it.each(['frozen', 'unpaid'] as const)('holds back everything of a workspace that is %s, says so, and lets go', async (why) => {
  const { workspaceId } = world;
  const elsewhere = await seedChannel(test.store, 'plain', { grant: {}, target: { ...target, remoteId: 'r2' } });
  const other = await seedPost(test.store, elsewhere, 'plain', hello);
  await test.store.people.hold(workspaceId, why, start);
  await test.store.people.hold(workspaceId, why, start + 5);
  expect((await test.store.people.workspace(workspaceId))?.[`${why}At`]).toBe(start);
  expect((await claim(start)).map(({ publication }) => publication.postId)).toEqual([other.postId]);
  expect((await test.store.publications.ofPosts(workspaceId, [postId])).get(postId)?.map(({ held }) => held)).toEqual([why]);
  expect(await test.store.publications.queueState(workspaceId, start)).toMatchObject({ waiting: 1, due: 0, oldestDueAt: null, held: 1 });
  await test.store.people.hold(workspaceId, why, null);
  expect((await claim(start)).map(({ publication }) => publication.postId)).toEqual([postId]);
});

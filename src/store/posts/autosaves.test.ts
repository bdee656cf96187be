import { afterEach, beforeEach, expect, it } from 'vitest';
import { newId } from '../../lib/ids.ts';
import { testStore, type TestStore } from '../../testing/store.ts';
import { seedChannel, seedPerson, seedPost, start, type World } from '../../testing/world.ts';

let test: TestStore;
let ada: World;
let grace: { userId: string; workspaceId: string };
let postId: string;
beforeEach(async () => {
  test = testStore();
  ada = await seedChannel(test.store, 'plain', { grant: {}, target: { remoteId: 'r', name: 'One', handle: '', url: null, avatarUrl: null } });
  grace = await seedPerson(test.store);
  postId = (await seedPost(test.store, ada, 'plain', { parts: [{ text: 'Hello', media: [] }] })).postId;
});
afterEach(() => test.close());

const id = newId(start);
const put = (who: { userId: string; workspaceId: string }, more: { postId?: string | null; text?: string; at?: number; id?: string } = {}) => test.store.autosaves.put(who.workspaceId, {
  id: more.id ?? id, userId: who.userId, postId: more.postId ?? null, entries: [['part.0.text', more.text ?? 'typed']], excerpt: more.text ?? 'typed', changedAt: more.at ?? start,
});
const latest = (who: { userId: string; workspaceId: string }, of: string | null = null) => test.store.autosaves.latest(who.workspaceId, who.userId, of, 9);

it('keeps the last words of a page, once', async () => {
  await put(ada);
  await put(ada, { text: 'typed on', at: start + 5 });
  expect(await latest(ada)).toMatchObject([{ id, entries: [['part.0.text', 'typed on']], excerpt: 'typed on', changedAt: start + 5 }]);
  await test.store.autosaves.remove(ada.workspaceId, ada.userId, id);
  expect(await latest(ada)).toEqual([]);
});

it('is everybody’s own: another person neither reads, changes nor removes it', async () => {
  await put(ada);
  await put({ userId: grace.userId, workspaceId: ada.workspaceId }, { text: 'overwritten' });
  await put(grace, { text: 'overwritten' });
  await test.store.autosaves.remove(ada.workspaceId, grace.userId, id);
  await test.store.autosaves.remove(grace.workspaceId, ada.userId, id);
  expect(await test.store.autosaves.get(ada.workspaceId, grace.userId, id)).toBeUndefined();
  expect(await latest(ada)).toMatchObject([{ excerpt: 'typed' }]);
});

it('belongs to one post for good, and goes with it', async () => {
  await put(ada, { postId });
  await put(ada, { text: 'of a new post' });
  expect([await latest(ada), (await latest(ada, postId)).map(({ excerpt }) => excerpt)]).toEqual([[], ['typed']]);
  await test.store.posts.remove(ada.workspaceId, postId);
  expect(await latest(ada, postId)).toEqual([]);
});

it('tells who else types into a post', async () => {
  await put({ userId: grace.userId, workspaceId: ada.workspaceId }, { postId });
  const others = (since: number, userId = ada.userId) => test.store.autosaves.othersAt(ada.workspaceId, userId, postId, since);
  expect([await others(start), await others(start + 1), await others(start, grace.userId)]).toEqual([['Ada'], [], []]);
});

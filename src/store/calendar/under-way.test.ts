import { afterEach, beforeEach, expect, it } from 'vitest';
import { testStore, type TestStore } from '../../testing/store.ts';
import { seedChannel, seedPost, start, type World } from '../../testing/world.ts';
import { openSqlite } from '../index.ts';

let test: TestStore;
let one: World;
let other: World;

beforeEach(async () => {
  test = testStore();
  const channel = async (remoteId: string) => seedChannel(test.store, 'plain', { grant: {}, target: { remoteId, name: remoteId, handle: '', url: null, avatarUrl: null } });
  [one, other] = [await channel('one'), await channel('other')];
});

afterEach(() => test.close());

const post = (world: World) => seedPost(test.store, world, 'plain', { parts: [{ text: 'Hello', media: [] }] }, {}, start + 60_000);
const waiting = async ({ workspaceId }: World) => (await test.store.publications.queueState(workspaceId, start)).waiting;

it('is counted anew after whatever is written, and never for another workspace', async () => {
  expect([await waiting(one), await waiting(other)]).toEqual([0, 0]);
  await post(one);
  expect([await waiting(one), await waiting(other), await waiting(one)]).toEqual([1, 0, 1]);
  await post(other);
  await post(other);
  expect([await waiting(other), await waiting(one)]).toEqual([2, 1]);
});

it('sees what another process wrote, and what it takes back it does not', async () => {
  const { publicationId: id } = await post(one);
  expect(await waiting(one)).toBe(1);
  const elsewhere = openSqlite(test.file);
  const fail = elsewhere.prepare("update publications set status = 'failed' where id = ?");
  elsewhere.exec('begin immediate');
  fail.run(id);
  expect(await waiting(one)).toBe(1);
  elsewhere.exec('rollback');
  expect(await waiting(one)).toBe(1);
  fail.run(id);
  elsewhere.close();
  expect(await test.store.publications.queueState(one.workspaceId, start)).toMatchObject({ waiting: 0, failed: 1, publishing: 0, unconfirmed: 0 });
});

it('tells open pages that something has gone out', async () => {
  const { publicationId: id } = await post(one);
  const pulse = await test.store.pulse.of(one.workspaceId, start);
  const elsewhere = openSqlite(test.file);
  elsewhere.prepare("update publications set status = 'published' where id = ?").run(id);
  elsewhere.close();
  expect(await test.store.pulse.of(one.workspaceId, start)).not.toBe(pulse);
});

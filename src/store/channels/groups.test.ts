import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../lib/ids.ts';
import { testStore } from '../../testing/store.ts';
import { seedChannel, seedPerson, start } from '../../testing/world.ts';

let test: ReturnType<typeof testStore>;
let workspaceId: string;
let userId: string;
let by: { userId: string; now: number };
beforeEach(async () => {
  test = testStore();
  ({ workspaceId, userId } = await seedPerson(test.store));
  by = { userId, now: start };
});
afterEach(() => test.close());

const target = (name: string) => ({ remoteId: name, name, handle: '', url: null, avatarUrl: null });
const channel = async (name: string, person = { userId, workspaceId }) => (await seedChannel(test.store, 'sandbox', { grant: {}, target: target(name) }, person)).channelId;
async function group(name: string, at = workspaceId): Promise<string> {
  const id = newId(start);
  expect(await test.store.groups.add(at, { id, name, createdAt: start }, by)).toBe('saved');
  return id;
}
const names = async () => (await test.store.groups.list(workspaceId)).map(({ name }) => name);
const groupOf = async (id: string) => (await test.store.channels.get(workspaceId, id))?.groupId;
const logged = async () => (await test.store.audit.page(workspaceId, { limit: 20 })).map(({ kind }) => kind).toReversed();

describe('groups of channels', () => {
  it('are made, renamed, moved and deleted, and the log says so', async () => {
    const first = await group('Client Müller');
    await group('Client Sørensen');
    const last = await group('Ours');
    expect(await test.store.groups.add(workspaceId, { id: newId(start), name: 'client müller', createdAt: start }, by)).toBe('taken');
    expect(await test.store.groups.rename(workspaceId, last, 'CLIENT MÜLLER', by)).toBe('taken');
    expect(await test.store.groups.rename(workspaceId, last, 'House', by)).toBe('saved');
    expect(await test.store.groups.rename(workspaceId, newId(start), 'Nobody', by)).toBe('gone');
    expect(await names()).toEqual(['Client Müller', 'Client Sørensen', 'House']);
    await test.store.groups.move(workspaceId, last, -1);
    expect(await names()).toEqual(['Client Müller', 'House', 'Client Sørensen']);
    await test.store.groups.move(workspaceId, first, -1);
    expect(await names()).toEqual(['Client Müller', 'House', 'Client Sørensen']);
    await test.store.groups.move(workspaceId, first, 1);
    expect(await names()).toEqual(['House', 'Client Müller', 'Client Sørensen']);
    expect(await test.store.groups.remove(workspaceId, first, by)).toBe(true);
    expect(await test.store.groups.remove(workspaceId, first, by)).toBe(false);
    expect(await logged()).toEqual(['group.made', 'group.made', 'group.made', 'group.renamed', 'group.deleted']);
  });

  it('that are new stand behind all others, whichever were deleted before', async () => {
    const [a, b] = [await group('A'), await group('B')];
    await group('C');
    for (const id of [a, b]) await test.store.groups.remove(workspaceId, id, by);
    await group('D');
    expect(await names()).toEqual(['C', 'D']);
  });

  it('hold a channel once, and let it go where they are deleted', async () => {
    const one = await channel('one');
    const [a, b] = [await group('A'), await group('B')];
    expect(await test.store.groups.put(workspaceId, [{ channelId: one, groupId: a }], by)).toEqual([{ channelId: one, groupId: null }]);
    expect(await test.store.groups.put(workspaceId, [{ channelId: one, groupId: a }], by)).toEqual([]);
    expect(await test.store.groups.put(workspaceId, [{ channelId: one, groupId: b }], by)).toEqual([{ channelId: one, groupId: a }]);
    expect(await groupOf(one)).toBe(b);
    await test.store.groups.remove(workspaceId, b, by);
    expect([await groupOf(one), (await test.store.channels.list(workspaceId)).length]).toEqual([null, 1]);
    await test.store.groups.put(workspaceId, [{ channelId: one, groupId: a }], by);
    expect(await test.store.groups.put(workspaceId, [{ channelId: one, groupId: null }], by)).toEqual([{ channelId: one, groupId: a }]);
    expect(await groupOf(one)).toBeNull();
    expect((await logged()).slice(2)).toEqual(['channel.grouped', 'channel.grouped', 'group.deleted', 'channel.grouped', 'channel.ungrouped']);
  });

  it('are of one workspace alone', async () => {
    const other = await seedPerson(test.store);
    const [mine, theirs] = [await channel('mine'), await channel('theirs', other)];
    const [ours, foreign] = [await group('Ours'), await group('Theirs', other.workspaceId)];
    expect(await test.store.groups.put(workspaceId, [{ channelId: mine, groupId: foreign }, { channelId: theirs, groupId: ours }], by)).toEqual([]);
    expect(await test.store.groups.rename(workspaceId, foreign, 'Taken', by)).toBe('gone');
    expect([await test.store.groups.remove(workspaceId, foreign, by), await test.store.groups.move(workspaceId, foreign, 1)]).toEqual([false, false]);
    expect((await test.store.groups.list(other.workspaceId)).map(({ name }) => name)).toEqual(['Theirs']);
  });
});

describe('a channel', () => {
  it('has a name of its own here, which outlives what the network calls it', async () => {
    const id = await channel('Harbour News');
    const read = async () => (await test.store.channels.get(workspaceId, id)) ?? { name: '', networkName: '' };
    await test.store.channels.rename(workspaceId, id, 'The harbour', by);
    expect(await read()).toMatchObject({ name: 'The harbour', networkName: 'Harbour News' });
    const { id: _, ...row } = (await test.store.channels.list(workspaceId))[0] ?? { id: '' };
    await test.store.channels.put(workspaceId, [{ ...(row as Parameters<typeof test.store.channels.put>[1][number]), id: newId(start), name: 'Harbour Daily' }]);
    expect(await read()).toMatchObject({ id, name: 'The harbour', networkName: 'Harbour Daily' });
    await test.store.channels.rename(workspaceId, id, null, by);
    expect(await read()).toMatchObject({ name: 'Harbour Daily' });
  });

  it('is paused once and resumed once', async () => {
    const id = await channel('one');
    const pause = (on: boolean) => test.store.channels.pause(workspaceId, id, on, by);
    expect([await pause(false), await pause(true), await pause(true), await pause(false)]).toEqual([false, true, false, true]);
    expect(await logged()).toEqual(['channel.paused', 'channel.resumed']);
  });
});

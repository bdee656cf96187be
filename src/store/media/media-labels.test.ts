import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../lib/ids.ts';
import { testStore, type TestStore } from '../../testing/store.ts';
import { seedMedia, seedPerson, start } from '../../testing/world.ts';

let test: TestStore;
let workspaceId: string;
let [sea, land, boat, house] = ['', '', '', ''];
beforeEach(async () => {
  test = testStore();
  ({ workspaceId } = await seedPerson(test.store));
  [sea, land] = [await label('Sea'), await label('Land')];
  [boat, house] = [await seedMedia(test.store, workspaceId, start, 'boat.png'), await seedMedia(test.store, workspaceId, start + 1, 'house.png')];
});
afterEach(() => test.close());

async function label(name: string, of = workspaceId): Promise<string> {
  const id = newId(start);
  await test.store.labels.add(of, { id, name, color: 'blue', createdAt: start });
  return id;
}
const worn = () => test.store.mediaLabels.of(workspaceId, [boat, house]);

describe('labels on files', () => {
  it('are put, by the names of the labels, and say what was there before', async () => {
    expect(await test.store.mediaLabels.put(workspaceId, [{ id: boat, labelIds: [sea, land] }])).toEqual([{ id: boat, labelIds: [] }]);
    expect(await worn()).toEqual(new Map([[boat, [land, sea]]]));
    const [before] = await test.store.mediaLabels.put(workspaceId, [{ id: boat, labelIds: [] }]);
    expect(new Set(before?.labelIds)).toEqual(new Set([sea, land]));
    expect(await worn()).toEqual(new Map());
  });

  it('are marked on several, telling of those alone that changed', async () => {
    await test.store.mediaLabels.put(workspaceId, [{ id: boat, labelIds: [sea] }]);
    expect(await test.store.mediaLabels.mark(workspaceId, [boat, house], sea, true)).toEqual([{ id: house, labelIds: [] }]);
    expect(await test.store.mediaLabels.mark(workspaceId, [boat, house], land, false)).toEqual([]);
    expect((await test.store.mediaLabels.mark(workspaceId, [boat, house], sea, false)).map(({ id }) => id)).toEqual([boat, house]);
  });

  it('go with their label, and with their file', async () => {
    await test.store.mediaLabels.put(workspaceId, [{ id: boat, labelIds: [sea, land] }, { id: house, labelIds: [land] }]);
    await test.store.labels.remove(workspaceId, land);
    expect(await worn()).toEqual(new Map([[boat, [sea]]]));
    expect(await test.store.media.remove(workspaceId, boat)).toBe('removed');
    expect(await worn()).toEqual(new Map());
  });

  it('are one workspace’s own: neither its files nor its labels are another’s', async () => {
    const { workspaceId: other } = await seedPerson(test.store, start + 2);
    const theirs = await label('Theirs', other);
    expect(await test.store.mediaLabels.put(other, [{ id: boat, labelIds: [theirs] }])).toEqual([]);
    expect(await test.store.mediaLabels.mark(other, [boat], theirs, true)).toEqual([]);
    await test.store.mediaLabels.put(workspaceId, [{ id: boat, labelIds: [theirs, sea] }]);
    expect(await worn()).toEqual(new Map([[boat, [sea]]]));
    expect(await test.store.mediaLabels.of(other, [boat])).toEqual(new Map());
    const narrowed = async (labelId: string) => (await test.store.library.find(workspaceId, { words: '', kind: null, unused: false, labelId, before: null, limit: 9 })).map(({ name }) => name);
    expect([await narrowed(sea), await narrowed(land)]).toEqual([['boat.png'], []]);
  });
});

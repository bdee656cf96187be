import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../lib/ids.ts';
import { testStore, type TestStore } from '../../testing/store.ts';
import { seedChannel, seedPerson, seedPost, type World } from '../../testing/world.ts';
import type { LibraryQuery } from './library.ts';
import type { Media } from '../media.ts';

let test: TestStore;
let world: World;
let at = 1;
beforeEach(async () => {
  test = testStore();
  world = await seedChannel(test.store, 'plain', { grant: {}, target: { remoteId: 'r', name: 'One', handle: '', url: null, avatarUrl: null } });
});
afterEach(() => test.close());

async function add(more: Partial<Media>): Promise<string> {
  const id = newId(at++);
  await test.store.media.add({
    id, workspaceId: world.workspaceId, type: 'image/png', bytes: 100, width: 10, height: 10, animated: false, name: 'a.png', alt: '', createdAt: 1,
    durationMs: null, videoCodec: null, audioCodec: null, frameRate: null, posterAt: null, ...more,
  });
  return id;
}
const names = async (query: Partial<LibraryQuery> = {}, workspaceId = world.workspaceId) =>
  (await test.store.library.find(workspaceId, { words: '', kind: null, unused: false, labelId: null, before: null, limit: 9, ...query })).map(({ name }) => name);

describe('the library', () => {
  it('finds by name and by description, whatever stands in the words', async () => {
    await add({ name: 'Harbour.png' });
    await add({ name: '100%_sure.png', alt: 'The harbour at night' });
    await add({ name: 'back\\slash.png' });
    expect(await names({ words: 'harbour' })).toEqual(['100%_sure.png', 'Harbour.png']);
    expect([await names({ words: '%' }), await names({ words: '_' }), await names({ words: '\\' })]).toEqual([['100%_sure.png'], ['100%_sure.png'], ['back\\slash.png']]);
  });

  it('narrows by kind and use, and goes on where a page ended', async () => {
    const used = await add({ name: 'used.png' });
    const clip = await add({ name: 'clip.mp4', type: 'video/mp4' });
    await add({ name: 'new.png' });
    const { postId } = await seedPost(test.store, world, 'plain', { parts: [{ text: '', media: [{ mediaId: used, alt: '' }] }] });
    expect([await names({ kind: 'video' }), await names({ kind: 'image' }), await names({ unused: true })]).toEqual([['clip.mp4'], ['new.png', 'used.png'], ['new.png', 'clip.mp4']]);
    expect([await names({ limit: 1 }), await names({ before: clip })]).toEqual([['new.png'], ['used.png']]);
    expect(await test.store.library.usage(world.workspaceId, [used, clip])).toEqual(new Map([[used, 1]]));
    expect(await test.store.library.postsWith(world.workspaceId, used, 9)).toEqual([postId]);
  });

  it('counts files and bytes', async () => {
    await add({ bytes: 3_000_000_000 });
    await add({ bytes: 2 });
    expect(await test.store.library.totals(world.workspaceId)).toEqual({ files: 2, bytes: 3_000_000_002 });
  });

  it('is one workspace’s own', async () => {
    const id = await add({ name: 'mine.png' });
    const { workspaceId } = await seedPerson(test.store);
    expect([await names({}, workspaceId), await test.store.library.totals(workspaceId), await test.store.library.usage(workspaceId, [id]), await test.store.library.postsWith(workspaceId, id, 9)])
      .toEqual([[], { files: 0, bytes: 0 }, new Map(), []]);
    expect(await test.store.library.describe(workspaceId, id, { name: 'x', alt: 'x' })).toBe(false);
    expect(await names()).toEqual(['mine.png']);
  });
});

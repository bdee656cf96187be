import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Content } from '../../domain/post.ts';
import { newId } from '../../lib/ids.ts';
import { testStore, type TestStore } from '../../testing/store.ts';
import { seedChannel, seedPerson, start, type World } from '../../testing/world.ts';

let test: TestStore;
let world: World;
beforeEach(async () => {
  test = testStore();
  world = await seedChannel(test.store, 'plain', { grant: {}, target: { remoteId: 'r', name: 'One', handle: '', url: null, avatarUrl: null } });
});
afterEach(() => test.close());

const said = (...texts: [string, ...string[]]): Content => ({ parts: texts.map((text) => ({ text, media: [] })) as unknown as Content['parts'] });

async function write(now: number, content: Content, own: Content | null = null, workspaceId = world.workspaceId): Promise<string> {
  const id = newId(now);
  const variants = workspaceId === world.workspaceId ? [{ channelId: world.channelId, provider: 'plain', publicationId: newId(now), options: {}, content: own }] : [];
  await test.store.posts.save(workspaceId, { id, authorId: null, state: 'draft', content, moment: null, variants, version: null, now });
  return id;
}
const used = () => test.store.hashtags.used(world.workspaceId, 100);

describe('the tags that were used', () => {
  it('come the latest first, each counted once a post, from threads and from versions of single channels too', async () => {
    await write(1, said('One #harbor #Sea', 'and #harbor again'));
    await write(2, said('Two #sea'), said('Two, here #only_here #SEA'));
    await write(3, said('Three, without: https://example.org/#part'));
    expect(await used()).toEqual([{ tag: 'sea', posts: 2 }, { tag: 'only_here', posts: 1 }, { tag: 'harbor', posts: 1 }]);
    expect(await test.store.hashtags.used(world.workspaceId, 1)).toHaveLength(1);
  });

  it('are those of this workspace, and not of posts in the bin', async () => {
    const other = await seedPerson(test.store, start, 'eve@example.org');
    await write(1, said('#theirs'), null, other.workspaceId);
    const id = await write(2, said('#gone'));
    expect((await used()).map(({ tag }) => tag)).toEqual(['gone']);
    await test.store.moving.bin(world.workspaceId, [id], { userId: null, now: 5 });
    expect(await used()).toEqual([]);
  });

  it('are told of a workspace with 10,000 posts in one query, from the latest 5,000', async () => {
    const sqlite = new Database(test.file);
    const add = sqlite.prepare('insert into posts (id, workspace_id, state, content, version, created_at, updated_at) values (?, ?, ?, ?, 1, ?, ?)');
    sqlite.transaction(() => {
      for (let n = 0; n < 10_000; n += 1) add.run(newId(n + 1), world.workspaceId, 'draft', JSON.stringify(said(`Post ${n}: what the ferry brought this morning, and who came to see it. ${'More words. '.repeat(20)} #ferry #tag${n % 300} #Port_${n % 7}`)), n + 1, n + 1);
    })();
    sqlite.close();
    const began = performance.now();
    const found = await used();
    process.stdout.write(`hashtags of 10,000 posts: ${Math.round(performance.now() - began)} ms\n`);
    expect(found[0]).toEqual({ tag: 'ferry', posts: 5_000 });
    expect(found).toHaveLength(100);
  }, 120_000);
});

describe('sets of tags', () => {
  const set = (name: string) => ({ id: newId(start), name, tags: ['harbor', 'sea'], createdAt: start });

  it('are kept by name, one of a kind, and go when asked', async () => {
    const { hashtags } = test.store;
    const harbor = set('Harbor');
    expect([await hashtags.addSet(world.workspaceId, harbor), await hashtags.addSet(world.workspaceId, set('hArbor')), await hashtags.addSet(world.workspaceId, set('Boats'))]).toEqual(['saved', 'taken', 'saved']);
    expect((await hashtags.sets(world.workspaceId)).map(({ name, tags }) => [name, tags])).toEqual([['Boats', ['harbor', 'sea']], ['Harbor', ['harbor', 'sea']]]);
    const other = await seedPerson(test.store, start, 'eve@example.org');
    expect([await hashtags.removeSet(other.workspaceId, harbor.id), await hashtags.sets(other.workspaceId)]).toEqual([false, []]);
    expect([await hashtags.removeSet(world.workspaceId, harbor.id), (await hashtags.sets(world.workspaceId)).length]).toEqual([true, 1]);
  });

  it('are 50 at most', async () => {
    for (let n = 0; n < 50; n += 1) await test.store.hashtags.addSet(world.workspaceId, set(`Set ${n}`));
    expect(await test.store.hashtags.addSet(world.workspaceId, set('One more'))).toBe('too_many');
  });
});

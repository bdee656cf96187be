import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { logTexts } from '../../domain/texts/log.ts';
import { newId } from '../../lib/ids.ts';
import { testStore, type TestStore } from '../../testing/store.ts';
import { seedMember } from '../../testing/team.ts';
import { seedChannel, seedMedia, seedPerson, seedPost, start, type World } from '../../testing/world.ts';
import { eraseAudit, record } from './audit.ts';
import { atomic, drizzleOver } from '../db.ts';
import { openSqlite } from '../index.ts';

let test: TestStore;
let world: World;
const hello = { parts: [{ text: 'Hello there', media: [] }] } as const;
const target = { remoteId: 'r1', name: 'News', handle: '@news', url: null, avatarUrl: null };
const entries = (workspaceId = world.workspaceId) => test.store.audit.page(workspaceId, { limit: 50 });

beforeEach(async () => {
  test = testStore();
  world = await seedChannel(test.store, 'plain', { grant: { token: 'secret-grant' }, target });
});
afterEach(() => test.close());

describe('the log of a workspace', () => {
  it('says what became of posts, by whom, and names them as they are called today', async () => {
    const { store } = test;
    const { userId, workspaceId, channelId } = world;
    const { postId, publicationId } = await seedPost(store, world, 'plain', hello, {}, start + 60_000);
    const save = (version: number, at: number | null) => store.posts.save(workspaceId, {
      id: postId, authorId: userId, state: at === null ? 'draft' : 'scheduled', content: hello, moment: at === null ? null : { at, zone: 'UTC', wall: 'x' },
      variants: [{ channelId, content: null, options: {}, provider: 'plain', publicationId }], version, now: start + version,
    });
    await save(1, start + 60_000);
    await save(2, start + 90_000);
    await save(3, null);
    await save(4, start + 90_000);
    await store.posts.cancel(workspaceId, postId, start + 9, userId);
    expect((await entries()).map(({ kind }) => kind)).toEqual(['post.canceled', 'post.scheduled', 'post.unscheduled', 'post.moved', 'post.changed', 'post.scheduled']);
    const [, , , moved] = await entries();
    expect(moved).toMatchObject({ whoName: 'Ada', about: postId, aboutPost: hello, data: { at: start + 90_000 }, at: start + 2 });
    await store.posts.remove(workspaceId, postId, { userId, now: start + 10 });
    expect((await entries())[0]).toMatchObject({ kind: 'post.deleted', aboutPost: null });
    // What is refused or done by nobody leaves no entry.
    const count = (await entries()).length;
    await store.posts.remove(workspaceId, postId, { userId, now: start });
    await store.posts.cancel(workspaceId, postId, start, userId);
    expect(await entries()).toHaveLength(count);
  });

  it('says what people settled by hand', async () => {
    const { store } = test;
    const { userId, workspaceId } = world;
    const { postId, publicationId } = await seedPost(store, world, 'plain', hello);
    const put = (status: string) => {
      const sqlite = openSqlite(test.file);
      sqlite.prepare('update publications set status = ? where id = ?').run(status, publicationId);
      sqlite.close();
    };
    const by = { userId, now: start + 1 };
    put('unconfirmed');
    await store.publications.sendAgain(workspaceId, publicationId, by);
    await store.publications.sendAgain(workspaceId, publicationId, by);
    put('failed');
    await store.publications.retry(workspaceId, publicationId, start + 2, userId);
    put('failed');
    await store.publications.drop(workspaceId, publicationId, { userId, now: start + 3 });
    put('unconfirmed');
    await store.publications.confirm(workspaceId, publicationId, { userId, url: 'https://x.test/1', now: start + 4 });
    const other = await seedPerson(store);
    put('unconfirmed');
    expect(await store.publications.confirm(other.workspaceId, publicationId, { userId, url: 'https://x.test/1', now: start + 5 })).toBe(false);
    expect((await entries()).map(({ kind, about }) => [kind, about])).toEqual(
      ['post.confirmed', 'post.dropped', 'post.retried', 'post.sent_again', 'post.scheduled'].map((kind) => [kind, postId]),
    );
    expect(await entries(other.workspaceId)).toEqual([]);
  });

  it('says what became of channels, files and settings: names, never values', async () => {
    const { store } = test;
    const { userId, workspaceId, connectionId, channelId } = world;
    const by = (n: number) => ({ userId, now: start + n });
    await store.channels.put(workspaceId, [{ id: newId(start), connectionId, provider: 'plain', ...target, limits: {}, createdAt: start }], by(1));
    await store.connections.disconnect(workspaceId, connectionId, start + 2, userId);
    await store.channels.remove(workspaceId, channelId, start + 3, userId);
    await store.media.remove(workspaceId, await seedMedia(store, workspaceId), by(4));
    await store.people.updateWorkspace(workspaceId, { name: 'A very private name', zone: 'Europe/Berlin' }, by(5));
    await store.people.updateWorkspace(workspaceId, { name: 'A very private name', zone: 'Europe/Berlin' }, by(6));
    await store.settings.put([{ name: 'X_CLIENT_SECRET', value: 'a-secret-value' }], userId, start + 7);
    expect((await entries()).map(({ kind, aboutChannel, data }) => [kind, aboutChannel, data])).toEqual([
      ['workspace.changed', null, { names: ['name'] }], ['media.deleted', null, {}],
      ['channel.removed', 'News', {}], ['channel.disconnected', 'News', {}], ['channel.connected', 'News', {}],
    ]);
    expect(await test.store.audit.page(null, { limit: 9 })).toMatchObject([{ kind: 'instance.changed', data: { names: ['X_CLIENT_SECRET'] } }]);
    const sqlite = openSqlite(test.file);
    const whole = JSON.stringify(sqlite.prepare('select * from audit_log').all());
    sqlite.close();
    for (const secret of ['very private', 'a-secret-value', 'secret-grant', 'Hello there']) expect(whole).not.toContain(secret);
  });

  it('says which keys came and went, and what a program does whose key’s maker is gone', async () => {
    const { keys, posts, audit } = test.store;
    const { userId, workspaceId } = world;
    await keys.add(workspaceId, { id: 'k1', digest: 'the-digest', ending: 'abcd', name: 'Website', scopes: ['read'], createdBy: userId, createdAt: start }, 5);
    const { postId } = await seedPost(test.store, world, 'plain', hello, {}, start + 60_000);
    await posts.cancel(workspaceId, postId, start + 1, null);
    const other = await seedPerson(test.store);
    expect(await keys.revoke(other.workspaceId, 'k1', { userId: other.userId, now: start })).toBe(false);
    expect(await keys.revoke(workspaceId, 'k1', { userId, now: start + 2 })).toBe(true);
    expect((await entries()).map(({ kind, who, data }) => [kind, who, data.name])).toEqual([
      ['key.revoked', userId, 'Website'], ['post.canceled', null, undefined], ['post.scheduled', userId, undefined], ['key.made', userId, 'Website'],
    ]);
    expect(await audit.page(other.workspaceId, { limit: 9 })).toEqual([]);
  });

  it('is there with its act or not at all', async () => {
    const sqlite = openSqlite(test.file);
    const db = drizzleOver(sqlite);
    expect(() => atomic(db, (tx) => {
      record(tx, world.workspaceId, { userId: world.userId, now: start }, 'key.made', null, { name: 'Website' });
      throw new Error('the act failed');
    })).toThrow('the act failed');
    sqlite.close();
    expect(await entries()).toEqual([]);
  });

  it('is narrowed by person and kind, page by page, and shows nothing of another workspace', async () => {
    const { store } = test;
    const eve = await seedMember(store, world.workspaceId, world.userId, 'editor');
    const other = await seedPerson(store);
    for (let n = 0; n < 5; n += 1) await store.audit.add(world.workspaceId, { userId: n % 2 ? eve : world.userId, now: start + n }, 'key.made', null, { name: `${n}` });
    await store.audit.add(other.workspaceId, { userId: other.userId, now: start }, 'key.made', null, { name: 'foreign' });
    const page = (filter: Parameters<typeof store.audit.page>[1]) => store.audit.page(world.workspaceId, filter);
    expect((await page({ who: eve, kinds: ['key.made'], limit: 9 })).map(({ data }) => data.name)).toEqual(['3', '1']);
    const first = await page({ kinds: ['key.made'], limit: 3 });
    expect(first.map(({ data }) => data.name)).toEqual(['4', '3', '2']);
    expect((await page({ kinds: ['key.made'], before: first.at(-1)?.seq, limit: 3 })).map(({ data }) => data.name)).toEqual(['1', '0']);
    expect((await store.audit.people(world.workspaceId)).map(({ id }) => id).sort()).toEqual([eve, world.userId].sort());
    expect((await store.audit.page(other.workspaceId, { limit: 9 })).map(({ data }) => data.name)).toEqual(['foreign']);
    // An entry that names a thing of another workspace does not tell what it is called.
    await store.audit.add(other.workspaceId, { userId: other.userId, now: start + 9 }, 'channel.removed', world.channelId);
    expect((await store.audit.page(other.workspaceId, { limit: 1 }))[0]?.aboutChannel).toBeNull();
  });

  it('forgets who an erased person was and keeps that it was one person', async () => {
    const { store } = test;
    const eve = await seedMember(store, world.workspaceId, world.userId, 'admin');
    await store.audit.add(world.workspaceId, { userId: eve, now: start + 1 }, 'key.made', null, { name: 'a' });
    await store.members.setRole(world.workspaceId, { userId: world.userId, now: start + 2 }, eve, 'editor');
    const sqlite = openSqlite(test.file);
    atomic(drizzleOver(sqlite), (tx) => eraseAudit(tx, eve));
    sqlite.prepare('delete from users where id = ?').run(eve);
    const raw = sqlite.prepare('select who, about from audit_log').all() as { who: string; about: string | null }[];
    sqlite.close();
    expect(JSON.stringify(raw)).not.toContain(eve);
    expect(new Set(raw.flatMap(({ who, about }) => [who, about]).filter((word) => word?.startsWith('erased:'))).size).toBe(1);
    expect(await entries()).toMatchObject([
      { kind: 'member.role', who: world.userId, aboutPerson: null }, { kind: 'key.made', erased: true, whoName: null }, { kind: 'member.joined', erased: true }, { kind: 'member.invited' },
    ]);
  });

  it('goes with its workspace', async () => {
    await test.store.audit.add(world.workspaceId, { userId: world.userId, now: start }, 'key.made');
    const sqlite = openSqlite(test.file);
    sqlite.prepare('delete from post_media').run();
    sqlite.prepare('delete from workspaces where id = ?').run(world.workspaceId);
    expect(sqlite.prepare('select count(*) as n from audit_log').get()).toEqual({ n: 0 });
    sqlite.close();
  });
});

describe('the kinds', () => {
  it('are sentences that end where a full stop is put, with known blanks alone', () => {
    for (const said of Object.values(logTexts.kinds)) {
      expect(said).toMatch(/^[a-z].*[^.]$/u);
      for (const [, blank] of said.matchAll(/\{(\w+)\}/gu)) expect(['about', 'role', 'was', 'at', 'names', 'name']).toContain(blank);
    }
  });
});

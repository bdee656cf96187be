import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { testStore, type TestStore } from '../testing/store.ts';
import { seedChannel, seedMedia, seedPerson, seedPost, start, type World } from '../testing/world.ts';
import type { PostToSave } from './posts.ts';

let test: TestStore;
let world: World;
const account = { grant: { token: 'x' }, target: { remoteId: 'r1', name: 'One', handle: '@one', url: null, avatarUrl: null } };
beforeEach(async () => {
  test = testStore();
  world = await seedChannel(test.store, 'plain', account);
});
afterEach(() => test.close());

const content = { parts: [{ text: 'Hello', media: [] }] } as const;
const toSave = (change: Partial<PostToSave> = {}): PostToSave => ({
  id: 'p1', authorId: world.userId, state: 'scheduled', content, moment: { at: start + 1000, zone: 'UTC', wall: '2026-11-24T09:00' },
  variants: [{ channelId: world.channelId, content: null, options: {}, provider: 'plain', publicationId: 'x1' }], version: null, now: start, ...change,
});
const claim = (now: number) => test.store.queue.claimDue({ boot: 'b', now, until: now + 1000, limit: 9, attemptId: () => `a${now}` });

describe('posts', () => {
  it('are saved with their variants and one publication per channel', async () => {
    const { posts, publications } = test.store;
    expect(await posts.save(world.workspaceId, toSave())).toBe('saved');
    expect(await posts.get(world.workspaceId, 'p1')).toMatchObject({ version: 1, content, variants: [{ channelId: world.channelId }] });
    expect((await publications.ofPosts(world.workspaceId, ['p1'])).get('p1')).toMatchObject([{ id: 'x1', status: 'scheduled', dueAt: start + 1000, begun: false }]);
  });

  it('tell two editors apart', async () => {
    const { posts } = test.store;
    await posts.save(world.workspaceId, toSave());
    expect(await posts.save(world.workspaceId, toSave({ version: 1 }))).toBe('saved');
    expect(await posts.save(world.workspaceId, toSave({ version: 1 }))).toBe('changed_meanwhile');
    expect(await posts.save(world.workspaceId, toSave({ id: 'p9', version: 1 }))).toBe('gone');
  });

  it('keep their publication through an edit and lose it when taken back to draft or off a channel', async () => {
    const { posts, publications } = test.store;
    await posts.save(world.workspaceId, toSave());
    await posts.save(world.workspaceId, toSave({ version: 1, moment: { at: start + 9000, zone: 'UTC', wall: 'x' } }));
    expect(await publications.get(world.workspaceId, 'x1')).toMatchObject({ dueAt: start + 9000, scheduledFor: start + 9000 });
    await posts.save(world.workspaceId, toSave({ version: 2, state: 'draft' }));
    expect(await publications.get(world.workspaceId, 'x1')).toBeUndefined();
    await posts.save(world.workspaceId, toSave({ version: 3 }));
    await posts.save(world.workspaceId, toSave({ version: 4, variants: [] }));
    expect(await publications.ofPosts(world.workspaceId, ['p1'])).toEqual(new Map());
  });

  it('can no longer be changed once sending has begun', async () => {
    const { posts } = test.store;
    await posts.save(world.workspaceId, toSave());
    await claim(start + 1000);
    expect(await posts.save(world.workspaceId, toSave({ version: 1 }))).toBe('already_begun');
    expect(await posts.remove(world.workspaceId, 'p1')).toBe(false);
    expect(await posts.cancel(world.workspaceId, 'p1', start)).toBe(0);
  });

  it('are canceled before they are due and can be scheduled again', async () => {
    const { posts, publications } = test.store;
    await posts.save(world.workspaceId, toSave());
    expect(await posts.cancel(world.workspaceId, 'p1', start + 1)).toBe(1);
    expect(await posts.get(world.workspaceId, 'p1')).toMatchObject({ state: 'canceled', version: 2 });
    expect(await claim(start + 2000)).toEqual([]);
    expect(await posts.save(world.workspaceId, toSave({ version: 2 }))).toBe('saved');
    expect(await publications.get(world.workspaceId, 'x1')).toMatchObject({ status: 'scheduled' });
  });

  it('are refused when a file of theirs was deleted while they were looked at, and when their id is taken', async () => {
    const { posts, media, moving } = test.store;
    const elsewhere = await seedMedia(test.store, (await seedPerson(test.store)).workspaceId);
    const gone = await seedMedia(test.store, world.workspaceId);
    await media.remove(world.workspaceId, gone);
    for (const mediaId of [gone, elsewhere]) {
      expect(await posts.save(world.workspaceId, toSave({ content: { parts: [{ text: 'x', media: [{ mediaId, alt: '' }] }] } }))).toBe('file_gone');
      expect(await posts.save(world.workspaceId, toSave({ variants: [{ channelId: world.channelId, content: null, options: {}, provider: 'plain', publicationId: 'x1', files: [mediaId] }] }))).toBe('file_gone');
    }
    expect(await posts.get(world.workspaceId, 'p1')).toBeUndefined();
    await posts.save(world.workspaceId, toSave());
    await moving.bin(world.workspaceId, ['p1'], { userId: null, now: start });
    expect(await posts.save(world.workspaceId, toSave())).toBe('taken');
    expect(await posts.save((await seedPerson(test.store)).workspaceId, toSave({ variants: [] }))).toBe('taken');
  });

  it('stay drafts when there is nothing to cancel', async () => {
    const { posts } = test.store;
    await posts.save(world.workspaceId, toSave({ state: 'draft' }));
    expect(await posts.cancel(world.workspaceId, 'p1', start + 1)).toBe(0);
    expect(await posts.get(world.workspaceId, 'p1')).toMatchObject({ state: 'draft', version: 1 });
  });

  it('that were canceled after their first try, which sent nothing, are written on or deleted like others', async () => {
    const { posts, queue, publications, moving } = test.store;
    for (const id of ['p1', 'p2']) await posts.save(world.workspaceId, toSave({ id, variants: [{ channelId: world.channelId, content: null, options: {}, provider: 'plain', publicationId: `x-${id}` }] }));
    for (const n of [1, 2]) {
      const [claimed] = await claim(start + n * 1000);
      if (!claimed) throw new Error('nothing was due');
      await queue.freeze(claimed.lease, { parts: [{ text: 'Hello', media: [] }], options: {}, target: { ...account.target, limits: {} }, frozenAt: start });
      await queue.settle(claimed.lease, { outcome: 'later', failure: null, change: { status: 'scheduled', dueAt: start + 90_000, reason: 'rate_limited', failures: 0 } }, start + n * 1000);
    }
    for (const id of ['p1', 'p2']) expect(await posts.cancel(world.workspaceId, id, start + 5000)).toBe(1);
    expect(await posts.save(world.workspaceId, toSave({ version: 2, content: { parts: [{ text: 'Hello again', media: [] }] } }))).toBe('saved');
    expect(await publications.get(world.workspaceId, 'x-p1')).toMatchObject({ status: 'scheduled', begun: false });
    expect(await publications.snapshot(world.workspaceId, 'x-p1')).toBeNull();
    expect(await moving.bin(world.workspaceId, ['p2'], { userId: null, now: start + 6000 })).toMatchObject([{ to: 'bin' }]);
  });

  it('are listed by time and by last touch, in their own workspace only', async () => {
    const { posts } = test.store;
    for (const n of [3, 1, 2]) await seedPost(test.store, world, 'plain', content, {}, start + n * 1000);
    expect((await posts.between(world.workspaceId, start + 1000, start + 3000, 10)).map(({ at }) => at)).toEqual([start + 1000, start + 2000]);
    const [latest] = await posts.latest(world.workspaceId, 'scheduled', null, 1);
    expect(latest?.at).toBe(start + 3000);
    const next = await posts.latest(world.workspaceId, null, latest ?? null, 10);
    expect(next.map(({ at }) => at)).toEqual([start + 2000, start + 1000]);
    const other = await seedPerson(test.store);
    expect(await posts.latest(other.workspaceId, null, null, 10)).toEqual([]);
    expect(await posts.get(other.workspaceId, latest?.id ?? '')).toBeUndefined();
    expect(await posts.cancel(other.workspaceId, latest?.id ?? '', start)).toBe(0);
  });
});

describe('media', () => {
  it('cannot be deleted while a post uses it, nor by another workspace', async () => {
    const { media, posts } = test.store;
    const id = await seedMedia(test.store, world.workspaceId);
    const other = await seedPerson(test.store);
    await posts.save(world.workspaceId, toSave({ content: { parts: [{ text: 'x', media: [{ mediaId: id, alt: '' }] }] } }));
    expect(await media.remove(world.workspaceId, id)).toBe('used');
    expect(await media.get(other.workspaceId, id)).toBeUndefined();
    expect(await media.many(other.workspaceId, [id])).toEqual([]);
    await posts.remove(world.workspaceId, 'p1');
    expect(await media.remove(other.workspaceId, id)).toBe('gone');
    await media.setAlt(world.workspaceId, id, 'A dot');
    expect(await media.latest(world.workspaceId, null, 5)).toMatchObject([{ id, alt: 'A dot' }]);
    expect(await media.remove(world.workspaceId, id)).toBe('removed');
  });
});

describe('publications in the hands of a person', () => {
  async function endedAs(status: 'failed' | 'unconfirmed') {
    const { publicationId } = await seedPost(test.store, world, 'plain', content);
    const [claimed] = await claim(start);
    if (!claimed) throw new Error('nothing was claimed');
    await test.store.journal.done(claimed.lease, 'upload', 'run', 'u', start);
    if (status === 'unconfirmed') await test.store.journal.intend(claimed.lease, 'post', 'once', start);
    await test.store.queue.settle(claimed.lease, { outcome: status, failure: null, change: { status } }, start);
    return publicationId;
  }
  const by = () => ({ userId: world.userId, now: start + 5 });

  it('are confirmed with a link, once', async () => {
    const { publications } = test.store;
    const id = await endedAs('unconfirmed');
    expect((await publications.unconfirmed(world.workspaceId, 9)).map((one) => one.id)).toEqual([id]);
    expect(await publications.confirm(world.workspaceId, id, { ...by(), url: 'https://x.example/1' })).toBe(true);
    expect(await publications.confirm(world.workspaceId, id, { ...by(), url: 'https://x.example/2' })).toBe(false);
    expect(await publications.get(world.workspaceId, id)).toMatchObject({ status: 'published', url: 'https://x.example/1' });
  });

  it('are sent again with their unanswered intents void and their finished steps kept', async () => {
    const { publications, journal } = test.store;
    const id = await endedAs('unconfirmed');
    expect(await publications.sendAgain(world.workspaceId, id, by())).toBe(true);
    expect((await journal.stepsOf(world.workspaceId, id)).map(({ name }) => name)).toEqual(['upload']);
    expect(await publications.get(world.workspaceId, id)).toMatchObject({ status: 'scheduled', failures: 0, dueAt: start + 5, scheduledFor: start + 5 });
  });

  it.each(['unconfirmed', 'failed'] as const)('are not sent again, %s, to a channel that is gone, where they would wait for ever', async (how) => {
    const { publications, channels, connections } = test.store;
    const id = await endedAs(how);
    await connections.disconnect(world.workspaceId, world.connectionId, start + 3);
    expect(await channels.remove(world.workspaceId, world.channelId, start + 4)).toBe(true);
    const sent = how === 'failed' ? await publications.retry(world.workspaceId, id, start + 5) : await publications.sendAgain(world.workspaceId, id, by());
    expect({ sent, status: (await publications.get(world.workspaceId, id))?.status }).toEqual({ sent: false, status: how });
  });

  it('are found by their post however old it is, in their own workspace', async () => {
    const { posts } = test.store;
    const id = await endedAs('failed');
    await seedPost(test.store, world, 'plain', content, {}, start + 9_000);
    const publication = await test.store.publications.get(world.workspaceId, id);
    expect((await posts.troubled(world.workspaceId, 9)).map((post) => post.id)).toEqual([publication?.postId]);
    expect(await posts.troubled((await seedPerson(test.store)).workspaceId, 9)).toEqual([]);
  });

  it('are tried again from the start when nothing is out', async () => {
    const { publications, journal } = test.store;
    const id = await endedAs('failed');
    expect(await publications.sendAgain(world.workspaceId, id, by())).toBe(false);
    expect(await publications.retry(world.workspaceId, id, start + 5)).toBe(true);
    expect(await journal.stepsOf(world.workspaceId, id)).toEqual([]);
  });

  it('are tried again with what is out kept, and what was prepared behind it prepared anew', async () => {
    const { publications, journal, queue } = test.store;
    const { publicationId: id } = await seedPost(test.store, world, 'plain', content);
    const [claimed] = await claim(start);
    if (!claimed) throw new Error('nothing was claimed');
    const { lease } = claimed;
    await journal.done(lease, 'container-1', 'run', 'c1', start);
    await journal.done(lease, 'part-1', 'once', 'p1', start + 10);
    await journal.done(lease, 'part-2-wait', 'until', null, start + 20);
    await journal.done(lease, 'container-2', 'run', 'c2', start + 30);
    await journal.done(lease, 'description-2', 'run', null, start + 35);
    await journal.wait(lease, 'ready-c2', start + 40);
    await queue.settle(lease, { outcome: 'failed', failure: null, change: { status: 'failed' } }, start + 50);
    expect(await publications.retry(world.workspaceId, id, start + 60)).toBe(true);
    expect((await journal.stepsOf(world.workspaceId, id)).map(({ name }) => name)).toEqual(['container-1', 'part-1', 'part-2-wait']);
  });

  it('are dropped, and never touched from another workspace', async () => {
    const { publications } = test.store;
    const other = await seedPerson(test.store);
    const id = await endedAs('failed');
    expect(await publications.retry(other.workspaceId, id, start)).toBe(false);
    expect(await publications.drop(other.workspaceId, id, by())).toBe(false);
    expect(await publications.queueState(other.workspaceId, start)).toMatchObject({ failed: 0 });
    expect(await publications.queueState(world.workspaceId, start)).toMatchObject({ failed: 1, waiting: 0, unconfirmed: 0 });
    expect(await publications.drop(world.workspaceId, id, by())).toBe(true);
    expect(await publications.get(world.workspaceId, id)).toMatchObject({ status: 'canceled' });
  });
});

describe('the local board', () => {
  it('puts an entry up once, seen by its workspace', async () => {
    const { local } = test.store;
    const entry = { key: 'k', channelId: world.channelId, parts: [{ text: 'one', media: [] }], at: 1 };
    await local.put(world.workspaceId, entry);
    await local.put(world.workspaceId, { ...entry, parts: [{ text: 'two', media: [] }] });
    expect(await local.ofChannel(world.workspaceId, world.channelId, 9)).toMatchObject([{ parts: [{ text: 'one' }] }]);
    const other = await seedPerson(test.store);
    expect(await local.get(other.workspaceId, 'k')).toBeUndefined();
  });
});

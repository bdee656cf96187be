import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { testStore, type TestStore } from '../../testing/store.ts';
import { seedChannel, seedMedia, seedPerson, start, type World } from '../../testing/world.ts';
import type { PostToSave } from '../posts.ts';
import { noFilter } from './filter.ts';

let test: TestStore;
let world: World;
beforeEach(async () => {
  test = testStore();
  world = await seedChannel(test.store, 'plain', { grant: {}, target: { remoteId: 'r1', name: 'One', handle: '@one', url: null, avatarUrl: null } });
});
afterEach(() => test.close());

const hour = 3_600_000;
const by = { userId: null, now: start };
const moment = (at: number) => ({ at, zone: 'UTC', wall: new Date(at).toISOString().slice(0, 16) });
async function saved(change: Partial<PostToSave> = {}): Promise<string> {
  const id = change.id ?? 'p1';
  await test.store.posts.save(world.workspaceId, {
    id, authorId: world.userId, state: 'scheduled', content: { parts: [{ text: 'Hello', media: [] }] }, moment: moment(start + hour), version: null, now: start,
    variants: [{ channelId: world.channelId, content: null, options: { a: 1 }, provider: 'plain', publicationId: `q-${id}` }], ...change,
  });
  return id;
}
const claim = (now: number) => test.store.queue.claimDue({ boot: 'b', now, until: now + 1000, limit: 9, attemptId: () => `a${now}` });
const move = (id: string, at: number, version: number | null = 1) => test.store.moving.move(world.workspaceId, [{ id, version, moment: moment(at) }], by);
const publication = async (id: string) => (await test.store.publications.ofPosts(world.workspaceId, [id])).get(id)?.[0];

describe('moving', () => {
  it('takes the post and what waits for it to the new time, and says where it was', async () => {
    await saved();
    expect(await move('p1', start + 5 * hour)).toEqual([{ id: 'p1', to: 'moved', version: 2, from: moment(start + hour) }]);
    expect(await test.store.posts.get(world.workspaceId, 'p1')).toMatchObject({ at: start + 5 * hour, version: 2 });
    expect(await publication('p1')).toMatchObject({ dueAt: start + 5 * hour, scheduledFor: start + 5 * hour, status: 'scheduled' });
    expect(await claim(start + hour)).toEqual([]);
    expect(await claim(start + 5 * hour)).toHaveLength(1);
  });

  it('takes drafts along, with a time or without one', async () => {
    await saved({ state: 'draft' });
    await saved({ id: 'p2', state: 'draft', moment: null });
    expect(await move('p1', start + 2 * hour)).toMatchObject([{ to: 'moved', from: moment(start + hour) }]);
    expect(await move('p2', start + 2 * hour)).toMatchObject([{ to: 'moved', from: null }]);
    expect(await publication('p1')).toBeUndefined();
  });

  it('leaves what has begun, whichever comes first', async () => {
    await saved();
    await saved({ id: 'p2', moment: moment(start + 2 * hour) });
    // It begins while somebody drags it: the claim wins.
    await claim(start + hour);
    expect(await move('p1', start + 9 * hour)).toEqual([{ id: 'p1', to: 'already_begun' }]);
    expect(await publication('p1')).toMatchObject({ status: 'publishing', scheduledFor: start + hour });
    // It was dragged a moment before: nothing is left to claim.
    await move('p2', start + 9 * hour);
    expect(await claim(start + 3 * hour)).toEqual([]);
  });

  it('lets one of two who move the same post', async () => {
    await saved();
    const [first, second] = await Promise.all([move('p1', start + 2 * hour), move('p1', start + 3 * hour)]);
    expect([first?.[0]?.to, second?.[0]?.to]).toEqual(['moved', 'changed_meanwhile']);
    expect(await publication('p1')).toMatchObject({ dueAt: start + 2 * hour });
    expect(await move('p1', start + 4 * hour, null)).toMatchObject([{ to: 'moved', version: 3 }]);
  });

  it('knows no post of another workspace, nor one that is canceled or gone', async () => {
    await saved();
    const other = await seedPerson(test.store);
    expect(await test.store.moving.move(other.workspaceId, [{ id: 'p1', version: 1, moment: moment(start + 9 * hour) }], by)).toEqual([{ id: 'p1', to: 'gone' }]);
    await test.store.posts.cancel(world.workspaceId, 'p1', start);
    expect(await move('p1', start + 9 * hour, null)).toEqual([{ id: 'p1', to: 'nothing_waits' }]);
    expect(await move('p9', start + 9 * hour)).toEqual([{ id: 'p9', to: 'gone' }]);
    expect(await test.store.posts.get(world.workspaceId, 'p1')).toMatchObject({ at: start + hour });
  });
});

describe('back to a draft', () => {
  it('leaves nothing that would go out', async () => {
    await saved();
    expect(await test.store.moving.unschedule(world.workspaceId, 'p1', 1, { userId: null, now: start })).toEqual({ to: 'draft', version: 2 });
    expect(await test.store.posts.get(world.workspaceId, 'p1')).toMatchObject({ state: 'draft', at: start + hour });
    expect(await claim(start + 2 * hour)).toEqual([]);
  });

  it('is refused when it has begun, was changed or is another workspace\'s', async () => {
    const { moving } = test.store;
    await saved();
    const other = await seedPerson(test.store);
    expect(await moving.unschedule(other.workspaceId, 'p1', 1, { userId: null, now: start })).toEqual({ to: 'gone' });
    expect(await moving.unschedule(world.workspaceId, 'p1', 7, { userId: null, now: start })).toEqual({ to: 'changed_meanwhile' });
    await claim(start + hour);
    expect(await moving.unschedule(world.workspaceId, 'p1', 1, { userId: null, now: start })).toEqual({ to: 'already_begun' });
  });
});

describe('the bin', () => {
  const restore = (id: string, now = start) => test.store.moving.restore(world.workspaceId, id, { userId: null, now, grace: 60_000, asDraft: false, publicationId: () => `again-${id}` });

  it('hides a post everywhere, sends nothing of it and keeps its pictures', async () => {
    const { posts, media, calendar, moving, publications } = test.store;
    const picture = await seedMedia(test.store, world.workspaceId);
    await saved({ content: { parts: [{ text: 'Hello', media: [{ mediaId: picture, alt: '' }] }] } });
    expect(await moving.bin(world.workspaceId, ['p1', 'p9'], by)).toEqual([{ id: 'p1', to: 'bin' }, { id: 'p9', to: 'gone' }]);
    expect(await posts.get(world.workspaceId, 'p1')).toBeUndefined();
    expect(await posts.between(world.workspaceId, 0, start * 2, 9)).toEqual([]);
    expect(await posts.latest(world.workspaceId, null, null, 9)).toEqual([]);
    expect((await publications.queueState(world.workspaceId, start)).waiting).toBe(0);
    expect(await claim(start + 2 * hour)).toEqual([]);
    expect(await move('p1', start + 2 * hour, null)).toEqual([{ id: 'p1', to: 'gone' }]);
    expect(await media.remove(world.workspaceId, picture)).toBe('used');
    const asked = { text: '', filter: noFilter, before: null, limit: 9 };
    expect(await calendar.find(world.workspaceId, { ...asked, deleted: false })).toEqual([]);
    expect(await calendar.find(world.workspaceId, { ...asked, deleted: true })).toMatchObject([{ id: 'p1', deletedAt: start, movable: false }]);
    // An editor who still has it open learns that it is gone.
    expect(await posts.save(world.workspaceId, {
      id: 'p1', authorId: world.userId, state: 'draft', content: { parts: [{ text: 'x', media: [] }] }, moment: null, variants: [], version: 1, now: start,
    })).toBe('gone');
  });

  it('gives a scheduled post back as it was, options included', async () => {
    await saved();
    await test.store.moving.bin(world.workspaceId, ['p1'], by);
    expect(await restore('p1')).toBe('scheduled');
    expect(await test.store.posts.get(world.workspaceId, 'p1')).toMatchObject({ state: 'scheduled', deletedAt: null, variants: [{ options: { a: 1 } }] });
    expect(await claim(start + hour)).toHaveLength(1);
    expect(await restore('p1')).toBe('gone');
  });

  it('gives it back as a draft once its time is past or no channel is left', async () => {
    await saved();
    await test.store.moving.bin(world.workspaceId, ['p1'], by);
    expect(await restore('p1', start + hour + 60_001)).toBe('unscheduled');
    expect(await claim(start + 9 * hour)).toEqual([]);
    await saved({ id: 'p2' });
    await test.store.moving.bin(world.workspaceId, ['p2'], by);
    await test.store.connections.disconnect(world.workspaceId, world.connectionId, start);
    await test.store.channels.remove(world.workspaceId, world.channelId, start);
    expect(await restore('p2')).toBe('unscheduled');
  });

  it('gives back what waited, and nothing that was canceled before: also on a channel that has come back since', async () => {
    const other = await seedChannel(test.store, 'plain', { grant: {}, target: { remoteId: 'r2', name: 'Two', handle: '', url: null, avatarUrl: null } }, world);
    const on = (channelId: string, publicationId: string) => ({ channelId, content: null, options: {}, provider: 'plain', publicationId });
    await saved({ variants: [on(world.channelId, 'q1'), on(other.channelId, 'q2')] });
    await saved({ id: 'p2', variants: [on(other.channelId, 'q3')] });
    await test.store.connections.disconnect(world.workspaceId, other.connectionId, start);
    await test.store.channels.remove(world.workspaceId, other.channelId, start);
    await test.store.connections.connect(world.workspaceId, { id: 'again', provider: 'plain', accountId: 'r2', accountName: 'Two', grant: {}, expiresAt: null, now: start });
    await test.store.channels.put(world.workspaceId, [{ id: 'fresh', connectionId: other.connectionId, provider: 'plain', remoteId: 'r2', name: 'Two', handle: '', url: null, avatarUrl: null, limits: {}, createdAt: start }]);
    await test.store.moving.bin(world.workspaceId, ['p1', 'p2'], by);
    expect([await restore('p1'), await restore('p2')]).toEqual(['scheduled', 'canceled']);
    expect((await claim(start + hour)).map(({ publication }) => publication.channelId)).toEqual([world.channelId]);
    const left = await test.store.publications.ofPosts(world.workspaceId, ['p1', 'p2']);
    expect([left.get('p1'), left.get('p2')].map((all) => all?.map(({ status }) => status).toSorted())).toEqual([['canceled', 'publishing'], ['canceled']]);
  });

  it('takes nothing that has begun, and nothing of others', async () => {
    await saved();
    const other = await seedPerson(test.store);
    expect(await test.store.moving.bin(other.workspaceId, ['p1'], by)).toEqual([{ id: 'p1', to: 'gone' }]);
    await test.store.moving.bin(world.workspaceId, ['p1'], by);
    expect(await test.store.moving.restore(other.workspaceId, 'p1', { userId: null, now: start, grace: 0, asDraft: false, publicationId: () => 'x' })).toBe('gone');
    expect(await test.store.moving.emptyOut(other.workspaceId, 'p1')).toBe(false);
    await restore('p1');
    expect(await test.store.moving.emptyOut(world.workspaceId, 'p1')).toBe(false);
    await claim(start + hour);
    expect(await test.store.moving.bin(world.workspaceId, ['p1'], by)).toEqual([{ id: 'p1', to: 'already_begun' }]);
  });
});

describe('a way back', () => {
  it('can be taken once, by whoever did it', async () => {
    const { undos } = test.store;
    const other = await seedPerson(test.store);
    await undos.keep(world.workspaceId, { id: 'u1', userId: world.userId, note: { kind: 'delete', posts: [{ id: 'p1' }] }, madeAt: start });
    expect(await undos.take(other.workspaceId, world.userId, 'u1')).toBeUndefined();
    expect(await undos.take(world.workspaceId, other.userId, 'u1')).toBeUndefined();
    expect(await undos.take(world.workspaceId, world.userId, 'u1')).toEqual({ kind: 'delete', posts: [{ id: 'p1' }] });
    expect(await undos.take(world.workspaceId, world.userId, 'u1')).toBeUndefined();
  });
});

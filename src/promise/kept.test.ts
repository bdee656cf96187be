import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connectAllLocal } from '../actions/channels/connect-local.ts';
import { disconnect } from '../actions/channels/disconnect.ts';
import { pruneCounts } from '../actions/retention/prune.ts';
import { retryFailed } from '../actions/posts/settle.ts';
import type { Person } from '../domain/actor.ts';
import { isId } from '../lib/ids.ts';
import { promiseWorld, type PromiseWorld } from '../testing/promise/promise.ts';
import { placesOfRecord, plantChannel, plantFile, plantPerson, plantPost, wordsOf } from '../testing/promise/promise-post.ts';
import { start, type World } from '../testing/world.ts';

// How long what is kept (sentences 2, 3, 4, 6 and 8), over a real database, real files and a raw search of all their bytes.

let world: PromiseWorld;
let on: World;

beforeEach(async () => {
  world = await promiseWorld();
  on = await plantChannel(world, 'ada', await plantPerson(world, 'ada'));
});
afterEach(() => world.close());

const store = () => world.app.deps.store;
const left = (names: readonly string[]) => Object.keys(world.left(names));
const actor = (of: World): Person => ({ userId: of.userId, workspaceId: of.workspaceId, role: 'owner', sessionId: 'session' });

async function prunedOn(dayNumber: number) {
  world.clock.set(start + dayNumber * 86_400_000);
  await world.prune();
}

/** The sealed grant as it lies in the file. */
function sealed(connectionId: string): Buffer {
  const sqlite = new Database(world.app.file, { readonly: true });
  try {
    return (sqlite.prepare('select "grant" as bytes from connections where id = ?').get(connectionId) as { bytes: Buffer }).bytes;
  } finally {
    sqlite.close();
  }
}

describe('promise 02: grants', () => {
  it('promise 02: are purged from the disk with the disconnect, and what the account is known by within 30 days', async () => {
    const grant = sealed(on.connectionId);
    expect(world.scan(grant)).not.toEqual([]);
    await plantPost(world, 'post', on, 'published');
    expect(await disconnect(world.app.deps, actor(on), on.channelId)).toBe('deleted');
    expect(world.scan(grant)).toEqual([]);
    expect(left(['ada: token'])).toEqual([]);

    const known = ['account id', 'account name', 'channel id', 'channel name', 'handle', 'place', 'picture'].map((place) => `ada: ${place}`);
    await prunedOn(28);
    expect(left(known)).toEqual(known);
    await prunedOn(30);
    expect(left(known)).toEqual([]);
    // The record of what went out stays the person's.
    expect(left(placesOfRecord.map((place) => `post: ${place}`))).toHaveLength(2);
  });

  it('promise 02: a page of this instance that was disconnected and forgotten can be connected anew, as another', async () => {
    const { deps } = world.app;
    await connectAllLocal(deps, on.workspaceId);
    const page = (await store().channels.list(on.workspaceId)).find(({ provider }) => deps.providers.get(provider)?.local);
    await disconnect(deps, actor(on), page?.id ?? '');
    await prunedOn(30);
    await connectAllLocal(deps, on.workspaceId);
    const again = (await store().channels.list(on.workspaceId)).find(({ provider }) => deps.providers.get(provider)?.local);
    expect(again).toMatchObject({ connectionStatus: 'active' });
    expect(isId(again?.id)).toBe(true);
    expect(again?.id).not.toBe(page?.id);
  });

  it('promise 02: are never in any file as they are', () => {
    expect(left(['ada: token'])).toEqual([]);
  });
});

describe('promise 03: content and media', () => {
  it.each(['published', 'failed', 'canceled'] as const)('promise 03: of a post that is %s is there on day 89 and nowhere on day 91', async (ending) => {
    const { postId, publicationId } = await plantPost(world, 'post', on, ending);
    const planted = wordsOf('post').filter((place) => world.canaries().has(place));
    expect(left(planted)).toEqual(planted);
    await prunedOn(89);
    expect(left(planted)).toEqual(planted);
    await prunedOn(91);
    expect(world.left(planted)).toEqual({});
    expect(await store().posts.get(on.workspaceId, postId)).toMatchObject({ contentDeletedAt: world.clock.now(), at: start });
    expect(await store().publications.get(on.workspaceId, publicationId)).toMatchObject({ status: ending, scheduledFor: start });
  });

  it.each(['scheduled', 'publishing', 'unconfirmed'] as const)('promise 03: of a post that is %s is kept however long it takes', async (ending) => {
    await plantPost(world, 'post', on, ending);
    const planted = wordsOf('post').filter((place) => world.canaries().has(place));
    await prunedOn(400);
    expect(left(planted)).toEqual(planted);
  });

  it('promise 03: of a post that still waits on one channel is kept for that one, and its days count from the last', async () => {
    const { postId } = await plantPost(world, 'post', on, 'published');
    const other = await plantChannel(world, 'second', on);
    const sqlite = new Database(world.app.file);
    sqlite.prepare(`insert into publications (id, workspace_id, post_id, channel_id, provider, status, scheduled_for, due_at, failures, created_at, updated_at)
      values ('second', ?, ?, ?, 'mastodon', 'scheduled', ?, ?, 0, ?, ?)`).run(on.workspaceId, postId, other.channelId, start, start, start, start);
    await prunedOn(200);
    expect(left(wordsOf('post'))).toEqual(wordsOf('post'));
    sqlite.prepare("update publications set status = 'published', published_at = ?, updated_at = ? where id = 'second'").run(world.clock.now(), world.clock.now());
    sqlite.close();
    await prunedOn(289);
    expect(left(wordsOf('post'))).toEqual(wordsOf('post'));
    await prunedOn(291);
    expect(left(wordsOf('post'))).toEqual([]);
  });

  it('promise 03: of a frozen workspace stays as it is', async () => {
    await plantPost(world, 'post', on, 'published');
    await store().people.hold(on.workspaceId, 'frozen', start);
    await prunedOn(200);
    expect(left(wordsOf('post'))).toEqual(wordsOf('post'));
    await store().people.hold(on.workspaceId, 'frozen', null);
    await prunedOn(201);
    expect(left(wordsOf('post'))).toEqual([]);
  });

  it('promise 03: a draft and a file that no post has used stay', async () => {
    await plantFile(world, 'unused', on.workspaceId);
    await store().posts.save(on.workspaceId, {
      id: 'draft', authorId: on.userId, state: 'draft', content: { parts: [{ text: world.canary('draft: text'), media: [] }] }, moment: null, variants: [], version: null, now: start,
    });
    await prunedOn(1_000);
    expect(left(['draft: text', 'unused: bytes', 'unused: thumbnail', 'unused: file name'])).toHaveLength(4);
  });

  it('promise 03: a file that several posts use goes 90 days after the last of them', async () => {
    const file = await plantFile(world, 'shared', on.workspaceId);
    const bytes = ['shared: bytes', 'shared: thumbnail', 'shared: file name'];
    await plantPost(world, 'first', on, 'published', [file]);
    world.days(80);
    await plantPost(world, 'second', on, 'published', [file]);
    await prunedOn(91);
    expect(left(['first: text', 'second: text'])).toEqual(['second: text']);
    expect(left(bytes)).toEqual(bytes);
    await prunedOn(169);
    expect(left(bytes)).toEqual(bytes);
    await prunedOn(171);
    expect(left([...bytes, 'second: text'])).toEqual([]);
  });

  it('promise 03: a file whose time is over is kept for a draft that uses it, and goes when the draft does', async () => {
    const file = await plantFile(world, 'shared', on.workspaceId);
    await plantPost(world, 'first', on, 'published', [file]);
    await store().posts.save(on.workspaceId, {
      id: 'draft', authorId: on.userId, state: 'draft', content: { parts: [{ text: '', media: [{ mediaId: file, alt: '' }] }] }, moment: null,
      variants: [{ channelId: on.channelId, content: null, options: {}, provider: 'mastodon', publicationId: 'never' }], version: null, now: start,
    });
    await prunedOn(200);
    expect(left(['shared: bytes'])).toHaveLength(1);
    await store().posts.remove(on.workspaceId, 'draft');
    await prunedOn(201);
    expect(left(['shared: bytes'])).toEqual([]);
  });

  it('promise 03: what was published on a page of this instance goes as well', async () => {
    const parts = [{ text: world.canary('entry: text'), media: [] }];
    await store().local.put(on.workspaceId, { key: 'entry', channelId: on.channelId, parts, at: start });
    await prunedOn(89);
    expect(left(['entry: text'])).toHaveLength(1);
    await prunedOn(91);
    expect(left(['entry: text'])).toEqual([]);
  });

  it('promise 03: nothing is sent again of a post without its content', async () => {
    const { publicationId } = await plantPost(world, 'post', on, 'failed');
    await prunedOn(91);
    expect(await retryFailed(world.app.deps, actor(on), publicationId)).toMatchObject({ ok: false });
    expect(await store().publications.get(on.workspaceId, publicationId)).toMatchObject({ status: 'failed' });
  });
});

describe('promise 04: records', () => {
  it('promise 04: when, where, under which id and how it ended stays for years', async () => {
    const { publicationId, postId } = await plantPost(world, 'post', on, 'published');
    await prunedOn(3_000);
    expect(await store().publications.get(on.workspaceId, publicationId)).toMatchObject({
      status: 'published', postId, channelId: on.channelId, provider: 'mastodon', scheduledFor: start, publishedAt: start, failures: 1,
      remoteId: world.canary('post: remote id'), url: `https://example.org/${world.canary('post: address')}`,
    });
    const attempts = await store().journal.attemptsOf(on.workspaceId, publicationId);
    expect(attempts.map(({ number, outcome, failure }) => [number, outcome, failure?.code])).toEqual([[1, 'later', 'timeout'], [2, 'published', undefined]]);
    expect(left(wordsOf('post'))).toEqual([]);
  });
});

describe('promise 06: logs', () => {
  it('promise 06: are there for 90 days and not longer', async () => {
    world.log(`192.0.2.7 ${world.canary('early line')}`, start);
    world.log(`192.0.2.8 ${world.canary('late line')}`, start + 5 * 86_400_000);
    await prunedOn(89);
    expect(left(['early line', 'late line'])).toEqual(['early line', 'late line']);
    await prunedOn(91);
    expect(left(['early line', 'late line'])).toEqual(['late line']);
    await prunedOn(96);
    expect(left(['late line'])).toEqual([]);
  });
});

describe('promise 08: sums that identify nobody', () => {
  it('promise 08: outlive what they were made of, count each end once, and name no one', async () => {
    await plantPost(world, 'one', on, 'published');
    world.days(1);
    await plantPost(world, 'two', on, 'failed');
    await prunedOn(2);
    await prunedOn(3);
    const sums = [{ month: '2026-11', provider: 'mastodon', what: 'failed', count: 1 }, { month: '2026-11', provider: 'mastodon', what: 'published', count: 1 }];
    expect(await store().aggregates.all()).toEqual(sums);
    const sqlite = new Database(world.app.file);
    sqlite.pragma('foreign_keys = ON');
    sqlite.prepare('delete from post_media').run();
    sqlite.prepare('delete from workspaces where id = ?').run(on.workspaceId);
    sqlite.close();
    await prunedOn(4);
    expect(await store().aggregates.all()).toEqual(sums);
  });

  it('promise 08: leave out people who object, from then on and for what was not counted yet', async () => {
    const { prune } = await import('../actions/retention/prune.ts');
    await plantPost(world, 'one', on, 'published');
    await prune(world.app.deps, start, { excluded: [on.workspaceId] });
    await prune(world.app.deps, start);
    expect(await store().aggregates.all()).toEqual([]);
  });

  it('promise 08: what reaches its end is gone from every byte on disk, however much of it there was', async () => {
    const many = Array.from({ length: 60 }, (_, n) => `post ${n}`);
    for (const name of many) await plantPost(world, name, on, 'published');
    const kept = await plantPost(world, 'kept', on, 'unconfirmed');
    const planted = many.flatMap(wordsOf);
    expect(left(planted)).toHaveLength(planted.length);
    const told = await pruneCounts(world.app.deps, start + 90 * 86_400_000);
    expect(told.find(({ rule }) => rule.startsWith('words'))?.count).toBe(60);
    await prunedOn(90);
    expect(world.left(planted)).toEqual({});
    expect(await store().posts.get(on.workspaceId, kept.postId)).toMatchObject({ contentDeletedAt: null });
  });
});

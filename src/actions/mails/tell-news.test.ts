import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { testApp, type TestApp } from '../../testing/app.ts';
import { startMailBox, type MailBox } from '../../testing/smtp.ts';
import { fakeClock, seedChannel, seedPost, start, type FakeClock, type World } from '../../testing/world.ts';
import { openSqlite } from '../../store/index.ts';
import { newId } from '../../lib/ids.ts';
import { chooseMails } from './choose-mails.ts';
import { deliverMails } from './deliver-mails.ts';
import { tellDigests } from './tell-digests.ts';
import { tellNews } from './tell-news.ts';

let clock: FakeClock;
let box: MailBox;
let app: TestApp;
let world: World;
beforeEach(async () => {
  clock = fakeClock();
  box = await startMailBox();
  app = await testApp({ SMTP_URL: box.url, PUBLIC_URL: 'https://post.example' }, clock.now);
  world = await seedChannel(app.deps.store, 'mastodon', { grant: {}, target: { remoteId: 'r', name: 'Harbour', handle: '@h', url: null, avatarUrl: null } });
  await app.deps.store.people.verifyEmail(world.userId, start);
  await tellNews(app.deps);
});
afterEach(async () => {
  await app.close();
  await box.close();
});

const text = 'Fresh fish on Friday';
const deliver = () => deliverMails({ ...app.deps, boot: 'one' });
const subjects = () => box.mails.map(({ subject }) => subject ?? '');
const choose = (published: 'each' | 'digest' | 'off', trouble = true, access = true) => chooseMails(app.deps, world.userId, { published, trouble, access });

/** A post that the engine claims and that ends like this. */
async function ends(as: 'published' | 'failed' | 'unconfirmed'): Promise<string> {
  const { store } = app.deps;
  const { publicationId } = await seedPost(store, world, 'mastodon', { parts: [{ text, media: [] }] }, {}, clock.now());
  const [claimed] = await store.queue.claimDue({ boot: 'b', now: clock.now(), until: clock.now() + 60_000, limit: 9, attemptId: () => newId(clock.now()) });
  if (!claimed) throw new Error('nothing was due');
  const failure = as === 'published' ? null : as === 'failed'
    ? { kind: 'rejected' as const, code: 'x', message: 'The picture is too large.', fix: 'Make it smaller and try again.' }
    : { kind: 'unsettled' as const, code: 'x', message: 'The answer was lost.' };
  const change = as === 'published' ? { status: as, remoteId: '1', url: 'https://harbour.example/1', publishedAt: clock.now() } : { status: as };
  await store.queue.settle(claimed.lease, { outcome: as, failure, change }, clock.now());
  return publicationId;
}

async function tell() {
  await tellNews(app.deps);
  await deliver();
}

/** Another person of the same workspace. */
async function member(role: string, email: string): Promise<string> {
  const id = newId(start);
  const sqlite = openSqlite(app.file);
  sqlite.prepare('insert into users (id, name, email, password_hash, operator, created_at, email_verified_at) values (?, ?, ?, ?, 0, 1, 1)').run(id, email, email, 'x');
  sqlite.prepare('insert into members (workspace_id, user_id, role, created_at) values (?, ?, ?, 1)').run(world.workspaceId, id, role);
  sqlite.close();
  return id;
}

describe('what has happened', () => {
  it('is told once of each end, however often it is looked at', async () => {
    await choose('each');
    await ends('published');
    await ends('failed');
    await ends('unconfirmed');
    for (let n = 0; n < 3; n += 1) {
      await tell();
      clock.advance(30_000);
    }
    expect(subjects().toSorted()).toEqual(['Is this out on Mastodon? Look, and say so', 'Not published on Mastodon', 'Published on Mastodon']);
    const failed = box.mails.find(({ subject }) => subject === 'Not published on Mastodon');
    for (const words of [text, 'Harbour', 'The picture is too large.', 'Make it smaller and try again.', 'https://post.example/posts/']) expect(failed?.text).toContain(words);
    expect(box.mails.find(({ subject }) => subject?.startsWith('Published'))?.text).toContain('https://harbour.example/1');
    expect(box.mails.find(({ subject }) => subject?.startsWith('Is this out'))?.text).toContain('https://post.example/unconfirmed');
  });

  it('is told again when it happens again', async () => {
    const id = await ends('failed');
    await tell();
    clock.advance(3_600_000);
    await app.deps.store.publications.retry(world.workspaceId, id, clock.now());
    const [claimed] = await app.deps.store.queue.claimDue({ boot: 'b', now: clock.now(), until: clock.now() + 60_000, limit: 9, attemptId: () => newId(clock.now()) });
    if (!claimed) throw new Error('nothing was due');
    await app.deps.store.queue.settle(claimed.lease, { outcome: 'failed', failure: null, change: { status: 'failed' } }, clock.now());
    await tell();
    expect(subjects()).toEqual(['Not published on Mastodon', 'Not published on Mastodon']);
  });

  it('before the first look is history', async () => {
    const other = await testApp({ SMTP_URL: box.url }, clock.now);
    const there = world;
    const kept = app;
    app = other;
    world = await seedChannel(other.deps.store, 'mastodon', { grant: {}, target: { remoteId: 'r', name: 'H', handle: '', url: null, avatarUrl: null } });
    await other.deps.store.people.verifyEmail(world.userId, start);
    await ends('failed');
    clock.advance(1);
    for (let n = 0; n < 2; n += 1) await tell();
    expect(subjects()).toEqual([]);
    await other.close();
    [app, world] = [kept, there];
  });

  it('is told to the author and to admins, and not to others or to who wants none', async () => {
    await member('editor', 'editor@example.org');
    const admin = await member('admin', 'admin@example.org');
    await ends('failed');
    await tell();
    expect(box.mails).toHaveLength(2);
    expect(() => box.mailTo('editor@example.org')).toThrow('0 mails');
    await chooseMails(app.deps, admin, { published: 'off', trouble: false, access: false });
    await choose('off', false);
    clock.advance(10_000);
    await ends('failed');
    await tell();
    expect(box.mails).toHaveLength(2);
  });

  it('that waits to be mailed is dropped when its reader says no', async () => {
    await ends('failed');
    await tellNews(app.deps);
    await choose('digest', false);
    await deliver();
    expect(box.mails).toEqual([]);
    expect(await app.deps.store.mails.list([], 9)).toMatchObject([{ state: 'dropped', kept: false }]);
  });
});

describe('an access', () => {
  const connection = (sql: string, ...args: unknown[]) => {
    const sqlite = openSqlite(app.file);
    sqlite.prepare(sql).run(...args);
    sqlite.close();
  };

  it('that ends is told a week ahead, and once more when it has ended, to admins alone', async () => {
    await member('editor', 'editor@example.org');
    connection("update connections set status = 'expiring', expires_at = ?", start + 8 * 86_400_000);
    await tell();
    expect(subjects()).toEqual([]);
    clock.advance(2 * 86_400_000);
    for (let n = 0; n < 2; n += 1) await tell();
    expect(subjects()).toEqual(['Access to Mastodon ends soon']);
    await seedPost(app.deps.store, world, 'mastodon', { parts: [{ text, media: [] }] }, {}, start + 9 * 86_400_000);
    clock.advance(6 * 86_400_000);
    await app.deps.store.everywhere.lapse(clock.now());
    for (let n = 0; n < 2; n += 1) await tell();
    expect(subjects()).toEqual(['Access to Mastodon ends soon', 'Reconnect Mastodon, so that posts go out']);
    expect(box.mails[1]?.text).toContain('1 post waits there');
  });
});

describe('the daily mail', () => {
  it('comes at eight in the morning of the workspace, with the day before, once', async () => {
    // 24 November, 23:30 in Berlin: still that day there.
    clock.set(Date.UTC(2026, 10, 24, 22, 30));
    await ends('published');
    clock.set(Date.UTC(2026, 10, 25, 6, 59));
    await tellDigests(app.deps);
    await deliver();
    expect(subjects()).toEqual([]);
    clock.set(Date.UTC(2026, 10, 25, 7, 0));
    for (let n = 0; n < 3; n += 1) await tellDigests(app.deps);
    await deliver();
    expect(subjects()).toEqual(['1 post went out on Tue 24 Nov 2026']);
    expect(box.mails[0]?.text).toContain('23:30, Mastodon, Harbour: Fresh fish on Friday');
    clock.set(Date.UTC(2026, 10, 26, 7, 0));
    await tellDigests(app.deps);
    await deliver();
    expect(box.mails).toHaveLength(1);
  });

  it('catches up after days of being down, and is none for who wants none', async () => {
    await ends('published');
    clock.advance(86_400_000);
    await ends('published');
    clock.advance(2 * 86_400_000);
    await tellDigests(app.deps);
    await deliver();
    expect(subjects().toSorted()).toEqual(['1 post went out on Tue 24 Nov 2026', '1 post went out on Wed 25 Nov 2026']);
    await choose('off');
    await ends('published');
    clock.advance(86_400_000);
    await tellDigests(app.deps);
    await deliver();
    expect(box.mails).toHaveLength(2);
  });
});

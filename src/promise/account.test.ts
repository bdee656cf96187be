import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runErasures } from '../actions/privacy/run-erasures.ts';
import { graceMs } from '../domain/promise/privacy.ts';
import { day } from '../domain/promise/retention.ts';
import { newId } from '../lib/ids.ts';
import { approveAt } from '../providers/fake/oauth.ts';
import { startFakeFacebook } from '../providers/meta/facebook/fake.ts';
import { settings as facebookSettings } from '../providers/meta/facebook/subject.ts';
import { startFakeTikTok } from '../providers/tiktok/fake.ts';
import { settings as tiktokSettings } from '../providers/tiktok/subject.ts';
import { password, signedUp, visitor, type Visitor } from '../testing/app.ts';
import { adasEmail, atOnce, deletionWorld, type DeletionWorld } from '../testing/promise/deletion.ts';
import type { PromiseWorld } from '../testing/promise/promise.ts';
import { plantFile, plantPost, wordsOf } from '../testing/promise/promise-post.ts';
import { start, type World } from '../testing/world.ts';

// What becomes of an account that is deleted (sentences 1, 12, 22 and 27), over a real database and real files, with a raw
// search of all their bytes.

let world: PromiseWorld;
let ada: Visitor;
let on: World;
let personOf: DeletionWorld['personOf'];
let ask: DeletionWorld['ask'];
let erase: DeletionWorld['erase'];
let left: DeletionWorld['left'];
let log: DeletionWorld['log'];
const email = adasEmail;

async function begin(env: Record<string, string> = {}) {
  ({ world, ada, on, personOf, ask, erase, left, log } = await deletionWorld(env));
}
afterEach(() => world.close());

describe('promise 01: an account that is deleted', () => {
  beforeEach(() => begin());

  it('promise 01: can be undone on day 29 and is purged by day 30, from every byte of database, files and logs', async () => {
    await plantPost(world, 'out', on, 'published');
    await plantPost(world, 'doubt', on, 'unconfirmed');
    await plantPost(world, 'waits', on, 'scheduled');
    await plantFile(world, 'unused', on.workspaceId);
    expect((await ask()).headers.location).toBe('/settings/privacy');
    const page = (await ada.get('/')).body;
    expect(page).toContain('Your account will be deleted');
    expect(page).toContain('Undo the deletion');

    world.days(29);
    await erase();
    await world.prune();
    expect(left()).toEqual(expect.arrayContaining([...wordsOf('waits'), ...wordsOf('unused').filter((place) => /file name|bytes|thumbnail/u.test(place)), 'name', 'ada: account id'].filter((place) => world.canaries().has(place))));

    world.clock.set(start + 30 * day - 60_000);
    await erase();
    expect(left()).toEqual([]);
    expect(world.scan(email)).toEqual([]);
    expect(world.scan(password)).toEqual([]);
    const sqlite = new Database(world.app.file, { readonly: true });
    const counts = (table: string) => (sqlite.prepare(`select count(*) as n from ${table}`).get() as { n: number }).n;
    for (const table of ['users', 'workspaces', 'members', 'sessions', 'connections', 'channels', 'posts', 'media', 'publications', 'attempts', 'steps', 'mails']) expect(counts(table), table).toBe(0);
    // That it was asked for and done stays, and names nobody.
    expect(sqlite.prepare('select user_id, kind, message from requests').all()).toEqual([{ user_id: null, kind: 'erasure', message: '' }]);
    sqlite.close();
  });

  it('says what goes and what stays before, wants the password, and slows guessing down', async () => {
    const page = (await ada.get('/settings/delete-account')).body;
    for (const said of ['What goes', 'What stays, and why', 'Bills and invoices', '7 years', 'Nobody else is in it', 'In 30 days', 'At once']) expect(page, said).toContain(said);
    const wrong = await ask({ password: 'not it at all' });
    expect([wrong.statusCode, wrong.body.includes('This is not your present password.')]).toEqual([422, true]);
    expect((await ask({ when: 'now' })).body).toContain('Tick this if it shall be deleted at once.');
    for (let n = 0; n < 5; n += 1) await ask({ password: `wrong ${n}` });
    expect((await ask()).body).toContain('Too many tries');
    expect(await world.app.deps.store.erasures.due(Number.MAX_SAFE_INTEGER)).toEqual([]);
  });

  it('publishes nothing while it waits, and goes on as if nothing had been when it is undone', async () => {
    const { store } = world.app.deps;
    const { publicationId } = await plantPost(world, 'waits', on, 'scheduled');
    await ask();
    world.clock.advance(1_000);
    const claim = () => store.queue.claimDue({ boot: 'b', now: world.clock.now(), until: world.clock.now() + 1_000, limit: 9, attemptId: () => newId(world.clock.now()) });
    expect(await claim()).toEqual([]);
    expect((await ada.get('/settings/privacy')).body).toContain('A deletion is under way');
    expect((await ada.post('/settings/privacy/unfreeze', { workspace: on.workspaceId })).statusCode).toBe(303);
    expect(await claim()).toEqual([]);
    const erasure = /name="erasure" value="([^"]+)"/u.exec((await ada.get('/')).body)?.[1] ?? '';
    await ada.post('/settings/privacy/undo', { erasure });
    expect((await ada.get('/')).body).not.toContain('will be deleted');
    expect((await claim()).map(({ publication }) => publication.id)).toEqual([publicationId]);
    world.days(40);
    await erase();
    expect(await personOf(email)).toMatchObject({ userId: on.userId });
    expect((await ada.get('/settings/privacy')).body).toContain('Taken back');
  });

  it('leaves a workspace that is frozen for another reason frozen when it is undone', async () => {
    await ada.post('/settings/privacy/freeze', { workspace: on.workspaceId });
    await ask();
    const [erasure] = await world.app.deps.store.erasures.announced(on.userId, on.workspaceId);
    await ada.post('/settings/privacy/undo', { erasure: erasure?.id ?? '' });
    expect((await world.app.deps.store.people.workspace(on.workspaceId))?.frozenAt).toBe(start);
  });

  it('goes at once when that is asked for: no session, no log-in, and a page that tells how far it is', async () => {
    await plantPost(world, 'out', on, 'published');
    const answer = await ask(atOnce);
    expect(answer.headers.location).toMatch(/^\/data-deletion\/[\da-f]{32}$/u);
    expect((await world.app.deps.store.inFlight.grants(on.workspaceId))).toEqual([]);
    expect((await ada.get('/posts')).headers.location).toMatch(/^\/login/u);
    expect((await visitor(world.app).post('/login', { email, password })).statusCode).toBe(422);
    const status = async () => (await visitor(world.app).get(String(answer.headers.location))).body;
    expect(await status()).toContain('A deletion is under way');
    await erase();
    expect(await status()).toContain('Everything is deleted');
    expect(left()).toEqual([]);
    // Whoever signs up anew with the same address is somebody else.
    expect((await signedUp(world.app, email)).cookies.size).toBeGreaterThan(0);
  });

  it('lets what is on its way settle first, and waits no longer than a quarter of an hour', async () => {
    await plantPost(world, 'flying', on, 'publishing');
    await ask(atOnce);
    await runErasures(world.app.deps);
    expect((await world.app.deps.store.inFlight.grants(on.workspaceId))).toHaveLength(1);
    expect(left()).toContain('flying: text');
    world.clock.advance(16 * 60_000);
    await erase();
    expect(left()).toEqual([]);
  });

  it('is journaled before anything goes, by random ids alone', async () => {
    await ask(atOnce);
    await erase();
    expect(log().map(({ event, kind, id }) => [event, kind, id])).toEqual([['asked', 'account', on.userId], ['erased', 'account', on.userId], ['erased', 'workspace', on.workspaceId]]);
    expect(new Set(log().flatMap((entry) => Object.keys(entry)))).toEqual(new Set(['event', 'erasure', 'kind', 'id', 'at', 'due']));
  });
});

describe('workspaces with others in them', () => {
  let grace: { userId: string; workspaceId: string };
  beforeEach(async () => {
    await begin();
    await signedUp(world.app, 'grace@example.org');
    grace = await personOf('grace@example.org');
    const sqlite = new Database(world.app.file);
    sqlite.prepare("insert into members (workspace_id, user_id, role, created_at) values (?, ?, 'editor', 1)").run(on.workspaceId, grace.userId);
    sqlite.close();
  });

  it('can be handed over, and then stay with all that is in them; posts lose the author’s name', async () => {
    const { postId } = await plantPost(world, 'hers', on, 'published');
    expect((await ada.get('/settings/delete-account')).body).toContain('Hand it over to Ada (grace@example.org)');
    // Ada runs the instance, so she has to say who does from now on.
    expect((await ask({ [`to.${on.workspaceId}`]: grace.userId })).body).toContain('Give the e-mail address of another account here');
    await ask({ ...atOnce, [`to.${on.workspaceId}`]: grace.userId, successor: 'grace@example.org' });
    await erase();
    const { store } = world.app.deps;
    expect(await store.people.place(on.workspaceId, grace.userId)).toMatchObject({ role: 'owner', operator: true });
    expect(await store.posts.get(on.workspaceId, postId)).toMatchObject({ authorId: null });
    expect((await store.people.workspace(on.workspaceId))?.frozenAt).toBeNull();
    expect(left()).not.toContain('name');
    expect(left()).toContain('hers: text');
  });

  it('go along otherwise, their people are told, and nobody is left without a place', async () => {
    const { store } = world.app.deps;
    await ask({ successor: 'grace@example.org' });
    expect((await store.mails.list([], 9)).map(({ kind, userId }) => ({ kind, userId }))).toEqual(expect.arrayContaining([{ kind: 'workspace_going', userId: grace.userId }, { kind: 'deletion_asked', userId: on.userId }]));
    world.clock.advance(graceMs);
    await erase();
    expect(left()).toEqual([]);
    expect((await store.people.workspacesOf(grace.userId)).map(({ id }) => id)).toEqual([grace.workspaceId]);
  });

  it('stay when they have got another owner meanwhile', async () => {
    await ask({ successor: 'grace@example.org' });
    const sqlite = new Database(world.app.file);
    sqlite.prepare("update members set role = 'owner' where user_id = ?").run(grace.userId);
    sqlite.close();
    world.clock.advance(graceMs);
    await erase();
    expect((await world.app.deps.store.people.workspace(on.workspaceId))?.frozenAt).toBeNull();
    expect(await personOf(email)).toEqual({ userId: '', workspaceId: '' });
  });

  it('can be deleted by themselves, by their name; whoever has no other gets an empty one', async () => {
    const name = (await world.app.deps.store.people.workspace(on.workspaceId))?.name ?? '';
    const post = (fields: Record<string, string>) => ada.post('/settings/delete-workspace', { password, ...atOnce, ...fields });
    expect((await post({ name: 'Another' })).statusCode).toBe(422);
    await plantPost(world, 'out', on, 'published');
    expect((await post({ name })).headers.location).toMatch(/^\/data-deletion\//u);
    await erase();
    expect(left()).toEqual(['name']);
    expect((await ada.get('/')).statusCode).toBe(200);
    expect((await personOf(email)).workspaceId).not.toBe(on.workspaceId);
  });
});

describe('promise 12, 22: what networks gave', () => {
  const callback = (provider: string) => `http://localhost:3000/integrations/social/${provider}`;

  /** Connects as a person does; of several places the first is taken. */
  async function connect(provider: string, fake: Parameters<typeof approveAt>[0], more: Record<string, string> = {}) {
    const consent = new URL(String((await ada.post(`/channels/connect/${provider}`)).headers.location));
    const query = new URLSearchParams({ state: consent.searchParams.get('state') ?? '', code: await approveAt(fake, consent.href), ...more });
    const back = await ada.get(`/integrations/social/${provider}?${query.toString()}`);
    const place = String(back.headers.location);
    if (place === '/channels') return;
    const target = /name="target" value="([^"]+)"/u.exec((await ada.get(place)).body)?.[1] ?? '';
    await ada.post(place, { target });
  }

  it.each(['at once', 'after the grace'])('promise 12: deleting the account %s ends the access at Facebook and leaves no token and no id', async (when) => {
    const fake = await startFakeFacebook({ redirectUris: [callback('facebook')] });
    await begin({ ...facebookSettings, UPSTREAMS: [...fake.upstreams].map((pair) => pair.join('=')).join(',') });
    await connect('facebook', fake);
    const channel = (await world.app.deps.store.channels.list(on.workspaceId)).find(({ provider }) => provider === 'facebook');
    // A page's handle is the word "Page".
    const traces = [channel?.remoteId, channel?.name].filter((trace) => trace !== undefined && trace.length > 3) as string[];
    expect(traces.length).toBeGreaterThan(0);
    for (const trace of traces) expect(world.scan(trace), trace).not.toEqual([]);
    const calls = fake.calls.length;
    await ask(when === 'at once' ? atOnce : {});
    if (when === 'at once') expect(fake.calls.slice(calls)).toContainEqual(expect.objectContaining({ method: 'DELETE' }));
    world.clock.advance(when === 'at once' ? 1_000 : graceMs);
    await erase();
    expect(fake.calls.slice(calls)).toContainEqual(expect.objectContaining({ method: 'DELETE' }));
    for (const trace of traces) expect(world.scan(trace), trace).toEqual([]);
    expect(left()).toEqual([]);
    await fake.close();
  });

  it('promise 22: deleting the account revokes TikTok’s tokens and leaves nothing of it', async () => {
    const fake = await startFakeTikTok({ redirectUris: [callback('tiktok')] });
    await begin({ ...tiktokSettings, UPSTREAMS: [...fake.upstreams].map((pair) => pair.join('=')).join(',') });
    await connect('tiktok', fake, { scopes: 'user.info.basic,video.publish' });
    expect(world.scan(fake.state.user.openId)).not.toEqual([]);
    await ask();
    expect(fake.oauth.tokens.some(({ revoked }) => revoked)).toBe(false);
    world.clock.advance(graceMs);
    await erase();
    expect(fake.oauth.tokens.every(({ revoked }) => revoked)).toBe(true);
    for (const trace of [fake.state.user.openId, fake.state.user.name, ...fake.oauth.tokens.map(({ access }) => access)]) expect(world.scan(trace), trace).toEqual([]);
    expect(left()).toEqual([]);
    await fake.close();
  });
});

describe('promise 27: passwords, cookies and addresses', () => {
  beforeEach(() => begin());

  it('promise 27: a password is nowhere but as a hash, a session’s token nowhere but in its cookie', async () => {
    const user = await world.app.deps.store.people.user(on.userId);
    expect(user?.passwordHash).toMatch(/^\$argon2id\$/u);
    expect(world.scan(password)).toEqual([]);
    const [name, token] = [...ada.cookies].find(([cookie]) => cookie.endsWith('session')) ?? [];
    expect(token).toMatch(/^[\w-]{43}$/u);
    expect(world.scan(token ?? '')).toEqual([]);
    const again = await world.app.server.inject({ method: 'GET', url: '/', headers: { cookie: `${name}=${token}` } });
    expect(again.statusCode).toBe(200);
    expect(world.app.logged()).not.toContain(password);
    expect(world.app.logged()).not.toContain(token);
  });

  it('promise 27: an IP address is in the log of requests and nowhere in the database', async () => {
    const login = await world.app.server.inject({ method: 'GET', url: '/login', remoteAddress: '203.0.113.77' });
    expect(login.statusCode).toBe(200);
    expect(world.app.logged()).toContain('203.0.113.77');
    await visitor(world.app).post('/login', { email, password });
    expect(world.scan('203.0.113.77')).toEqual([]);
    expect(world.scan('127.0.0.1')).toEqual([]);
  });
});

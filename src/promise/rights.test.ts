import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCopies } from '../actions/portability/run-copies.ts';
import { runErasures } from '../actions/privacy/run-erasures.ts';
import { requestKinds, requestWords } from '../domain/promise/privacy.ts';
import { day, retention } from '../domain/promise/retention.ts';
import { openZip } from '../lib/zip.ts';
import { holdings, notCounted } from '../store/privacy/held.ts';
import { password, signedUp, visitor, type Visitor } from '../testing/app.ts';
import { promiseWorld, type PromiseWorld } from '../testing/promise/promise.ts';
import { plantChannel, plantPost } from '../testing/promise/promise-post.ts';
import { start, type World } from '../testing/world.ts';

// Every right through the web, as a person uses it: recorded with its date, answered within 30 days (sentence 29).

let world: PromiseWorld;
let operator: Visitor;
let ada: Visitor;
let on: World;

beforeEach(async () => {
  world = await promiseWorld();
  operator = await signedUp(world.app, 'operator@example.org');
  ada = await signedUp(world.app, 'ada@example.org');
  const user = await store().people.userByEmail('ada@example.org');
  const [workspace] = await store().people.workspacesOf(user?.id ?? '');
  on = await plantChannel(world, 'ada', { userId: user?.id ?? '', workspaceId: workspace?.id ?? '' });
});
afterEach(() => world.close());

const store = () => world.app.deps.store;
const textOf = async (visit: Visitor, url: string) => (await visit.get(url)).body.replaceAll(/<[^>]+>/gu, ' ').replaceAll(/\s+/gu, ' ');
const requests = () => store().requests.ofUser(on.userId, 99);
const newest = async () => (await requests())[0];

describe('promise 29: a person’s rights', () => {
  it('promise 29: access: a copy of everything about them, made in the background, fetched by them alone, for seven days', async () => {
    await plantPost(world, 'hers', on, 'published');
    expect((await ada.post('/settings/privacy/copy', { about: 'person' })).headers.location).toBe('/settings/privacy#copies');
    expect((await ada.post('/settings/privacy/copy', { about: 'person' })).body).toContain('A copy is being made for you already');
    expect(await newest()).toMatchObject({ kind: 'access', askedAt: start, dueAt: start + 30 * day, answeredAt: null });
    expect(await textOf(ada, '/settings/privacy')).toMatch(/A copy of your data asked Tue 24 Nov 30 days left/u);
    world.clock.advance(5_000);
    await runCopies(world.app.deps);
    expect(await newest()).toMatchObject({ kind: 'access', answeredAt: start + 5_000, answeredBy: null });
    expect((await store().mails.list([], 9)).map(({ kind }) => kind)).toContain('export_ready');
    const link = /href="(\/settings\/exports\/[^"]+)"/u.exec((await ada.get('/settings/privacy')).body)?.[1] ?? '';
    const got = await ada.get(link);
    expect([got.statusCode, got.headers['content-type'], got.rawPayload.subarray(0, 4).toString('latin1')]).toEqual([200, 'application/zip', 'PK\u0003\u0004']);
    expect((await operator.get(link)).statusCode).toBe(404);
    expect((await visitor(world.app).get(link)).statusCode).toBe(303);
    expect(world.app.logged()).not.toContain(link);
    world.clock.advance(7 * day);
    expect((await ada.get(link)).statusCode).toBe(404);
  });

  it('promise 29: portability: a copy of a workspace for its admins', async () => {
    await ada.post('/settings/privacy/copy', { about: 'workspace' });
    await runCopies(world.app.deps);
    expect(await newest()).toMatchObject({ kind: 'portability', workspaceId: on.workspaceId, answeredAt: start });
    const [copy] = await store().copies.ofUser(on.userId, 1);
    const zip = await openZip(`${world.app.dir}/exports/${copy?.id ?? ''}.zip`, 1_000);
    expect([...zip.entries.keys()]).toEqual(expect.arrayContaining(['README.txt', 'about.json', 'data/posts.json', 'data/connections.json', 'posts.csv', 'publications.csv']));
    zip.close();
  });

  /** The token that was mailed to a new address. */
  async function confirmation(): Promise<string> {
    for (;;) {
      const claimed = await store().mails.claim({ boot: 'b', now: world.clock.now(), until: world.clock.now() + 1_000 });
      if (!claimed) throw new Error('no mail asks to confirm an address');
      if (claimed.kind === 'email_confirm') return (JSON.parse(claimed.data ?? '{}') as { token: string }).token;
    }
  }

  it('promise 29: rectification: the name at once, the address when the new one is confirmed, and the old one is told', async () => {
    await ada.post('/settings/profile/name', { name: 'Augusta Ada' });
    expect(await store().people.user(on.userId)).toMatchObject({ name: 'Augusta Ada' });
    expect(await newest()).toMatchObject({ kind: 'rectification', answeredAt: start });
    expect((await ada.post('/settings/profile/email', { email: 'new@example.org', password: 'wrong' })).statusCode).toBe(422);
    expect((await ada.post('/settings/profile/email', { email: 'nonsense', password })).body).toContain('value="nonsense"');
    await ada.post('/settings/profile/email', { email: 'New@Example.org', password });
    expect(await store().people.user(on.userId)).toMatchObject({ email: 'ada@example.org' });
    const mail = (await store().mails.list([], 9)).find(({ kind }) => kind === 'email_confirm');
    expect(mail?.email).toBe('new@example.org');
    const token = await confirmation();
    const asked = await ada.get(`/settings/new-email?token=${token}`);
    expect(asked.body).toContain('Confirm it');
    expect(await store().people.user(on.userId)).toMatchObject({ email: 'ada@example.org' });
    expect((await operator.post('/settings/new-email', { token })).statusCode).toBe(422);
    await ada.post('/settings/new-email', { token });
    expect(await store().people.user(on.userId)).toMatchObject({ email: 'new@example.org' });
    expect((await store().mails.list([], 9)).find(({ kind }) => kind === 'email_changed')?.email).toBe('ada@example.org');
    expect((await ada.post('/settings/new-email', { token })).statusCode).toBe(422);
    expect(world.app.logged()).not.toContain(token);
  });

  it('promise 29: an address of somebody else is not taken over, and nobody learns by asking that it is there', async () => {
    const asked = await ada.post('/settings/profile/email', { email: 'operator@example.org', password });
    expect(asked.statusCode).toBe(303);
    const token = await confirmation();
    expect((await ada.post('/settings/new-email', { token })).body).toContain('Another account has this address by now. Choose another one.');
  });

  it('promise 29: erasure: recorded, answered by the program within 30 days', async () => {
    await ada.post('/settings/delete-account', { password, when: 'later' });
    expect(await newest()).toMatchObject({ kind: 'erasure', answeredAt: null, dueAt: start + 30 * day });
    world.clock.set(start + 30 * day - 60_000);
    for (let n = 0; n < 5; n += 1) {
      await runErasures(world.app.deps);
      world.clock.advance(2_000);
    }
    const page = await textOf(operator, '/settings/requests');
    expect(page).toMatch(/Deletion An account that is deleted asked Tue 24 Nov Done/u);
    const [request] = await store().requests.all(9);
    expect((request?.answeredAt ?? Infinity) - start).toBeLessThanOrEqual(30 * day);
  });

  it('promise 29: restriction: nothing is published, renewed, composed for or connected until it is lifted', async () => {
    const { publicationId } = await plantPost(world, 'waits', on, 'scheduled');
    const claim = () => store().queue.claimDue({ boot: 'b', now: world.clock.now(), until: world.clock.now() + 1_000, limit: 9, attemptId: () => 'attempt' });
    await store().connections.connect(on.workspaceId, { id: on.connectionId, provider: 'mastodon', accountId: world.canary('ada: account id'), accountName: 'ends', grant: {}, expiresAt: world.clock.now() + day, now: world.clock.now() });
    expect(await store().connections.endingBefore(world.clock.now() + 2 * day)).toHaveLength(1);
    await ada.post('/settings/privacy/freeze', { workspace: on.workspaceId });
    expect(await newest()).toMatchObject({ kind: 'restriction', answer: 'The workspace is frozen.' });
    expect(await claim()).toEqual([]);
    expect(await store().connections.endingBefore(world.clock.now() + 2 * day)).toEqual([]);
    expect((await ada.post('/channels/connect/mastodon', { instance: 'mastodon.example' })).body).toContain('This workspace is frozen');
    await expect(world.app.deps.engine.withGrant({ workspaceId: on.workspaceId, id: on.connectionId }, world.app.deps.providers.all[0] as never, async () => 1)).rejects.toThrow('frozen');
    expect((await operator.post('/settings/privacy/unfreeze', { workspace: on.workspaceId })).statusCode).toBe(303);
    expect(await claim()).toEqual([]);
    await ada.post('/settings/privacy/unfreeze', { workspace: on.workspaceId });
    expect((await claim()).map(({ publication }) => publication.id)).toEqual([publicationId]);
  });

  it('promise 29: objection: whoever objects is in no sum', async () => {
    await ada.post('/settings/privacy/object', { objects: 'yes' });
    expect(await newest()).toMatchObject({ kind: 'objection' });
    expect(await store().people.objecting()).toEqual([on.workspaceId]);
    await plantPost(world, 'uncounted', on, 'published');
    await store().aggregates.count(100, await store().people.objecting());
    expect(await store().aggregates.all()).toEqual([]);
    await ada.post('/settings/privacy/object', { objects: 'no' });
    expect(await store().people.objecting()).toEqual([]);
  });

  it('promise 29: withdrawal: every access is deleted', async () => {
    await ada.post('/settings/privacy/disconnect');
    expect(await newest()).toMatchObject({ kind: 'withdrawal', answer: '1 connected account was disconnected.' });
    expect(await store().connections.grant(on.workspaceId, on.connectionId)).toBeUndefined();
  });

  it('promise 29: anything else: whoever runs the instance sees it with a clock and answers it; the person reads the answer', async () => {
    expect((await ada.post('/settings/privacy/ask', { message: '  ' })).statusCode).toBe(422);
    await ada.post('/settings/privacy/ask', { message: `Please tell me <b>${world.canary('words')}</b>` });
    const id = (await newest())?.id ?? '';
    expect(await textOf(operator, '/settings/requests')).toContain('30 days left');
    world.days(25);
    expect(await textOf(operator, '/settings/requests')).toContain('5 days left');
    expect((await operator.get('/settings/requests')).body).not.toContain('<b>canary');
    expect((await ada.post(`/settings/requests/${id}`, { answer: 'Myself.' })).statusCode).toBe(403);
    expect((await operator.post(`/settings/requests/${id}`, { answer: '' })).statusCode).toBe(422);
    await operator.post(`/settings/requests/${id}`, { answer: 'Here it is.' });
    await operator.post(`/settings/requests/${id}`, { answer: 'Something else.' });
    expect(await newest()).toMatchObject({ answer: 'Here it is.', answeredAt: start + 25 * day });
    expect(await textOf(ada, '/settings/privacy')).toContain('Here it is.');
    world.days(1);
    await ada.post('/settings/privacy/ask', { message: 'And this?' });
    world.days(31);
    expect(await textOf(operator, '/settings/requests')).toContain('Overdue since');
  });

  it('promise 29: the page says that one may complain, and to whom to write', async () => {
    expect(await textOf(ada, '/settings/privacy')).toMatch(/Each is answered within 30 days\. Write to .* You may also complain to a data protection authority/u);
    expect(Object.keys(requestWords)).toEqual([...requestKinds]);
  });

  it('promise 29: records of answered requests go after three years, with the night', async () => {
    await ada.post('/settings/privacy/object', { objects: 'yes' });
    world.days(3 * 365 - 1);
    await world.prune();
    expect(await requests()).toHaveLength(1);
    world.days(2);
    await world.prune();
    expect(await requests()).toHaveLength(0);
  });
});

describe('what is held', () => {
  it('has every class of the table of keep-times, counted or with the reason why not', () => {
    expect([...Object.keys(holdings), ...Object.keys(notCounted)].toSorted()).toEqual(retention.map(({ id }) => id).toSorted());
  });

  it('counts what a workspace sorts its things by', async () => {
    const { labels, groups, hashtags } = store();
    await labels.add(on.workspaceId, { id: 'l', name: 'Ferries', color: 'teal', createdAt: start });
    await groups.add(on.workspaceId, { id: 'g', name: 'Clients', createdAt: start }, { userId: null, now: start });
    await hashtags.addSet(on.workspaceId, { id: 's', name: 'Harbour', tags: ['boats'], createdAt: start });
    expect((await store().held.of(on)).get('content')).toContainEqual({ what: 'labels, groups and sets of hashtags', count: 3, goesAt: null });
  });

  it('says the day on which something goes, and on that day the night takes it', async () => {
    await plantPost(world, 'out', on, 'published');
    const lines = async () => (await store().held.of(on)).get('content') ?? [];
    const over = (await lines()).find(({ what }) => what.startsWith('post that is over'));
    expect(over).toEqual({ what: 'post that is over, with its words', count: 1, goesAt: start + 90 * day });
    expect(await textOf(ada, '/settings/privacy')).toMatch(/1 post that is over, with its words goes Mon 22 Feb/u);
    world.clock.set((over?.goesAt ?? 0) - 1);
    await world.prune();
    expect((await lines()).map(({ what }) => what)).toContain('post that is over, with its words');
    world.clock.set(over?.goesAt ?? 0);
    await world.prune();
    expect((await lines()).map(({ what }) => what)).not.toContain('post that is over, with its words');
  });

  it('says when a disconnected account is forgotten, and the night keeps to it', async () => {
    await ada.post(`/channels/${on.channelId}/disconnect`);
    const line = async () => (await store().held.of(on)).get('connections')?.find(({ what }) => what === 'disconnected account');
    const { goesAt } = (await line()) ?? {};
    world.clock.set((goesAt ?? 0) - 1);
    await world.prune();
    expect(await line()).toBeDefined();
    world.clock.set(goesAt ?? 0);
    await world.prune();
    expect(await line()).toBeUndefined();
  });
});

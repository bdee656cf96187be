import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deliverMails } from '../actions/mails/deliver-mails.ts';
import { tellNews } from '../actions/mails/tell-news.ts';
import { sendNotices } from '../actions/policy/notices.ts';
import { mailKinds, mailTextOf } from '../domain/texts/mails/index.ts';
import { newId } from '../lib/ids.ts';
import { signedUp, testApp, visitor, type TestApp, type Visitor } from '../testing/app.ts';
import { linkIn, startMailBox, type MailBox } from '../testing/smtp.ts';
import { fakeClock, seedChannel, seedPost, start, type FakeClock } from '../testing/world.ts';

// Sentences 28, 30 and 31: what is mailed, how a change is announced, children and breaches.

const day = 86_400_000;
let clock: FakeClock;
let box: MailBox;
let app: TestApp;
let grace: Visitor;
beforeEach(async () => {
  clock = fakeClock();
  box = await startMailBox();
  app = await testApp({ SMTP_URL: box.url }, clock.now);
  grace = await signedUp(app, 'grace@example.org');
});
afterEach(async () => {
  await app.close();
  await box.close();
});

const deliver = () => deliverMails({ ...app.deps, boot: 'one' });
const recipients = (subject: RegExp) => box.mails.filter((mail) => subject.test(mail.subject ?? '')).map((mail) => [mail.to].flat().map((to) => to?.text).join()).toSorted();
const wordsOf = (body: string) => body.replaceAll(/<[^>]+>/gu, ' ').replaceAll(/\s+/gu, ' ');

describe('promise 28: mails', () => {
  it('promise 28: are about a person’s own things alone: each has its event, and what is optional can be turned off in one press', async () => {
    const world = await seedChannel(app.deps.store, 'mastodon', { grant: {}, target: { remoteId: 'r', name: 'Harbour', handle: '', url: null, avatarUrl: null } });
    await app.deps.store.people.verifyEmail(world.userId, start);
    const email = (await app.deps.store.people.user(world.userId))?.email ?? '';
    await app.deps.store.mailChoices.put(world.userId, { published: 'each', trouble: true, access: true }, 'k'.repeat(32), start);
    await tellNews(app.deps);
    for (const status of ['published', 'failed'] as const) {
      await seedPost(app.deps.store, world, 'mastodon', { parts: [{ text: 'Hello', media: [] }] }, {}, clock.now());
      const [claimed] = await app.deps.store.queue.claimDue({ boot: 'b', now: clock.now(), until: clock.now() + 1_000, limit: 1, attemptId: () => newId(clock.now()) });
      if (!claimed) throw new Error('nothing was due');
      await app.deps.store.queue.settle(claimed.lease, {
        outcome: status, failure: null, change: status === 'failed' ? { status } : { status, remoteId: '1', url: null, publishedAt: clock.now() },
      }, clock.now());
    }
    await visitor(app).post('/forgot', { email });
    await tellNews(app.deps);
    await deliver();
    const own = box.mails.filter((mail) => [mail.to].flat().some((to) => to?.text === email));
    expect(own.map(({ subject }) => subject ?? '').toSorted()).toEqual(['Choose a new password for Post Master', 'Not published on Mastodon', 'Published on Mastodon']);
    expect(own.filter(({ headers }) => headers.has('list')).map(({ subject }) => subject ?? '').toSorted()).toEqual(['Not published on Mastodon', 'Published on Mastodon']);
    // Nobody without an event gets anything: days pass, and nothing comes.
    const before = box.mails.length;
    clock.advance(30 * day);
    await tellNews(app.deps);
    await deliver();
    expect(box.mails).toHaveLength(before);
    for (const kind of mailKinds) expect(mailTextOf(kind).list === null || ['published', 'trouble', 'access'].includes(mailTextOf(kind).list ?? ''), kind).toBe(true);
  });
});

const change = { privacy: 'We now also keep the name of your cat.', terms: '', processors: '', kind: 'material', summary: 'We keep the name of your cat.' };

describe('promise 30: a change that matters', () => {
  it('promise 30: takes effect no sooner than 14 days after it was announced', async () => {
    for (const effective of ['', 'soon', '2026-11-24', '2026-12-07', '2026-12-08', '2028-01-01']) {
      const refused = await grace.post('/settings/policy', { ...change, effective });
      expect([refused.statusCode, refused.body.includes('name of your cat')], effective).toEqual([422, true]);
    }
    expect((await grace.post('/settings/policy', { ...change, effective: '2026-12-09', summary: '' })).statusCode).toBe(422);
    expect((await app.deps.store.policy.versions()).filter(({ material }) => material)).toEqual([]);
    expect((await grace.post('/settings/policy', { ...change, effective: '2026-12-09' })).statusCode).toBe(303);
  });

  it('promise 30: is mailed once to every account, later ones too, and shown to everybody until its day; the date stands at the top, and every version stays', async () => {
    const ada = await signedUp(app, 'ada@example.org');
    expect(wordsOf((await visitor(app).get('/privacy')).body)).toContain('In effect since 24 November 2026');
    await grace.post('/settings/policy', { ...change, effective: '2026-12-09' });
    for (let n = 0; n < 3; n += 1) {
      await sendNotices(app.deps);
      await deliver();
    }
    expect(recipients(/promises you changes on 9 December 2026/u)).toEqual(['ada@example.org', 'grace@example.org']);
    expect((await ada.get('/posts')).body).toContain('Our policy changes on 9 December 2026');
    const announced = await visitor(app).get(linkIn(box.mailTo('ada@example.org', /promises/u), '/policy/'));
    expect(wordsOf(announced.body)).toMatch(/Takes effect on 9 December 2026.*We keep the name of your cat.*the name of your cat\./u);
    expect((await visitor(app).get('/privacy')).body).not.toContain('your cat');
    expect((await visitor(app).get('/privacy')).body).toContain('This changes on 9 December 2026');

    clock.advance(3 * day);
    await signedUp(app, 'late@example.org');
    await sendNotices(app.deps);
    await deliver();
    expect(recipients(/promises/u)).toEqual(['ada@example.org', 'grace@example.org', 'late@example.org']);
    const [notice] = await app.deps.store.policy.notices();
    expect(notice).toMatchObject({ kind: 'policy', queued: 3, mailed: 3 });
    const told = await app.deps.store.policy.recipients(notice?.id ?? '', 9);
    expect(told.map(({ email, mailedAt }) => [email, mailedAt])).toEqual(told.map(({ email }) => [email, email === 'late@example.org' ? start + 3 * day : start]));
    expect(told.map(({ email }) => email).toSorted()).toEqual(['ada@example.org', 'grace@example.org', 'late@example.org']);
    expect((await grace.get(`/settings/notices/${notice?.id ?? ''}`)).body).toContain('3 of 3');

    clock.set(Date.UTC(2026, 11, 8, 23, 59));
    expect((await visitor(app).get('/privacy')).body).not.toContain('your cat');
    clock.set(Date.UTC(2026, 11, 9));
    const privacy = await visitor(app).get('/privacy');
    expect(wordsOf(privacy.body)).toContain('In effect since 9 December 2026');
    expect(privacy.body).toContain('the name of your cat');
    expect((await ada.get('/posts')).body).not.toContain('Our policy changes');
    await signedUp(app, 'later@example.org');
    await sendNotices(app.deps);
    await deliver();
    expect(recipients(/promises/u)).toHaveLength(3);
    const versions = (await app.deps.store.policy.versions()).map(({ id }) => id);
    expect(versions).toHaveLength(2);
    const old = wordsOf((await visitor(app).get(`/policy/${versions[1] ?? ''}`)).body);
    expect(old).toContain('In effect from 24 November 2026 and replaced since');
    expect(old).toContain('What is kept, and how long');
    expect(old).not.toContain('your cat');
  });

  it('promise 30: can be taken back before its day, and a minor one is neither announced nor mailed but kept', async () => {
    await grace.post('/settings/policy', { ...change, effective: '2026-12-09' });
    await sendNotices(app.deps);
    const upcoming = await app.deps.store.policy.upcoming(clock.now());
    expect((await grace.post('/settings/policy', { ...change, kind: 'minor' })).statusCode).toBe(422);
    await grace.post(`/settings/policy/${upcoming?.id ?? ''}/withdraw`);
    await deliver();
    expect(recipients(/promises/u)).toEqual([]);
    expect((await visitor(app).get(`/policy/${upcoming?.id ?? ''}`)).statusCode).toBe(404);
    clock.advance(60_000);
    await grace.post('/settings/policy', { ...change, kind: 'minor', privacy: '<b>Dear</b> reader' });
    await sendNotices(app.deps);
    await deliver();
    expect(recipients(/promises/u)).toEqual([]);
    expect((await visitor(app).get('/privacy')).body).toContain('&lt;b>Dear&lt;/b> reader');
  });

  it('promise 30: is on record too when the settings or the program changed the words', async () => {
    clock.advance(day);
    await grace.post('/settings/instance', { name: 'Harbour Posts', operator: 'Harbour Ltd', email: 'p@harbour.example', address: '' });
    await expect.poll(async () => (await app.deps.store.policy.versions()).length).toBe(2);
    expect(wordsOf((await visitor(app).get('/terms')).body)).toContain('In effect since 25 November 2026');
  });
});

describe('promise 31: children and breaches', () => {
  it('promise 31: whoever signs up reads from which age on, and a conversation that turns out to be a child’s is deleted whole', async () => {
    expect(wordsOf((await visitor(app).get('/signup')).body)).toContain('at least 13 years old, or 16 where your law asks for it');
    await visitor(app).post('/contact', { name: 'Kim', email: 'kim@example.org', text: 'I am ten' });
    const [thread] = await app.deps.store.support.list(9);
    await grace.post(`/settings/inbox/${thread?.id ?? ''}/delete`);
    expect(await app.deps.store.support.list(9)).toEqual([]);
    expect(await app.deps.store.support.messages(thread?.id ?? '')).toEqual([]);
    expect((await app.deps.store.mails.list([], 99)).filter(({ email, kind }) => email === 'kim@example.org' || kind === 'support_new')).toEqual([]);
  });

  const breach = { happened: 'A backup lay open on 20 November.', data: 'Names and addresses.', done: 'It is closed.', todo: 'Watch for strange mails.', contact: 'Grace, grace@example.org' };

  it('promise 31: all people, or those of one workspace, are told of a breach after a look at the mail, once, and it is recorded who was told when', async () => {
    await signedUp(app, 'ada@example.org');
    await signedUp(app, 'eve@example.org');
    const ada = await app.deps.store.people.userByEmail('ada@example.org');
    const [hers] = await app.deps.store.people.workspacesOf(ada?.id ?? '');
    expect((await grace.post('/settings/breach', { ...breach, todo: '', step: 'look' })).statusCode).toBe(422);
    const look = await grace.post('/settings/breach', { ...breach, whom: hers?.id ?? '', step: 'look' });
    expect(wordsOf(look.body)).toContain('What happened: A backup lay open on 20 November.');
    await sendNotices(app.deps);
    await deliver();
    expect(recipients(/Important/u)).toEqual([]);
    const id = /name="id" value="([^"]+)"/u.exec(look.body)?.[1] ?? '';
    for (let n = 0; n < 2; n += 1) expect((await grace.post('/settings/breach', { ...breach, id, whom: hers?.id ?? '', step: 'send' })).headers.location).toBe(`/settings/notices/${id}`);
    for (let n = 0; n < 2; n += 1) {
      await sendNotices(app.deps);
      await deliver();
    }
    expect(recipients(/Important/u)).toEqual(['ada@example.org']);
    expect((await grace.get(`/settings/notices/${id}`)).body).toMatch(/ada@example\.org<\/span><span class="row-time">mailed/u);
    await grace.post('/settings/breach', { ...breach, whom: '', step: 'send' });
    await sendNotices(app.deps);
    await deliver();
    expect(recipients(/Important/u)).toEqual(['ada@example.org', 'ada@example.org', 'eve@example.org', 'grace@example.org']);
    for (const words of Object.values(breach)) expect(box.mailTo('eve@example.org', /Important/u).text).toContain(words);
  });
});

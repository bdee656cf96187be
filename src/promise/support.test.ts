import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deliverMails } from '../actions/mails/deliver-mails.ts';
import { drizzleOver, openSqlite } from '../store/db.ts';
import { eraseSupportSender } from '../store/people/support.ts';
import { signedUp, visitor, type Visitor } from '../testing/app.ts';
import { promiseWorld, type PromiseWorld } from '../testing/promise/promise.ts';
import { linkIn, startMailBox, type MailBox } from '../testing/smtp.ts';

// Sentence 7: correspondence, 3 years from the last interaction or until the account is deleted, whichever is later.

const year = 365;
let world: PromiseWorld;
let box: MailBox;
let grace: Visitor;
beforeEach(async () => {
  box = await startMailBox();
  world = await promiseWorld({ SMTP_URL: box.url });
  grace = await signedUp(world.app, 'grace@example.org');
});
afterEach(async () => {
  await world.close();
  await box.close();
});

const deliver = () => deliverMails({ ...world.app.deps, boot: 'one' });
const left = (places: readonly string[]) => Object.keys(world.left(places)).toSorted();

/** The account as a deletion leaves it: what it wrote without its name, and then its row gone. */
async function deleteAccount(email: string) {
  const user = await world.app.deps.store.people.userByEmail(email);
  const sqlite = openSqlite(world.app.file);
  sqlite.pragma('secure_delete = ON');
  drizzleOver(sqlite).transaction((tx) => eraseSupportSender(tx, { userId: user?.id ?? '', email }));
  sqlite.prepare('delete from users where id = ?').run(user?.id);
  sqlite.close();
  await world.app.deps.store.prunings.compact();
}

const from = ['name', 'text', 'answer', 'addition'] as const;

describe('promise 07: what strangers wrote', () => {
  it('promise 07: is answered by mail and in the thread, and goes 3 years after the last message with all that it had', async () => {
    const email = `${world.canary('stranger: address')}@example.org`;
    const sent = await visitor(world.app).post('/contact', { name: world.canary('stranger: name'), email, text: world.canary('stranger: text') });
    expect(sent.headers.location).toBe('/contact/sent');
    await deliver();
    const received = box.mailTo(email);
    expect(received.text).not.toContain(world.canary('stranger: text'));
    expect(received.text).not.toContain(world.canary('stranger: name'));
    const address = linkIn(received, '/contact/');

    const [thread] = await world.app.deps.store.support.list(9);
    expect((await grace.get('/settings/inbox')).body).toContain(world.canary('stranger: name'));
    await grace.post(`/settings/inbox/${thread?.id ?? ''}`, { text: world.canary('stranger: answer') });
    await deliver();
    const answer = box.mailTo(email, /An answer/u);
    expect(answer.text).toContain(world.canary('stranger: answer'));
    expect(linkIn(answer, '/contact/')).toBe(address);

    world.days(100);
    const page = await visitor(world.app).get(address);
    for (const place of ['text', 'answer']) expect(page.body).toContain(world.canary(`stranger: ${place}`));
    expect((await visitor(world.app).post(address, { text: world.canary('stranger: addition') })).statusCode).toBe(303);
    expect((await grace.get(`/settings/inbox/${thread?.id ?? ''}`)).body).toContain(world.canary('stranger: addition'));
    // The mail to the operator about it is forgotten long before.
    await deliver();

    const places = [...from, 'address'].map((place) => `stranger: ${place}`);
    world.days(3 * year - 1);
    await world.prune();
    expect(left(places)).toEqual(places.toSorted());
    world.days(2);
    await world.prune();
    expect(left(places)).toEqual([]);
    expect((await visitor(world.app).get(address)).statusCode).toBe(404);
    expect(world.app.logged()).not.toContain(address.split('/').at(-1));
  });
});

describe('promise 07: what members wrote', () => {
  const email = 'ada@example.org';
  async function ask(): Promise<Visitor> {
    const ada = await signedUp(world.app, email);
    await ada.post('/settings/support', { text: world.canary('member: text') });
    return ada;
  }

  it('promise 07: stays while the account is there, however long ago the last message was', async () => {
    await ask();
    world.days(5 * year);
    await world.prune();
    expect(left(['member: text'])).toEqual(['member: text']);
    await deleteAccount(email);
    await world.prune();
    expect(left(['member: text'])).toEqual([]);
  });

  it('promise 07: stays for its 3 years when the account goes before, and tells no longer by whom it is', async () => {
    const ada = await ask();
    const [thread] = await world.app.deps.store.support.list(9);
    expect((await ada.get(`/settings/support/${thread?.id ?? ''}`)).body).toContain(world.canary('member: text'));
    world.days(year);
    await deleteAccount(email);
    await world.prune();
    expect(left(['member: text'])).toEqual(['member: text']);
    expect(await world.app.deps.store.support.get(thread?.id ?? '')).toMatchObject({ userId: null, name: null, email: null });
    const page = (await grace.get(`/settings/inbox/${thread?.id ?? ''}`));
    if (page.statusCode === 200) expect(page.body).not.toContain(email);
    world.days(2 * year - 1);
    await world.prune();
    expect(left(['member: text'])).toEqual(['member: text']);
    world.days(2);
    await world.prune();
    expect(left(['member: text'])).toEqual([]);
  });

  it('promise 07: is read by its member and whoever runs the instance, and by nobody else', async () => {
    await ask();
    const [thread] = await world.app.deps.store.support.list(9);
    const eve = await signedUp(world.app, 'eve@example.org');
    for (const url of [`/settings/support/${thread?.id ?? ''}`, `/settings/inbox/${thread?.id ?? ''}`, `/contact/${thread?.id ?? ''}`]) {
      expect((await eve.get(url)).body, url).not.toContain(world.canary('member: text'));
      expect((await eve.post(url, { text: 'mine now' })).statusCode, url).toBeGreaterThanOrEqual(403);
    }
    expect(await world.app.deps.store.support.messages(thread?.id ?? '')).toHaveLength(1);
  });
});

describe('the public form', () => {
  it('hears no program that fills in what people do not see, and takes so many and no more', async () => {
    const typed = { name: '', email: 'x@example.org', text: 'Hello' };
    expect((await visitor(world.app).post('/contact', { ...typed, website: 'https://spam.example' })).headers.location).toBe('/contact/sent');
    expect(await world.app.deps.store.support.list(9)).toEqual([]);
    for (let n = 0; n < 3; n += 1) expect((await visitor(world.app).post('/contact', typed)).statusCode).toBe(303);
    const late = await visitor(world.app).post('/contact', typed);
    expect([late.statusCode, late.body.includes('Hello')]).toEqual([429, true]);
    for (const wrong of [{ email: 'no' }, { text: ' ' }, { text: 'x'.repeat(5_001) }, { name: 'x'.repeat(101) }]) expect((await visitor(world.app).post('/contact', { ...typed, ...wrong })).statusCode).toBe(422);
    expect(await world.app.deps.store.support.list(9)).toHaveLength(3);
  });
});

import { TOTP } from 'otpauth';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { password, signedUp, testApp, type TestApp, type Visitor } from '../../testing/app.ts';
import { openSqlite } from '../../store/index.ts';

// What changes how somebody logs in, and the mail that tells them of it, are one act. Here the mail cannot be put down, as if the
// process died at that very place: then nothing has happened, and a second try does both.

let app: TestApp;
let eve: Visitor;
let operator: Visitor;
beforeEach(async () => {
  app = await testApp();
  operator = await signedUp(app, 'operator@example.org');
  eve = await signedUp(app, 'eve@example.org');
});
afterEach(() => app.close());

const noMail = (kind: string) => sql(`create trigger no_mail before insert on mails when new.kind = '${kind}' begin select raise(abort, 'died here'); end`);
const mailAgain = () => sql('drop trigger no_mail');
function sql(words: string) {
  const sqlite = openSqlite(app.file);
  sqlite.exec(words);
  sqlite.close();
}
const idOf = async (email: string) => (await app.deps.store.people.userByEmail(email))?.id ?? '';
const standing = async () => app.deps.store.security.of(await idOf('eve@example.org'), Date.now());
const told = async (kind: string) => (await app.deps.store.mails.list([], 50)).filter((mail) => mail.kind === kind).map(({ email }) => email);
const mayLogIn = async (word: string) => await app.deps.passwords.verify(word, (await app.deps.store.people.userByEmail('eve@example.org'))?.passwordHash ?? '');

/** Tries it while the mail cannot be put down, then as it is meant to be. */
async function twice(kind: string, act: () => Promise<{ statusCode: number }>, between: () => Promise<void>) {
  const before = (await told(kind)).length;
  noMail(kind);
  expect((await act()).statusCode).toBe(500);
  await between();
  mailAgain();
  expect((await act()).statusCode).toBeLessThan(400);
  expect((await told(kind)).slice(before)).toEqual(['eve@example.org']);
}

async function switchOn(): Promise<void> {
  await eve.post('/settings/security/begin', { password });
  const code = new TOTP({ secret: (await standing())?.secret ?? '' }).generate();
  await eve.post('/settings/security/confirm', { code });
}

it('a second step is on, or off, together with its mail', async () => {
  await eve.post('/settings/security/begin', { password });
  const code = new TOTP({ secret: (await standing())?.secret ?? '' }).generate();
  await twice('two_factor', () => eve.post('/settings/security/confirm', { code }), async () => expect((await standing())?.confirmedAt).toBeNull());
  await twice('two_factor', () => eve.post('/settings/security/off', { password }), async () => expect((await standing())?.confirmedAt).not.toBeNull());
  expect(await standing()).toBeUndefined();
});

it('a second step that the operator switches off is off together with its mail and what the log says', async () => {
  await switchOn();
  const off = async () => operator.post(`/settings/people/${await idOf('eve@example.org')}/two-factor-off`, { password });
  const logged = async () => (await operator.get('/settings/log/instance')).body.replaceAll(/<[^>]+>/gu, '').includes('switched the second step of Ada at log-in off');
  await twice('two_factor', off, async () => {
    expect((await standing())?.confirmedAt).not.toBeNull();
    expect(await logged()).toBe(false);
  });
  expect(await standing()).toBeUndefined();
  expect(await logged()).toBe(true);
});

it('a password is changed, by a link or from inside, together with its mail and the end of the sessions', async () => {
  const link = await operator.post(`/settings/people/${await idOf('eve@example.org')}/reset-link`, { password });
  const token = /token=([\w-]+)/u.exec(link.body)?.[1] ?? '';
  const unchanged = async () => {
    expect(await mayLogIn(password)).toBe(true);
    expect((await eve.get('/')).statusCode).toBe(200);
  };
  await twice('password_changed', () => eve.post('/reset', { token, password: 'by a handed link' }), unchanged);
  expect(await mayLogIn('by a handed link')).toBe(true);
  await eve.post('/login', { email: 'eve@example.org', password: 'by a handed link' });
  const there = new Map(eve.cookies);
  await twice('password_changed', () => eve.post('/settings/password', { current: 'by a handed link', password: 'from inside' }), async () => expect(await mayLogIn('by a handed link')).toBe(true));
  expect([await mayLogIn('from inside'), eve.cookies.get('session') === there.get('session')]).toEqual([true, false]);
});

import { TOTP } from 'otpauth';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSqlite } from '../../store/index.ts';
import { password, signedUp, testApp, visitor, type TestApp, type Visitor } from '../../testing/app.ts';
import { linkIn } from '../../testing/team.ts';

let app: TestApp;
let operator: Visitor;
let eve: Visitor;
beforeEach(async () => {
  app = await testApp();
  operator = await signedUp(app, 'operator@example.org');
  eve = await signedUp(app, 'eve@example.org');
});
afterEach(() => app.close());
const idOf = async (email: string) => (await app.deps.store.people.userByEmail(email))?.id ?? '';

describe('people of the instance', () => {
  it('are listed with where they are, and sought', async () => {
    const { body } = await operator.get('/settings/people');
    for (const part of ['2 accounts', 'eve@example.org', 'Runs this instance', 'In Ada’s workspace (owner)']) expect(body).toContain(part);
    // The person's own address stands in the rail of every page.
    const sought = (await operator.get('/settings/people?seek=eve%40')).body.split('<main')[1];
    expect(sought).not.toContain('operator@example.org');
    expect((await operator.get('/settings/people?seek=nobody')).body).toContain('Nobody is called that');
  });

  it('are suspended: out at once, refused with a sentence that only the password brings, held, and let in again', async () => {
    const id = await idOf('eve@example.org');
    await operator.post(`/settings/people/${id}/suspend`);
    expect((await eve.get('/posts')).statusCode).toBe(303);
    const back = visitor(app);
    const refused = await back.post('/login', { email: 'eve@example.org', password });
    expect([refused.statusCode, refused.body.includes('This account is suspended')]).toEqual([422, true]);
    expect((await back.post('/login', { email: 'eve@example.org', password: 'wrong' })).body).not.toContain('suspended');
    const [workspace] = await app.deps.store.people.workspacesOf(id);
    expect(workspace?.suspendedAt).not.toBeNull();
    expect((await operator.get('/settings/people')).body).toContain('Suspended since');
    await operator.post(`/settings/people/${id}/unsuspend`);
    expect((await back.post('/login', { email: 'eve@example.org', password })).statusCode).toBe(303);
  });

  it('cannot log in while the suspension is being said', async () => {
    const [suspended, came] = await Promise.all([
      operator.post(`/settings/people/${await idOf('eve@example.org')}/suspend`), visitor(app).post('/login', { email: 'eve@example.org', password }),
    ]);
    expect(suspended.statusCode).toBe(303);
    const stale = visitor(app);
    const token = (came.cookies as { name: string; value: string }[]).find(({ name }) => name === 'session')?.value;
    if (token) stale.cookies.set('session', encodeURIComponent(token));
    expect((await stale.get('/posts')).statusCode).toBe(303);
  });

  it('come by invitation, with a workspace of their own', async () => {
    const page = await operator.post('/settings/people/invite', { email: 'new@example.org' });
    const link = linkIn(page.body);
    const fresh = visitor(app);
    expect((await fresh.get(link)).body).toContain('A workspace of your own comes with the account');
    await fresh.post(`${link}/join`, { name: 'New', password, zone: 'Asia/Tokyo' });
    expect(await app.deps.store.people.workspacesOf(await idOf('new@example.org'))).toMatchObject([{ name: 'New’s workspace', zone: 'Asia/Tokyo', role: 'owner' }]);
    expect((await fresh.get('/channels')).body).toContain('Sandbox');
    expect((await operator.post('/settings/people/invite', { email: 'new@example.org' })).body).toContain('There is an account with this e-mail already');
    expect((await operator.get('/settings/log/instance')).body.replaceAll(/<[^>]+>/gu, '')).toContain('New made an account by invitation.');
  });
});

describe('help with a log-in', () => {
  const page = async () => `/settings/people/${await idOf('eve@example.org')}`;
  const linkOn = (body: string) => /value="[^"]*(\/reset\?token=[\w-]{43})"/u.exec(body)?.[1] ?? 'no link';
  const logOf = async (visit: Visitor, url = '/settings/log') => (await visit.get(url)).body.replaceAll(/<[^>]+>/gu, ' ').replaceAll(/\s+/gu, ' ');

  it('is a link that the operator makes by their password: shown once, good once, for an hour', async () => {
    const wrong = await operator.post(`${await page()}/reset-link`, { password: 'wrong' });
    expect([wrong.statusCode, wrong.body.includes('This is not your present password.'), linkOn(wrong.body)]).toEqual([422, true, 'no link']);
    const made = await operator.post(`${await page()}/reset-link`, { password });
    const link = linkOn(made.body);
    expect(made.headers['cache-control']).toBe('no-store');
    const token = link.split('=')[1] ?? '';
    expect((await operator.get(await page())).body).not.toContain(token);
    expect(app.logged()).not.toContain(token);
    expect(JSON.stringify(openSqlite(app.file).prepare('select * from links').all())).not.toContain(token);
    const back = visitor(app);
    expect((await back.get(link)).statusCode).toBe(200);
    expect((await back.post('/reset', { token, password: 'another walk, at night' })).headers.location).toBe('/login?changed=password');
    expect((await back.get(link)).statusCode).toBe(410);
    expect((await eve.get('/posts')).headers.location).toMatch(/^\/login/u);
    expect((await back.post('/login', { email: 'eve@example.org', password: 'another walk, at night' })).statusCode).toBe(303);
    expect(await logOf(operator, '/settings/log/instance')).toMatch(/made a link with which .* sets a new password/u);
  });

  it('proves nothing of the address, and is told of by mail', async () => {
    const link = linkOn((await operator.post(`${await page()}/reset-link`, { password })).body);
    await visitor(app).post('/reset', { token: link.split('=')[1] ?? '', password: 'another walk, at night' });
    expect((await app.deps.store.people.userByEmail('eve@example.org'))?.emailVerifiedAt).toBeNull();
    const mails = await app.deps.store.mails.list([], 20);
    expect(mails.map(({ kind, email }) => `${kind} ${email}`)).toContain('password_changed eve@example.org');
  });

  it('ends in an hour', async () => {
    const link = linkOn((await operator.post(`${await page()}/reset-link`, { password })).body);
    openSqlite(app.file).prepare('update links set expires_at = expires_at - 3600001').run();
    expect((await visitor(app).get(link)).statusCode).toBe(410);
  });

  it('is the second step switched off, with a log entry here and there and a mail', async () => {
    await eve.post('/settings/security/begin', { password });
    const secret = /value="([A-Z2-7]{32})"/u.exec((await eve.get('/settings/security')).body)?.[1] ?? '';
    await eve.post('/settings/security/confirm', { code: new TOTP({ secret }).generate() });
    expect((await visitor(app).post('/login', { email: 'eve@example.org', password })).headers.location).toMatch(/^\/login\/code/u);
    expect((await operator.post(`${await page()}/two-factor-off`, { password: 'wrong' })).statusCode).toBe(422);
    expect((await operator.get(await page())).body).toContain('It is on.');
    expect((await operator.post(`${await page()}/two-factor-off`, { password })).headers.location).toBe(await page());
    expect((await visitor(app).post('/login', { email: 'eve@example.org', password })).headers.location).toBe('/');
    expect(await logOf(eve)).toContain('switched the second step of Ada at log-in off');
    expect(await logOf(operator, '/settings/log/instance')).toContain('switched the second step of Ada at log-in off');
    const mails = (await app.deps.store.mails.list([], 20)).filter(({ kind }) => kind === 'two_factor');
    expect(mails.map(({ email }) => email)).toEqual(['eve@example.org', 'eve@example.org']);
    expect((await operator.post(`${await page()}/two-factor-off`, { password })).body).toContain('is off already');
  });

  it('is the operator\'s alone, and not for their own account', async () => {
    const own = `/settings/people/${await idOf('operator@example.org')}`;
    expect((await operator.get(own)).body).toContain('This is your own account.');
    expect((await operator.get(own)).body).not.toContain('/reset-link');
    for (const verb of ['reset-link', 'two-factor-off']) expect((await operator.post(`${own}/${verb}`, { password })).statusCode).toBe(422);
    for (const url of [own, await page()]) {
      expect((await eve.get(url)).statusCode).toBe(403);
      for (const verb of ['reset-link', 'two-factor-off']) expect((await eve.post(`${url}/${verb}`, { password })).statusCode).toBe(403);
    }
    expect((await operator.get('/settings/people/nobody')).statusCode).toBe(404);
  });
});

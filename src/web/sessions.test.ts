import type { LightMyRequestResponse } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { password, signedUp, testApp, visitor, type TestApp } from '../testing/app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await testApp();
  await signedUp(app, 'ada@example.org');
  await signedUp(app, 'eve@example.org');
});
afterAll(() => app.close());

describe('sessions', () => {
  it('are stored as hashes, end with log-out, and get a new token at each log-in', async () => {
    const visit = await signedUp(app, 'cookie@example.org');
    const first = visit.cookies.get('session') ?? '';
    expect(first.length).toBeGreaterThanOrEqual(43);
    const user = await app.deps.store.people.userByEmail('cookie@example.org');
    expect((await app.deps.store.sessions.ofUser(user?.id ?? ''))[0]?.id).not.toBe(first);
    await visit.post('/logout');
    const stale = visitor(app);
    stale.cookies.set('session', first);
    expect((await stale.get('/posts')).statusCode).toBe(303);
    await visit.post('/login', { email: ' Cookie@Example.org ', password });
    expect(visit.cookies.get('session')).not.toBe(first);
    expect((await visit.get('/')).statusCode).toBe(200);
  });

  it('can be ended one by one from the list', async () => {
    const here = await signedUp(app, 'two@example.org');
    const there = visitor(app);
    await there.post('/login', { email: 'two@example.org', password });
    const user = await app.deps.store.people.userByEmail('two@example.org');
    const ids = (await app.deps.store.sessions.ofUser(user?.id ?? '')).map(({ id }) => id);
    expect(ids).toHaveLength(2);
    await here.post(`/settings/sessions/${ids[0] ?? ''}/end`);
    expect((await there.get('/posts')).headers.location).toBe('/login?next=%2Fposts');
    expect((await here.get('/')).statusCode).toBe(200);
  });
});

describe('changing the password', () => {
  it('asks for the present one, ends every other session, and lets the new one in', async () => {
    const here = await signedUp(app, 'change@example.org');
    const there = visitor(app);
    await there.post('/login', { email: 'change@example.org', password });
    expect((await here.post('/settings/password', { current: 'wrong', password: 'a different harbour' })).body).toContain('not your present password');
    expect((await here.post('/settings/password', { current: password, password: 'short' })).body).toContain('Use 8 characters or more');
    expect((await there.get('/')).statusCode).toBe(200);
    const before = here.cookies.get('session');
    expect((await here.post('/settings/password', { current: password, password: 'a different harbour' })).statusCode).toBe(303);
    expect(here.cookies.get('session')).not.toBe(before);
    expect((await here.get('/')).statusCode).toBe(200);
    expect((await there.get('/posts')).statusCode).toBe(303);
    expect((await there.post('/login', { email: 'change@example.org', password })).statusCode).toBe(422);
    expect((await there.post('/login', { email: 'change@example.org', password: 'a different harbour' })).statusCode).toBe(303);
  });
});

describe('logging in', () => {
  it('answers known and unknown addresses alike', async () => {
    const visit = visitor(app);
    const known = await visit.post('/login', { email: 'ada@example.org', password: 'wrong' });
    const unknown = await visit.post('/login', { email: 'nobody@example.org', password: 'wrong' });
    const plain = (answer: LightMyRequestResponse) => answer.body.replaceAll(/value="[^"]*"/gu, '');
    expect([known.statusCode, unknown.statusCode]).toEqual([422, 422]);
    expect(plain(known)).toBe(plain(unknown));
  });

  it('is slowed down after five wrong passwords, for that pair of person and place only', async () => {
    const fresh = await testApp({ TRUST_PROXY: 'true' });
    await signedUp(fresh, 'ada@example.org');
    const visit = visitor(fresh);
    const from = (ip: string, word: string) => visit.post('/login', { email: 'ada@example.org', password: word }, { 'x-forwarded-for': ip });
    for (let n = 0; n < 5; n += 1) expect((await from('198.51.100.7', 'wrong')).statusCode).toBe(422);
    const slowed = await from('198.51.100.7', password);
    expect(slowed.statusCode).toBe(429);
    expect(Number(slowed.headers['retry-after'])).toBeGreaterThan(0);
    expect(slowed.body).toContain('Too many tries');
    expect((await from('198.51.100.8', password)).statusCode).toBe(303);
    await fresh.close();
  });

  it('believes no forwarded address without TRUST_PROXY', async () => {
    const fresh = await testApp();
    await signedUp(fresh, 'ada@example.org');
    const visit = visitor(fresh);
    for (let n = 0; n < 5; n += 1) await visit.post('/login', { email: 'ada@example.org', password: 'wrong' }, { 'x-forwarded-for': `198.51.100.${n}` });
    expect((await visit.post('/login', { email: 'ada@example.org', password }, { 'x-forwarded-for': '198.51.100.99' })).body).toContain('Too many tries');
    await fresh.close();
  });

  it('goes on to a page of this site and nowhere else', async () => {
    for (const [next, to] of [['/posts?show=draft', '/posts?show=draft'], ['https://evil.example/', '/'], ['//evil.example', '/'], ['/\\evil.example', '/'], ['javascript:alert(1)', '/']] as const) {
      const visit = visitor(app);
      expect((await visit.post('/login', { email: 'eve@example.org', password, next })).headers.location).toBe(to);
    }
  });
});

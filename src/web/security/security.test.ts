import { TOTP } from 'otpauth';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSqlite } from '../../store/index.ts';
import { password, signedUp, testApp, visitor, type TestApp, type Visitor } from '../../testing/app.ts';
import { fakeClock, type FakeClock } from '../../testing/world.ts';

let app: TestApp;
let ada: Visitor;
let clock: FakeClock;
const step = 30_000;

beforeEach(async () => {
  clock = fakeClock(Date.now());
  app = await testApp({}, clock.now);
  ada = await signedUp(app);
});
afterEach(() => app.close());

const codeOf = (secret: string) => new TOTP({ secret }).generate({ timestamp: clock.now() });
const userId = async () => (await app.deps.store.people.userByEmail('ada@example.org'))?.id ?? '';
const secretIn = (body: string) => /value="([A-Z2-7]{32})"/u.exec(body)?.[1] ?? '';

/** Switches it on; gives the secret and the recovery codes. */
async function on(): Promise<{ secret: string; codes: string[] }> {
  await ada.post('/settings/security/begin', { password });
  const secret = secretIn((await ada.get('/settings/security')).body);
  const { body } = await ada.post('/settings/security/confirm', { code: codeOf(secret) });
  return { secret, codes: (/<textarea[^>]*>([^<]*)/u.exec(body)?.[1] ?? '').split('\n') };
}

/** The first half of a log-in from a browser that is new. */
async function halfWay(next = '/'): Promise<Visitor> {
  const visit = visitor(app);
  const answer = await visit.post('/login', { email: 'ada@example.org', password, next });
  expect(answer.headers.location).toBe(`/login/code?next=${encodeURIComponent(next)}`);
  return visit;
}

describe('the second step', () => {
  it('is set up with the password and a code, and shows its recovery codes once', async () => {
    expect((await ada.post('/settings/security/begin', { password: 'wrong' })).body).toContain('not your present password');
    expect((await ada.get('/settings/security')).body).not.toContain('class="qr"');
    await ada.post('/settings/security/begin', { password });
    const page = (await ada.get('/settings/security')).body;
    expect(page).toMatch(/<svg class="qr"[^>]*role="img".*<path d="M/u);
    // Nothing counts yet: somebody who never finds their phone is not locked out.
    expect((await visitor(app).post('/login', { email: 'ada@example.org', password })).headers.location).toBe('/');
    expect((await ada.post('/settings/security/confirm', { code: '000000' })).body).toContain('This code does not fit');
    const done = await ada.post('/settings/security/confirm', { code: codeOf(secretIn(page)) });
    const codes = (/<textarea[^>]*>([^<]*)/u.exec(done.body)?.[1] ?? '').split('\n');
    expect(codes).toHaveLength(10);
    const later = (await ada.get('/settings/security')).body;
    expect(later).toContain('10 of 10 recovery codes are left');
    for (const secret of [secretIn(page), ...codes]) {
      expect(later).not.toContain(secret);
      expect(app.logged()).not.toContain(secret);
    }
    expect((await app.deps.store.mails.list([], 9)).map(({ kind }) => kind)).toContain('two_factor');
  });

  it('is void after a quarter of an hour without its code', async () => {
    await ada.post('/settings/security/begin', { password });
    const secret = secretIn((await ada.get('/settings/security')).body);
    clock.advance(15 * 60_000);
    expect((await ada.get('/settings/security')).body).not.toContain(secret);
    expect((await ada.post('/settings/security/confirm', { code: codeOf(secret) })).body).toContain('There is nothing to confirm. Begin again.');
  });

  it('stands between a right password and the account, and goes on to where somebody wanted to go', async () => {
    const { secret } = await on();
    const visit = await halfWay('/posts');
    expect((await visit.get('/posts')).statusCode).toBe(303);
    expect((await visit.get('/login/code?next=%2Fposts')).body).toContain('value="/posts"');
    const wrong = await visit.post('/login/code', { code: '123456', next: '/posts' });
    expect([wrong.statusCode, wrong.body.includes('does not fit')]).toEqual([422, true]);
    clock.advance(step);
    const came = await visit.post('/login/code', { code: codeOf(secret).replace(/(\d{3})/u, '$1 '), next: '/posts' });
    expect(came.headers.location).toBe('/posts');
    expect((await visit.get('/posts')).statusCode).toBe(200);
    expect((await visitor(app).post('/login', { email: 'ada@example.org', password: 'wrong' })).statusCode).toBe(422);
  });

  it('says why one is back at the log-in when the time for the code is over, and still knows where one wanted to go', async () => {
    const { secret } = await on();
    const visit = await halfWay('/posts');
    clock.advance(60 * 60_000);
    const late = await visit.post('/login/code', { code: codeOf(secret), next: '/posts' });
    expect(late.headers.location).toBe('/login?over=code&next=%2Fposts');
    const { body } = await visit.get('/login?over=code&next=%2Fposts');
    expect([body.includes('The time for the code was over'), body.includes('value="/posts"')]).toEqual([true, true]);
  });

  it('takes no code twice, at the same time neither', async () => {
    const { secret } = await on();
    const [one, two] = [await halfWay(), await halfWay()];
    // The code that switched it on is used up.
    expect((await one.post('/login/code', { code: codeOf(secret) })).statusCode).toBe(422);
    clock.advance(step);
    const ends = await Promise.all([one, two].map((visit) => visit.post('/login/code', { code: codeOf(secret) })));
    expect(ends.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([303, 422]);
  });

  it('takes each recovery code once, and the log says so', async () => {
    const { codes } = await on();
    const first = codes[0] ?? '';
    const [one, two] = [await halfWay(), await halfWay()];
    expect((await one.post('/login/code', { code: first.toLowerCase() })).statusCode).toBe(303);
    expect((await two.post('/login/code', { code: first })).statusCode).toBe(422);
    expect((await one.get('/settings/security')).body).toContain('9 of 10 recovery codes are left');
    const log = (await one.get('/settings/log?area=access')).body.replaceAll(/<[^>]+>/gu, '');
    for (const line of ['Ada logged in with a recovery code.', 'Ada switched the second step at log-in on.']) expect(log).toContain(line);
    const fresh = await one.post('/settings/security/codes', { password });
    expect(fresh.body).toContain('10 of 10 recovery codes are left');
    expect((await two.post('/login/code', { code: codes[1] ?? '' })).statusCode).toBe(422);
  });

  it('is guessed at five times, from wherever', async () => {
    const { secret } = await on();
    clock.advance(step);
    for (let n = 0; n < 5; n += 1) expect((await (await halfWay()).post('/login/code', { code: '123456' })).statusCode).toBe(422);
    const slowed = await (await halfWay()).post('/login/code', { code: codeOf(secret) });
    expect([slowed.statusCode, slowed.body.includes('Too many tries')]).toEqual([429, true]);
    expect(Number(slowed.headers['retry-after'])).toBeGreaterThan(0);
  });

  it('waits ten minutes, for who gave the password and for nobody else', async () => {
    const { secret } = await on();
    clock.advance(step);
    expect((await visitor(app).post('/login/code', { code: codeOf(secret) })).headers.location).toBe('/login?over=code&next=%2F');
    const visit = await halfWay();
    clock.advance(10 * 60_000);
    expect((await visit.post('/login/code', { code: codeOf(secret) })).headers.location).toBe('/login?over=code&next=%2F');
    expect((await visit.get('/posts')).statusCode).toBe(303);
  });

  it('goes with the password alone, and its rows with it', async () => {
    await on();
    expect((await ada.post('/settings/security/off', { password: 'wrong' })).body).toContain('not your present password');
    expect((await ada.post('/settings/security/off', { password })).statusCode).toBe(303);
    expect((await visitor(app).post('/login', { email: 'ada@example.org', password })).headers.location).toBe('/');
    const sqlite = openSqlite(app.file);
    expect(sqlite.prepare('select (select count(*) from two_factor) + (select count(*) from login_steps) as n').get()).toEqual({ n: 0 });
    sqlite.close();
  });

  it('is sealed where it lies, and sealed anew when the key changes', async () => {
    const { secret, codes } = await on();
    expect(await app.deps.store.security.reseal()).toBe(1);
    expect(await app.deps.store.security.of(await userId(), clock.now())).toMatchObject({ secret, codesLeft: 10 });
    const sqlite = openSqlite(app.file);
    const raw = sqlite.prepare('select secret, codes from two_factor').get() as { secret: Buffer; codes: Buffer };
    sqlite.close();
    for (const blob of [raw.secret, raw.codes]) for (const text of [secret, ...codes]) expect(blob.includes(text)).toBe(false);
  });
});

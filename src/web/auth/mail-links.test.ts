import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deliverMails } from '../../actions/mails/deliver-mails.ts';
import { password, signedUp, testApp, visitor, type TestApp, type Visitor } from '../../testing/app.ts';
import { linkIn, startMailBox, type MailBox } from '../../testing/smtp.ts';
import { fakeClock, type FakeClock } from '../../testing/world.ts';

let clock: FakeClock;
let box: MailBox;
let app: TestApp;
let ada: Visitor;
beforeEach(async () => {
  clock = fakeClock();
  box = await startMailBox();
  app = await testApp({ SMTP_URL: box.url, PUBLIC_URL: 'http://localhost:3000' }, clock.now);
  ada = await signedUp(app);
});
afterEach(async () => {
  await app.close();
  await box.close();
});

const deliver = () => deliverMails({ ...app.deps, boot: 'one' });
const address = 'ada@example.org';

/** Asks for a link to a new password and reads it in the mail. */
async function resetLink(): Promise<string> {
  box.mails.length = 0;
  expect((await visitor(app).post('/forgot', { email: address })).statusCode).toBe(303);
  await deliver();
  return linkIn(box.mailTo(address, /Choose a new password/u), '/reset');
}
const tokenOf = (link: string) => new URL(link, 'http://x').searchParams.get('token') ?? '';

describe('a forgotten password', () => {
  it('is set by a mailed link, once, and every session ends; the token is in no log and in no page of the outbox', async () => {
    const link = await resetLink();
    const token = tokenOf(link);
    expect(token).toMatch(/^[\w-]{43}$/u);
    const other = visitor(app);
    expect((await other.get(link)).body).toContain('name="password"');
    expect((await other.get(link)).statusCode).toBe(200);
    const short = await other.post('/reset', { token, password: 'short' });
    expect([short.statusCode, short.body.includes('Use 8 characters or more'), short.body.includes(token)]).toEqual([422, true, true]);
    expect((await other.post('/reset', { token, password: 'a bridge over the river' })).headers.location).toBe('/login?changed=password');
    expect((await ada.get('/posts')).statusCode).toBe(303);
    expect((await other.post('/login', { email: address, password })).statusCode).toBe(422);
    expect((await other.post('/login', { email: address, password: 'a bridge over the river' })).statusCode).toBe(303);
    const again = await visitor(app).post('/reset', { token, password: 'another long password' });
    expect([again.statusCode, again.body.includes('no longer works')]).toEqual([410, true]);
    await deliver();
    expect(box.mailTo(address, /was changed/u).text).toContain('Every session has ended');
    expect((await other.get('/settings/outbox')).body).toContain('Choose a new password');
    expect(`${app.logged()}${(await other.get('/settings/outbox')).body}${JSON.stringify(await app.deps.store.mails.list([], 99))}`).not.toContain(token);
  });

  it('gets the same answer whether there is such an account or not', async () => {
    const known = await visitor(app).post('/forgot', { email: address });
    const unknown = await visitor(app).post('/forgot', { email: 'nobody@example.org' });
    expect([known.statusCode, known.headers.location, known.body]).toEqual([unknown.statusCode, unknown.headers.location, unknown.body]);
    await deliver();
    expect(box.mails.filter(({ subject }) => /password/u.test(subject ?? ''))).toHaveLength(1);
  });

  it('has an hour; then the link is worth nothing, and a mail that still waits is not sent', async () => {
    const link = await resetLink();
    clock.advance(3_600_000);
    expect((await visitor(app).get(link)).statusCode).toBe(410);
    expect((await visitor(app).post('/reset', { token: tokenOf(link), password: 'a bridge over the river' })).statusCode).toBe(410);
    expect((await visitor(app).post('/login', { email: address, password })).statusCode).toBe(303);
  });

  it('can be asked for three times in an hour, known or not, and says what to do then', async () => {
    for (const email of [address, 'nobody@example.org']) {
      for (let n = 0; n < 3; n += 1) expect((await visitor(app).post('/forgot', { email })).statusCode).toBe(303);
      const late = await visitor(app).post('/forgot', { email });
      expect([late.statusCode, Number(late.headers['retry-after']) > 0, late.body.includes(`value="${email}"`)]).toEqual([429, true, true]);
    }
  });

  it('uses up all links at once', async () => {
    const first = await resetLink();
    const second = await resetLink();
    await visitor(app).post('/reset', { token: tokenOf(second), password: 'a bridge over the river' });
    expect((await visitor(app).get(first)).statusCode).toBe(410);
  });

  it.each(['', 'x', 'a'.repeat(43), '../../x'])('is not set by %j', async (token) => {
    expect((await visitor(app).post('/reset', { token, password: 'a bridge over the river' })).statusCode).toBe(410);
  });
});

describe('a forgotten password where no mail can go', () => {
  it('is not promised a mail: it is said who helps, to whoever asks and to whoever runs the instance', async () => {
    const other = await testApp({}, clock.now);
    await signedUp(other);
    for (const path of ['/forgot', '/forgot/sent']) {
      const { statusCode, body } = await visitor(other).get(path);
      expect([statusCode, body.includes('Ask whoever runs it'), body.includes('user reset-password'), body.includes('Send the link'), body.includes('is on its way')], path).toEqual([200, true, true, false, false]);
    }
    await other.close();
  });
});

describe('an e-mail address', () => {
  it('is confirmed by the link that comes at sign-up; until then every page says so', async () => {
    expect((await ada.get('/')).body).toContain('Confirm your e-mail address');
    await deliver();
    const link = linkIn(box.mailTo(address), '/verify');
    expect((await visitor(app).get(link)).body).toContain('Confirm this address');
    expect((await app.deps.store.people.userByEmail(address))?.emailVerifiedAt).toBeNull();
    expect((await visitor(app).post('/verify', { token: tokenOf(link) })).headers.location).toBe('/verified');
    expect((await app.deps.store.people.userByEmail(address))?.emailVerifiedAt).toBe(clock.now());
    expect((await ada.get('/')).body).not.toContain('Confirm your e-mail address');
    expect((await visitor(app).post('/verify', { token: tokenOf(link) })).statusCode).toBe(410);
  });

  it('can be asked for again, but not without end', async () => {
    for (let n = 0; n < 4; n += 1) await ada.post('/verify/again');
    expect((await ada.get('/')).body).toContain('sent often already');
    await deliver();
    expect(box.mails).toHaveLength(4);
    const back = await ada.post('/verify/again', { back: '/calendar?view=week' });
    expect(back.headers.location).toBe('/calendar?view=week');
    expect((await ada.post('/verify/again', { back: 'https://evil.example' })).headers.location).toBe('/');
  });

  it('is not asked for where no mail can go', async () => {
    const other = await testApp({}, clock.now);
    expect((await (await signedUp(other)).get('/')).body).not.toContain('Confirm your e-mail address');
    await other.close();
  });
});

describe('the mail server', () => {
  it('is saved sealed, never shown, tried with one press, and forgotten when told to', async () => {
    const other = await testApp({}, clock.now);
    const grace = await signedUp(other);
    const wrong = await grace.post('/settings/instance/mail', { smtp: 'http://nowhere', from: 'x' });
    expect([wrong.statusCode, wrong.body.includes('It must look like smtp://'), wrong.body.includes('value="http://nowhere"')]).toEqual([422, true, true]);
    const url = box.url.replace('://', '://user:a-very-secret-password@');
    expect((await grace.post('/settings/instance/mail', { smtp: url, from: 'Harbour <posts@harbour.example>' })).statusCode).toBe(303);
    const page = (await grace.get('/settings/instance')).body;
    expect(page).not.toContain('a-very-secret-password');
    expect(page).toContain('Harbour &lt;posts@harbour.example>');
    await grace.post('/settings/instance/mail/test');
    expect((await grace.get('/settings/instance')).body).toMatch(/refused the user name|encrypted connection|takes no mails|cannot be reached/u);
    await grace.post('/settings/instance/mail', { smtp: box.url, from: 'Harbour <posts@harbour.example>' });
    await grace.post('/settings/instance/mail/test');
    expect((await grace.get('/settings/instance')).body).toContain('The mail server took a mail to ada@example.org');
    expect(box.mailTo(address, /test mail/u).from?.text).toContain('posts@harbour.example');
    await grace.post('/settings/instance/mail', { smtp: '', from: '' });
    expect(other.deps.settings.get('SMTP_URL')).toBe(box.url);
    await grace.post('/settings/instance/mail', { smtp: '', from: '', forget: 'on' });
    expect(other.deps.settings.get('SMTP_URL')).toBeUndefined();
    await other.close();
  });
});

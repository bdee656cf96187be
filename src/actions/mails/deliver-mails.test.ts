import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { testApp, type TestApp } from '../../testing/app.ts';
import { startMailBox, type MailBox } from '../../testing/smtp.ts';
import { fakeClock, seedPerson, start, type FakeClock } from '../../testing/world.ts';
import { openMailServer, parseSmtpUrl } from '../../lib/mail.ts';
import { deliverMails } from './deliver-mails.ts';
import { messageIdOf } from './message.ts';
import { queueMail } from './queue-mail.ts';

let clock: FakeClock;
let box: MailBox | undefined;
let app: TestApp;
beforeEach(() => { clock = fakeClock(); });
afterEach(async () => {
  await app.close();
  await box?.close();
  box = undefined;
});

const secret = 'aReallySecretTokenOfARealLengthThatNobodyMaySee';
const ada = 'ada@example.org';

async function setUp(env: Record<string, string>): Promise<{ userId: string }> {
  app = await testApp({ PUBLIC_URL: 'https://post.example', ...env }, clock.now);
  return seedPerson(app.deps.store, start, ada);
}

const deliver = (boot = 'one') => deliverMails({ ...app.deps, boot });
const outbox = () => app.deps.store.mails.list([], 99);
const reset = (userId: string, event = 'reset:1') => queueMail(app.deps, { kind: 'reset', event, to: { email: ada, userId }, data: { token: secret } });
const answer = (text: string, responseCode: number) => Object.assign(new Error(text), { responseCode });

describe('a mail', () => {
  it('goes out once per event and recipient, in plain text and HTML, and what is kept has no secret', async () => {
    box = await startMailBox();
    const { userId } = await setUp({ SMTP_URL: box.url, MAIL_FROM: 'Harbour <posts@harbour.example>' });
    await reset(userId);
    await reset(userId);
    await deliver();
    await reset(userId);
    await deliver();
    const mail = box.mailTo(ada);
    expect(mail).toMatchObject({ subject: 'Choose a new password for Post Master', from: { text: '"Harbour" <posts@harbour.example>' } });
    expect(mail.text).toContain(`https://post.example/reset?token=${secret}`);
    expect(mail.html).toContain(`href="https://post.example/reset?token=${secret}"`);
    expect(mail.html).not.toMatch(/<img|<link|<script|url\(/u);
    expect(mail.messageId).toMatch(/^<[\da-f]{40}@post\.example>$/u);
    expect(mail.headers.get('auto-submitted')).toBe('auto-generated');
    expect(await outbox()).toMatchObject([{ state: 'sent', sentAt: start, kept: false, error: null }]);
    expect(app.logged()).not.toContain(secret);
    expect(app.logged()).not.toContain(ada);
  });

  it('waits in the outbox without a server, says so once in the log, and goes when there is one', async () => {
    const { userId } = await setUp({});
    await reset(userId);
    await deliver();
    clock.advance(61_000);
    await deliver();
    expect(await outbox()).toMatchObject([{ state: 'waiting', attempts: 0, error: expect.stringContaining('No mail server is set') as string }]);
    expect(app.logged().match(/waits in the outbox/gu)).toHaveLength(1);
    expect(app.logged()).toContain('Choose a new password');
    expect(app.logged()).not.toContain(secret);
    box = await startMailBox();
    await app.deps.settings.save([{ name: 'SMTP_URL', value: box.url }], { userId, now: clock.now() });
    clock.advance(61_000);
    await deliver();
    expect(box.mails).toHaveLength(1);
  });

  it('is given up with its link when its time is over', async () => {
    const { userId } = await setUp({});
    await reset(userId);
    clock.advance(3_600_001);
    await deliver();
    expect(await outbox()).toMatchObject([{ state: 'dropped', kept: false, error: 'Its time was over before it could be sent.' }]);
  });
});

describe('what the server says', () => {
  it('4xx: later, again and again, and in the end failed', async () => {
    box = await startMailBox({ verdict: () => answer('greylisted, see https://evil.example/x', 451) });
    const { userId } = await setUp({ SMTP_URL: box.url });
    await queueMail(app.deps, { kind: 'verify', event: 'verify:1', to: { email: ada, userId }, data: { name: 'Ada', token: secret } });
    await deliver();
    expect(await outbox()).toMatchObject([{ state: 'waiting', attempts: 1, dueAt: start + 60_000, error: 'The mail server put this mail off. It said: 451 greylisted, see (address)' }]);
    await deliver();
    expect((await outbox())[0]?.attempts).toBe(1);
    clock.advance(60_000);
    await deliver();
    expect(await outbox()).toMatchObject([{ attempts: 2, dueAt: start + 6 * 60_000 }]);
  });

  it('5xx: failed at once, with its words and without a secret', async () => {
    box = await startMailBox({ verdict: () => answer(`no such link ${secret} at https://post.example/reset?token=${secret}`, 554) });
    const { userId } = await setUp({ SMTP_URL: box.url });
    await reset(userId);
    await deliver();
    const [mail] = await outbox();
    expect(mail).toMatchObject({ state: 'failed', kept: true, error: 'The mail server refused this mail. It said: 554 no such link (…) at (address)' });
    expect(app.logged()).not.toContain(secret);
    expect(await app.deps.store.mails.drop(mail?.id ?? '', clock.now())).toBe(true);
    expect(await outbox()).toMatchObject([{ state: 'dropped', kept: false }]);
  });
});

describe('a server that is not as it should be', () => {
  it('refuses the password: everything waits, nothing is counted against a mail, and the password is nowhere', async () => {
    box = await startMailBox({ authOptional: false, allowInsecureAuth: true, onAuth: (_auth, _session, done) => done(Object.assign(new Error('wrong, mate'), { responseCode: 535 })) });
    const { userId } = await setUp({ SMTP_URL: box.url.replace('://', '://ada:hunter2hunter2@') });
    await reset(userId);
    await deliver();
    const [mail] = await outbox();
    expect(mail).toMatchObject({ state: 'waiting', attempts: 0, dueAt: start + 60_000, error: expect.stringContaining('refused the user name or the password') as string });
    expect(`${JSON.stringify(mail)}${app.logged()}`).not.toContain('hunter2hunter2');
  });

  it('is down: everything waits, and goes when it is back', async () => {
    box = await startMailBox();
    const { port } = box;
    await box.close();
    const { userId } = await setUp({ SMTP_URL: `smtp://127.0.0.1:${port}` });
    for (const event of ['reset:1', 'reset:2']) await reset(userId, event);
    await deliver();
    expect(await outbox()).toMatchObject(Array.from({ length: 2 }, () => ({ state: 'waiting', attempts: 0, error: expect.stringContaining('cannot be reached') as string })));
    box = await startMailBox({ port });
    clock.advance(60_001);
    await deliver();
    expect(box.mails).toHaveLength(2);
  });

  it('has no encryption where a password would go over the line: it is not sent', async () => {
    const seen: string[] = [];
    box = await startMailBox({ allowInsecureAuth: true, onAuth: ({ password }, _session, done) => { seen.push(password ?? ''); done(null, { user: 'ada' }); } });
    const { userId } = await setUp({ SMTP_URL: `smtp://ada:secretpassword@localhost.localdomain.invalid:${box.port}` });
    await reset(userId);
    await deliver();
    expect(await outbox()).toMatchObject([{ state: 'waiting', error: expect.stringContaining('There is no mail server called') as string }]);
    const parsed = parseSmtpUrl(`smtp://ada:secretpassword@127.0.0.1:${box.port}?requireTLS=true`);
    if (!parsed.ok) throw new Error(parsed.message);
    await expect(openMailServer(parsed.options)).rejects.toMatchObject({ kind: 'server' });
    expect(seen).toEqual([]);
  });

  it('has a certificate that nobody vouches for: nothing goes, unless the operator says so', async () => {
    box = await startMailBox({ disabledCommands: [] });
    const { userId } = await setUp({ SMTP_URL: box.url });
    await reset(userId);
    await deliver();
    expect(await outbox()).toMatchObject([{ state: 'waiting', attempts: 0, error: expect.stringContaining('encrypted connection') as string }]);
    await app.deps.settings.save([{ name: 'MAIL_FROM', value: 'a@b.example' }], { userId, now: start });
    const parsed = parseSmtpUrl(`${box.url}?tls.rejectUnauthorized=false`);
    if (!parsed.ok) throw new Error(parsed.message);
    const server = await openMailServer(parsed.options);
    await server.send({ from: 'a@b.example', to: ada, subject: 'x', text: 'x', html: '', messageId: '<1@b>', date: new Date(), headers: {} });
    server.close();
    expect(box.mails).toHaveLength(1);
  });

  it.each(['http://mail.example', 'smtp://', 'smtp://host/path', 'smtp://host?pool=true', 'smtp://host?requireTLS=maybe', 'smtp://a%:b@host'])('cannot be %s', (text) => {
    expect(parseSmtpUrl(text).ok).toBe(false);
  });
});

describe('a line that is cut after all of a mail was handed over', () => {
  const published = { excerpt: 'Hello', network: 'Somewhere', channel: 'Ada', message: 'No.', fix: null, postId: 'p' };

  it('sends again what must not be missed, as the very same mail', async () => {
    box = await startMailBox({ verdict: (_mail, n) => (n === 1 ? 'cut' : undefined) });
    const { userId } = await setUp({ SMTP_URL: box.url });
    await reset(userId);
    await deliver();
    expect(await outbox()).toMatchObject([{ state: 'waiting', attempts: 1, error: expect.stringContaining('may have been sent') as string }]);
    clock.advance(60_000);
    await deliver();
    expect(box.mails).toHaveLength(1);
    expect(box.mails[0]?.messageId).toBe(messageIdOf('reset:1', ada, 'https://post.example'));
  });

  it('leaves what two would be worse of to a person', async () => {
    box = await startMailBox({ verdict: (_mail, n) => (n === 1 ? 'cut' : undefined) });
    const { userId } = await setUp({ SMTP_URL: box.url });
    await app.deps.store.people.verifyEmail(userId, start);
    await queueMail(app.deps, { kind: 'failed', event: 'failed:1', to: { email: ada, userId }, data: published });
    await deliver();
    const [mail] = await outbox();
    expect(mail).toMatchObject({ state: 'unsure', kept: true });
    clock.advance(3_600_000);
    await deliver();
    expect(box.mails).toHaveLength(0);
    await app.deps.store.mails.retry(mail?.id ?? '', clock.now());
    await deliver();
    expect(box.mails).toHaveLength(1);
  });

  it('is like a death of the program: the next boot knows what may have gone, by kind', async () => {
    box = await startMailBox();
    const { userId } = await setUp({ SMTP_URL: box.url });
    await app.deps.store.people.verifyEmail(userId, start);
    await reset(userId);
    await queueMail(app.deps, { kind: 'failed', event: 'failed:1', to: { email: ada, userId }, data: published });
    for (let n = 0; n < 2; n += 1) expect(await app.deps.store.mails.claim({ boot: 'dead', now: clock.now(), until: clock.now() + 300_000 })).toBeDefined();
    await deliver('next');
    expect(box.mails.map(({ subject }) => subject)).toEqual(['Choose a new password for Post Master']);
    expect((await outbox()).map(({ kind, state }) => `${kind} ${state}`).toSorted()).toEqual(['failed unsure', 'reset sent']);
    expect(await app.deps.store.mails.settle((await outbox())[0]?.id ?? '', 'dead', { state: 'sent' }, clock.now())).toBe(false);
  });
});

describe('an address that nobody has confirmed', () => {
  it('gets links to confirm it and to a new password, and nothing else until it is confirmed', async () => {
    box = await startMailBox();
    const { userId } = await setUp({ SMTP_URL: box.url });
    await reset(userId);
    await queueMail(app.deps, { kind: 'failed', event: 'failed:1', to: { email: ada, userId }, data: { excerpt: '', network: 'N', channel: 'C', message: 'M', fix: null, postId: 'p' } });
    await deliver();
    expect(box.mails.map(({ subject }) => subject)).toEqual(['Choose a new password for Post Master']);
    await app.deps.store.people.verifyEmail(userId, start);
    await deliver();
    expect(box.mails.map(({ subject }) => subject)).toEqual(['Choose a new password for Post Master', 'Not published on N']);
  });
});

describe('what a mail looks like', () => {
  it('shows what people wrote as text and nothing else, and lets optional ones be turned off in one press', async () => {
    box = await startMailBox();
    const { userId } = await setUp({ SMTP_URL: box.url });
    await app.deps.store.people.verifyEmail(userId, start);
    const evil = '<script>alert(1)</script>"\r\nBcc: eve@example.org';
    await queueMail(app.deps, { kind: 'failed', event: 'failed:1', to: { email: ada, userId }, data: { excerpt: evil, network: evil, channel: evil, message: evil, fix: null, postId: 'p' } });
    await deliver();
    const mail = box.mailTo(ada);
    expect(mail.html).not.toContain('<script>');
    expect(mail.bcc).toBeUndefined();
    expect(box.raw[0]?.split('\r\n\r\n')[0]).not.toMatch(/^bcc:/imu);
    expect(box.raw[0]).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r$/mu);
    const url = /^List-Unsubscribe: <https:\/\/post\.example(\/unsubscribe\/[\da-f]{32}\/trouble)>\r$/mu.exec((box.raw[0] ?? '').replaceAll(/\r\n[ \t]+/gu, ' '))?.[1] ?? '';
    const look = await app.server.inject({ method: 'GET', url });
    expect([look.statusCode, look.headers['set-cookie']]).toEqual([200, undefined]);
    expect((await app.deps.store.mailChoices.of(userId)).trouble).toBe(true);
    const done = await app.server.inject({ method: 'POST', url, headers: { 'content-type': 'application/x-www-form-urlencoded' }, payload: 'List-Unsubscribe=One-Click' });
    expect(done.statusCode).toBe(200);
    expect(await app.deps.store.mailChoices.of(userId)).toEqual({ published: 'digest', trouble: false, access: true });
    expect(app.logged()).not.toContain(url);
    expect((await app.server.inject({ method: 'POST', url: url.replace(/[\da-f]{32}/u, '0'.repeat(32)) })).statusCode).toBe(404);
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { testApp, type TestApp } from '../../testing/app.ts';
import { startMailBox, type MailBox } from '../../testing/smtp.ts';
import { fakeClock, seedPerson, start, type FakeClock } from '../../testing/world.ts';
import { deliverMails } from './deliver-mails.ts';
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

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startProgram, type Program } from '../../testing/program.ts';
import { linkIn, startMailBox, type MailBox } from '../../testing/smtp.ts';
import { password } from '../../testing/app.ts';

// The built program, a real mail server, and SIGKILL in the moment between.

let program: Program;
let box: MailBox;
/** Called when all of a mail has come; the answer waits for it. */
let onMail: (subject: string) => Promise<void> = async () => {};

beforeAll(async () => {
  box = await startMailBox({ verdict: async (mail) => {
    await onMail(mail.subject ?? '');
    return undefined;
  } });
  program = await startProgram({ SMTP_URL: box.url, LOG_LEVEL: 'info' });
});
afterAll(async () => {
  await program.close();
  await box.close();
});

/** Sends a form as a browser would that has no scripts. */
async function send(url: string, fields: Record<string, string>): Promise<Response> {
  const page = await fetch(`${program.url}${url}`, { redirect: 'manual' });
  const cookie = page.headers.getSetCookie().map((line) => line.split(';', 1)[0]).join('; ');
  const csrf = /name="_csrf" value="([^"]+)"/u.exec(await page.text())?.[1] ?? '';
  return fetch(`${program.url}${url}`, { method: 'POST', redirect: 'manual', headers: { cookie }, body: new URLSearchParams({ ...fields, _csrf: csrf }) });
}

describe('a program that is killed while a mail is on its way', () => {
  it('sends a link to a new password again, as the very same mail, and loses none', async () => {
    expect((await send('/signup', { name: 'Ada', email: 'ada@example.org', password })).status).toBe(303);
    await expect.poll(() => box.mails.length, { timeout: 15_000 }).toBe(1);

    const { promise: killed, resolve } = Promise.withResolvers<void>();
    onMail = async (subject) => {
      if (!subject.startsWith('Choose')) return;
      onMail = async () => {};
      // The server has all of it, and its 250 is never heard.
      await program.kill('SIGKILL');
      resolve();
    };
    expect((await send('/forgot', { email: 'ada@example.org' })).status).toBe(303);
    await killed;
    await program.restart();
    await expect.poll(() => box.mails.filter(({ subject }) => subject?.startsWith('Choose')).length, { timeout: 15_000 }).toBe(2);
    const copies = box.mails.filter(({ subject }) => subject?.startsWith('Choose'));
    expect(new Set(copies.map(({ messageId }) => messageId)).size).toBe(1);
    const [first, second] = copies.map((mail) => linkIn(mail, '/reset'));
    expect(first).toBe(second);
    const token = new URL(first ?? '', program.url).searchParams.get('token') ?? '';
    expect(program.output()).not.toContain(token);
    expect(program.output()).not.toContain('ada@example.org');
  });
});

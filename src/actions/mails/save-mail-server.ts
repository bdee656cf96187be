import { mailSettings, smtpUrlOf, type MailServerTyped } from '../../domain/people/mail.ts';
import { instanceOf } from '../../domain/instance/instance.ts';
import { accountMails } from '../../domain/texts/mails/account.ts';
import { renderMail } from '../../domain/texts/mails/render.ts';
import type { Problem } from '../../domain/limits.ts';
import { refused, type Result } from '../../domain/result.ts';
import { instanceRefusals as t } from '../../domain/texts/refusals/instance.ts';
import type { Deps } from '../../deps.ts';
import { newId } from '../../lib/ids.ts';
import { MailError, openMailServer, parseSmtpUrl } from '../../lib/mail.ts';
import { emailProblems } from '../people/sign-up.ts';
import type { Allowance } from '../sessions/allowance.ts';
import { messageIdOf, senderOf } from './message.ts';

/** Name under which the outcome of the last test is kept. */
export const mailTest = 'test:mail';

/** Saves the mail server; an empty server stays as it was, for it is never shown. What waits is tried at once. */
export async function saveMailServer(
  { store, settings, now }: Pick<Deps, 'store' | 'settings' | 'now'>, userId: string, typed: MailServerTyped & { from: string; forget: boolean },
): Promise<Result> {
  const from = typed.from.trim();
  const { smtp, wrong } = serverOf(typed);
  const problems: Problem[] = [
    ...(wrong === null ? [] : [{ field: 'smtp', message: wrong }]),
    ...(from !== '' && addressIn(from) === null ? [{ field: 'from', message: t.senderShape }] : []),
  ];
  if (problems.length > 0) return { ok: false, problems };
  const changes = mailSettings.filter(({ env, field }) => settings.origin(env) !== 'environment' && (field !== 'smtp' || smtp !== '' || typed.forget))
    .map(({ env, field }) => ({ name: env, value: (field === 'smtp' ? (typed.forget ? '' : smtp) : from) || null }));
  await settings.save(changes, { userId, now: now() });
  await store.settings.dropChecks([mailTest]);
  await store.mails.wake(now());
  return { ok: true };
}

/** The server as it is saved, and what is wrong with it. */
function serverOf(typed: MailServerTyped): { smtp: string; wrong: string | null } {
  const smtp = smtpUrlOf(typed);
  if (smtp === null) return { smtp: '', wrong: t.mailServerShape };
  if (smtp === '') return { smtp, wrong: typed.user.trim() === '' && typed.password === '' ? null : t.mailServerToo };
  const parsed = parseSmtpUrl(smtp);
  return { smtp, wrong: parsed.ok ? null : parsed.message };
}

/** Sends a mail to whoever asks, past the queue, and keeps what came of it. */
export async function testMailServer(
  { store, settings, config, now, allowance }: Pick<Deps, 'store' | 'settings' | 'config' | 'now'> & { allowance: Allowance }, userId: string,
): Promise<Result> {
  const user = await store.people.user(userId);
  const wait = await allowance.take('test_mail', userId);
  if (wait > 0) return refused('', t.testTooOften(Math.ceil(wait / 60)));
  const parsed = parseSmtpUrl(settings.get('SMTP_URL') ?? '');
  if (!user || !parsed.ok) return refused('', t.serverMissing);
  const about = { instance: instanceOf(settings.get).name };
  const outcome = await send(parsed.options, {
    ...renderMail(accountMails.test, { by: user.name }, about, { publicUrl: config.publicUrl, unsubscribeUrl: null }),
    from: senderOf({ settings, config }), to: user.email, date: new Date(now()), headers: {},
    messageId: messageIdOf(`test:${newId(now())}`, user.email, config.publicUrl),
  });
  await store.settings.putCheck(mailTest, [{ label: t.testMail, good: outcome === null, said: outcome ?? t.testTaken(user.email) }], now());
  return { ok: true };
}

/** What stood in the way, or null. */
async function send(options: Parameters<typeof openMailServer>[0], message: Parameters<Awaited<ReturnType<typeof openMailServer>>['send']>[0]): Promise<string | null> {
  try {
    const server = await openMailServer(options);
    try {
      await server.send(message);
    } finally {
      server.close();
    }
    return null;
  } catch (error) {
    if (!(error instanceof MailError)) throw error;
    return error.message;
  }
}

/** The address of `Name <name@host>` or `name@host`. */
function addressIn(from: string): string | null {
  if (/[\p{Cc}]/u.test(from) || from.length > 300) return null;
  const address = (/^[^<>]*<([^<>]+)>$/u.exec(from)?.[1] ?? from).trim();
  return emailProblems(address).length === 0 ? address : null;
}

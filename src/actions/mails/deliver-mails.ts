import { mailBackoffMinutes, noServer } from '../../domain/people/mail.ts';
import { isMailKind, mailKinds, mailTextOf } from '../../domain/texts/mails/index.ts';
import { instanceRefusals as t } from '../../domain/texts/refusals/instance.ts';
import type { Deps } from '../../deps.ts';
import { MailError, openMailServer, parseSmtpUrl, type MailServer } from '../../lib/mail.ts';
import type { ClaimedMail } from '../../store/people/mails.ts';
import { messageOf } from './message.ts';

/** How long a claim holds (ms): longer than one mail can take with all its time-outs. */
const lease = 5 * 60_000;

/** One run ends after so many mails, so that a stop never waits long. */
const perRun = 25;

/** After this long a server that could not be reached is tried again (ms). */
const serverPause = 60_000;

type Delivery = Pick<Deps, 'store' | 'settings' | 'config' | 'now' | 'log'> & { boot: string };

/**
 * Sends what is due, one mail after the other. `sending` is on disk before the first byte, and what comes of it after the
 * answer: a process that dies between leaves a mail of which it is known that it may be out, and its kind says what then.
 */
export async function deliverMails(deps: Delivery): Promise<void> {
  const { store, settings, now, log, boot } = deps;
  await store.mails.expire(t.mailOver, now());
  await store.mails.recover({ boot, now: now(), again: mailKinds.filter((kind) => mailTextOf(kind).inDoubt === 'again'), most: mailBackoffMinutes.length, error: interrupted });
  const url = settings.get('SMTP_URL');
  const parsed = url === undefined ? { ok: false as const, message: noServer } : parseSmtpUrl(url);
  if (!parsed.ok) return hold(deps, url === undefined ? noServer : t.serverUnusable(parsed.message));

  let server: MailServer | undefined;
  try {
    for (let n = 0; n < perRun; n += 1) {
      if (!(await store.mails.isDue(now()))) break;
      // Before the claim: a stop while a server does not answer leaves nothing in doubt.
      server ??= await openMailServer(parsed.options);
      const mail = await store.mails.claim({ boot, now: now(), until: now() + lease });
      if (!mail) break;
      try {
        await server.send(await messageOf(deps, mail));
        await store.mails.settle(mail.id, boot, { state: 'sent' }, now());
        log.info({ mail: mail.id, kind: mail.kind }, 'a mail was sent');
      } catch (error) {
        if (!(error instanceof MailError)) throw error;
        const { kind, message } = error;
        await store.mails.settle(mail.id, boot, changeAfter(mail, error, now()), now());
        log.warn({ mail: mail.id, kind: mail.kind, outcome: kind, reason: message }, 'a mail was not sent');
        if (kind === 'server') throw error;
        // What was said may have ended the connection; the next mail gets a fresh one.
        server.close();
        server = undefined;
      }
    }
  } catch (error) {
    if (!(error instanceof MailError)) throw error;
    await hold(deps, error.message);
  } finally {
    server?.close();
  }
}

const interrupted = t.mailInterrupted;

function changeAfter(mail: ClaimedMail, { kind, message: error }: MailError, now: number) {
  if (kind === 'server') return { state: 'waiting', dueAt: now, attempts: mail.attempts, error } as const;
  if (kind === 'never') return { state: 'failed', error } as const;
  const sendsAgain = isMailKind(mail.kind) && mailTextOf(mail.kind).inDoubt === 'again';
  if (kind === 'unsure' && !sendsAgain) return { state: 'unsure', error } as const;
  const minutes = mailBackoffMinutes[mail.attempts];
  if (minutes === undefined) return { state: kind === 'unsure' ? 'unsure' : 'failed', error } as const;
  return { state: 'waiting', dueAt: now + minutes * 60_000, attempts: mail.attempts + 1, error } as const;
}

/** Nothing can go now: each mail says why, and the log says it once, without addresses and without what stands in them. */
async function hold({ store, now, log }: Delivery, error: string): Promise<void> {
  const fresh = await store.mails.hold(error, now() + serverPause, now());
  for (const { id, kind, subject } of fresh) log.warn({ mail: id, kind, subject, reason: error }, 'a mail waits in the outbox');
}

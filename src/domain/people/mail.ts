import { instanceRefusals as t } from '../texts/refusals/instance.ts';

/**
 * `sending` stands on disk before the first byte leaves. `unsure`: it was handed over and the answer was lost. `dropped`:
 * given up by a person, or its time was over.
 */
export const mailStates = ['waiting', 'sending', 'sent', 'failed', 'unsure', 'dropped'] as const;
export type MailState = (typeof mailStates)[number];

/** Minutes to wait after each try that the server put off; after the last the mail has failed. */
export const mailBackoffMinutes = [1, 5, 15, 60, 240, 720, 1440] as const;

/** What a person reads where no server is set. */
export const noServer = t.noServer;

export const mailSettings = [
  {
    env: 'SMTP_URL', field: 'smtp', label: t.mailServer, secret: true,
    help: t.mailServerHelp,
  },
  { env: 'MAIL_FROM', field: 'from', label: t.sender, secret: false, help: t.senderHelp },
] as const;

/** A mail server as people know theirs: `smtp` is its name, with a port or without, or a whole SMTP_URL. */
export interface MailServerTyped {
  smtp: string;
  user: string;
  password: string;
}

/** SMTP_URL of what was typed; null where the name of a server is none. Empty stays empty. */
export function smtpUrlOf({ smtp, user, password }: MailServerTyped): string | null {
  const typed = smtp.trim();
  const auth = user.trim() === '' && password === '' ? '' : `${encodeURIComponent(user.trim())}:${encodeURIComponent(password)}@`;
  if (typed === '' || typed.includes('://')) return typed.includes('@') ? typed : typed.replace('://', `://${auth}`);
  const [, host = '', port] = /^(\[[\da-f:]+\]|[^\s:/@?#]+)(?::(\d{1,5}))?$/iu.exec(typed) ?? [];
  // A name without a dot is a slip of the hand, unless it is a neighbor's whose port is known.
  if (host === '' || (port === undefined && !/[.[]|^localhost$/u.test(host))) return null;
  return `${port === '465' ? 'smtps' : 'smtp'}://${auth}${host}:${port ?? '587'}`;
}

/** Name and port of the server of an SMTP_URL, which is all of it that anybody may see. */
export function serverIn(smtpUrl: string): string {
  return URL.parse(smtpUrl)?.host ?? '';
}

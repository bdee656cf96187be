import { instanceOf } from '../../domain/instance/instance.ts';
import { mailTextOf, type MailData, type MailKind } from '../../domain/texts/mails/index.ts';
import type { Deps } from '../../deps.ts';
import { newId } from '../../lib/ids.ts';
import type { NewMail } from '../../store/people/mails.ts';

export interface Letter<K extends MailKind> {
  kind: K;
  /** What the mail tells of, e.g. `reset:${id}`: unique with the recipient. */
  event: string;
  to: { email: string; userId: string | null };
  data: MailData[K];
}

/** Puts a mail into the queue, once per event and recipient, however often it is called. */
export async function queueMail<K extends MailKind>(deps: Pick<Deps, 'store' | 'now' | 'settings' | 'config'>, letter: Letter<K>): Promise<void> {
  await deps.store.mails.add(mailOf(deps, letter));
}

/** The mail for the queue, for acts of the store that put it there themselves: neither is there without the other. */
export function mailOf<K extends MailKind>({ now, settings }: Pick<Deps, 'now' | 'settings'>, { kind, event, to, data }: Letter<K>): NewMail {
  const at = now();
  const text = mailTextOf(kind);
  return {
    id: newId(at), kind, event, email: to.email, userId: to.userId, data: JSON.stringify(data), now: at,
    subject: text.subject(data, { instance: instanceOf(settings.get).name }),
    unverified: text.unverified, expiresAt: text.hours === null ? null : at + text.hours * 60 * 60 * 1000,
  };
}

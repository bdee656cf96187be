import { instanceOf } from '../../domain/instance.ts';
import { mailTextOf, type MailData, type MailKind } from '../../domain/texts/mails/index.ts';
import type { Deps } from '../../deps.ts';
import { newId } from '../../lib/ids.ts';

/** Puts a mail into the queue, once per event and recipient, however often it is called. */
export async function queueMail<K extends MailKind>(
  { store, now, settings }: Pick<Deps, 'store' | 'now' | 'settings' | 'config'>,
  { kind, event, to, data }: {
    kind: K;
    /** What the mail tells of, e.g. `reset:${id}`: unique with the recipient. */
    event: string;
    to: { email: string; userId: string | null };
    data: MailData[K];
  },
): Promise<void> {
  const at = now();
  const text = mailTextOf(kind);
  await store.mails.add({
    id: newId(at), kind, event, email: to.email, userId: to.userId, data: JSON.stringify(data), now: at,
    subject: text.subject(data, { instance: instanceOf(settings.get).name }),
    unverified: text.unverified, expiresAt: text.hours === null ? null : at + text.hours * 60 * 60 * 1000,
  });
}

import { createHash } from 'node:crypto';
import { instanceOf } from '../../domain/instance.ts';
import { isMailKind, mailTextOf } from '../../domain/texts/mails/index.ts';
import { renderMail } from '../../domain/texts/mails/render.ts';
import type { Deps } from '../../deps.ts';
import { MailError, type MailMessage } from '../../lib/mail.ts';
import type { ClaimedMail } from '../../store/mails.ts';

/** A mail from the queue as it leaves. */
export async function messageOf(
  { settings, config, now }: Pick<Deps, 'store' | 'settings' | 'config' | 'now'>, { kind, event, email, data }: ClaimedMail,
): Promise<MailMessage> {
  // Only a database of another version has such a mail.
  if (!isMailKind(kind)) throw new MailError('never', `This version does not know mails of the kind "${kind}".`);
  const { name } = instanceOf(settings.get);
  const rendered = renderMail(mailTextOf(kind), JSON.parse(data) as never, { instance: name }, { publicUrl: config.publicUrl, unsubscribeUrl: null });
  return {
    ...rendered, to: email, from: settings.get('MAIL_FROM') ?? `"${name.replaceAll(/["\\]/gu, '')}" <no-reply@${hostOf(config.publicUrl)}>`,
    messageId: messageIdOf(event, email, config.publicUrl), date: new Date(now()), headers: {},
  };
}

/** Made from the event and the recipient: a mail that is sent again after a doubt is the same mail to whoever gets it. */
export function messageIdOf(event: string, email: string, publicUrl: string): string {
  return `<${createHash('sha256').update(`${event}\n${email}`).digest('hex').slice(0, 40)}@${hostOf(publicUrl)}>`;
}

function hostOf(publicUrl: string): string {
  return new URL(publicUrl).hostname;
}

import { createHash } from 'node:crypto';
import { instanceOf } from '../../domain/instance/instance.ts';
import { isMailKind, mailTextOf } from '../../domain/texts/mails/index.ts';
import { renderMail } from '../../domain/texts/mails/render.ts';
import { instanceRefusals as t } from '../../domain/texts/refusals/instance.ts';
import type { Deps } from '../../deps.ts';
import { MailError, type MailMessage } from '../../lib/mail.ts';
import { newReference } from '../../lib/secrets/tokens.ts';
import type { ClaimedMail } from '../../store/people/mails.ts';

/** A mail from the queue as it leaves. */
export async function messageOf(
  { store, settings, config, now }: Pick<Deps, 'store' | 'settings' | 'config' | 'now'>, { kind, event, email, userId, data }: ClaimedMail,
): Promise<MailMessage> {
  // Only a database of another version has such a mail.
  if (!isMailKind(kind)) throw new MailError('never', t.mailKindUnknown(kind));
  const { publicUrl } = config;
  const text = mailTextOf(kind);
  const unsubscribeUrl = text.list === null || userId === null ? null : `${publicUrl}/unsubscribe/${await store.mailChoices.key(userId, newReference(), now())}/${text.list}`;
  return {
    ...renderMail(text, JSON.parse(data) as never, { instance: instanceOf(settings.get).name }, { publicUrl, unsubscribeUrl }),
    to: email, from: senderOf({ settings, config }), messageId: messageIdOf(event, email, publicUrl), date: new Date(now()),
    headers: unsubscribeUrl === null ? {} : { 'list-unsubscribe': `<${unsubscribeUrl}>`, 'list-unsubscribe-post': 'List-Unsubscribe=One-Click' },
  };
}

/** Who mails come from. */
export function senderOf({ settings, config }: Pick<Deps, 'settings' | 'config'>): string {
  return settings.get('MAIL_FROM') ?? `"${instanceOf(settings.get).name.replaceAll(/["\\]/gu, '')}" <no-reply@${hostOf(config.publicUrl)}>`;
}

/** Made from the event and the recipient: a mail that is sent again after a doubt is the same mail to whoever gets it. */
export function messageIdOf(event: string, email: string, publicUrl: string): string {
  return `<${createHash('sha256').update(`${event}\n${email}`).digest('hex').slice(0, 40)}@${hostOf(publicUrl)}>`;
}

function hostOf(publicUrl: string): string {
  return new URL(publicUrl).hostname;
}

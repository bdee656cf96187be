import { accountMails, type AccountMails } from './account.ts';
import { billingMails, type BillingMails } from './billing.ts';
import { memberMails, type MemberMails } from './members.ts';
import { noticeMails, type NoticeMails } from './notices.ts';
import { postMails, type PostMails } from './posts.ts';
import { privacyMails, type PrivacyMails } from './privacy.ts';
import { supportMails, type SupportMails } from './support.ts';
import type { MailText, MailTexts } from './text.ts';

/** What each kind of mail is made from. */
export type MailData = AccountMails & BillingMails & MemberMails & NoticeMails & PostMails & PrivacyMails & SupportMails;
export type MailKind = keyof MailData;

/** Every kind of mail there is; an area of the house has a file of its own here. */
export const mailTexts: MailTexts<MailData> = { ...accountMails, ...billingMails, ...memberMails, ...noticeMails, ...postMails, ...privacyMails, ...supportMails };

export function mailTextOf<K extends MailKind>(kind: K): MailText<MailData[K]> {
  return mailTexts[kind];
}

export function isMailKind(kind: string): kind is MailKind {
  return Object.hasOwn(mailTexts, kind);
}

export const mailKinds = Object.keys(mailTexts).filter(isMailKind);

import type { MailTexts } from './text.ts';

/** How long the link of a mail works (hours). */
export const linkHours = { reset: 1, verify: 24 } as const;

export interface AccountMails {
  reset: { token: string };
  /** By a mailed link, or `handed`: by one that whoever runs the instance handed over, or `inside`: by somebody who was logged in. */
  password_changed: { at: string; handed?: boolean; inside?: boolean };
  verify: { name: string; token: string };
  test: { by: string };
}

export const accountMails: MailTexts<AccountMails> = {
  reset: {
    subject: (_, { instance }) => `Choose a new password for ${instance}`,
    body: (_, { instance }) => [
      `Somebody, probably you, asked for a new password for your account at ${instance}.`,
      'The link works once, for one hour. When you set the password every session of yours ends.',
      'If it was not you, do nothing: your password stays as it is.',
    ],
    action: ({ token }) => ({ label: 'Choose a new password', path: `/reset?token=${token}` }),
    // Without it somebody stays locked out; a second copy holds the same link, which works once.
    list: null, inDoubt: 'again', unverified: true, hours: linkHours.reset,
  },
  password_changed: {
    subject: (_, { instance }) => `Your password at ${instance} was changed`,
    body: ({ at, handed = false, inside = false }) => (inside ? [
      `The password of your account was changed on ${at}, by somebody who was logged in and knew the old one. Every other session has ended.`,
      'If it was not you, choose a new password now.',
    ] : handed ? [
      `The password of your account was changed on ${at}, by a link that whoever runs this instance made for you. Every session has ended.`,
      'If you did not ask them for it, choose a new password now and ask them about it.',
    ] : [
      `The password of your account was changed by a link from a mail to you, on ${at}. Every session has ended.`,
      'If it was not you, somebody reads your mails. Make your mailbox safe first, then choose a new password here.',
    ]),
    action: () => ({ label: 'Choose a new password', path: '/forgot' }),
    // Somebody may be taking the account over: told twice is better than not at all.
    list: null, inDoubt: 'again', unverified: true, hours: 72,
  },
  verify: {
    subject: (_, { instance }) => `Confirm your e-mail address for ${instance}`,
    body: ({ name }, { instance }) => [
      `Hello ${name},`, `confirm that this address is yours, so that ${instance} can tell you when a post needs you.`,
      'The link works for 24 hours. If you did not sign up, do nothing, and you get no more mails.',
    ],
    action: ({ token }) => ({ label: 'Confirm this address', path: `/verify?token=${token}` }),
    // Without it no other mail reaches the person; a second copy holds the same link.
    list: null, inDoubt: 'again', unverified: true, hours: linkHours.verify,
  },
  test: {
    subject: (_, { instance }) => `A test mail from ${instance}`,
    body: ({ by }, { instance }) => [`${by} asked ${instance} to send this mail. It arrived, so mails work.`],
    // Whoever presses the button can press it again.
    list: null, inDoubt: 'leave', unverified: true, hours: 1,
  },
};

import type { MailTexts } from './text.ts';

export interface MemberMails {
  /** `workspace` null: to the instance, with a workspace of one's own. */
  invitation: { workspace: string | null; inviter: string; role: string; token: string };
  new_sign_in: { browser: string; at: string };
  /** `operator`: whoever runs the instance did it. */
  two_factor: { on: boolean; at: string; operator?: boolean };
}

/** How long an invitation is good (days). */
export const invitationDays = 7;

export const memberMails: MailTexts<MemberMails> = {
  invitation: {
    // Names that people chose stand in the body: a subject stays in the outbox.
    subject: (_, { instance }) => `You are invited to ${instance}`,
    body: ({ workspace, inviter, role }, { instance }) => [
      workspace === null
        ? `${inviter} invites you to ${instance}, where posts are written once and go out to every network on time. A workspace of your own comes with the account.`
        : `${inviter} invites you to the workspace “${workspace}” at ${instance}, as ${role}.`,
      `The link works once, for ${invitationDays} days. If you do not know what this is, do nothing, and you get no more mails.`,
    ],
    action: ({ token }) => ({ label: 'Look at the invitation', path: `/invitations/${token}` }),
    // Nobody comes in without it; a second copy holds the same link, which works once.
    list: null, inDoubt: 'again', unverified: true, hours: invitationDays * 24,
  },
  new_sign_in: {
    subject: (_, { instance }) => `A new browser logged in to your account at ${instance}`,
    body: ({ browser, at }) => [
      `Somebody, probably you, logged in with your password from a browser that was not used before: ${browser}, on ${at}.`,
      'If it was not you, change your password now. Every other session ends with it.',
    ],
    action: () => ({ label: 'Look at your sessions', path: '/settings/security' }),
    // Somebody may be using the account: told twice is better than not at all.
    list: null, inDoubt: 'again', unverified: true, hours: 72,
  },
  two_factor: {
    subject: (_, { instance }) => `The second step of your log-in at ${instance} was changed`,
    body: ({ on, at, operator = false }) => (operator ? [
      `Whoever runs this instance switched the second step of your log-in off on ${at}. The password alone logs you in now.`,
      'If you did not ask for it, change your password now and ask them. Switch the second step on again when you can.',
    ] : [
      `The second step at log-in was switched ${on ? 'on' : 'off'} on ${at}, with your password.`,
      'If it was not you, change your password now. Every other session ends with it.',
    ]),
    action: () => ({ label: 'Look at it', path: '/settings/security' }),
    list: null, inDoubt: 'again', unverified: true, hours: 72,
  },
};

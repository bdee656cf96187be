import type { MailTexts } from './text.ts';

/** How long the link that confirms a new address works (hours). */
export const confirmHours = 24;

export interface PrivacyMails {
  deletion_asked: { workspace: string | null; until: string };
  workspace_going: { workspace: string; until: string | null };
  export_ready: { until: string };
  email_confirm: { token: string };
  email_changed: Record<string, never>;
  request_answered: { answer: string };
}

export const privacyMails: MailTexts<PrivacyMails> = {
  deletion_asked: {
    subject: ({ workspace }, { instance }) => (workspace === null ? `Your account at ${instance} will be deleted` : `A workspace of yours at ${instance} will be deleted`),
    body: ({ workspace, until }) => [
      `${workspace === null ? 'Your account' : `The workspace ${workspace}`} is about to be deleted, because you asked for it. Nothing of it is published from now on.`,
      `You can undo this until ${until}. After that nothing brings it back.`,
      'If it was not you, log in, undo it and change your password.',
    ],
    action: () => ({ label: 'Look at it, or undo it', path: '/settings/privacy' }),
    list: null, inDoubt: 'again', unverified: true, hours: null,
  },
  workspace_going: {
    subject: (_, { instance }) => `A workspace you are in at ${instance} will be deleted`,
    body: ({ workspace, until }) => [
      until === null
        ? `The workspace ${workspace} is being deleted, because its owner asked for it, with its posts, media and channels.`
        : `The workspace ${workspace} will be deleted on ${until}, because its owner asked for it, with its posts, media and channels. Nothing of it is published until then.`,
      ...(until === null ? [] : ['If you want to keep what is in it, talk to its owner. An admin can also have a copy made under Settings, Privacy.']),
    ],
    action: () => ({ label: 'Log in', path: '/settings/privacy' }),
    list: null, inDoubt: 'again', unverified: true, hours: 24 * 30,
  },
  export_ready: {
    subject: (_, { instance }) => `Your copy from ${instance} is ready`,
    body: ({ until }) => ['The copy you asked for is ready.', `You can fetch it until ${until}. You have to be logged in for that.`],
    action: () => ({ label: 'Fetch it', path: '/settings/privacy#copies' }),
    list: null, inDoubt: 'again', unverified: true, hours: 24 * 7,
  },
  email_confirm: {
    subject: (_, { instance }) => `Confirm your new e-mail address for ${instance}`,
    body: (_, { instance }) => [`Somebody, probably you, wants to use this address for an account at ${instance}.`, 'The link works once, for 24 hours. If it was not you, do nothing.'],
    action: ({ token }) => ({ label: 'Confirm this address', path: `/settings/new-email?token=${token}` }),
    list: null, inDoubt: 'again', unverified: true, hours: confirmHours,
  },
  email_changed: {
    subject: (_, { instance }) => `The e-mail address of your account at ${instance} was changed`,
    body: (_, { instance }) => [
      'Your account has another e-mail address from now on. This is the last mail to this one.',
      `If it was not you, somebody is in your account. Write to whoever runs ${instance} at once.`,
    ],
    list: null, inDoubt: 'again', unverified: true, hours: 72,
  },
  request_answered: {
    subject: (_, { instance }) => `An answer to your request about your data at ${instance}`,
    body: ({ answer }) => ['You asked for something about your data. This is the answer:', { quote: answer }],
    action: () => ({ label: 'Your requests', path: '/settings/privacy#requests' }),
    list: null, inDoubt: 'again', unverified: true, hours: 24 * 30,
  },
};

/** Every account of the instance, and help for those who cannot log in. */
export const peopleTexts = {
  title: 'People',
  accounts: (total: number) => (total === 1 ? '1 account' : `${total} accounts`),
  seek: 'Name or e-mail',
  search: 'Search',
  nobody: 'Nobody is called that.',
  more: 'More people',
  you: ' (you)',
  operator: 'Runs this instance.',
  places: (list: string) => `In ${list}.`,
  place: (name: string, role: string) => `${name} (${role})`,
  noPlace: 'In no workspace.',
  since: (day: string, active: string) => `since ${day}, active ${active}`,
  madeOn: (day: string) => `Account since ${day}.`,
  suspended: (day: string) => `Suspended since ${day}`,
  help: 'Help with log-in',
  helpFor: (name: string) => `: ${name}`,

  suspend: 'Suspend',
  suspendName: (name: string) => `Suspend ${name}`,
  suspendSays: (name: string) => `${name} is logged out everywhere and can no longer log in. Workspaces that nobody else owns stop publishing until you let ${name} in again.`,
  unsuspend: 'Let in again',
  suspendedSaid: 'Suspended. The sessions have ended, and what nobody else owns is held.',
  unsuspendedSaid: 'This account is let in again, and what was held for it goes on.',

  invite: {
    title: 'Invite somebody to this instance',
    help: 'They get an account with a workspace of their own. For your own workspace, invite under Members.',
    email: 'E-mail',
    button: 'Invite',
    revoked: 'The invitation is taken back. Its links open nothing any more.',
  },

  account: {
    all: 'All people',
    password: 'Your password',
    reset: {
      title: 'A new password',
      says: (name: string) => `For when ${name} has forgotten it and no mail arrives: a link that works once, for one hour. You hand it over; whoever opens it sets the password, and every session of ${name} ends.`,
      button: 'Make a link',
      made: 'Copy it now and hand it over by a way that only this person reads. It is shown this once.',
      link: (name: string) => `Link for ${name}`,
    },
    second: {
      title: 'The second step at log-in',
      on: (name: string) => `It is on. Switch it off when ${name} has lost the app and the recovery codes, and only when you know that it is ${name} who asks. A mail tells of it.`,
      off: 'It is off.',
      button: 'Switch it off',
      done: 'The second step is off. A mail has told of it.',
    },
    suspension: 'Suspension',
  },
} as const;

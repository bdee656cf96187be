/** What starts the clock of a keep-time. */
export type Beginning = 'account_deleted' | 'disconnected' | 'published' | 'made' | 'last_contact';

/** How long one class of data is kept. The privacy page is written from it. */
export interface Keeping {
  id: string;
  /** The class of data, as a person would call it. */
  what: string;
  /** What ends the keeping. Empty: it may stay. */
  ends: readonly End[];
  /** In words; `{0}`, `{1}` stand for the days of `ends`. */
  said: string;
}

export interface End {
  after: Beginning;
  /** How long after it, at most. */
  days: number;
  /** Done at once; `days` is the outer bound. */
  atOnce?: true;
}

const year = 365;

/** Every class of data there is, and its end. */
export const retention: readonly Keeping[] = [
  {
    id: 'account', what: 'Your account: name, e-mail address, hash of your password', ends: [{ after: 'account_deleted', days: 30 }],
    said: 'Until you delete the account, then purged within {0}.',
  },
  {
    id: 'grants', what: 'Access to the accounts you connect',
    ends: [{ after: 'disconnected', days: 30, atOnce: true }, { after: 'account_deleted', days: 30, atOnce: true }],
    said: 'Until you disconnect the channel or delete the account, then purged at once; {0} at the very most.',
  },
  {
    id: 'content', what: 'Drafts, scheduled posts and uploaded media', ends: [{ after: 'published', days: 90 }, { after: 'account_deleted', days: 30 }],
    said: 'Until published and then {0}, so that you can look it up and repeat it; or until you delete the account, then purged within {1}.',
  },
  {
    id: 'publications', what: 'Records of published posts: where, when and how it ended, not the content', ends: [{ after: 'account_deleted', days: 30 }],
    said: 'Until you delete the account, then purged within {0}.',
  },
  { id: 'billing', what: 'Bills and invoices', ends: [{ after: 'made', days: 7 * year }], said: '{0}, because the law asks for it.' },
  { id: 'logs', what: 'Server logs: IP addresses and requests', ends: [{ after: 'made', days: 90 }], said: '{0}, rolling.' },
  {
    id: 'support', what: 'What you and we wrote to each other', ends: [{ after: 'last_contact', days: 3 * year }, { after: 'account_deleted', days: 0 }],
    said: '{0} after the last message, or until you delete the account, whichever is later.',
  },
  { id: 'deletions', what: 'That a network asked to delete an account’s data: when and how much, not whose', ends: [], said: 'It stays, so that the request can be followed.' },
  { id: 'aggregates', what: 'Sums that identify nobody, such as posts in a month', ends: [], said: 'They may stay.' },
];

export function keepText({ said, ends }: Keeping): string {
  return ends.reduce((text, { days }, n) => text.replaceAll(`{${n}}`, spanOf(days)), said);
}

function spanOf(days: number): string {
  return days % year === 0 && days > 0 ? `${days / year} years` : `${days} days`;
}

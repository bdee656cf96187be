/**
 * What starts the clock of a keep-time. `published`: the last publication of a post came to its end, well or not; of a file,
 * the last post that used it. `expired`: it carries its own end.
 */
export type Beginning = 'account_deleted' | 'disconnected' | 'published' | 'made' | 'last_contact' | 'expired' | 'deleted';

/** How long one class of data is kept. The privacy page is written from it, the nightly prune acts on it, tests hold both to it. */
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
  days: number;
  /** Done at once; `days` is the outer bound. */
  atOnce?: true;
  /** `days` is the outer bound: it goes the night before, so that it is never kept longer. */
  atMost?: true;
}

const year = 365;
export const day = 24 * 60 * 60 * 1000;

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
    id: 'connections', what: 'What a connected account is known by: its ids, name and picture', ends: [{ after: 'disconnected', days: 30, atMost: true }, { after: 'account_deleted', days: 30 }],
    said: 'Until you disconnect the channel, then {0} at most, so that you can connect it again and find everything in its place; or until you delete the account, then purged within {1}.',
  },
  {
    id: 'content', what: 'Drafts, scheduled posts and uploaded media', ends: [{ after: 'published', days: 90 }, { after: 'account_deleted', days: 30 }],
    said: 'Until published and then {0}, so that you can look it up and repeat it; or until you delete the account, then purged within {1}. What failed or was canceled goes after the same time. Drafts, and media that no post has used, stay until you delete them.',
  },
  { id: 'unsaved', what: 'What you typed and did not save', ends: [{ after: 'made', days: 30 }, { after: 'account_deleted', days: 30 }], said: '{0} after you last typed, unless you save it or throw it away.' },
  {
    id: 'bin', what: 'Posts you deleted', ends: [{ after: 'deleted', days: 30 }, { after: 'account_deleted', days: 30 }],
    said: '{0}, so that you can take them back; or until you delete the account, then purged within {1}.',
  },
  { id: 'undos', what: 'How to undo what you did a moment ago', ends: [{ after: 'made', days: 2 }], said: '{0} at most.' },
  {
    id: 'publications', what: 'Records of published posts: where, when and how it ended, not the content', ends: [{ after: 'account_deleted', days: 30 }],
    said: 'Until you delete the account, then purged within {0}.',
  },
  {
    id: 'intake', what: 'Your number at a messenger from which you send drafts, and which message became which draft',
    ends: [{ after: 'disconnected', days: 30, atOnce: true }, { after: 'account_deleted', days: 30, atOnce: true }, { after: 'made', days: 2 }],
    said: 'The number until you unlink it or delete the account, then purged at once, {0} at the very most; the rest {2}.',
  },
  { id: 'billing', what: 'Bills and invoices', ends: [{ after: 'made', days: 7 * year }], said: '{0}, because the law asks for it.' },
  { id: 'logs', what: 'Server logs: IP addresses and requests', ends: [{ after: 'made', days: 90 }], said: '{0}, rolling.' },
  {
    id: 'support', what: 'What you and we wrote to each other', ends: [{ after: 'last_contact', days: 3 * year }, { after: 'account_deleted', days: 0 }],
    said: '{0} after the last message, or until you delete the account, whichever is later.',
  },
  {
    id: 'mails', what: 'That a mail was sent to you: when, of which kind, to which address', ends: [{ after: 'made', days: 90 }],
    said: '{0}. What stood in it is deleted as soon as it is sent.',
  },
  { id: 'notices', what: 'That you were told of a change of the policy or of a breach, and when', ends: [{ after: 'made', days: 3 * year }], said: '{0}; without your name once you delete the account.' },
  { id: 'sessions', what: 'Where you are logged in: your browser’s name and when', ends: [{ after: 'expired', days: 0 }], said: 'Until you log out or the session ends.' },
  {
    id: 'audit', what: 'The log of a workspace: who did what there, and when. No addresses, nothing anybody wrote', ends: [{ after: 'account_deleted', days: 30 }],
    said: 'Until the workspace is deleted, then purged within {0}. Of a person who deletes the account it keeps that one person did it, and not who.',
  },
  { id: 'invitations', what: 'Invitations: the address, by whom and as what', ends: [{ after: 'made', days: 37 }], said: '{0}: seven days to accept, and a month in which the log can still say who was meant.' },
  { id: 'two_factor', what: 'The secret of your second step at log-in and its recovery codes, sealed', ends: [{ after: 'account_deleted', days: 30 }], said: 'Until you switch it off, then purged at once; or until you delete the account, then purged within {0}.' },
  { id: 'devices', what: 'Browsers you logged in with, so that a new one is noticed', ends: [{ after: 'last_contact', days: 1 * year }, { after: 'account_deleted', days: 30 }], said: '{0} after the last log-in with it, or until you delete the account, then purged within {1}.' },
  { id: 'passing', what: 'What is needed in passing, such as a connection being made', ends: [{ after: 'expired', days: 0 }], said: 'Minutes to hours.' },
  { id: 'copies', what: 'Copies of the database from before an upgrade or a restore', ends: [{ after: 'made', days: 14 }], said: '{0}.' },
  { id: 'calls', what: 'That a network called us, as a fingerprint of the call', ends: [{ after: 'made', days: 30 }], said: '{0}, so that the same call again changes nothing.' },
  { id: 'prunings', what: 'How much was deleted, by which rule', ends: [{ after: 'made', days: 2 * year }], said: '{0}. It identifies nobody.' },
  { id: 'deletions', what: 'That a network asked to delete an account’s data: when and how much, not whose', ends: [], said: 'It stays, so that the request can be followed.' },
  { id: 'erasures', what: 'That something was deleted: a random number, when, and how much', ends: [], said: 'It stays, so that a backup that is put back does not bring it back.' },
  {
    id: 'requests', what: 'That you used one of your rights: which, when, and what came of it', ends: [{ after: 'last_contact', days: 3 * year }],
    said: '{0} after the answer, to show that it was given; without your name and words once the account is deleted.',
  },
  { id: 'exports', what: 'Copies of your data that you asked for, and archives you brought in', ends: [{ after: 'made', days: 7 }], said: '{0}, then the file is removed.' },
  { id: 'aggregates', what: 'Sums that identify nobody, such as posts in a month', ends: [], said: 'They may stay.' },
];

export function keepText({ said, ends }: Keeping): string {
  return ends.reduce((text, { days }, n) => text.replaceAll(`{${n}}`, spanOf(days)), said);
}

/** How long (days) a class of data is kept after something. */
export function keepDays(id: string, after: Beginning): number {
  return endOf(id, after).days;
}

/** What began at or before this (epoch ms) is over at `at`, and the nightly prune takes it. */
export function cutoffOf(id: string, after: Beginning, at: number): number {
  const { days, atMost } = endOf(id, after);
  return at - (atMost ? days - 1 : days) * day;
}

/** When what began at `began` goes (epoch ms): the night after which `cutoffOf` reaches it. */
export function endOfKeeping(id: string, after: Beginning, began: number): number {
  const { days, atMost } = endOf(id, after);
  return began + (atMost ? days - 1 : days) * day;
}

function endOf(id: string, after: Beginning): End {
  const end = retention.find((one) => one.id === id)?.ends.find((one) => one.after === after);
  if (!end) throw new Error(`The table of keep-times says nothing of "${id}" after "${after}".`);
  return end;
}

function spanOf(days: number): string {
  if (days % year !== 0 || days === 0) return `${days} days`;
  return days === year ? '1 year' : `${days / year} years`;
}

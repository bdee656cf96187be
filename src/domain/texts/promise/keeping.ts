/**
 * What is kept, and for how long: every class of data as a person would call it, and its end in words. `{0}`, `{1}` stand for
 * the days that `domain/promise/retention.ts` has for it.
 */
export const keepingTexts = {
  account: { what: 'Your account: name, e-mail address, hash of your password', said: 'Until you delete the account, then purged within {0}.' },
  grants: {
    what: 'Access to the accounts you connect',
    said: 'Until you disconnect the channel or delete the account, then purged at once; {0} at the very most.',
  },
  connections: {
    what: 'What a connected account is known by: its ids, name and picture',
    said: 'Until you disconnect the channel, then {0} at most, so that you can connect it again and find everything in its place; or until you delete the account, then purged within {1}.',
  },
  content: {
    what: 'Drafts, scheduled posts and uploaded media',
    said: 'Until published and then {0}, so that you can look it up and repeat it; or until you delete the account, then purged within {1}. What failed or was canceled goes after the same time. Drafts, and media that no post has used, stay until you delete them; so do labels, groups of channels and sets of hashtags.',
  },
  unsaved: { what: 'What you typed and did not save', said: '{0} after you last typed, unless you save it or throw it away.' },
  bin: { what: 'Posts you deleted', said: '{0}, so that you can take them back; or until you delete the account, then purged within {1}.' },
  undos: { what: 'How to undo what you did a moment ago', said: '{0} at most.' },
  publications: {
    what: 'Records of published posts: where, when and how it ended, not the content',
    said: 'Until you delete the account, then purged within {0}.',
  },
  intake: {
    what: 'Your number at a messenger from which you send drafts, and which message became which draft',
    said: 'The number until you unlink it or delete the account, then purged at once, {0} at the very most; the rest {2}.',
  },
  billing: { what: 'Bills and invoices', said: '{0}, because the law asks for it.' },
  logs: { what: 'Server logs: IP addresses and requests', said: '{0}, rolling.' },
  support: { what: 'What you and we wrote to each other', said: '{0} after the last message, or until you delete the account, whichever is later.' },
  mails: {
    what: 'That a mail was sent to you: when, of which kind, to which address',
    said: '{0}. What stood in it is deleted as soon as it is sent.',
  },
  notices: {
    what: 'That you were told of a change of the policy or of a breach, and when',
    said: '{0}; without your name once you delete the account.',
  },
  sessions: { what: 'Where you are logged in: your browser’s name and when', said: 'Until you log out or the session ends.' },
  audit: {
    what: 'The log of a workspace: who did what there, and when. No addresses, nothing anybody wrote',
    said: 'Until the workspace is deleted, then purged within {0}. Of a person who deletes the account it keeps that one person did it, and not who.',
  },
  invitations: {
    what: 'Invitations: the address, by whom and as what',
    said: '{0}: seven days to accept, and a month in which the log can still say who was meant.',
  },
  two_factor: {
    what: 'The secret of your second step at log-in and its recovery codes, sealed',
    said: 'Until you switch it off, then purged at once; or until you delete the account, then purged within {0}.',
  },
  devices: {
    what: 'Browsers you logged in with, so that a new one is noticed',
    said: '{0} after the last log-in with it, or until you delete the account, then purged within {1}.',
  },
  passing: { what: 'What is needed in passing, such as a connection being made', said: 'Minutes to hours.' },
  copies: { what: 'Copies of the database from before an upgrade or a restore', said: '{0}.' },
  calls: { what: 'That a network called us, as a fingerprint of the call', said: '{0}, so that the same call again changes nothing.' },
  prunings: { what: 'How much was deleted, by which rule', said: '{0}. It identifies nobody.' },
  deletions: {
    what: 'That a network asked to delete an account’s data: when and how much, not whose',
    said: 'It stays, so that the request can be followed.',
  },
  erasures: {
    what: 'That something was deleted: a random number, when, and how much',
    said: 'It stays, so that a backup that is put back does not bring it back.',
  },
  requests: {
    what: 'That you used one of your rights: which, when, and what came of it',
    said: '{0} after the answer, to show that it was given; without your name and words once the account is deleted.',
  },
  exports: { what: 'Copies of your data that you asked for, and archives you brought in', said: '{0}, then the file is removed.' },
  aggregates: { what: 'Sums that identify nobody, such as posts in a month', said: 'They may stay.' },
} as const;

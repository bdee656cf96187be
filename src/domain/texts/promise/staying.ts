/** Why the rows of a table stay when nothing in the table of keep-times takes them. */
export const stayingTexts = {
  migrations: 'Says which version made the database; nothing of anybody.',
  erasures: 'That and when something was deleted, and how much; whose it was is emptied when it is done.',
  requests: 'That a right was used and answered, so that it can be shown; the person’s words go with the account, the record 3 years after the answer.',
  notes: 'What networks told this instance about itself and their servers, sealed; what is about an account is forgotten with its connection.',
  cursors: 'How far a bot has read: a number per network.',
  policy_versions: 'What the public pages said and say; nothing of anybody.',
  notices: 'What was announced to people and when, without whom.',
  settings: 'What the operator configured; the person who did is forgotten with their account.',
  checks: 'How the last try of a network’s set-up ended, one row per network.',
  deletion_requests: 'That and when a network asked for a deletion, without whose it was, so that the request can be followed.',
  billing_prices: 'What prices cost, as Stripe said last; nothing of anybody.',
  billing_endings: 'Customer ids of erased workspaces, each until Stripe has deleted the customer; an hour as a rule.',
} as const;

/** What becomes of a table's rows in the end: a class of the table of keep-times, the parent they go with, or why they stay. */
export type Coverage = { by: string } | { with: string } | { stays: string };

/**
 * Every table there is. A test compares it with the database, so that no table can be forgotten, and looks whether what
 * goes `with` a parent really does.
 */
export const tables: Readonly<Record<string, Coverage>> = {
  migrations: { stays: 'Says which version made the database; nothing of anybody.' },

  users: { by: 'account' },
  workspaces: { by: 'account' },
  members: { with: 'users' },
  sessions: { by: 'sessions' },
  invitations: { by: 'invitations' },
  devices: { by: 'devices' },
  two_factor: { with: 'users' },
  login_steps: { by: 'passing' },
  audit_log: { with: 'workspaces' },

  erasures: { stays: 'That and when something was deleted, and how much; whose it was is emptied when it is done.' },
  requests: { stays: 'That a right was used and answered, so that it can be shown; the person’s words go with the account, the record 3 years after the answer.' },
  copies: { by: 'exports' },
  imports: { by: 'exports' },
  imported: { with: 'workspaces' },
  email_changes: { by: 'passing' },

  connections: { by: 'connections' },
  channels: { by: 'connections' },
  disconnected_channels: { with: 'channels' },
  channel_groups: { with: 'workspaces' },
  grouped_channels: { with: 'channels' },
  connecting: { by: 'passing' },
  notes: { stays: 'What networks told this instance about itself and their servers, sealed; what is about an account is forgotten with its connection.' },
  cursors: { stays: 'How far a bot has read: a number per network.' },

  keys: { with: 'workspaces' },
  promised_posts: { by: 'passing' },
  intake_links: { with: 'members' },
  intake_invites: { by: 'intake' },
  intake_drafts: { by: 'intake' },
  intake_parts: { with: 'intake_drafts' },
  intake_heard: { by: 'intake' },

  posts: { by: 'content' },
  variants: { by: 'content' },
  media: { by: 'content' },
  post_media: { by: 'content' },
  labels: { with: 'workspaces' },
  post_labels: { with: 'posts' },
  hashtag_sets: { with: 'workspaces' },
  undos: { by: 'undos' },
  autosaves: { by: 'unsaved' },
  publications: { by: 'publications' },
  attempts: { with: 'publications' },
  steps: { with: 'publications' },
  holds: { by: 'passing' },
  budgets: { by: 'passing' },
  local_entries: { by: 'content' },

  mails: { by: 'mails' },
  links: { by: 'passing' },
  mail_choices: { with: 'users' },
  news_marks: { by: 'mails' },
  support_threads: { by: 'support' },
  support_messages: { with: 'support_threads' },
  policy_versions: { stays: 'What the public pages said and say; nothing of anybody.' },
  notices: { stays: 'What was announced to people and when, without whom.' },
  notice_recipients: { by: 'notices' },

  settings: { stays: 'What the operator configured; the person who did is forgotten with their account.' },
  checks: { stays: 'How the last try of a network’s set-up ended, one row per network.' },
  heeded_calls: { by: 'calls' },
  deletion_requests: { stays: 'That and when a network asked for a deletion, without whose it was, so that the request can be followed.' },

  billing_accounts: { with: 'workspaces' },
  billing_invoices: { by: 'billing' },
  billing_events: { by: 'calls' },
  billing_prices: { stays: 'What prices cost, as Stripe said last; nothing of anybody.' },
  billing_endings: { stays: 'Customer ids of erased workspaces, each until Stripe has deleted the customer; an hour as a rule.' },

  aggregates: { by: 'aggregates' },
  prune_runs: { by: 'prunings' },
  prunings: { with: 'prune_runs' },
};

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
  mails: { with: 'users' },

  connections: { by: 'connections' },
  channels: { by: 'connections' },
  disconnected_channels: { with: 'channels' },
  connecting: { by: 'passing' },
  notes: { stays: 'What networks told this instance about itself and their servers, sealed; what is about an account is forgotten with its connection.' },
  cursors: { stays: 'How far a bot has read: a number per network.' },

  keys: { with: 'workspaces' },
  promised_posts: { by: 'passing' },

  posts: { by: 'content' },
  variants: { by: 'content' },
  media: { by: 'content' },
  post_media: { by: 'content' },
  labels: { with: 'workspaces' },
  post_labels: { with: 'posts' },
  undos: { by: 'undos' },
  autosaves: { by: 'unsaved' },
  publications: { by: 'publications' },
  attempts: { with: 'publications' },
  steps: { with: 'publications' },
  holds: { by: 'passing' },
  budgets: { by: 'passing' },
  local_entries: { by: 'content' },

  settings: { stays: 'What the operator configured; the person who did is forgotten with their account.' },
  checks: { stays: 'How the last try of a network’s set-up ended, one row per network.' },
  heeded_calls: { by: 'calls' },
  deletion_requests: { stays: 'That and when a network asked for a deletion, without whose it was, so that the request can be followed.' },

  aggregates: { by: 'aggregates' },
  prune_runs: { by: 'prunings' },
  prunings: { with: 'prune_runs' },
};

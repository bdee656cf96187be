import { stayingTexts as t } from '../../domain/texts/promise/staying.ts';

/** What becomes of a table's rows in the end: a class of the table of keep-times, the parent they go with, or why they stay. */
export type Coverage = { by: string } | { with: string } | { stays: string };

/**
 * Every table there is. A test compares it with the database, so that no table can be forgotten, and looks whether what
 * goes `with` a parent really does.
 */
export const tables: Readonly<Record<string, Coverage>> = {
  migrations: { stays: t.migrations },

  users: { by: 'account' },
  workspaces: { by: 'account' },
  members: { with: 'users' },
  first_runs: { with: 'workspaces' },
  sessions: { by: 'sessions' },
  invitations: { by: 'invitations' },
  devices: { by: 'devices' },
  two_factor: { with: 'users' },
  login_steps: { by: 'passing' },
  audit_log: { with: 'workspaces' },

  erasures: { stays: t.erasures },
  requests: { stays: t.requests },
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
  notes: { stays: t.notes },
  cursors: { stays: t.cursors },

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
  media_labels: { with: 'media' },
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
  policy_versions: { stays: t.policy_versions },
  notices: { stays: t.notices },
  notice_recipients: { by: 'notices' },

  settings: { stays: t.settings },
  checks: { stays: t.checks },
  heeded_calls: { by: 'calls' },
  deletion_requests: { stays: t.deletion_requests },

  billing_accounts: { with: 'workspaces' },
  billing_invoices: { by: 'billing' },
  billing_events: { by: 'calls' },
  billing_prices: { stays: t.billing_prices },
  billing_endings: { stays: t.billing_endings },

  aggregates: { by: 'aggregates' },
  prune_runs: { by: 'prunings' },
  prunings: { with: 'prune_runs' },
};

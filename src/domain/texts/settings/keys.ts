import type { Scope } from '../../actor.ts';

/** Keys with which programs act for the workspace. */
export const keyTexts = {
  title: 'Keys',
  lead: 'Let n8n, Make, a script or an assistant schedule posts here. Whatever was made for Postiz works with the address {url} and a key in place of its own.',
  scopes: {
    read: { label: 'Read', help: 'See channels, posts and what went wrong.' },
    write: { label: 'Write', help: 'Make, change and delete posts, upload files, connect and disconnect channels.' },
  } satisfies Record<Scope, { label: string; help: string }>,
  may: (labels: readonly string[]) => labels.join(' and ').toLowerCase(),
  list: 'Keys of this workspace',
  none: 'None yet.',
  fresh: { title: 'Your new key', says: 'Copy it now. It is shown this once and cannot be had back.', label: 'Key' },
  make: {
    title: 'New key', name: 'Name', nameHelp: 'What will use it, so that you know later.', example: 'n8n', may: 'It may', button: 'Make the key',
  },
  made: 'Made {when}.',
  madeBy: 'Made {when} by {name}.',
  unused: ' Not used yet.',
  used: ' Last used {when}.',
  revoke: 'Revoke',
  revoked: 'Revoked. Nobody gets in with it any more.',
} as const;

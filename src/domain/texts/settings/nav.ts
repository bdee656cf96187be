/** The pages of the settings. */
export const navTexts = {
  label: 'Settings',
  you: 'You', workspace: 'Workspace', instance: 'Instance',
  account: 'Profile', security: 'Security', mails: 'Mails', privacy: 'Privacy', support: 'Support',
  general: 'General', members: 'Members', intake: 'Drafts by chat', billing: 'Billing', keys: 'Keys', log: 'Log',
  networks: 'Networks', instancePage: 'Instance', people: 'People', subscribers: 'Subscribers', requests: 'Requests', inbox: 'Inbox', outbox: 'Outbox', policy: 'Policy',
} as const;

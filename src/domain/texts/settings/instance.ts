/** What the instance is called, who runs it, and through which server it mails. */
export const instanceTexts = {
  title: 'Instance',
  lead: 'Everybody reads this on the pages <privacy>Privacy</privacy>, <terms>Terms</terms> and <deletion>Deleting your data</deletion>, and so do the reviewers of networks.',
  missing: (labels: readonly string[]) => `Still missing: ${labels.join(', ').toLowerCase()}.`,
  selling: 'Subscriptions: nothing is sold here, and everything is allowed. <a>Sell subscriptions with Stripe</a>',
  setUp: 'Address, media and backup are looked at under <a>Setting up</a>.',
  fromEnvironment: ' Set by the environment as {name}.',
  save: 'Save',
  saved: 'Saved.',

  mail: {
    title: 'Mails',
    out: 'Mails go out. What waits, and what became of it, stands in the <outbox>outbox</outbox>.',
    waits: 'No mail goes out yet. What waits, and what became of it, stands in the <outbox>outbox</outbox>.',
    kept: (server: string) => ` Now ${server}; leave it empty to keep it with its user and password.`,
    user: 'User name', userHelp: 'Often the mail address. Empty where the server asks for none.',
    password: 'Password', passwordHelp: 'Of the mailbox, or what the provider calls an app password.',
    forget: 'Forget the saved mail server',
    tested: 'Tested {when}',
    test: 'Send me a test mail',
  },
} as const;

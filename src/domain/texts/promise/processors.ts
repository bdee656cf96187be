/** Who gets to see data. */
export const processorsTexts = {
  intro: (name: string) => `Data of ${name} is seen by nobody but those named here, each for its purpose and no other. There is no advertising, no analytics by others, and no sale.`,
  toRun: 'To run the service',
  operator: 'Runs the servers. Everything is stored there: accounts, content, media, access to networks (encrypted), logs.',
  mail: 'Carries the mails to you: your e-mail address and what stands in the mail.',
  stripe: 'Stripe',
  stripeText: 'Takes payments: name, e-mail address, card and invoices of whoever pays. Card details go to it directly.',
  networks: 'The networks, when you connect them',
  networksText: 'A network gets what you publish there, when it is due, and that it comes through this service. While you write it is asked what your account may post there, and who goes by the name that you type after an @. Nothing goes to a network that you have not connected. Each one answers for what it does with it.',
  ownPolicy: 'Its own privacy policy holds there.',
  changes: 'Changes',
  changesText: 'A change that matters is mailed to every account and shown in the dashboard at least 14 days before it takes effect.',
} as const;

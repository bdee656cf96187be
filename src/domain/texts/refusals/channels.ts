/** What is said about connecting channels, and what networks ask of us. */
export const channelRefusals = {
  keyOwnerGone: 'Whoever made this key has no account here any more. Make a new key to connect channels with.',
  stateOver: 'This connection was begun elsewhere, or more than ten minutes ago. Begin again.',
  frozen: 'This workspace is frozen: nothing is asked at networks. Lift that under Settings, Privacy first.',
  tryAgain: 'Try again in a moment.',
  networkSays: (network: string, said: string, fix: string) => `${network}: ${said} ${fix}`.trim(),

  otherAccount: (name: string, accountName: string) => `You logged in as ${name}, but this channel belongs to ${accountName}. Log in there and try again.`,
  disconnected: 'This connection was disconnected.',

  // Calls of networks
  notListening: 'Nothing listens here.',
  deletionAsked: (network: string) => `The owner of this account asked ${network} to have its data deleted here.`,
  deletionAskedFix: 'Connect the account again if this was not meant, and schedule the post anew.',

  // More of connecting
  thisInstance: 'this instance',

  notSetUp: (name: string, missing: string) => `${name} is not set up on this instance yet: ${missing} is missing. Ask whoever runs it.`,
  otherWay: (name: string) => `${name} is not connected this way.`,

  noPlace: (name: string, name2: string) => `${name} shows no place to publish for ${name2}.`,

  someNetwork: 'the network',
} as const;

/** What connecting, disconnecting and sorting of channels says where it cannot be done. */
export const channelRefusals = {
  keyWithoutPerson: 'Whoever made this key has no account here any more. Make a new key to connect channels with.',
  notSetUp: (network: string, missing: string) => `${network} is not set up on this instance yet: ${missing} is missing. Ask whoever runs it.`,
  otherWay: (network: string) => `${network} is not connected this way.`,
  /** The network sent the person back without giving access. */
  saidNo: (network: string) => `${network} did not connect. Begin again when you are ready.`,
  begunElsewhere: 'This connection was begun elsewhere, or more than ten minutes ago. Begin again.',
  frozen: 'This workspace is frozen: nothing is asked at networks. Lift that under Settings, Privacy first.',
  tryAgain: 'Try again in a moment.',
  /** What the network said, and what can be done about it. */
  said: (network: string, message: string, fix: string) => `${network}: ${message}${fix === '' ? '' : ` ${fix}`}`,
  otherAccount: (account: string, owner: string) => `You logged in as ${account}, but this channel belongs to ${owner}. Log in there and try again.`,
  noPlace: (network: string, account: string) => `${network} shows no place to publish for ${account}.`,
  disconnected: 'This connection was disconnected.',
  /** Beside the name of a page inside this instance. */
  here: 'this instance',

  groupWithoutName: 'Give the group a name.',
  groupTooLong: (most: number) => `The name of a group takes at most ${most} characters.`,
  groupTaken: 'There is a group of this name already.',
  groupGone: 'This group is no longer there.',
  tooManyGroups: (most: number) => `There are ${most} groups already. Delete one that is no longer used.`,
  channelGone: 'This channel is no longer there.',
  nameTooLong: (most: number) => `A name takes at most ${most} characters.`,
  alreadyPaused: 'Publishing on this channel is paused already.',
  notPaused: 'Publishing on this channel is not paused.',

  // Calls of networks
  notListening: 'Nothing listens here.',
  deletionAsked: (network: string) => `The owner of this account asked ${network} to have its data deleted here.`,
  deletionAskedFix: 'Connect the account again if this was not meant, and schedule the post anew.',
  someNetwork: 'the network',
} as const;

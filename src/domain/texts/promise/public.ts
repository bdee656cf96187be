/** The pages that anybody may read, beside the policy itself. */
export const publicTexts = {
  from: (operatorName: string) => `From ${operatorName}`,

  unnamedOperator: 'This instance is run by whoever gave you its address.',

  // Deleting data
  oneAccount: 'One connected account',
  oneAccountHow: 'Log in to {name}, open <channels>Channels</channels> and press <strong>Disconnect</strong> beside it. Its access is deleted at once, and the network is told where it can be told. Then press <strong2>Remove</strong2> to take the channel out of the list.',
  atNetworks: 'You can also take access away at the network itself:',
  wholeAccount: 'Your whole account here',
  wholeAccountHow: 'Log in, open <privacy>Settings, Privacy</privacy> and press <strong>Delete your account</strong>. You can undo it while it waits, or have it deleted at once. {purged}',
  cannotLogIn: 'Write to {whom} from the e-mail address of your account if you can no longer log in. You have an answer within 30 days.',
  follow: 'Follow a request',
  followCode: 'Code that the network gave you',
  look: 'Look',
  nothingKept: 'Of this account nothing was kept here when the request came.',
  askedThrough: 'Asked through',
  askedAndDone: 'Asked and done',
  utc: (day: string, clock: string) => `${day} ${clock} UTC`,
  code: 'Code',
  staysOut: 'Posts that are out stay at the network until you delete them there. Write to {whom} if you have a question.',

  keepAddress: 'Keep this address if you want to look again: nobody can find it for you. Write to {whom} if you have a question.',

  // Networks
  askedFor: 'Asked for:',

  // Versions
  versionsTitle: 'Versions of our policy',
  versionsLead: 'Everything that these pages have said, and what they will say.',
  inEffect: 'In effect',
  announced: 'Announced',
  announcedToAll: 'Announced to everybody.',
  versionUnknown: 'No such version',
  addressWhole: 'Look whether the address is copied whole.',
  allVersions: 'All versions',
  effectiveOn: (day: string) => `Takes effect on ${day}.`,
  effectiveSince: (day: string) => `In effect since ${day}.`,
  effectiveUntil: (day: string) => `In effect from ${day} and replaced since.`,
  ourPolicy: 'Our policy',

  onlyYouSee: 'Only you see this: the page does not say {missing} yet. <instance>Fill it in</instance>',
  changesOn: 'This changes on {day}. <link>Read what will hold then</link>',
  earlierVersions: 'Earlier versions',
  deletingTitle: 'Deleting your data',
  deletedTitle: 'Everything is deleted',
  undoneTitle: 'The deletion was undone',
  underWayTitle: 'A deletion is under way',
  requestUnknown: 'No such request',
  requestUnknownLead: 'There is no deletion request with this code. Look whether it is copied whole.',
  dataDeleted: 'Your data is deleted',
  nothingToDelete: 'There was nothing to delete',

  // In sentences
  operatorUnnamed: 'the operator of this instance',
  whoeverRuns: 'whoever runs this instance',
  revokeThere: 'In the settings of your account there, among connected apps or app passwords',
  networkCalls: 'The network tells us, and when you ask for deletion there it gives you a code with which you can follow it here.',
  purged: 'It is purged within {0}.',
  deletedHere: (connections: number, channels: number) => `The access to the account, its ids, its name, the address of its picture, and the ids and addresses of posts are deleted here: ${connections === 1 ? '1 connection' : `${connections} connections`} with ${channels === 1 ? '1 channel' : `${channels} channels`}. What was waiting to be published there is stopped.`,
  usuallyKept: ['the access itself', 'the account’s id', 'its name', 'the address of its profile picture'],
  kept: (what: string) => `Kept: ${what}. Nothing else of the account.`,
  erasure: {
    account: {
      done: 'The account and all that belonged to it is deleted here, and the networks were told that the access ends. Bills, if there are any, stay for the time the law asks for and no longer say whose they are.',
      begun: 'The account can no longer be used. What is on its way to a network settles first, then everything is deleted. Reload this page to see how far it is; you can also leave it.',
      waits: 'The account waits to be deleted. Log in to undo it.',
    },
    workspace: {
      done: 'The workspace and all that belonged to it is deleted here, and the networks were told that the access ends. Bills, if there are any, stay for the time the law asks for and no longer say whose they are.',
      begun: 'The workspace can no longer be used. What is on its way to a network settles first, then everything is deleted. Reload this page to see how far it is; you can also leave it.',
      waits: 'The workspace waits to be deleted. Log in to undo it.',
    },
    undone: 'Nothing was deleted.',
    asked: 'Asked', begins: 'Begins', began: 'Begun', ended: 'Done',
  },
} as const;

/** What is said about the policy, notices and support. */
export const policyRefusals = {
  // A breach notice
  happened: 'What happened',
  happenedHelp: 'When, and how you learned of it.',
  data: 'What data it concerns',
  dataHelp: 'Whose, which kinds, about how much.',
  done: 'What you have done',
  doneHelp: 'To stop it, and so that it does not happen again.',
  todo: 'What they can do',
  todoHelp: 'E.g. choose a new password, reconnect accounts, watch for strange mails.',
  contact: 'Whom to ask',
  contactHelp: 'A name and a way to reach them.',
  fieldMissing: (label: string) => `Fill in “${label}”. The law asks for it.`,
  fieldTooLong: 'Use 5,000 characters or fewer.',
  workspaceGone: 'This workspace is gone. Choose whom to tell again.',

  // The policy
  changedBySettings: 'The settings of this instance or its program changed some words.',
  firstVersion: 'The first version.',
  additionTooLong: (longest: number) => `Use ${longest.toLocaleString('en')} characters or fewer.`,
  summaryMissing: 'Say in a few sentences what changes. Everybody reads it.',
  summaryTooLong: 'Use 3,000 characters or fewer.',
  announcedAlready: 'A change is announced already. Wait until it has taken effect, or take it back first.',
  smallCorrections: 'Small corrections.',
  announcedJustNow: 'Somebody announced a change just now. Reload the page.',
  takenBack: 'The announcement was taken back.',

  // Support
  nameTooLong: 'Use 100 characters or fewer, and none that cannot be seen.',
  conversationDeleted: 'This conversation was deleted. Begin a new one.',
  deletedMeanwhile: 'This conversation was deleted meanwhile. Begin a new one.',
  messageMissing: 'Write what it is about.',
  messageTooLong: (longestMessage: number, count: number) => `A message can have ${longestMessage} characters. This one has ${count}.`,
  tooOften: (n: number) => `That was often. Wait ${n} min and send it again.`,

  // The day of a change
  dayMissing: 'Choose a day.',
  dayTooSoon: (noticeDays: number, earliestDay: string) => `People have ${noticeDays} days to read it: the first day is ${earliestDay}.`,
  dayTooFar: 'Choose a day within a year.',

  // Names
  somebody: 'Somebody',
} as const;

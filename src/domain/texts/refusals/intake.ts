/** What a bot answers whoever sends it drafts. */
export const intakeRefusals = {
  // Commands
  drafts: 'The latest drafts:',
  noDrafts: 'There are no drafts. Send something to make one.',
  upcoming: 'What goes out next:',
  nothingScheduled: 'Nothing is scheduled.',
  nothingToSend: 'There is no draft to send. Send a text, a picture or a video first.',
  stillComingIn: 'The latest is still coming in. Write /next again in a moment.',
  wordless: 'Without words',
  noChannels: (pageUrl: string) => `No channel is connected yet. Connect one here: ${pageUrl}`,
  otherChannels: (pageUrl: string) => `The others are here: ${pageUrl}`,
  channelsToSwitch: 'Where what you send is to go. Press one to switch it.',

  fileUnusable: 'This file cannot be used.',

  // Drafts
  saved: 'Draft saved:',
  updated: 'Draft brought up to date:',
  notScheduled: 'It was not scheduled, because something is missing.',

  // Linking
  nothingLinked: 'Nothing is linked any more. Make a new link first.',
  networkSays: (network: string, said: string, fix: string) => `${network}: ${said} ${fix}`.trim(),
  tryAgain: 'Try again in a moment.',
  linked: (help: string) => `Linked. ${help}\nIf you did not mean to link this chat, write /stop.`,
  channelGone: 'A channel you chose is no longer there. Choose again.',

  // How it is heard
  heardNot: 'Not at all',
  heardByCalls: 'By calls',
  heardByAsking: 'By asking',
  calls: (name: string, address: string) => `${name} calls ${address} with every message.`,
  askedWithoutHttps: (name: string) => `Post Master asks ${name} for new messages, because this instance has no public https address.`,
  askedWithoutCalls: (name: string, why: string) => `Post Master asks ${name} for new messages, because its calls do not arrive. ${why}`,

  // What became of a draft
  goesOutNow: 'It goes out now.',
  scheduledFor: (when: string) => `Scheduled for ${when}.`,
  goesOutNowTo: (where: string) => `It goes out now: ${where}.`,
  scheduledForTo: (when: string, where: string) => `Scheduled for ${when}: ${where}.`,
  lookAtIt: 'Look at it',
  scheduledAlready: 'It was scheduled already.',
  scheduledAlreadyFor: (when: string) => `It was scheduled already for ${when}.`,
  blocked: 'Something stands in the way.',
  mend: 'Mend it',
  channelsFirst: 'Choose channels first.',
  channelsFirstHow: 'No channel is chosen yet, so it is still a draft. Choose with /channels, then write /next.',
  changedShort: 'It was changed since.',
  changedMeanwhile: 'This draft was changed in Post Master since. Send it from there:',
  goneShort: 'This draft is gone.',
  gone: 'This draft is gone: it was discarded.',

  // Buttons
  buttonOver: 'This button is no longer good.',
  mayNotWriteShort: 'You may no longer write in this workspace.',
  notPublished: 'Not published.',
  draft: 'Draft:',
  channelsFirstCommand: 'Choose channels first: /channels',
  publishNowAsked: 'Publish now?',
  publishNowAskedOf: (quoted: string) => `Publish now? ${quoted}`,
  publishNowYes: 'Yes, publish now',
  back: 'Back',
  savedShort: 'Saved.',
  discarded: 'Discarded.',
  changedOrScheduled: 'This was changed or scheduled since. Look at it here:',

  // Answers
  welcome: (workspaceName: string, userName: string, takes: string) => `What you send here becomes a draft in “${workspaceName}”, by ${userName}: ${takes}.`,
  stranger: 'This bot only takes posts from people who have linked it in Post Master. Nothing of what you sent was kept.',
  linkOver: 'This link is no longer good. Make a new one in Post Master under Settings, Drafts by chat.',
  linkedAlready: (workspaceName: string, userName: string) => `This chat is linked already: to “${workspaceName}”, as ${userName}. To change that write /stop first, then open the link again.`,
  mayNotWrite: 'You may no longer write in this workspace, so this was not taken. Whoever runs the workspace can change that. /stop unlinks this chat.',
  commandUnknown: 'This command is not known. /help says which there are.',
  nextFree: 'Next free slot',
  publishNow: 'Publish now',
  discard: 'Discard',
  withOneFile: 'With 1 file.',
  withFiles: (files: number) => `With ${files} files.`,
  noChannelChosen: 'No channel is chosen yet: /channels',
  forChannels: (channels: string) => `For ${channels}.`,
  stillDraft: 'It is still a draft. This stands in the way:',
  mendHere: (pageUrl: string) => `Mend it here: ${pageUrl}`,
  tooOld: (pageUrl: string) => `This message is too old to change its draft from here. Change it in Post Master: ${pageUrl}`,
  tooLarge: (name: string, most: string, url: string) => `${name} is larger than ${most}, and bots are given no more. Add it here instead: ${url}`,
  nothingInIt: 'There was nothing in it to make a draft of. Send a text, a picture or a video.',
  draftMoved: (pageUrl: string) => `This draft was changed or scheduled since, so what you sent was not added to it. Change it here: ${pageUrl}`,
  draftDiscarded: 'This draft was discarded, so what you sent was not added to it. Send it again as a new one.',
  frozen: (publicUrl: string) => `Your workspace is frozen, so nothing is taken in, and this was not kept. Unfreeze it, then send it again: ${publicUrl}/settings/privacy`,

  // Files and commands
  fileRefused: (name: string, message: string) => `${name}: ${message} Send it again.`,

  fileNotFetched: (name: string, name2: string) => `${name} could not be fetched from ${name2}. Send it again.`,

  notSetUp: (name: string) => `${name} is not set up on this instance yet. Ask whoever runs it.`,
  noBot: (name: string) => `${name} has no bot.`,

  open: 'Open',

  commandNext: 'put the latest draft into the next free slot; in front of a text or in a caption it does so at once',
  commandDrafts: 'the latest drafts',
  commandQueue: 'what goes out next',
  commandChannels: 'choose where your posts go',
  commandStop: 'unlink this chat',
  commandHelp: 'this list',
  stopped: 'Unlinked. Your number here is deleted from Post Master; your drafts stay where they are.',
} as const;

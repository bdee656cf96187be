/** What is said about posts and labels. */
export const postRefusals = {
  // Saving
  deletedWhileWriting: 'This post was deleted meanwhile. Copy your text and start a new one.',
  contentDeleted: 'The content of this post was deleted, for its time was over. Save what you have written as a new post.',
  savedByOthers: 'Somebody else saved this post while you were writing. Open it in another tab, and copy over what you need.',
  publishingAlready: 'This post is being published already and can no longer be changed.',
  channelGone: 'A channel you chose is no longer there. Choose again.',
  timeMalformed: 'This is not a date and time.',
  textMissing: 'Write something first.',
  channelMissing: 'Choose where it shall go.',

  // Checks
  fileGone: 'A file is no longer there. Add it again.',
  waitMalformed: 'Say whole minutes, or leave it empty.',
  waitsTooLong: (longestWaits: number) => `A thread can wait ${longestWaits} hours in all. Make the later parts a post of their own.`,
  timeMissing: 'Choose a date and time.',
  timePast: 'This time is past. Choose a later one, or publish now.',
  timeTooFar: 'This is more than five years ahead. Choose an earlier time.',
  disconnected: (name: string) => `${name} is disconnected. Connect it again, or leave it out.`,
  mustReconnect: (name: string) => `${name} must be reconnected before this can go out.`,

  notAccepted: (name: string) => `${name} no longer accepts this connection. Reconnect the channel.`,

  someOption: 'This option',
  optionTooLong: (label: string, most: number) => `${label} takes at most ${most} characters.`,
  optionTooShort: (label: string, least: number) => `${label} takes at least ${least} characters.`,
  optionTooMuch: (label: string, most: number) => `${label} takes at most ${most}.`,
  optionTooLittle: (label: string, least: number) => `${label} takes at least ${least}.`,

  sameText: (name: string, onWall: string) => `The same text goes to ${name} on ${onWall}.`,
  sameTime: (name: string, onWall: string) => `Another post goes to ${name} at ${onWall}.`,

  // Moving, deleting and undoing
  deletedAlready: 'This post was deleted already.',
  publishedNotDeleted: 'What has been published cannot be deleted here.',
  notInBin: 'It is no longer in the bin.',

  deletedMeanwhile: 'This post was deleted meanwhile.',
  changedMeanwhile: 'Somebody changed this post meanwhile. Look at it, then move it.',
  beyondMoving: 'This post is being published already, or is out. It stays where it is.',
  nothingWaits: 'Nothing of this post waits for its time. Edit it to schedule it again.',

  nothingToUndo: 'There is nothing left to undo.',
  someStayed: (left: number) => `${left} stayed as they are: changed meanwhile, or their time is past.`,
  postChanged: 'It has changed meanwhile, or its time is past. Look at it now.',
  postsChanged: 'They have changed meanwhile, or their time is past. Look at them now.',
  movedBack: 'Moved back.',
  movedBackMany: 'They are back where they were.',
  draftAgain: 'It is a draft again.',
  postBack: 'It is back.',
  postsBack: 'They are back.',
  labelsBack: 'The labels are as they were.',

  // What is out
  stateChanged: 'This has changed meanwhile. Look at its state now.',
  addressMalformed: 'Paste the address of the post, starting with https://.',
  nothingToAttach: 'This post is not one that is out without an id: there is nothing to attach.',
  nothingToCancel: 'There is nothing left to cancel: it has begun.',

  // Labels
  labelMissing: 'Choose a label.',
  labelNameMissing: 'Give the label a name.',
  labelNameTooLong: (longestLabel: number) => `A label takes at most ${longestLabel} characters.`,
  colorUnknown: 'Choose one of the colors.',
  labelNameTaken: 'There is a label of this name already.',
  labelGone: 'This label is no longer there.',
  tooManyLabels: (mostLabels: number) => `There are ${mostLabels} labels already. Delete one that is no longer used.`,

  // Why some of many stayed
  hadLabel: 'they had it already',
  hadNoLabel: 'they did not have it',

  stayedOut: 'being published or out',
  stayedDeleted: 'deleted already',

  stayedDeletedMeanwhile: 'deleted meanwhile',
  stayedChanged: 'changed meanwhile',
  stayedNothingWaits: 'nothing waits in them',
  stayedPast: 'their time would be past',
  stayedWithoutTime: 'no time yet',

  // Options
  networkSilent: (name: string) => `${name} could not be asked.`,

  optionNotNumber: (label: string) => `${label}: this is not a number.`,
  optionNotTime: (label: string) => `${label}: this is not a date and time.`,
  optionNotAddress: (label: string) => `${label}: this is not a web address. It begins with https://.`,
  optionPictureGone: (label: string) => `${label}: this picture is no longer there. Choose another.`,
  optionIsVideo: (label: string) => `${label}: this is a video. Choose a picture.`,
  optionNotOffered: (network: string, label: string) => `${network} does not offer this under “${label}”. Choose again.`,
  optionMissing: (label: string) => `${label} is missing.`,
  optionWrong: (label: string) => `${label} cannot be that. Choose another.`,
} as const;

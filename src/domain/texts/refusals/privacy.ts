/** What is said about deletion, rights, and copies that are taken along or brought in. */
export const privacyRefusals = {
  // Deletion
  confirmMissing: 'Tick this if it shall be deleted at once.',
  ownerChanged: 'This workspace has another owner meanwhile. Look again at what goes along.',
  successorMissing: 'Others use this instance. Give the e-mail address of another account here that shall run it.',
  workspaceGone: 'This workspace is no longer there. Choose another one.',
  nameMismatch: (name: string) => `Type the name as it stands: ${name}`,
  askedAlready: 'This was asked for already.',
  successorGone: 'Whoever shall take over is no longer there. Choose again.',
  nothingToUndo: 'There is nothing to undo.',
  undoByOwner: 'Only the owner of this workspace can undo this.',
  deletionBegun: 'It has begun and can no longer be undone.',

  // Rights
  freezeByAdmin: 'Only an admin can freeze this workspace.',
  frozen: 'The workspace is frozen.',
  unfreezeByAdmin: 'Only an admin can lift this.',
  deletionFirst: 'It is about to be deleted. Undo the deletion first.',
  unfrozen: 'The workspace goes on.',
  leftOut: 'You are left out of all sums.',
  counted: 'You are counted again.',
  wishMissing: 'Write what you would like.',
  wishTooLong: 'Use 5,000 characters or fewer.',
  requestUnknown: 'There is no such request. Reload the page.',
  answerMissing: 'Write an answer.',
  answerTooLong: 'Use 5,000 characters or fewer.',
  answeredByProgram: 'The program answers this one by itself.',
  answeredAlready: 'This was answered already.',

  // Copies
  copyByAdmin: 'Only admins can have a copy of the whole workspace.',
  copyBeingMade: 'A copy is being made for you already. Wait until it is ready.',

  // Archives
  foreignFile: (name: string) => `It has a file that does not belong in it: ${name}`,
  growsTooLarge: 'It says that it becomes far larger when it is unpacked. That is not how these archives are made.',
  largerInside: 'It is larger inside than can be taken in.',
  fileLargerThanArchive: 'A file in it says that it is larger than the archive.',
  aboutMissing: 'It is not a copy of a workspace made by Post Master: about.json is missing.',
  aboutTooLong: 'Its about.json is too long.',
  aboutMalformed: 'Its about.json cannot be understood.',
  otherForm: (version: number, archiveVersion: number) => `It has form ${version}; this Post Master reads form ${archiveVersion}. Update the older of the two.`,
  notAWorkspace: 'It is a copy about a person. Only a copy of a workspace can be brought in.',
  otherNetwork: 'Choose a channel of the same network.',
  takenInAlready: 'This archive is being taken in already.',
  archiveRefused: (message: string) => `This archive cannot be taken in. ${message}`,
  archiveGone: 'This archive is no longer here. Bring it again.',
  importBroke: 'Something went wrong on our side. Bring the archive again: what is here already stays as it is.',
  textless: 'A post in it has no text at all.',

  // Answers of the program
  copyReady: 'The copy is ready on this page.',
  deleted: 'Deleted.',

  // What is wrong in an archive
  fileMissing: (name: string) => `${name} is missing in it.`,
  lineTooLong: (name: string) => `${name} in it has a line that is too long.`,
  rowMalformed: (name: string) => `${name} in it has a row that cannot be understood.`,
  fileDamaged: (name: string) => `${name} in it is damaged.`,
  labelLeftOut: (name: string) => `The label “${name}” was left out: there are as many labels here as there can be.`,
  hashtagSetLeftOut: (name: string) => `The set of hashtags “${name}” was left out: it cannot be kept here as it is.`,
  mediaMissing: (name: string) => `${name}: the file is not in the archive.`,

  // What was done
  frozenMany: (count: number) => `${count} workspaces are frozen.`,
  disconnectedOne: '1 connected account was disconnected.',
  disconnectedMany: (count: number) => `${count} connected accounts were disconnected.`,
} as const;

/** What can be wrong with a ZIP file; `entry` is the file in it that it is about. */
export const zipTexts = {
  none: () => 'This is not a ZIP file, or it is damaged.',
  outside: () => 'It names a file outside of itself.',
  contents: () => 'Its table of contents is damaged.',
  many: (most: string) => `It has more than ${most} files.`,
  encrypted: () => 'It is encrypted.',
  twice: () => 'It has a file twice.',
  missing: (entry: string) => `${entry} is missing in it.`,
  damaged: (entry: string) => `${entry} in it is damaged.`,
} as const;

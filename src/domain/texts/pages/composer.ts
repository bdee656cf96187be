const things = (count: number, one: string) => (count === 1 ? one : `${count} things stand in the way`);

/** The writing page, as the server draws it and as its script does. */
export const composerTexts = {
  newPost: 'New post',
  editPost: 'Edit post',
  lookAgain: 'Look again',
  beside: 'How it will look',
  preview: 'Preview',
  labels: 'Labels',
  versions: 'Versions',
  all: 'All',
  edited: 'edited',
  addPart: 'Add a part to the thread',
  problemCount: (count: number) => (count === 1 ? ' problem' : ' problems'),

  // Where it goes.
  where: 'Where',
  noChannel: 'No channel is connected yet. <connect>Connect one</connect>, then come back.',
  refresh: 'Show what these channels need',
  disconnected: 'disconnected',
  reconnectFirst: 'reconnect first',

  // The parts.
  thePost: 'The post',
  partOf: (n: number, count: number) => `Part ${n} of ${count}`,
  text: 'Text',
  textOfPart: (n: number) => `Text of part ${n}`,
  firstWords: 'What do you want to say?',
  nextWords: 'And then?',
  addFiles: 'Add pictures or videos',
  upload: 'Upload',
  library: 'From the library',
  up: 'Up',
  down: 'Down',
  movePartUp: (n: number) => `Move part ${n} up`,
  movePartDown: (n: number) => `Move part ${n} down`,
  removePart: 'Remove this part',
  wait: 'Minutes after the part before',
  noText: 'no text',
  count: (length: number, max: number) => `${length} of ${max}`,
  tagCount: (count: number, max: number) => `${count} of ${max} hashtags`,

  // Channels' own options.
  required: 'required',
  address: 'https://',
  anotherPicture: 'Another picture',
  addPicture: 'Add a picture',
  sending: 'Sending…',
  remove: 'Remove',
  choicesUnknown: 'The network knows, and was not asked yet',
  chosenBefore: 'As chosen before',
  notOffered: (value: string) => `${value}, no longer offered`,
  onlyFor: (formats: string) => `Only for: ${formats}.`,
  countsWhile: (conditions: string) => `Counts only while ${conditions}.`,
  isTicked: (label: string) => `“${label}” is ticked`,
  isNotTicked: (label: string) => `“${label}” is not ticked`,
  isChosen: (label: string, choice: string) => `“${label}” is “${choice}”`,
  and: ' and ',

  // What stands in the way.
  crop: 'Crop',
  inTheWay: (count: number) => things(count, 'This stands in the way'),
  worthALook: 'Worth a look',
  whose: (name: string) => `${name}: `,
  draftRefused: 'The draft was not saved',
  scheduleRefused: 'It was not scheduled',
  nowRefused: 'It was not sent',
  mended: (attempt: string) => `${attempt}: what stood in the way is mended, try again.`,
  refused: (attempt: string, count: number) => `${attempt}: <list>${things(count, 'one thing stands in the way')}</list>`,

  // The foot of the page.
  saveDraft: 'Save draft',
  publishNow: 'Publish now',
  schedule: 'Schedule',
  filesUnderWay: 'Files are being sent. They go along when they are there.',
  notKept: 'Not kept: Post Master cannot be reached. It is tried again; leave this page open.',
  notSent: 'Nothing was sent: Post Master cannot be reached. What you wrote is still here; try again in a moment.',
  loggedOut: 'You are logged out, so nothing can be kept or sent. <login>Log in in another tab</login>, then go on here: what you wrote stays.',
  elsewhere: 'This browser looks at another workspace by now, or somebody else is logged in. Go back there in another tab, then go on here: what you wrote stays.',
  notAllowed: 'Your role no longer lets you write posts here, so nothing is kept. Copy your text, and ask an admin.',
  gone: 'This post was deleted meanwhile. Save what you wrote, and it becomes a new post.',
  kept: (clock: string) => `Kept at ${clock}, not saved yet.`,
  savedMeanwhile: (clock: string) => `Somebody else saved this post at ${clock}. Open it in another tab and copy over what you need; yours cannot be saved over theirs.`,
  writingToo: (names: string, count: number) => `${names} ${count === 1 ? 'is' : 'are'} writing on this post too.`,
  costs: (amount: string) => `costs ${amount}`,

  // What was not saved.
  unsaved: 'Not saved yet',
  unsavedLine: 'Written {time} and not saved: {words}',
  noWords: 'no text',
  goOn: 'Go on with it',
  throwAway: 'Throw it away',
  thrownAway: 'Thrown away.',
  pageTooOld: 'This page is too old. Save what you wrote.',
  deletedMeanwhile: 'This post was deleted meanwhile. Copy your text.',
  newInItsPlace: 'This post was deleted meanwhile. What you wrote is here as a new post: save it again.',
  contentGone: 'The content of this post is deleted, so it cannot be written on. Write a new post.',

  // What came of saving.
  draftSaved: 'Draft saved.',
  underWay: 'On its way.',
  scheduled: (when: string) => `Scheduled for ${when}.`,

  // The card of a link.
  readingPage: 'Reading the page…',
  pageSilent: 'This page cannot be read, so it has no card here.',
  unreachable: 'Post Master could not be reached.',
} as const;

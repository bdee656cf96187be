/** Files from elsewhere, and stills of videos. */
export const incomingTexts = {
  added: 'Added.',
  failed: 'The file could not be taken in. Try again.',
  posterSet: 'This picture stands for the video now.',
  /** On the page of a video. */
  posterTitle: 'Picture that stands for it',
  posterHelp: 'Shown in calendar, lists and previews until the video plays. Networks show their own, unless a post says otherwise.',
  posterButton: 'Use this picture',
} as const;

/** Files of a post, in the composer. */
export const fileTexts = {
  describe: (name: string) => `Describe ${name}`,
  describeHint: 'For people who cannot see it',
  thisFile: 'this file',
  fileGone: 'A file that is no longer there',
  remove: 'Remove',
  removeNamed: (name: string) => `Remove ${name}`,
  moveUp: (name: string) => `Move ${name} up`,
  moveDown: (name: string) => `Move ${name} down`,
  watch: 'Watch',
  chooseStill: 'Choose its still',
  sending: (name: string) => `Sending ${name}`,
  tryAgain: 'Try again',
  cancel: 'Cancel',
  notArrived: (name: string) => `${name} has not arrived. Try again, or remove it.`,
  /** How many of the pictures of a part say nothing to whoever cannot see them. */
  undescribed: (n: number, all: number) => (n === all ? (all === 2 ? 'Neither picture has a description' : `None of the ${all} pictures has a description`) : `${n} of ${all} pictures ${n === 1 ? 'has' : 'have'} no description`),
  describeNext: 'Describe it',
  altCount: (length: number, max: number) => `${length} of ${max} characters`,
  cropFor: (network: string, shape: string) => `Crop for ${network} (${shape})`,
  adjust: 'Adjust',
  adjustNamed: (network: string) => `Adjust the crop for ${network}`,
  fromAddress: 'From the web',
} as const;

/** The library to choose from. */
export const libraryTexts = {
  title: 'From the library',
  nothing: 'Nothing to choose from yet.',
  nothingFound: 'Nothing like this. Search for something else.',
  showAll: 'Show all files',
  /** For whoever hears how many there are, while it is looked for. */
  found: (n: number, more: boolean) => (more ? `${n} files and more` : n === 1 ? '1 file' : `${n} files`),
  search: 'Search by name or description',
  searchButton: 'Search',
  kinds: 'Which files',
  all: 'All',
  pictures: 'Pictures',
  videos: 'Videos',
  label: 'Label',
  anyLabel: 'Any label',
  chosen: 'Chosen',
  leaveOut: (name: string) => `Leave ${name} out`,
  add: 'Add to the post',
  addCount: (n: number) => (n === 0 ? 'Add to the post' : n === 1 ? 'Add 1 file to the post' : `Add ${n} files to the post`),
  upload: 'Add pictures or videos',
  earlier: 'Earlier files',
  back: 'Back to the post',
  close: 'Close',
  tryAgain: 'Try again',
  failed: 'The library could not be opened.',
} as const;

/** A file from an address on the web. */
export const addressTexts = {
  title: 'From the web',
  lead: 'The address of a picture or a video that everybody can open. It is copied to the library.',
  label: 'Address of the file',
  fetch: 'Fetch it',
  stop: 'Stop',
  close: 'Close',
  back: 'Back to the post',
  came: (came: string, all: string | null) => (all === null ? `${came} so far` : `${came} of ${all}`),
  failed: 'Post Master could not be reached. Try again.',
} as const;

/** The frame that stands for a video. */
export const stillTexts = {
  title: 'Choose the still',
  lead: 'The picture that stands for the video in lists and previews.',
  slider: 'Moment in the video',
  at: (seconds: string) => `At ${seconds} s`,
  use: 'Use this frame',
  useFor: (network: string) => `Also as the cover for ${network}`,
  own: 'Use a picture of your own',
  close: 'Close',
  unreadable: 'This browser cannot show the video. Choose a picture of your own instead.',
  failed: 'The still could not be kept. Try again.',
} as const;

/** The crop. */
export const cropTexts = {
  title: 'Crop the picture',
  lead: 'A new picture is made of the piece. The one you have stays in the library.',
  shape: 'Shape',
  losesLeast: ' loses least',
  place: 'Which part of it',
  places: { start: 'At the left or top', middle: 'In the middle', end: 'At the right or bottom' },
  piece: 'The piece that would be left',
  stage: 'The picture with the frame',
  use: 'Use it',
  useWhere: 'Use it',
  useAll: 'Use it for all channels',
  useAlone: (channel: string) => `Use it for ${channel} alone`,
  forAlone: (channel: string) => `for ${channel} alone`,
  forAll: 'for all channels',
  across: 'Left to right',
  down: 'Top to bottom',
  button: 'Crop',
  back: 'Back',
  backToPost: 'Back to the post',
  close: 'Close',
  failed: 'The picture could not be cropped.',
  unreachable: 'Post Master could not be reached. Try again.',
  chooseShape: 'Choose a shape for the picture.',
  done: 'Cropped: the piece is a picture of its own.',
} as const;

/** Where what is sent stands. */
export const uploadTexts = {
  failed: 'The upload did not work.',
  brokenOff: 'The connection broke off.',
  named: (name: string, why: string) => `${name}: ${why}`,
} as const;

/** A channel's own version. */
export const versionTexts = {
  askAgain: 'Ask again',
  draftAllTheSame: 'A draft can be saved all the same.',
  asking: (network: string) => `Asking ${network} what may be posted…`,
  postingAs: 'Posting as {name}',
  price: 'This post {cost} at {network}.',
  format: 'Format',
  asAll: 'It gets the post as it is written under “All”.',
  differently: (who: string) => `Write it differently for ${who}`,
  textFor: (who: string) => `Text for ${who}`,
  partFor: (n: number, who: string) => `Part ${n} for ${who}`,
  takeAll: 'Take the post as it is under “All”',
  /** A network and one of several channels there. */
  whose: (network: string, channel: string) => `${network}: ${channel}`,
} as const;

/** What is said of a post against the rules of a network. */
export const checkTexts = {
  // Text
  noThreads: (network: string) => `${network} has no threads. Keep one part for it.`,
  tooManyParts: (network: string, max: number, count: number) => `${network} takes ${max} parts in a thread; this has ${count}.`,
  textMissing: (network: string) => `Write something for ${network}.`,
  partEmpty: (i: number) => `Part ${i} is empty.`,
  textLeftOut: (network: string) => `${network} shows no text here. It is left out.`,
  textTooLong: (network: string, max: number, length: number) => `${network} takes ${max} characters; this has ${length}.`,
  textTooLongBesideMedia: (network: string, max: number, length: number) => `${network} takes ${max} characters beside media; this has ${length}.`,
  /** How far a text is, below it. */
  counted: (length: number, max: number) => `${length} of ${max}`,
  countedPart: (part: number, length: number, max: number) => `part ${part}: ${length} of ${max}`,
  textTooManyBytes: (network: string, maxBytes: number, utf8Length: number) => `${network} takes ${maxBytes} bytes of text; this has ${utf8Length}.`,

  // How many files
  onlyVideo: (network: string) => `${network} takes no pictures here, only video.`,
  noPictures: (network: string) => `${network} takes no pictures.`,
  tooManyPictures: (network: string, max: number, count: number) => `${network} takes ${max} ${max === 1 ? 'picture' : 'pictures'}; this has ${count}.`,
  onlyPictures: (network: string) => `${network} takes no videos here, only pictures.`,
  noVideos: (network: string) => `${network} takes no videos.`,
  tooManyVideos: (network: string, max: number, count: number) => `${network} takes ${max} ${max === 1 ? 'video' : 'videos'}; this has ${count}.`,
  needsMedia: (network: string) => `${network} needs a picture or a video here.`,
  needsPicture: (network: string) => `${network} needs a picture here.`,
  needsVideo: (network: string) => `${network} needs a video here.`,
  needsFiles: (network: string, min: number) => `${network} needs at least ${min} files here.`,
  tooManyFiles: (network: string, max: number, count: number) => `${network} takes ${max} ${max === 1 ? 'file' : 'files'}; this has ${count}.`,
  notTogether: (network: string) => `${network} takes pictures or a video, not both together.`,

  // One file: its name first
  numbered: { picture: (n: number) => `Picture ${n}`, video: (n: number) => `Video ${n}` },
  only: { picture: 'The picture', video: 'The video' },
  tooWide: (name: string, network: string, aspect: string) => `${name} is too wide for ${network}, which takes ${aspect}.`,
  tooTall: (name: string, network: string, aspect: string) => `${name} is too tall for ${network}, which takes ${aspect}.`,
  /** Behind what is said of a shape, where we can do it. */
  cropIt: (said: string) => `${said} Crop it.`,
  range: (from: string, to: string) => `${from} to ${to}`,
  tooNarrow: (name: string, width: number, network: string, least: number) => `${name} is ${width} pixels wide; ${network} needs ${least}.`,
  tooLow: (name: string, height: number, network: string, least: number) => `${name} is ${height} pixels high; ${network} needs ${least}.`,
  sideTooLong: (name: string, width: number, height: number, network: string, most: number) => `${name} is ${width} by ${height} pixels; ${network} takes ${most} on a side.`,
  tooManyPixels: (name: string, width: number, height: number, network: string, millions: number) => `${name} is ${width} by ${height} pixels; ${network} takes ${millions} million pixels.`,
  imageMoves: (name: string, network: string) => `${name} moves; ${network} shows its first frame only.`,
  videoType: (name: string, type: string, network: string, types: string) => `${name} is ${type}; ${network} takes ${types}. Export it anew.`,
  /** Between the types that are taken. */
  or: ' or ',
  videoTooHeavy: (name: string, size: string, network: string, most: string) => `${name} has ${size}; ${network} takes ${most}.`,
  videoTooShort: (name: string, length: string, network: string, least: string) => `${name} lasts ${length}; ${network} needs at least ${least}.`,
  videoTooLong: (name: string, length: string, network: string, most: string) => `${name} lasts ${length}; ${network} takes ${most}.`,
  frameRate: (name: string, rate: number, network: string, least: number, most: number) => `${name} has ${rate} frames a second; ${network} takes ${least} to ${most}.`,
  pictureCodec: (name: string, codec: string, network: string, codecs: string) => `${name} has video in ${codec}; ${network} takes ${codecs}. Export it anew.`,
  soundCodec: (name: string, codec: string, network: string, codecs: string) => `${name} has sound in ${codec}; ${network} takes ${codecs}. Export it anew.`,
  formatUnknown: (name: string, network: string, codecs: string) => `${name}: its format could not be told. ${network} takes ${codecs}.`,
  pictureAltTooLong: (network: string, max: number, n: number, count: number) => `${network} takes ${max} characters of description; picture ${n} has ${count}.`,
  videoAltTooLong: (network: string, max: number, n: number, count: number) => `${network} takes ${max} characters of description; video ${n} has ${count}.`,
  altMissing: (n: number) => `Picture ${n} has no description. People who cannot see it will miss it.`,

  // What the clocks did
  clocksForward: (time: string, zone: string, wall: string) => `${time} does not exist that day in ${zone}: the clocks go forward. It becomes ${wall}.`,
  clocksBack: (time: string, zone: string) => `${time} comes twice that day in ${zone}: the clocks go back. The first one is used.`,
} as const;

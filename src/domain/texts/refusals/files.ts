/** Why a still of a video was not taken. */
export const posterRefusals = {
  videoGone: 'This video is no longer there.',
  notVideo: 'Only a video has a still of its own. A picture stands for itself.',
  noPicture: 'Choose a picture first.',
} as const;

/** What a file that is fetched comes to, beside what `media.ts` says of its address. */
export const importRefusals = {
  stopped: 'Stopped. Nothing was added.',
} as const;

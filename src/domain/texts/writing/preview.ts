/** What previews say beside what a person has written. */
export const previewTexts = {
  legend: 'Preview',
  none: 'Choose where it shall go: how it will look there is shown here.',
  fold: (name: string) => `Preview: ${name}`,
  yourWords: 'Your words',
  yourTitle: 'Your title',
  more: '… more',
  now: 'now',
  mediaHere: 'The picture or video goes here',
  ofFiles: (n: number, all: number) => `${n} of ${all}`,
  moreFiles: (n: number) => `+${n}`,
  strip: 'Files, side by side',
  hidden: 'Hidden until somebody opens it',
  showMore: 'Show more',
  choice: (n: number) => `Choice ${n}`,
  question: 'The question',
  /** What people press there: shown, and read out to nobody. */
  follow: 'Subscribe',
  keep: 'Save',
  firstComment: 'First comment',
  visit: (host: string) => `Visit ${host}`,
  /** A part of a thread that waits. */
  later: (minutes: number) => (minutes === 1 ? '1 minute later' : `${minutes} minutes later`),
} as const;

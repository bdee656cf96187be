/** The sets of hashtags: their page, and the sheet in the composer. */
export const hashtagTexts = {
  title: 'Hashtag sets',
  lead: 'Tags that you use together, put into a post with one choice.',
  none: 'No set yet.',
  newSet: 'New set',
  name: 'Name',
  namePlaceholder: 'Harbor walks',
  tags: 'Tags',
  tagsHelp: 'With or without #, between spaces.',
  save: 'Save the set',
  saved: 'The set is saved.',
  remove: 'Remove',
  removeNamed: (name: string) => `Remove the set ${name}`,
  removed: 'The set is removed. Posts keep their tags.',
  goneAlready: 'This set was removed already.',
  back: 'Back to writing',
  unreachable: 'Post Master could not be reached. Try again.',
} as const;

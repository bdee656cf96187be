/** What is said when something beside the post itself could not be done while it was written. */
export const writingRefusals = {
  setNameMissing: 'Give the set a name.',
  setNameLong: (most: number) => `The name of a set takes at most ${most} characters.`,
  setTaken: 'There is a set of this name already.',
  setsMany: 'There are 50 sets already. Remove one that is no longer used.',
  tagsMissing: 'Write the tags that belong to the set.',
  tagsMany: (most: number) => `A set takes at most ${most} tags.`,
  notATag: (word: string) => `“${word}” cannot be a tag. Use letters, digits and underscores, with one letter at least.`,
} as const;

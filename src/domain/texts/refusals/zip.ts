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

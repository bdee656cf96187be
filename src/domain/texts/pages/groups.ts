/** Groups of channels where they are chosen in the composer, and where channels are dragged into them. */
export const groupTexts = {
  choosing: 'Choose by group',
  allOf: (name: string) => `All of ${name}`,
  dragHelp: 'Drag a channel into its group, or choose the group in its line.',
  into: (name: string) => `Into ${name}`,
  outOf: 'Into no group',
  letGo: 'Let go to leave it where it is',
  notMoved: 'It could not be moved. Load the page again and try once more.',
  unreachable: 'Post Master cannot be reached. Nothing was changed: try again in a moment.',
} as const;

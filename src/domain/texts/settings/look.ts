/** Light or dark, where a person chooses it. */
export const lookTexts = {
  title: 'Light or dark', system: 'As your system', light: 'Light', dark: 'Dark', help: 'It is kept in this browser. Keys for quick hands: press {key}',
} as const;

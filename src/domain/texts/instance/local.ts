/** The pages of the networks that live inside this instance. */
export const localTexts = {
  lead: (network: string, days: number) => `What you publish to the ${network} appears here and nowhere else, for ${days} days. Only members of this workspace see it.`,
  none: 'Nothing has been published here yet.',
  write: 'Write a post',
} as const;

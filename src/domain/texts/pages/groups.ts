/** Groups of channels where they are chosen in the composer. */
export const groupTexts = {
  choosing: 'Choose by group',
  allOf: (name: string) => `All of ${name}`,
} as const;

/** Groups of channels where they are chosen: in the composer, and to narrow a calendar or a list. */
export const groupTexts = {
  choosing: 'Choose by group',
  allOf: (name: string) => `All of ${name}`,
  filter: 'Group',
  all: 'All groups',
  gone: 'A deleted group',
} as const;

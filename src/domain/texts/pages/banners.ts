/** What every page says on top. */
export const bannerTexts = {
  policyChanges: (day: string) => `Our policy changes on ${day}. <read>Read what changes</read>`,
  confirmAddress: (email: string) => `Confirm your e-mail address: the link is in a mail to ${email}. Until then no mails about your posts reach you.`,
  sendAgain: 'Send it again',
} as const;

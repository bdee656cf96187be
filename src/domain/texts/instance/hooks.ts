/** What platforms that call us are answered. */
export const hookTexts = {
  failed: 'Something went wrong here. Call again later.',
  unreadable: 'This call cannot be read.',
} as const;

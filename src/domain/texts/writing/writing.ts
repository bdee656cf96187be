/** What helps while one writes: emoji, hashtags, people, and the time as people say it. */
export const writingTexts = {
  tools: 'What can be put in',
  emoji: 'Emoji',
  hashtags: 'Hashtags',

  // Emoji.
  searchEmoji: 'Search emoji',
  skinTone: 'Skin tone',
  tones: ['No skin tone', 'Light', 'Medium-light', 'Medium', 'Medium-dark', 'Dark'],
  groups: { recent: 'Recent', 0: 'Smileys', 1: 'People', 3: 'Animals and nature', 4: 'Food and drink', 5: 'Travel and places', 6: 'Activities', 7: 'Objects', 8: 'Symbols', 9: 'Flags' } as Readonly<Record<string, string>>,
  noEmoji: 'No emoji is called that.',
  emojiMissing: 'The emoji could not be loaded. Try again in a moment.',
  found: 'Found',

  // Hashtags.
  sets: 'Sets',
  used: 'Used before',
  usedIn: (posts: number) => (posts === 1 ? '1 post' : `${posts} posts`),
  noTags: 'Tags that you use in posts are offered here the next time.',
  newSet: 'Keep a set',
  tagsMissing: 'The tags could not be loaded. Try again in a moment.',

  // Completing.
  suggestions: 'Suggestions',
  suggested: (count: number) => (count === 1 ? '1 suggestion. Down arrow to choose it.' : `${count} suggestions. Down arrow to choose.`),

  // The time.
  when: 'When',
  zoneTime: (place: string) => `${place} time`,
  date: 'Date',
  time: 'Time',
  openDays: 'Choose a day',
  notATime: 'This is not a date and time. Write it like “24 Nov 9:00” or “tomorrow 9”.',
  nextFree: 'Next free minute',
  inAnHour: 'In an hour',
  tomorrowAt: (clock: string) => `Tomorrow ${clock}`,
  mondayAt: (clock: string) => `Monday ${clock}`,
  earlierMonth: 'Month before',
  laterMonth: 'Month after',
  weekdays: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
  weekdaysLong: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
  today: 'today',
  dayLabel: (day: string, posts: number, today: boolean) => [day, ...(today ? ['today'] : []), ...(posts > 0 ? [posts === 1 ? '1 post' : `${posts} posts`] : [])].join(', '),
} as const;

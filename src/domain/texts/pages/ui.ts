const inSpan = (span: string | null) => (span === null ? 'now' : `in ${span}`);

/** What the parts of the design system say by themselves. */
export const uiTexts = {
  copy: 'Copy',
  copied: 'Copied',
  selected: 'Selected',
  copyOf: (label: string) => `Copy: ${label}`,
  inTheWay: 'This stands in the way',
  worthALook: 'Worth a look',
  fieldProblem: (field: string, message: string) => `${field}: ${message}`,
  zone: 'Time zone',
  undo: 'Undo',
} as const;

/** How things stand, and when, in the words that all pages share. */
export const wordTexts = {
  draft: 'Draft',
  scheduled: 'Scheduled',
  canceled: 'Canceled',
  publishing: 'Publishing',
  published: 'Published',
  partlyPublished: 'Partly published',
  failed: 'Failed',
  needsYou: 'Needs you',
  publishedOn: (network: string) => `Published on ${network}`,

  heldReconnect: 'Held: the channel must be reconnected first',
  heldDisconnected: 'Held: the channel is disconnected',
  heldPaused: 'Held: publishing on this channel is paused',
  heldFrozen: 'Held: this workspace is frozen',
  heldUnpaid: 'Held: the subscription has ended',

  // Without a span it is now.
  backingOff: (span: string | null) => `Did not work, next try ${inSpan(span)}`,
  rateLimited: (span: string | null) => `The network asks to wait, next try ${inSpan(span)}`,
  preparing: (span: string | null) => `The network is preparing it, next look ${inSpan(span)}`,
  betweenParts: (span: string | null) => `The parts before are out, the next one goes out ${inSpan(span)}`,
  settling: (span: string | null) => `The answer was lost, looking whether it is out ${inSpan(span)}`,
  resumed: 'Interrupted by a restart, going on',
  goesOut: (span: string) => `Goes out in ${span}`,
  due: 'Due now',
  beingSent: 'Being sent',
  notPublished: 'Not published',
  unconfirmed: 'Unconfirmed: it may be out',

  days: (count: number) => `${count} days`,
  notYet: 'not yet',
  today: 'today',
  yesterday: 'yesterday',
  daysAgo: (count: number) => `${count} days ago`,
  weeksAgo: (count: number) => `${count} weeks ago`,
  monthsAgo: (count: number) => `${count} months ago`,
} as const;

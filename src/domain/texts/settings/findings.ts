/** Marks of what was looked at. */
export const findingTexts = {
  looked: ['Good', 'To do'],
  works: ['Works', 'To do'],
  tried: ['Worked', 'Failed'],
} as const satisfies Record<string, readonly [good: string, bad: string]>;

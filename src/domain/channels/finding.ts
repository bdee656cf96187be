/** One thing that was looked at, and how it stands. */
export interface Finding {
  label: string;
  good: boolean;
  /** A sentence: what was seen, and what to do about it when it is not good. */
  said: string;
  /** Lines to take along for what is to be done, and where they belong. */
  copy?: readonly { label: string; text: string }[];
}

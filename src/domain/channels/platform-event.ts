/** What a platform tells us of one account, in our words. `accountId` is the id that connecting gave. */
export type PlatformEvent =
  /** Access was taken away at the platform: the connection needs reconnecting. */
  | { kind: 'deauthorized'; accountId: string }
  /** The person wants what we hold of this account deleted. */
  | { kind: 'deletion'; accountId: string }
  /** Something moved: whatever waits for this account may ask again at once. */
  | { kind: 'nudge'; accountId: string };

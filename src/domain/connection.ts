/** `revoked`: disconnected by a person, the grant is gone. */
export const connectionStatuses = ['active', 'expiring', 'needs_reconnect', 'revoked'] as const;
export type ConnectionStatus = (typeof connectionStatuses)[number];

/** Nothing is known of this account any more: its id has given way to one of ours. */
export function isErased(accountId: string): boolean {
  return accountId.startsWith('erased:');
}
/** How long before an access ends people are told (ms). */
export const announcedAhead = 7 * 24 * 60 * 60 * 1000;

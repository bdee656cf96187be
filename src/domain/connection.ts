/** `revoked`: disconnected by a person, the grant is gone. */
export const connectionStatuses = ['active', 'expiring', 'needs_reconnect', 'revoked'] as const;
export type ConnectionStatus = (typeof connectionStatuses)[number];

/** Nothing is known of this account any more: its id has given way to one of ours. */
export function isErased(accountId: string): boolean {
  return accountId.startsWith('erased:');
}

/** `revoked`: disconnected by a person, the grant is gone. */
export const connectionStatuses = ['active', 'expiring', 'needs_reconnect', 'revoked'] as const;
export type ConnectionStatus = (typeof connectionStatuses)[number];

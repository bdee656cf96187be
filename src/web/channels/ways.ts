import type { Channel } from '../../store/channels.ts';

type Reconnected = Pick<Channel, 'id' | 'provider' | 'connectionId' | 'disconnectedAlone'>;

/** What a form at `/channels/connect/NETWORK` sends so that this very channel comes back, and whoever pressed it with it. */
export function reconnectFields({ id, connectionId, disconnectedAlone }: Reconnected, back: string): { reconnect: string; back: string } {
  return { reconnect: disconnectedAlone ? id : connectionId, back };
}

/** The same for a link: the page it leads to asks once more. */
export function reconnectHref(channel: Reconnected, back: string): string {
  return `/channels/connect/${channel.provider}?${new URLSearchParams(reconnectFields(channel, back))}`;
}

/** False where nothing is sent until somebody connects it again. */
export function isConnected({ connectionStatus }: Pick<Channel, 'connectionStatus'>): boolean {
  return connectionStatus === 'active' || connectionStatus === 'expiring';
}

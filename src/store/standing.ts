import { sql } from 'drizzle-orm';
import type { ConnectionStatus } from '../domain/connection.ts';
import { connections, disconnectedChannels } from './schema/channels.ts';

/**
 * How a channel stands: as its connection does, unless it was disconnected by itself. For queries that join `connections`
 * and, from the left, `disconnectedChannels`.
 */
export const standing = sql<ConnectionStatus>`case when ${disconnectedChannels.channelId} is null then ${connections.status} else 'revoked' end`;

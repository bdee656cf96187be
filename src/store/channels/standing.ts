import { sql } from 'drizzle-orm';
import type { ConnectionStatus } from '../../domain/connection.ts';
import type { WorkspaceHold } from '../../domain/publication.ts';
import { channels, connections, disconnectedChannels } from '../schema/channels.ts';
import { workspaces } from '../schema/people.ts';

/**
 * How a channel stands: as its connection does, unless it was disconnected by itself. For queries that join `connections`
 * and, from the left, `disconnectedChannels`.
 */
export const standing = sql<ConnectionStatus>`case when ${disconnectedChannels.channelId} is null then ${connections.status} else 'revoked' end`;

/** The same, and `paused` where a person has nothing sent on it: what `heldReasonOf` reads. For queries that join `channels` too. */
export const holding = sql<ConnectionStatus | 'paused'>`case when ${channels.pausedAt} is not null and ${standing} in ('active', 'expiring') then 'paused' else ${standing} end`;

/** Why nothing of the whole workspace is sent, null while it may be. For queries that join `workspaces`. */
export const workspaceHold = sql<WorkspaceHold | null>`case when ${workspaces.frozenAt} is not null or ${workspaces.suspendedAt} is not null then 'frozen' when ${workspaces.unpaidAt} is not null then 'unpaid' end`;

/** Whether anything may be sent there now. For queries that join what the two above need. */
export const sendable = sql`(${holding} in ('active', 'expiring') and ${workspaceHold} is null)`;

/** The workspace's channels on which nothing is sent until a person acts, as plain SQL; `workspace` is its parameter. */
export const heldChannels = (workspace: '?' | '@workspace') => `
  select c.id, case when d.channel_id is not null then 'revoked' when k.status in ('active', 'expiring') then 'paused' else k.status end standing
  from channels c join connections k on k.id = c.connection_id left join disconnected_channels d on d.channel_id = c.id
  where c.workspace_id = ${workspace} and (d.channel_id is not null or k.status in ('needs_reconnect', 'revoked') or c.paused_at is not null)`;

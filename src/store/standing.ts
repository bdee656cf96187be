import { sql } from 'drizzle-orm';
import type { ConnectionStatus } from '../domain/connection.ts';
import type { WorkspaceHold } from '../domain/publication.ts';
import { connections, disconnectedChannels } from './schema/channels.ts';
import { workspaces } from './schema/people.ts';

/**
 * How a channel stands: as its connection does, unless it was disconnected by itself. For queries that join `connections`
 * and, from the left, `disconnectedChannels`.
 */
export const standing = sql<ConnectionStatus>`case when ${disconnectedChannels.channelId} is null then ${connections.status} else 'revoked' end`;

/** Why nothing of the whole workspace is sent, null while it may be. For queries that join `workspaces`. */
export const workspaceHold = sql<WorkspaceHold | null>`case when ${workspaces.frozenAt} is not null or ${workspaces.suspendedAt} is not null then 'frozen' when ${workspaces.unpaidAt} is not null then 'unpaid' end`;

/** Whether anything may be sent there now. For queries that join what the two above need. */
export const sendable = sql`(${standing} in ('active', 'expiring') and ${workspaceHold} is null)`;

/** The workspace's channels on which nothing is sent until a person acts, as plain SQL; `workspace` is its parameter. */
export const heldChannels = (workspace: '?' | '@workspace') => `
  select c.id, case when d.channel_id is null then k.status else 'revoked' end standing
  from channels c join connections k on k.id = c.connection_id left join disconnected_channels d on d.channel_id = c.id
  where c.workspace_id = ${workspace} and (d.channel_id is not null or k.status in ('needs_reconnect', 'revoked'))`;

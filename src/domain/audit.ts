import type { Role } from './role.ts';

/** What the log can be narrowed to. */
export const auditAreas = {
  members: 'Members and roles', access: 'Logging in', channels: 'Channels', posts: 'Posts', settings: 'Settings', keys: 'Keys', data: 'Files and data',
} as const;
export type AuditArea = keyof typeof auditAreas;

/**
 * Everything that is recorded, as the end of a sentence that begins with who did it. In braces: `about` what it was done to,
 * and what `AuditData` knows. A new kind is one line here; kinds are never renamed, for old entries keep theirs.
 */
export const auditKinds = {
  'member.invited': { area: 'members', said: 'invited {about} as {role}' },
  'member.invited_again': { area: 'members', said: 'renewed the invitation of {about}' },
  'member.uninvited': { area: 'members', said: 'took the invitation of {about} back' },
  'member.joined': { area: 'members', said: 'joined as {role}' },
  'member.role': { area: 'members', said: 'made {about} {role}, who was {was}' },
  'member.removed': { area: 'members', said: 'removed {about}' },
  'member.left': { area: 'members', said: 'left' },
  'member.handed_over': { area: 'members', said: 'made {about} owner' },
  'access.new_device': { area: 'access', said: 'logged in from a new device: {name}' },
  'access.two_factor_on': { area: 'access', said: 'switched the second step at log-in on' },
  'access.two_factor_off': { area: 'access', said: 'switched the second step at log-in off' },
  'access.recovery_code': { area: 'access', said: 'logged in with a recovery code' },
  'channel.connected': { area: 'channels', said: 'connected {about}' },
  'channel.disconnected': { area: 'channels', said: 'disconnected {about}' },
  'channel.removed': { area: 'channels', said: 'removed {about} from the list' },
  'channel.renamed': { area: 'channels', said: 'changed what {about} is called here' },
  'channel.paused': { area: 'channels', said: 'paused publishing on {about}' },
  'channel.resumed': { area: 'channels', said: 'resumed publishing on {about}' },
  'channel.grouped': { area: 'channels', said: 'put {about} into the group {name}' },
  'channel.ungrouped': { area: 'channels', said: 'took {about} out of the group {name}' },
  'group.made': { area: 'channels', said: 'made the group {name}' },
  'group.renamed': { area: 'channels', said: 'renamed a group to {name}' },
  'group.deleted': { area: 'channels', said: 'deleted the group {name}' },
  'post.scheduled': { area: 'posts', said: 'scheduled {about} for {at}' },
  'post.moved': { area: 'posts', said: 'moved {about} to {at}' },
  'post.changed': { area: 'posts', said: 'changed {about}, which is scheduled' },
  'post.unscheduled': { area: 'posts', said: 'took {about} back to the drafts' },
  'post.canceled': { area: 'posts', said: 'canceled {about}' },
  'post.deleted': { area: 'posts', said: 'deleted a post' },
  'post.confirmed': { area: 'posts', said: 'looked and found {about} published' },
  'post.sent_again': { area: 'posts', said: 'looked, did not find {about}, and had it sent again' },
  'post.retried': { area: 'posts', said: 'had {about} tried again' },
  'post.dropped': { area: 'posts', said: 'gave {about} up on one channel' },
  'workspace.made': { area: 'settings', said: 'made this workspace' },
  'workspace.changed': { area: 'settings', said: 'changed settings: {names}' },
  'instance.changed': { area: 'settings', said: 'changed settings of the instance: {names}' },
  'account.invited': { area: 'members', said: 'invited {about} to the instance' },
  'account.invited_again': { area: 'members', said: 'renewed the invitation of {about} to the instance' },
  'account.uninvited': { area: 'members', said: 'took the invitation of {about} to the instance back' },
  'account.joined': { area: 'members', said: 'made an account by invitation' },
  'account.reset_link': { area: 'access', said: 'made a link with which {about} sets a new password' },
  'account.suspended': { area: 'members', said: 'suspended {about}' },
  'account.unsuspended': { area: 'members', said: 'let {about} in again' },
  'key.made': { area: 'keys', said: 'made the key {name}' },
  'key.revoked': { area: 'keys', said: 'revoked the key {name}' },
  'data.exported': { area: 'data', said: 'asked for an export' },
  'data.deletion': { area: 'data', said: 'asked for a deletion' },
  'media.deleted': { area: 'data', said: 'deleted a file' },
} as const satisfies Record<string, { area: AuditArea; said: string }>;
export type AuditKind = keyof typeof auditKinds;

/** Small facts beside an entry. Never what somebody wrote, an address, or the value of a setting. */
export interface AuditData {
  role?: Role;
  was?: Role;
  /** A moment (epoch ms). */
  at?: number;
  /** Names of settings. */
  names?: readonly string[];
  name?: string;
}

export function isAuditKind(text: string): text is AuditKind {
  return Object.hasOwn(auditKinds, text);
}

export function isAuditArea(text: unknown): text is AuditArea {
  return typeof text === 'string' && Object.hasOwn(auditAreas, text);
}

export function kindsOf(area: AuditArea): AuditKind[] {
  return Object.entries(auditKinds).filter(([, kind]) => kind.area === area).map(([name]) => name).filter(isAuditKind);
}

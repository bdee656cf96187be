import type { Role } from '../role.ts';
import { logTexts } from '../texts/log.ts';

/** What the log can be narrowed to. */
export const auditAreas = logTexts.areas;
export type AuditArea = keyof typeof auditAreas;

/** Everything that is recorded. A new kind is a line here and its words in the catalogue; kinds are never renamed, for old entries keep theirs. */
export const auditKinds = {
  'member.invited': 'members',
  'member.invited_again': 'members',
  'member.uninvited': 'members',
  'member.joined': 'members',
  'member.role': 'members',
  'member.removed': 'members',
  'member.left': 'members',
  'member.handed_over': 'members',
  'access.new_device': 'access',
  'access.two_factor_on': 'access',
  'access.two_factor_off': 'access',
  'access.recovery_code': 'access',
  'channel.connected': 'channels',
  'channel.disconnected': 'channels',
  'channel.removed': 'channels',
  'channel.renamed': 'channels',
  'channel.paused': 'channels',
  'channel.resumed': 'channels',
  'channel.grouped': 'channels',
  'channel.ungrouped': 'channels',
  'group.made': 'channels',
  'group.renamed': 'channels',
  'group.deleted': 'channels',
  'post.scheduled': 'posts',
  'post.moved': 'posts',
  'post.changed': 'posts',
  'post.unscheduled': 'posts',
  'post.canceled': 'posts',
  'post.deleted': 'posts',
  'post.restored': 'posts',
  'post.confirmed': 'posts',
  'post.sent_again': 'posts',
  'post.retried': 'posts',
  'post.dropped': 'posts',
  'workspace.made': 'settings',
  'workspace.changed': 'settings',
  'instance.changed': 'settings',
  'account.invited': 'members',
  'account.invited_again': 'members',
  'account.uninvited': 'members',
  'account.joined': 'members',
  'account.reset_link': 'access',
  'account.two_factor_off': 'access',
  'account.suspended': 'members',
  'account.unsuspended': 'members',
  'key.made': 'keys',
  'key.revoked': 'keys',
  'data.exported': 'data',
  'data.deletion': 'data',
  'media.deleted': 'data',
} as const satisfies Record<keyof typeof logTexts.kinds, AuditArea>;
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
  return Object.entries(auditKinds).filter(([, of]) => of === area).map(([name]) => name).filter(isAuditKind);
}

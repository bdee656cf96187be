import { names } from './texts/names.ts';

/** What a member may do, each including the ones before it. */
export const roles = ['viewer', 'editor', 'admin', 'owner'] as const;
export type Role = (typeof roles)[number];

/** Roles that are given by inviting or by an admin's word; ownership is handed over. */
export const givenRoles = ['viewer', 'editor', 'admin'] as const satisfies readonly Role[];
export type GivenRole = (typeof givenRoles)[number];

/** What each may, for people who choose one. */
export const roleSays: Record<Role, string> = names.roles;

export function atLeast(role: Role, needed: Role): boolean {
  return roles.indexOf(role) >= roles.indexOf(needed);
}

export function isGivenRole(text: string): text is GivenRole {
  return givenRoles.some((role) => role === text);
}

/** Whether a `by` may change or end the place of a member who is `was`. Admins leave owners alone. */
export function mayChange(by: Role, was: Role): boolean {
  return by === 'owner' || (by === 'admin' && was !== 'owner');
}

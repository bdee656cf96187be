import { createContext, type ComponentChildren } from 'preact';
import { useContext } from 'preact/hooks';
import { atLeast, type Role } from '../../domain/role.ts';

/** What the person who looks at a page is in its workspace; a part that is drawn without a page is drawn whole. */
export const RoleHere = createContext<Role>('owner');

/** What only some may do is offered to them alone; the policy of the route is what holds. */
export function For({ role, children }: { role: Role; children: ComponentChildren }) {
  return atLeast(useContext(RoleHere), role) ? <>{children}</> : null;
}

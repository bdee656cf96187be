import { useContext } from 'preact/hooks';
import { atLeast } from '../../domain/role.ts';
import { RoleHere } from '../parts/role.tsx';

/** The pages of the settings, in order; what concerns the whole instance is there for whoever runs it. */
const tabs = [
  { href: '/settings', label: 'You and workspace', operator: false, role: 'viewer' },
  { href: '/settings/security', label: 'Security', operator: false, role: 'viewer' },
  { href: '/settings/members', label: 'Members', operator: false, role: 'viewer' },
  { href: '/settings/keys', label: 'Keys', operator: false, role: 'admin' },
  { href: '/settings/log', label: 'Log', operator: false, role: 'admin' },
  { href: '/settings/networks', label: 'Networks', operator: true, role: 'viewer' },
  { href: '/settings/people', label: 'People', operator: true, role: 'viewer' },
  { href: '/settings/instance', label: 'Instance', operator: true, role: 'viewer' },
] as const;

export function SettingsTabs({ current, operator }: { current: (typeof tabs)[number]['href']; operator: boolean }) {
  const own = useContext(RoleHere);
  const shown = tabs.filter((tab) => (operator || !tab.operator) && atLeast(own, tab.role));
  if (shown.length < 2) return null;
  return (
    <nav class="tabs settings-tabs" aria-label="Settings">
      {shown.map(({ href, label }) => <a href={href} aria-current={href === current ? 'page' : undefined}>{label}</a>)}
    </nav>
  );
}

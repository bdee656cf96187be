import { useContext } from 'preact/hooks';
import { atLeast, type Role } from '../../domain/role.ts';
import { RoleHere } from '../frame/role.tsx';
import { Sells } from '../frame/sells.ts';

interface Tab {
  href: string;
  label: string;
  /** The least role that sees it. */
  role?: Role;
  /** Only where this instance sells plans. */
  sells?: true;
}

/** The pages of the settings by whom they concern; those of the instance are there for whoever runs it. */
const groups = [
  {
    name: 'You',
    tabs: [
      { href: '/settings', label: 'You and workspace' },
      { href: '/settings/security', label: 'Security' },
      { href: '/settings/mails', label: 'Mails' },
      { href: '/settings/privacy', label: 'Privacy' },
      { href: '/settings/support', label: 'Support' },
    ],
  },
  {
    name: 'Workspace',
    tabs: [
      { href: '/settings/members', label: 'Members' },
      { href: '/settings/intake', label: 'Drafts by chat' },
      { href: '/settings/billing', label: 'Billing', sells: true },
      { href: '/settings/keys', label: 'Keys', role: 'admin' },
      { href: '/settings/log', label: 'Log', role: 'admin' },
    ],
  },
  {
    name: 'Instance', operator: true,
    tabs: [
      { href: '/settings/networks', label: 'Networks' },
      { href: '/settings/instance', label: 'Instance' },
      { href: '/settings/people', label: 'People' },
      { href: '/settings/subscribers', label: 'Subscribers', sells: true },
      { href: '/settings/requests', label: 'Requests' },
      { href: '/settings/inbox', label: 'Inbox' },
      { href: '/settings/outbox', label: 'Outbox' },
      { href: '/settings/policy', label: 'Policy' },
    ],
  },
] as const satisfies readonly { name: string; operator?: true; tabs: readonly Tab[] }[];

/** Every page of the settings that somebody like this sees, as the palette lists them. */
export function settingsPages(own: Role, operator: boolean, selling: boolean): { href: string; label: string }[] {
  return groups.filter((group) => operator || !('operator' in group)).flatMap(({ tabs }) => seenOf(tabs, own, selling));
}

function seenOf(tabs: readonly Tab[], own: Role, selling: boolean): Tab[] {
  return tabs.filter(({ role = 'viewer', sells }) => atLeast(own, role) && (selling || !sells));
}

type Href = (typeof groups)[number]['tabs'][number]['href'];

export function SettingsTabs({ current, operator }: { current: Href; operator: boolean }) {
  const own = useContext(RoleHere);
  const selling = useContext(Sells);
  return (
    <nav class="settings-tabs" aria-label="Settings">
      {groups.filter((group) => operator || !('operator' in group)).map(({ name, tabs }) => (
        <div class="tabs">
          <span class="tabs-name">{name}</span>
          {seenOf(tabs, own, selling).map(({ href, label }) => <a href={href} aria-current={href === current ? 'page' : undefined}>{label}</a>)}
        </div>
      ))}
    </nav>
  );
}

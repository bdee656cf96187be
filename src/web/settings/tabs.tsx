import { useContext } from 'preact/hooks';
import { atLeast, type Role } from '../../domain/role.ts';
import { navTexts as t } from '../../domain/texts/settings/nav.ts';
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
    name: t.workspace,
    tabs: [
      { href: '/settings', label: t.general },
      { href: '/settings/members', label: t.members },
      { href: '/settings/intake', label: t.intake },
      { href: '/settings/billing', label: t.billing, sells: true },
      { href: '/settings/keys', label: t.keys, role: 'admin' },
      { href: '/settings/log', label: t.log, role: 'admin' },
    ],
  },
  {
    name: t.you,
    tabs: [
      { href: '/settings/profile', label: t.account },
      { href: '/settings/security', label: t.security },
      { href: '/settings/mails', label: t.mails },
      { href: '/settings/privacy', label: t.privacy },
      { href: '/settings/support', label: t.support },
    ],
  },
  {
    name: t.instance, operator: true,
    tabs: [
      { href: '/settings/networks', label: t.networks },
      { href: '/settings/instance', label: t.instancePage },
      { href: '/settings/people', label: t.people },
      { href: '/settings/subscribers', label: t.subscribers, sells: true },
      { href: '/settings/requests', label: t.requests },
      { href: '/settings/inbox', label: t.inbox },
      { href: '/settings/outbox', label: t.outbox },
      { href: '/settings/policy', label: t.policy },
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

/** The way between the pages of the settings: a column at the left, and a list to unfold where there is no room for one. */
export function SettingsTabs({ current, operator }: { current: Href; operator: boolean }) {
  const own = useContext(RoleHere);
  const selling = useContext(Sells);
  const shown = groups.filter((group) => operator || !('operator' in group)).map(({ name, tabs }) => ({ name, tabs: seenOf(tabs, own, selling) }));
  const here = shown.flatMap(({ name, tabs }) => tabs.filter(({ href }) => href === current).map(({ label }) => ({ name, label })))[0];
  const list = <Groups shown={shown} current={current} />;
  return (
    <nav class="settings-nav" aria-label={t.label}>
      <details class="settings-menu">
        <summary><span class="help">{here?.name}</span> {here?.label}</summary>
        {list}
      </details>
      <div class="settings-column">{list}</div>
    </nav>
  );
}

function Groups({ shown, current }: { shown: readonly { name: string; tabs: readonly Tab[] }[]; current: string }) {
  return (
    <>
      {shown.map(({ name, tabs }) => (
        <div class="settings-group">
          <p class="settings-name">{name}</p>
          <ul>{tabs.map(({ href, label }) => <li><a href={href} aria-current={href === current ? 'page' : undefined}>{label}</a></li>)}</ul>
        </div>
      ))}
    </>
  );
}

/** The pages of the settings, in order; what concerns the whole instance is there for whoever runs it. */
const tabs = [
  { href: '/settings', label: 'You and workspace', operator: false },
  { href: '/settings/keys', label: 'Keys', operator: false, admin: true },
  { href: '/settings/intake', label: 'Drafts by chat', operator: false },
  { href: '/settings/networks', label: 'Networks', operator: true },
  { href: '/settings/instance', label: 'Instance', operator: true },
] as const;

export function SettingsTabs({ current, operator, admin }: { current: (typeof tabs)[number]['href']; operator: boolean; admin: boolean }) {
  const shown = tabs.filter((tab) => (operator || !tab.operator) && (admin || !('admin' in tab)));
  if (shown.length < 2) return null;
  return (
    <nav class="tabs settings-tabs" aria-label="Settings">
      {shown.map(({ href, label }) => <a href={href} aria-current={href === current ? 'page' : undefined}>{label}</a>)}
    </nav>
  );
}

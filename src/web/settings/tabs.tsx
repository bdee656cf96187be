/** The pages of the settings; what concerns the whole instance is there for whoever runs it. */
export function SettingsTabs({ current, operator }: { current: '/settings' | '/settings/networks' | '/settings/instance'; operator: boolean }) {
  if (!operator) return null;
  const tabs = [['/settings', 'You and workspace'], ['/settings/networks', 'Networks'], ['/settings/instance', 'Instance']] as const;
  return (
    <nav class="tabs settings-tabs" aria-label="Settings">
      {tabs.map(([href, label]) => <a href={href} aria-current={href === current ? 'page' : undefined}>{label}</a>)}
    </nav>
  );
}

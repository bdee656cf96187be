import type { ComponentChildren } from 'preact';

export interface TabLink {
  href: string;
  label: ComponentChildren;
}

/** Pages side by side: links, so that each has its address. `current` is the href of the one that is shown. */
export function Tabs({ label, tabs, current }: { label: string; tabs: readonly TabLink[]; current: string }) {
  return (
    <nav class="tabs" aria-label={label}>
      {tabs.map((tab) => <a href={tab.href} aria-current={tab.href === current ? 'page' : undefined}>{tab.label}</a>)}
    </nav>
  );
}

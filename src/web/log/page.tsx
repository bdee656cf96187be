import { auditAreas } from '../../domain/people/audit.ts';
import { logPageTexts as t } from '../../domain/texts/people/team.ts';
import type { AuditEntry } from '../../store/instance/audit.ts';
import type { Workspace } from '../../store/people.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { Empty } from '../ui/empty.tsx';
import { PageHead } from '../ui/page-head.tsx';
import { rich } from '../words/rich.tsx';
import { Time } from '../words/time.tsx';
import { SettingsTabs } from '../settings/tabs.tsx';
import type { Asked } from './routes.tsx';
import { Sentence } from './sentence.tsx';

export interface LogPageProps {
  of: 'workspace' | 'instance';
  entries: readonly AuditEntry[];
  more: boolean;
  people: readonly { id: string; name: string }[];
  asked: Asked;
  workspace: Workspace;
  operator: boolean;
}

export function LogPage({ of, entries, more, people, asked, workspace, operator }: LogPageProps) {
  const address = of === 'workspace' ? '/settings/log' : '/settings/log/instance';
  const narrowed = asked.who !== '' || asked.area !== '' || asked.before !== null;
  const filter = { ...(asked.who && { who: asked.who }), ...(asked.area && { area: asked.area }) };
  return (
    <>
      <PageHead title={t.title} />
      <SettingsTabs current="/settings/log" operator={operator} />
      <section>
        {operator && (
          <p class="help">{of === 'workspace'
            ? rich(t.ofWorkspace, { workspace: workspace.name, other: (words) => <a href="/settings/log/instance">{words}</a> })
            : rich(t.ofInstance, { other: (words) => <a href="/settings/log">{words.replace('{workspace}', workspace.name)}</a> })}
          </p>
        )}
        <form method="get" action={address} class="log-filter">
          <div>
            <label for="who">{t.who}</label>
            <select id="who" name="who">
              <option value="">{t.everybody}</option>
              {people.map(({ id, name }) => <option value={id} selected={id === asked.who}>{name}</option>)}
            </select>
          </div>
          <div>
            <label for="area">{t.what}</label>
            <select id="area" name="area">
              <option value="">{t.everything}</option>
              {Object.entries(auditAreas).map(([id, name]) => <option value={id} selected={id === asked.area}>{name}</option>)}
            </select>
          </div>
          <Button>{t.show}</Button>
        </form>
        {entries.length === 0 && <Empty>{narrowed ? t.nothingFits : t.nothing}</Empty>}
        <ol class="log">
          {entries.map((entry) => <li><span class="row-time"><Time at={entry.at} zone={workspace.zone} /></span><p><Sentence entry={entry} zone={workspace.zone} /></p></li>)}
        </ol>
        {more && <p><ButtonLink href={`${address}?${new URLSearchParams({ ...filter, before: String(entries.at(-1)?.seq ?? '') })}`}>{t.earlier}</ButtonLink></p>}
      </section>
    </>
  );
}

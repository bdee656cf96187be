import { auditAreas } from '../../domain/audit.ts';
import type { AuditEntry } from '../../store/audit.ts';
import type { Workspace } from '../../store/people.ts';
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
      <div class="page-head"><h1>Log</h1></div>
      <SettingsTabs current="/settings/log" operator={operator} />
      <section>
        {operator && (
          <p class="help">{of === 'workspace'
            ? <>What was done in “{workspace.name}”. You also have the <a href="/settings/log/instance">log of the instance</a>.</>
            : <>What was done on the instance. Here is the <a href="/settings/log">log of “{workspace.name}”</a>.</>}
          </p>
        )}
        <form method="get" action={address} class="log-filter">
          <div>
            <label for="who">Who</label>
            <select id="who" name="who">
              <option value="">Everybody</option>
              {people.map(({ id, name }) => <option value={id} selected={id === asked.who}>{name}</option>)}
            </select>
          </div>
          <div>
            <label for="area">What</label>
            <select id="area" name="area">
              <option value="">Everything</option>
              {Object.entries(auditAreas).map(([id, name]) => <option value={id} selected={id === asked.area}>{name}</option>)}
            </select>
          </div>
          <button class="button">Show</button>
        </form>
        {entries.length === 0 && <p class="empty">{narrowed ? 'Nothing like that is in the log.' : 'Nothing yet. What members do here is written down from now on.'}</p>}
        <ol class="log">
          {entries.map((entry) => <li><span class="row-time"><Time at={entry.at} zone={workspace.zone} /></span><p><Sentence entry={entry} zone={workspace.zone} /></p></li>)}
        </ol>
        {more && <p><a class="button" href={`${address}?${new URLSearchParams({ ...filter, before: String(entries.at(-1)?.seq ?? '') })}`}>Earlier entries</a></p>}
      </section>
    </>
  );
}

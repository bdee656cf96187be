import type { Instance } from '../../domain/instance/instance.ts';
import type { Problem } from '../../domain/limits.ts';
import { keepText, retention } from '../../domain/promise/retention.ts';
import { privacyTexts as t } from '../../domain/texts/instance/privacy.ts';
import type { Copy } from '../../store/privacy/copies.ts';
import type { Erasure } from '../../store/privacy/erasures.ts';
import { notCounted, type Held } from '../../store/privacy/held.ts';
import type { PrivacyRequest } from '../../store/privacy/requests.ts';
import type { View } from '../page.tsx';
import { dayText, Time } from '../words/time.tsx';
import { Whom } from '../public/operator.tsx';
import { ActionButton } from '../ui/button.tsx';
import { Empty } from '../ui/empty.tsx';
import { rich } from '../words/rich.tsx';
import { Actions, type ActionsProps } from './actions.tsx';
import { RequestRow } from './request-row.tsx';

export interface PrivacyPageProps extends Omit<ActionsProps, 'view' | 'problems'> {
  view: View;
  problems: readonly Problem[];
  held: ReadonlyMap<string, Held[]>;
  requests: readonly PrivacyRequest[];
  announced: readonly Erasure[];
  copies: readonly Copy[];
  instance: Instance;
}

/** What is held right now, what ends it, and all that a person can do about it. */
export function PrivacyPage(props: PrivacyPageProps) {
  const { view, held, requests, instance } = props;
  const { workspace } = view;
  const nothing = retention.filter(({ id }) => notCounted[id] === undefined && (held.get(id) ?? []).length === 0);
  return (
    <>
      <p class="lead">{t.lead(workspace.name)}</p>
      <section aria-labelledby="held">
        <h2 id="held">{t.heldNow}</h2>
        <dl class="ledger">
          {retention.map((keeping) => {
            const lines = held.get(keeping.id) ?? [];
            return lines.length > 0 && (
              <div>
                <dt>{keeping.what}<span class="help">{keepText(keeping)}</span></dt>
                <dd><ul>{lines.map((line) => <HeldLine line={line} zone={workspace.zone} />)}</ul></dd>
              </div>
            );
          })}
        </dl>
        {nothing.length > 0 && (
          <details class="fold">
            <summary>{t.nothingOf(nothing.length)}</summary>
            <ul class="bullets help">{nothing.map(({ what }) => <li>{what}</li>)}</ul>
          </details>
        )}
        <details class="fold">
          <summary>{t.notCounted}</summary>
          <dl class="ledger quiet">
            {retention.filter(({ id }) => notCounted[id] !== undefined).map((keeping) => (
              <div><dt>{keeping.what}<span class="help">{keepText(keeping)}</span></dt><dd>{notCounted[keeping.id]}</dd></div>
            ))}
          </dl>
        </details>
        <p class="help">{rich(t.sameTable, { privacy: (words) => <a href="/privacy">{words}</a> })}</p>
      </section>
      <Actions {...props} />
      <section id="requests" aria-labelledby="your-requests">
        <h2 id="your-requests">{t.yourRequests}</h2>
        {requests.length === 0
          ? <Empty>{t.nothingAsked}</Empty>
          : <ul class="rows requests">{requests.map((request) => <RequestRow request={request} zone={workspace.zone} now={view.now} />)}</ul>}
        <p class="help">{rich(t.answeredWithin, { whom: <Whom instance={instance} /> })}</p>
      </section>
    </>
  );
}

function HeldLine({ line: { what, count, goesAt }, zone }: { line: Held; zone: string }) {
  return (
    <li>
      <span class="count">{count.toLocaleString('en')}</span>
      <span>{what}</span>
      {goesAt !== null && <span class="goes">{rich(count === 1 ? t.goes : t.firstGoes, { day: <time dateTime={new Date(goesAt).toISOString()}>{dayText(goesAt, zone)}</time> })}</span>}
    </li>
  );
}

/** Above every page while a deletion can still be undone. */
export function LeavingBanner({ erasure, owner, workspaceName, zone, csrf }: { erasure: Erasure; owner: boolean; workspaceName: string; zone: string; csrf: string }) {
  const own = erasure.kind === 'account';
  return (
    <div class="banner leaving" role="status">
      <p>{rich(own ? t.accountGoes : owner ? t.workspaceGoes : t.workspaceGoesByOwner, { name: workspaceName, b: (words) => <strong>{words}</strong>, when: <Time at={erasure.dueAt} zone={zone} /> })}</p>
      {(own || (owner && erasure.parentId === null)) && (
        <ActionButton action="/settings/privacy/undo" csrf={csrf} kind="plain" fields={{ erasure: erasure.id }}>{t.undoDeletion}</ActionButton>
      )}
    </div>
  );
}

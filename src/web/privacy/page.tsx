import type { Instance } from '../../domain/instance.ts';
import type { Problem } from '../../domain/limits.ts';
import { keepText, retention } from '../../domain/retention.ts';
import type { Copy } from '../../store/privacy/copies.ts';
import type { Erasure } from '../../store/privacy/erasures.ts';
import { notCounted, type Held } from '../../store/privacy/held.ts';
import type { PrivacyRequest } from '../../store/privacy/requests.ts';
import type { View } from '../page.tsx';
import { dayText, Time } from '../words/time.tsx';
import { WriteTo } from '../public/operator.tsx';
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
      <p class="lead">What is held about you and about {workspace.name} right now, why it ends, and what you can do about it.</p>
      <section aria-labelledby="held">
        <h2 id="held">Held right now</h2>
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
        {nothing.length > 0 && <p class="help">Nothing of: {nothing.map(({ what }) => what.charAt(0).toLowerCase() + what.slice(1)).join('; ')}.</p>}
        <details class="fold">
          <summary>What cannot be counted for one person</summary>
          <dl class="ledger quiet">
            {retention.filter(({ id }) => notCounted[id] !== undefined).map((keeping) => (
              <div><dt>{keeping.what}<span class="help">{keepText(keeping)}</span></dt><dd>{notCounted[keeping.id]}</dd></div>
            ))}
          </dl>
        </details>
        <p class="help">The same table makes the <a href="/privacy">privacy policy</a> and tells the nightly clean-up what to delete.</p>
      </section>
      <Actions {...props} />
      <section id="requests" aria-labelledby="your-requests">
        <h2 id="your-requests">Your requests</h2>
        {requests.length === 0
          ? <p class="empty">You have not asked for anything yet.</p>
          : <ul class="rows requests">{requests.map((request) => <RequestRow request={request} zone={workspace.zone} now={view.now} />)}</ul>}
        <p class="help">Each is answered within 30 days. <WriteTo instance={instance} /> if you would rather write a mail. You may also complain to a data protection authority, in particular where you live or work.</p>
      </section>
    </>
  );
}

function HeldLine({ line: { what, count, goesAt }, zone }: { line: Held; zone: string }) {
  return (
    <li>
      <span class="count">{count.toLocaleString('en')}</span>
      <span>{what}</span>
      {goesAt !== null && <span class="goes">{count === 1 ? 'goes' : 'the first goes'} <time dateTime={new Date(goesAt).toISOString()}>{dayText(goesAt, zone)}</time></span>}
    </li>
  );
}

/** Above every page while a deletion can still be undone. */
export function LeavingBanner({ erasure, owner, workspaceName, zone, csrf }: { erasure: Erasure; owner: boolean; workspaceName: string; zone: string; csrf: string }) {
  const own = erasure.kind === 'account';
  return (
    <div class="banner leaving" role="status">
      <p><strong>{own ? 'Your account will be deleted' : `${workspaceName} will be deleted`}</strong> on <Time at={erasure.dueAt} zone={zone} />. Nothing of it is published until then. {!own && !owner && 'Its owner asked for it.'}</p>
      {(own || (owner && erasure.parentId === null)) && (
        <form method="post" action="/settings/privacy/undo" class="inline">
          <input type="hidden" name="_csrf" value={csrf} />
          <input type="hidden" name="erasure" value={erasure.id} />
          <button class="button">Undo the deletion</button>
        </form>
      )}
    </div>
  );
}

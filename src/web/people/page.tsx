import type { Account } from '../../store/team/accounts.ts';
import type { Invitation } from '../../store/team/invitations.ts';
import { InvitedLink, WaitingInvitations } from '../members/waiting.tsx';
import type { View } from '../page.tsx';
import { ActionButton } from '../ui/button.tsx';
import { Form, ProblemList } from '../ui/form.tsx';
import { TextField } from '../ui/field.tsx';
import { activeText, dayText } from '../words/time.tsx';
import { listText } from '../words/words.ts';
import { SettingsTabs } from '../settings/tabs.tsx';
import type { Told } from './routes.tsx';

export interface PeoplePageProps {
  accounts: readonly Account[];
  total: number;
  seek: string;
  /** How many to skip for the next page; null on the last. */
  next: number | null;
  invitations: readonly (Invitation & { inviterName: string | null })[];
  view: View;
  told: Told;
  self: string;
}

export function PeoplePage({ accounts, total, seek, next, invitations, view, told, self }: PeoplePageProps) {
  const { csrf, workspace, now } = view;
  const { problems = [], email = '', invited } = told;
  return (
    <>
      <div class="page-head"><h1>People <span class="handle">{total === 1 ? '1 account' : `${total} accounts`}</span></h1></div>
      <SettingsTabs current="/settings/people" operator />
      <section>
        {invited && <InvitedLink invited={invited} />}
        {(total > 10 || seek !== '') && (
          <form method="get" action="/settings/people" class="seek">
            <label for="seek">Name or e-mail</label>
            <input id="seek" name="seek" type="search" value={seek} />
            <button class="button">Search</button>
          </form>
        )}
        {accounts.length === 0 && <p class="empty">Nobody is called that.</p>}
        <ul class="rows members">{accounts.map((account) => <AccountRow account={account} view={view} self={self} />)}</ul>
        {next !== null && <p><a class="button" href={`/settings/people?${new URLSearchParams({ ...(seek && { seek }), skip: String(next) })}`}>More people</a></p>}
      </section>
      <section>
        <h2>Invite somebody to this instance</h2>
        <p class="help">They get an account with a workspace of their own. For your own workspace, invite under Members.</p>
        <Form action="/settings/people/invite" csrf={csrf}>
          <ProblemList problems={problems.filter(({ field }) => field === '')} />
          <TextField name="email" label="E-mail" type="email" value={email} problems={problems} autocomplete="off" required />
          <button class="button primary">Invite</button>
        </Form>
        <WaitingInvitations invitations={invitations} base="/settings/people/invitations" zone={workspace.zone} now={now} csrf={csrf} />
      </section>
    </>
  );
}

function AccountRow({ account, view: { csrf, workspace, now }, self }: { account: Account; view: View; self: string }) {
  const { id, name, email, operator, createdAt, activeAt, suspendedAt, workspaces } = account;
  const places = workspaces.map((place) => `${place.name} (${place.role})`);
  return (
    <li class="row member">
      <span class="row-text">
        <strong>{name}</strong>{id === self && ' (you)'}<span class="handle"> {email}</span>
        {suspendedAt !== null && <span class="needs-you"> Suspended since {dayText(suspendedAt, workspace.zone, now)}</span>}
        <span class="row-note help">{operator && 'Runs this instance. '}{places.length > 0 ? `In ${listText(places)}.` : 'In no workspace.'}</span>
      </span>
      <span class="row-time">since {dayText(createdAt, workspace.zone, now)}, active {activeText(activeAt, now)}</span>
      {!operator && (suspendedAt === null ? (
        <details class="remove">
          <summary>Suspend<span class="visually-hidden"> {name}</span></summary>
          <p>{name} is logged out everywhere and can no longer log in. Workspaces that nobody else owns stop publishing until you let {name} in again.</p>
          <ActionButton action={`/settings/people/${id}/suspend`} csrf={csrf} kind="danger">Suspend {name}</ActionButton>
        </details>
      ) : <ActionButton action={`/settings/people/${id}/unsuspend`} csrf={csrf}>Let in again<span class="visually-hidden">: {name}</span></ActionButton>)}
    </li>
  );
}

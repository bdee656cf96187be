import { peopleTexts as t } from '../../domain/texts/people/people.ts';
import type { Account } from '../../store/team/accounts.ts';
import type { Invitation } from '../../store/team/invitations.ts';
import { InvitedLink, WaitingInvitations } from '../members/waiting.tsx';
import type { View } from '../page.tsx';
import { ActionButton, Button, ButtonLink } from '../ui/button.tsx';
import { Empty } from '../ui/empty.tsx';
import { TextField } from '../ui/field.tsx';
import { Form, ProblemList } from '../ui/form.tsx';
import { PageHead } from '../ui/page-head.tsx';
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
      <PageHead title={t.title} note={t.accounts(total)} />
      <SettingsTabs current="/settings/people" operator />
      <section>
        {invited && <InvitedLink invited={invited} />}
        {(total > 10 || seek !== '') && (
          <form method="get" action="/settings/people" class="seek">
            <label for="seek">{t.seek}</label>
            <input id="seek" name="seek" type="search" value={seek} />
            <Button>{t.search}</Button>
          </form>
        )}
        {accounts.length === 0 && <Empty>{t.nobody}</Empty>}
        <ul class="rows members">{accounts.map((account) => <AccountRow account={account} view={view} self={self} />)}</ul>
        {next !== null && <p><ButtonLink href={`/settings/people?${new URLSearchParams({ ...(seek && { seek }), skip: String(next) })}`}>{t.more}</ButtonLink></p>}
      </section>
      <section>
        <h2>{t.invite.title}</h2>
        <p class="help">{t.invite.help}</p>
        <Form action="/settings/people/invite" csrf={csrf}>
          <ProblemList problems={problems.filter(({ field }) => field === '')} />
          <TextField name="email" label={t.invite.email} type="email" value={email} problems={problems} autocomplete="off" required />
          <Button kind="primary">{t.invite.button}</Button>
        </Form>
        <WaitingInvitations invitations={invitations} base="/settings/people/invitations" zone={workspace.zone} now={now} csrf={csrf} />
      </section>
    </>
  );
}

function AccountRow({ account, view: { csrf, workspace, now }, self }: { account: Account; view: View; self: string }) {
  const { id, name, email, operator, createdAt, activeAt, suspendedAt, workspaces } = account;
  const places = workspaces.map((place) => t.place(place.name, place.role));
  return (
    <li class="row member">
      <span class="row-text">
        <strong>{name}</strong>{id === self && t.you}<span class="handle"> {email}</span>
        {suspendedAt !== null && <span class="needs-you"> {t.suspended(dayText(suspendedAt, workspace.zone, now))}</span>}
        <span class="row-note help">{operator && `${t.operator} `}{places.length > 0 ? t.places(listText(places)) : t.noPlace}</span>
      </span>
      <span class="row-time">{t.since(dayText(createdAt, workspace.zone, now), activeText(activeAt, now))}</span>
      {id !== self && <ButtonLink href={`/settings/people/${id}`} small>{t.help}<span class="visually-hidden">{t.helpFor(name)}</span></ButtonLink>}
      {!operator && (suspendedAt === null ? (
        <details class="remove">
          <summary>{t.suspend}<span class="visually-hidden"> {name}</span></summary>
          <p>{t.suspendSays(name)}</p>
          <ActionButton action={`/settings/people/${id}/suspend`} csrf={csrf} kind="danger">{t.suspendName(name)}</ActionButton>
        </details>
      ) : <ActionButton action={`/settings/people/${id}/unsuspend`} csrf={csrf}>{t.unsuspend}<span class="visually-hidden">: {name}</span></ActionButton>)}
    </li>
  );
}

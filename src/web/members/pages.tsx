import type { Actor } from '../../domain/actor.ts';
import type { Problem } from '../../domain/limits.ts';
import { atLeast, givenRoles, mayChange, roleSays, type Role } from '../../domain/role.ts';
import { teamTexts as t } from '../../domain/texts/people/team.ts';
import type { Invitation } from '../../store/team/invitations.ts';
import type { Member } from '../../store/team/members.ts';
import { ActionButton, Button } from '../ui/button.tsx';
import { CheckField, Field, inputProps, TextField } from '../ui/field.tsx';
import { Form, ProblemList } from '../ui/form.tsx';
import { PageHead } from '../ui/page-head.tsx';
import { activeText, dayText } from '../words/time.tsx';
import { capitalised } from '../words/words.ts';
import type { SignedIn } from '../policy.ts';
import type { View } from '../page.tsx';
import { SettingsTabs } from '../settings/tabs.tsx';
import { InvitedLink, WaitingInvitations } from './waiting.tsx';
import type { Told } from './routes.tsx';

export interface MembersPageProps {
  actor: SignedIn;
  members: readonly Member[];
  invitations: readonly (Invitation & { inviterName: string | null })[];
  view: View;
  told: Told;
}

export function MembersPage({ actor, members, invitations, view, told }: MembersPageProps) {
  const { problems = [], about, typed, invited } = told;
  const { csrf, workspace, now } = view;
  const manages = atLeast(actor.role, 'admin');
  const lastOwner = actor.role === 'owner' && members.filter(({ role }) => role === 'owner').length === 1;
  return (
    <>
      <PageHead title={t.members} />
      <SettingsTabs current="/settings/members" operator={actor.operator} />
      <section>
        {invited && <InvitedLink invited={invited} />}
        <ul class="rows members">
          {members.map((member) => <MemberRow member={member} actor={actor} manages={manages} view={view} />)}
        </ul>
        <details class="remove">
          <summary>{t.leave}</summary>
          {lastOwner
            ? <p>{t.lastOwner}</p>
            : <p>{t.leaveMeans(workspace.name)}</p>}
          {!lastOwner && <ActionButton action="/settings/members/leave" csrf={csrf} kind="danger">{t.leaveNamed(workspace.name)}</ActionButton>}
        </details>
      </section>
      {manages && (
        <section>
          <h2>{t.invite}</h2>
          <InviteForm csrf={csrf} typed={typed} problems={about === 'invite' ? problems : []} />
          <WaitingInvitations invitations={invitations} base="/settings/members/invitations" zone={workspace.zone} now={now} csrf={csrf} />
        </section>
      )}
      {actor.role === 'owner' && members.length > 1 && <HandOver csrf={csrf} actor={actor} members={members} problems={about === 'hand-over' ? problems : []} />}
    </>
  );
}

/** People's addresses are shown to those who manage them. */
function MemberRow({ member, actor, manages, view: { csrf, workspace, now } }: { member: Member; actor: Actor; manages: boolean; view: View }) {
  const { userId, name, email, role, createdAt, activeAt } = member;
  const self = userId === actor.userId;
  const open = manages && mayChange(actor.role, role) && role !== 'owner';
  return (
    <li class="row member">
      <span class="row-text"><strong>{name}</strong>{self && ` ${t.you}`}{(manages || self) && <span class="handle"> {email}</span>}</span>
      <span class="row-time">{manages ? t.sinceActive(dayText(createdAt, workspace.zone, now), activeText(activeAt, now)) : t.since(dayText(createdAt, workspace.zone, now))}</span>
      {open ? (
        <Form action={`/settings/members/${userId}/role`} csrf={csrf} class="inline role-form">
          <label class="visually-hidden" for={`role-${userId}`}>{t.roleOf(name)}</label>
          <RoleSelect id={`role-${userId}`} role={role} />
          <Button small>{t.save}<span class="visually-hidden"> {t.saveRole(name)}</span></Button>
        </Form>
      ) : <span class="role">{capitalised(role)}</span>}
      {manages && mayChange(actor.role, role) && !self && (
        <details class="remove">
          <summary>{t.remove}<span class="visually-hidden"> {name}</span></summary>
          <p>{t.removeMeans(name)}</p>
          <ActionButton action={`/settings/members/${userId}/remove`} csrf={csrf} kind="danger">{t.removeNamed(name)}</ActionButton>
        </details>
      )}
    </li>
  );
}

function RoleSelect({ id, role, problems }: { id?: string; role: Role; problems?: readonly Problem[] }) {
  return (
    <select name="role" {...(problems && inputProps('role', problems))} {...(id && { id })}>
      {givenRoles.map((one) => <option value={one} selected={one === role}>{capitalised(one)}</option>)}
    </select>
  );
}

function InviteForm({ csrf, typed, problems }: { csrf: string; typed: { email: string; role: string } | undefined; problems: readonly Problem[] }) {
  const role = givenRoles.find((one) => one === typed?.role) ?? 'editor';
  return (
    <Form action="/settings/members/invite" csrf={csrf}>
      <ProblemList problems={problems.filter(({ field }) => field === '')} />
      <TextField name="email" label={t.email} type="email" value={typed?.email ?? ''} problems={problems} autocomplete="off" required />
      <Field name="role" label={t.role} problems={problems}>
        <RoleSelect role={role} problems={problems} />
        <dl class="roles help">{givenRoles.map((one) => <div><dt>{capitalised(one)}</dt><dd>{roleSays[one]}</dd></div>)}</dl>
      </Field>
      <Button kind="primary">{t.inviteNow}</Button>
    </Form>
  );
}

function HandOver({ csrf, actor, members, problems }: { csrf: string; actor: Actor; members: readonly Member[]; problems: readonly Problem[] }) {
  const others = members.filter(({ userId, role }) => userId !== actor.userId && role !== 'owner');
  if (others.length === 0) return null;
  return (
    <section>
      <h2>{t.handOver}</h2>
      <p class="help">{t.handOverMeans(roleSays.owner)}</p>
      <Form action="/settings/members/hand-over" csrf={csrf}>
        <ProblemList problems={problems.filter(({ field }) => field === '')} />
        <Field name="to" label={t.newOwner} problems={problems}>
          <select name="to" {...inputProps('to', problems)} required>
            <option value="">{t.chooseMember}</option>
            {others.map(({ userId, name, email }) => <option value={userId}>{t.nameAndEmail(name, email)}</option>)}
          </select>
        </Field>
        <CheckField name="stay" label={t.stayOwner} checked={false} problems={problems} />
        <TextField name="password" label={t.password} type="password" problems={problems} autocomplete="current-password" required />
        <Button>{t.handOverNow}</Button>
      </Form>
    </section>
  );
}

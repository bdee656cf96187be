import type { ComponentChildren } from 'preact';
import type { Problem } from '../../domain/limits.ts';
import { atLeast, type Role } from '../../domain/role.ts';
import { sizeText } from '../../domain/units.ts';
import { privacyTexts as t } from '../../domain/texts/instance/privacy.ts';
import type { Copy } from '../../store/privacy/copies.ts';
import type { Erasure } from '../../store/privacy/erasures.ts';
import type { Workspace } from '../../store/people.ts';
import type { View } from '../page.tsx';
import { Badge } from '../ui/badge.tsx';
import { ActionButton, Button, ButtonLink, Buttons } from '../ui/button.tsx';
import { FieldProblems, TextAreaField } from '../ui/field.tsx';
import { Form } from '../ui/form.tsx';
import { Time } from '../words/time.tsx';
import { rich } from '../words/rich.tsx';

export interface ActionsProps {
  view: View;
  role: Role;
  problems: readonly Problem[];
  copies: readonly Copy[];
  announced: readonly Erasure[];
  /** With what the person is in each. */
  workspaces: readonly (Workspace & { role: Role })[];
  objects: boolean;
  connected: number;
  typed: string;
}

/** Every right, each with the one thing to press. */
export function Actions({ view, role, problems, copies, announced, workspaces, objects, connected, typed }: ActionsProps) {
  const { csrf, workspace } = view;
  const admin = atLeast(role, 'admin');
  const making = copies.some(({ state }) => state === 'waiting' || state === 'making');
  const owned = workspaces.filter((one) => one.role === 'owner');
  return (
    <section aria-labelledby="rights">
      <h2 id="rights">{t.rights}</h2>
      <div class="rights">
        <Right id="copies" title={t.take} text={t.takeText}>
          <Buttons>
            <ActionButton action="/settings/privacy/copy" csrf={csrf} fields={{ about: 'person' }}>{t.copyOfPerson}</ActionButton>
            {admin && <ActionButton action="/settings/privacy/copy" csrf={csrf} fields={{ about: 'workspace' }}>{t.copyOfWorkspace}</ActionButton>}
          </Buttons>
          <FieldProblems field="copy" problems={problems} />
          {copies.length > 0 && <ul class="copies">{copies.map((copy) => <CopyRow copy={copy} zone={workspace.zone} workspaces={workspaces} />)}</ul>}
          {making && <p><a href="/settings/privacy#copies">{t.copyProgress}</a></p>}
          {admin && <p class="help">{rich(t.bringInLink, { import: (words) => <a href="/settings/import">{words}</a> })}</p>}
        </Right>
        <Right title={t.correct} text={t.correctText}>
          <ButtonLink href="/settings/profile">{t.profile}</ButtonLink>
        </Right>
        <Right id="freeze" title={t.restrict} text={t.restrictText}>
          <ul class="freezes">
            {workspaces.filter((one) => atLeast(one.role, 'admin')).map(({ id, name, frozenAt }) => (
              <li>
                <span>{name}{frozenAt !== null && <> <Badge tone="bad">{t.frozen}</Badge></>}</span>
                {frozenAt === null
                  ? <ActionButton action="/settings/privacy/freeze" csrf={csrf} fields={{ workspace: id }}>{t.freeze}</ActionButton>
                  : <ActionButton action="/settings/privacy/unfreeze" csrf={csrf} kind="primary" fields={{ workspace: id }}>{t.unfreeze}</ActionButton>}
              </li>
            ))}
          </ul>
          {owned.length > 1 && owned.some(({ frozenAt }) => frozenAt === null) && <ActionButton action="/settings/privacy/freeze" csrf={csrf} fields={{ workspace: 'all' }}>{t.freezeAll}</ActionButton>}
          {!workspaces.some((one) => atLeast(one.role, 'admin')) && <p class="help">{t.onlyAdminsFreeze(workspace.name)}</p>}
        </Right>
        <Right title={t.object} text={objects ? t.objectedText : t.objectText}>
          <ActionButton action="/settings/privacy/object" csrf={csrf} fields={{ objects: objects ? 'no' : 'yes' }}>{objects ? t.countMe : t.leaveMeOut}</ActionButton>
        </Right>
        <Right title={t.withdraw} text={t.withdrawText}>
          <Buttons>
            <ButtonLink href="/channels">{t.channels}</ButtonLink>
            {admin && connected > 0 && <ActionButton action="/settings/privacy/disconnect" csrf={csrf} kind="danger">{t.disconnect(connected)}</ActionButton>}
          </Buttons>
        </Right>
        <Right title={t.somethingElse} text={t.somethingElseText}>
          <Form action="/settings/privacy/ask" csrf={csrf}>
            <TextAreaField name="message" label={t.wish} value={typed} rows={3} problems={problems} />
            <Button>{t.ask}</Button>
          </Form>
        </Right>
        <Right title={t.delete} text={t.deleteText}>
          {announced.length > 0 ? <p>{t.deletionUnderWay}</p> : (
            <Buttons>
              <ButtonLink kind="danger" href="/settings/delete-account">{t.deleteAccount}</ButtonLink>
              {role === 'owner' && <ButtonLink kind="danger" href="/settings/delete-workspace">{t.deleteWorkspace(workspace.name)}</ButtonLink>}
            </Buttons>
          )}
        </Right>
      </div>
    </section>
  );
}

function Right({ id, title, text, children }: { id?: string; title: string; text: string; children: ComponentChildren }) {
  return <div class="right" id={id}><h3>{title}</h3><p class="right-text">{text}</p><div class="right-do">{children}</div></div>;
}

function CopyRow({ copy: { reference, workspaceId, state, done, total, bytes, expiresAt, createdAt }, zone, workspaces }: { copy: Copy; zone: string; workspaces: ActionsProps['workspaces'] }) {
  const about = workspaceId === null ? t.aboutYou : (workspaces.find(({ id }) => id === workspaceId)?.name ?? t.aWorkspace);
  return (
    <li>
      <span>{about}, <Time at={createdAt} zone={zone} /></span>
      {(state === 'waiting' || state === 'making') && (
        <span class="making"><progress max={Math.max(total, 1)} value={done} aria-label={t.copyFar(about)} /> {state === 'waiting' ? t.copyWaits : t.countOf(done.toLocaleString('en'), total.toLocaleString('en'))}</span>
      )}
      {state === 'ready' && expiresAt !== null && (
        <span><ButtonLink small href={`/settings/exports/${reference}`} download>{t.fetch(sizeText(bytes ?? 0))}</ButtonLink> <span class="help">{rich(t.fetchUntil, { when: <Time at={expiresAt} zone={zone} /> })}</span></span>
      )}
      {state === 'failed' && <span class="error">{t.copyFailed}</span>}
      {state === 'gone' && <span class="help">{t.copyGone}</span>}
    </li>
  );
}

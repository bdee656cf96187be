import type { ComponentChildren } from 'preact';
import type { Problem } from '../../domain/limits.ts';
import { atLeast, type Role } from '../../domain/role.ts';
import { sizeText } from '../../domain/units.ts';
import type { Copy } from '../../store/privacy/copies.ts';
import type { Erasure } from '../../store/privacy/erasures.ts';
import type { Workspace } from '../../store/people.ts';
import type { View } from '../page.tsx';
import { ActionButton } from '../ui/button.tsx';
import { FieldProblems, inputProps } from '../ui/field.tsx';
import { Form } from '../ui/form.tsx';
import { Time } from '../words/time.tsx';

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
      <h2 id="rights">What you can do</h2>
      <div class="rights">
        <Right id="copies" title="Take it with you" text="A ZIP with everything: JSON that says it all, tables for a spreadsheet, and of a workspace the media files. Never the access to your channels.">
          <div class="buttons">
            <ActionButton action="/settings/privacy/copy" csrf={csrf} fields={{ about: 'person' }}>Copy of all about you</ActionButton>
            {admin && <ActionButton action="/settings/privacy/copy" csrf={csrf} fields={{ about: 'workspace' }}>Copy of this workspace</ActionButton>}
          </div>
          <FieldProblems field="copy" problems={problems} />
          {copies.length > 0 && <ul class="copies">{copies.map((copy) => <CopyRow copy={copy} zone={workspace.zone} workspaces={workspaces} />)}</ul>}
          {making && <p><a href="/settings/privacy#copies">Look how far it is</a></p>}
          {admin && <p class="help"><a href="/settings/import">Bring in a workspace</a> from another instance.</p>}
        </Right>
        <Right title="Correct it" text="Your name and your e-mail address. Posts and everything else you change where they are.">
          <a class="button" href="/settings/profile">Your profile</a>
        </Right>
        <Right id="freeze" title="Restrict it" text="While a workspace is frozen nothing of it is published, renewed or asked for at networks. Everything stays as it is.">
          <ul class="freezes">
            {workspaces.filter((one) => atLeast(one.role, 'admin')).map(({ id, name, frozenAt }) => (
              <li>
                <span>{name}{frozenAt !== null && <> <span class="setup-state is-bad">Frozen</span></>}</span>
                {frozenAt === null
                  ? <ActionButton action="/settings/privacy/freeze" csrf={csrf} fields={{ workspace: id }}>Freeze</ActionButton>
                  : <ActionButton action="/settings/privacy/unfreeze" csrf={csrf} kind="primary" fields={{ workspace: id }}>Unfreeze</ActionButton>}
              </li>
            ))}
          </ul>
          {owned.length > 1 && owned.some(({ frozenAt }) => frozenAt === null) && <ActionButton action="/settings/privacy/freeze" csrf={csrf} fields={{ workspace: 'all' }}>Freeze all you own</ActionButton>}
          {!workspaces.some((one) => atLeast(one.role, 'admin')) && <p class="help">Only admins can freeze {workspace.name}.</p>}
        </Right>
        <Right title="Object to sums" text={objects ? 'Your workspaces are left out when posts are counted for the whole instance.' : 'How many posts go out in a month is counted for the whole instance. The numbers identify nobody; you can still be left out.'}>
          <ActionButton action="/settings/privacy/object" csrf={csrf} fields={{ objects: objects ? 'no' : 'yes' }}>{objects ? 'Count me again' : 'Leave me out'}</ActionButton>
        </Right>
        <Right title="Withdraw what you allowed" text="Disconnecting deletes the access here at once and ends it at the network. One channel at a time, or all of this workspace.">
          <div class="buttons">
            <a class="button" href="/channels">Channels</a>
            {admin && connected > 0 && <ActionButton action="/settings/privacy/disconnect" csrf={csrf} kind="danger">Disconnect {connected === 1 ? 'the account' : `all ${connected} accounts`}</ActionButton>}
          </div>
        </Right>
        <Right title="Something else" text="Whoever runs this instance reads it and answers here within 30 days.">
          <Form action="/settings/privacy/ask" csrf={csrf}>
            <label class="visually-hidden" for="field-message">What would you like?</label>
            <textarea name="message" rows={3} placeholder="What would you like?" {...inputProps('message', problems)}>{typed}</textarea>
            <FieldProblems field="message" problems={problems} />
            <button class="button">Ask</button>
          </Form>
        </Right>
        <Right title="Delete it" text="For good. You can undo it for about 30 days, unless you choose to have it deleted at once.">
          {announced.length > 0 ? <p>A deletion is under way. It can be undone at the top of this page.</p> : (
            <div class="buttons">
              <a class="button danger" href="/settings/delete-account">Delete your account</a>
              {role === 'owner' && <a class="button danger" href="/settings/delete-workspace">Delete {workspace.name}</a>}
            </div>
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
  const about = workspaceId === null ? 'About you' : (workspaces.find(({ id }) => id === workspaceId)?.name ?? 'A workspace');
  return (
    <li>
      <span>{about}, <Time at={createdAt} zone={zone} /></span>
      {(state === 'waiting' || state === 'making') && (
        <span class="making"><progress max={Math.max(total, 1)} value={done} aria-label={`${about}: how far the copy is`} /> {state === 'waiting' ? 'Waits its turn' : `${done.toLocaleString('en')} of ${total.toLocaleString('en')}`}</span>
      )}
      {state === 'ready' && expiresAt !== null && (
        <span><a class="button small" href={`/settings/exports/${reference}`} download>Fetch {sizeText(bytes ?? 0)}</a> <span class="help">until <Time at={expiresAt} zone={zone} /></span></span>
      )}
      {state === 'failed' && <span class="error">It could not be made. Ask for it again; if it fails once more, the log of the server says why.</span>}
      {state === 'gone' && <span class="help">Its time was over, and the file is removed.</span>}
    </li>
  );
}

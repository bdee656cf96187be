import type { Problem } from '../../domain/limits.ts';
import { peopleTexts } from '../../domain/texts/people/people.ts';
import type { Account } from '../../store/team/accounts.ts';
import type { View } from '../page.tsx';
import { SettingsTabs } from '../settings/tabs.tsx';
import { ActionButton, Button, ButtonLink } from '../ui/button.tsx';
import { CopyField } from '../ui/copy.tsx';
import { Field, inputProps } from '../ui/field.tsx';
import { Form, ProblemList } from '../ui/form.tsx';
import { PageHead } from '../ui/page-head.tsx';
import { rich } from '../words/rich.tsx';
import { dayText } from '../words/time.tsx';
import { listText } from '../words/words.ts';

const { account: t, ...all } = peopleTexts;

export interface AccountPageProps {
  account: Omit<Account, 'activeAt'> & { twoFactor: boolean };
  /** It is the account of whoever looks. */
  self: boolean;
  view: View;
  /** The link that was just made. */
  url: string | undefined;
  problems: readonly Problem[];
}

/** One person, and what whoever runs the instance can do for them. */
export function AccountPage({ account, self, view: { csrf, workspace, now }, url, problems }: AccountPageProps) {
  const { id, name, email, operator, suspendedAt, createdAt, workspaces } = account;
  const base = `/settings/people/${id}`;
  return (
    <>
      <PageHead title={name} note={email}><ButtonLink href="/settings/people" kind="quiet">{t.all}</ButtonLink></PageHead>
      <SettingsTabs current="/settings/people" operator />
      <p>{all.madeOn(dayText(createdAt, workspace.zone, now))} {workspaces.length > 0 ? all.places(listText(workspaces.map((place) => all.place(place.name, place.role)))) : all.noPlace}</p>
      <ProblemList problems={problems.filter(({ field }) => field === '')} />
      {self ? <p>{rich(t.own, { a: (words) => <a href="/settings/security">{words}</a> })}</p> : <Help account={account} csrf={csrf} url={url} problems={problems} />}
      {!operator && (
        <section>
          <h2>{t.suspension}</h2>
          <p class="help">{suspendedAt === null ? all.suspendSays(name) : all.suspended(dayText(suspendedAt, workspace.zone, now))}</p>
          {suspendedAt === null
            ? <ActionButton action={`${base}/suspend`} csrf={csrf} kind="danger">{all.suspendName(name)}</ActionButton>
            : <ActionButton action={`${base}/unsuspend`} csrf={csrf}>{all.unsuspend}</ActionButton>}
        </section>
      )}
    </>
  );
}

/** A new password, and the second step. */
function Help({ account: { id, name, twoFactor }, csrf, url, problems }: Pick<AccountPageProps, 'account' | 'url' | 'problems'> & { csrf: string }) {
  const base = `/settings/people/${id}`;
  return (
    <>
      <section>
        <h2>{t.reset.title}</h2>
        {url === undefined ? (
          <>
            <p class="help">{t.reset.says(name)}</p>
            <Proven action={`${base}/reset-link`} csrf={csrf} field="reset-password" problems={problems} button={t.reset.button} />
          </>
        ) : (
          <div class="flash invited" role="status">
            <p>{t.reset.made}</p>
            <CopyField name="reset-link" label={t.reset.link(name)} value={url} />
          </div>
        )}
      </section>
      <section>
        <h2>{t.second.title}</h2>
        <p class="help">{twoFactor ? t.second.on(name) : t.second.off}</p>
        {twoFactor && <Proven action={`${base}/two-factor-off`} csrf={csrf} field="second-password" problems={problems} button={t.second.button} />}
      </section>
    </>
  );
}

/** A button that asks for the password of whoever presses it. */
function Proven({ action, csrf, field, problems, button }: { action: string; csrf: string; field: string; problems: readonly Problem[]; button: string }) {
  return (
    <Form action={action} csrf={csrf}>
      <Field name={field} label={t.password} problems={problems}>
        <input type="password" name="password" autocomplete="current-password" required {...inputProps(field, problems)} />
      </Field>
      <Button>{button}</Button>
    </Form>
  );
}

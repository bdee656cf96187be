import type { ComponentChildren } from 'preact';
import type { Problem } from '../../domain/limits.ts';
import { securityTexts as t } from '../../domain/texts/people/security.ts';
import type { Session } from '../../store/people/sessions.ts';
import type { TwoFactor } from '../../store/team/security.ts';
import type { View } from '../page.tsx';
import { Button } from '../ui/button.tsx';
import { CopyField, Qr } from '../ui/copy.tsx';
import { Field, inputProps, TextField } from '../ui/field.tsx';
import { Form, ProblemList } from '../ui/form.tsx';
import { PageHead } from '../ui/page-head.tsx';
import { rich } from '../words/rich.tsx';
import { Time } from '../words/time.tsx';
import { SettingsTabs } from '../settings/tabs.tsx';
import { PasswordForm, Sessions } from './log-in.tsx';
import type { Told } from './routes.tsx';

export interface SecurityPageProps {
  known: TwoFactor | undefined;
  /** What the app reads, while the secret is not confirmed. */
  uri: string | null;
  sessions: readonly Session[];
  /** The session of whoever looks. */
  here: string;
  view: View;
  told: Told;
  operator: boolean;
}

export function SecurityPage({ known, uri, sessions, here, view, told, operator }: SecurityPageProps) {
  const { csrf, workspace } = view;
  const { problems = [], about, codes } = told;
  const of = (form: Told['about']) => (about === form ? problems : []);
  // What somebody is in the middle of stands first.
  const underWay = uri !== null || codes !== undefined || (about !== undefined && about !== 'password');
  return (
    <>
      <PageHead title={t.title} />
      <SettingsTabs current="/settings/security" operator={operator} />
      {!underWay && <PasswordForm csrf={csrf} problems={of('password')} />}
      <section>
        <h2>{t.heading}</h2>
        <p class="lead">{t.lead}</p>
        <ProblemList problems={problems.filter(({ field }) => field === '')} />
        {codes && (
          <div class="flash invited" role="status">
            <p>{t.codesSay}</p>
            <CopyField name="codes" label={t.codes} value={codes.join('\n')} rows={codes.length} />
          </div>
        )}
        {known === undefined && (
          <Form action="/settings/security/begin" csrf={csrf}>
            <TextField name="password" label={t.password} type="password" problems={of('begin')} autocomplete="current-password" required />
            <Button kind="primary">{t.setUp}</Button>
          </Form>
        )}
        {known && uri !== null && (
          <>
            <ol class="steps">
              <li>{t.scan}</li>
              <li>{t.type}</li>
            </ol>
            <Qr text={uri} label={t.qr} />
            <CopyField name="secret" label={t.secret} value={known.secret} />
            <Form action="/settings/security/confirm" csrf={csrf}>
              <TextField name="code" label={t.code} problems={of('confirm')} autocomplete="one-time-code" required />
              <p class="help">{t.until}</p>
              <Button kind="primary">{t.switchOn}</Button>
            </Form>
          </>
        )}
        {known && known.confirmedAt !== null && (
          <>
            <p>{rich(t.on(known.codesLeft), { when: <Time at={known.confirmedAt} zone={workspace.zone} /> })}</p>
            <h3>{t.fresh}</h3>
            <Confirmed action="/settings/security/codes" csrf={csrf} problems={of('codes')} id="codes">{t.makeFresh}</Confirmed>
            <h3>{t.off}</h3>
            <Confirmed action="/settings/security/off" csrf={csrf} problems={of('off')} id="off">{t.off}</Confirmed>
          </>
        )}
      </section>
      {underWay && <PasswordForm csrf={csrf} problems={of('password')} />}
      <Sessions sessions={sessions} here={here} view={view} />
    </>
  );
}

/** A button that asks for the password; several may stand on one page. */
function Confirmed({ action, csrf, problems, id, children }: { action: string; csrf: string; problems: readonly Problem[]; id: string; children: ComponentChildren }) {
  const field = `${id}-password`;
  const own = problems.map((problem) => (problem.field === 'password' ? { ...problem, field } : problem));
  return (
    <Form action={action} csrf={csrf}>
      <Field name={field} label={t.password} problems={own}>
        <input type="password" name="password" autocomplete="current-password" required {...inputProps(field, own)} />
      </Field>
      <Button>{children}</Button>
    </Form>
  );
}

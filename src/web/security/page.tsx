import type { ComponentChildren } from 'preact';
import type { Problem } from '../../domain/limits.ts';
import type { TwoFactor } from '../../store/team/security.ts';
import type { View } from '../page.tsx';
import { CopyField } from '../ui/copy.tsx';
import { FieldProblems, fieldId, inputProps, TextField } from '../ui/field.tsx';
import { Form, ProblemList } from '../ui/form.tsx';
import { Time } from '../words/time.tsx';
import { SettingsTabs } from '../settings/tabs.tsx';
import { Qr } from '../ui/copy.tsx';
import type { Told } from './routes.tsx';

export interface SecurityPageProps {
  known: TwoFactor | undefined;
  /** What the app reads, while the secret is not confirmed. */
  uri: string | null;
  view: View;
  told: Told;
  operator: boolean;
}

export function SecurityPage({ known, uri, view: { csrf, workspace }, told, operator }: SecurityPageProps) {
  const { problems = [], about, codes } = told;
  const of = (form: Told['about']) => (about === form ? problems : []);
  return (
    <>
      <div class="page-head"><h1>Security</h1></div>
      <SettingsTabs current="/settings/security" operator={operator} />
      <section>
        <h2>A second step at log-in</h2>
        <p class="lead">After the password you type a code that an app on your phone shows. A stolen password alone opens nothing then.</p>
        <ProblemList problems={problems.filter(({ field }) => field === '')} />
        {codes && (
          <div class="flash invited" role="status">
            <p>Keep these recovery codes where your phone is not. Each logs you in once when the app is lost. They are shown this once.</p>
            <CopyField name="codes" label="Recovery codes" value={codes.join('\n')} rows={codes.length} />
          </div>
        )}
        {known === undefined && (
          <Form action="/settings/security/begin" csrf={csrf}>
            <TextField name="password" label="Your password" type="password" problems={of('begin')} autocomplete="current-password" required />
            <button class="button primary">Set it up</button>
          </Form>
        )}
        {known && uri !== null && (
          <>
            <ol class="steps">
              <li>Open an authenticator app and scan this.</li>
              <li>Type the six digits that it shows.</li>
            </ol>
            <Qr text={uri} label="QR code for the authenticator app" />
            <CopyField name="secret" label="Or type this into the app" value={known.secret} />
            <Form action="/settings/security/confirm" csrf={csrf}>
              <TextField name="code" label="Code" problems={of('confirm')} autocomplete="one-time-code" required />
              <p class="help">Until then nothing changes for you. After a quarter of an hour this picture is void, and you begin anew.</p>
              <button class="button primary">Switch it on</button>
            </Form>
          </>
        )}
        {known && known.confirmedAt !== null && (
          <>
            <p>It is on since <Time at={known.confirmedAt} zone={workspace.zone} />. {known.codesLeft} of 10 recovery codes are left.</p>
            <h3>Fresh recovery codes</h3>
            <Confirmed action="/settings/security/codes" csrf={csrf} problems={of('codes')} id="codes">Make ten fresh ones</Confirmed>
            <h3>Switch it off</h3>
            <Confirmed action="/settings/security/off" csrf={csrf} problems={of('off')} id="off">Switch it off</Confirmed>
          </>
        )}
      </section>
    </>
  );
}

/** A button that asks for the password; several may stand on one page. */
function Confirmed({ action, csrf, problems, id, children }: { action: string; csrf: string; problems: readonly Problem[]; id: string; children: ComponentChildren }) {
  const field = `${id}-password`;
  const own = problems.map((problem) => (problem.field === 'password' ? { ...problem, field } : problem));
  return (
    <Form action={action} csrf={csrf}>
      <div class="field">
        <label for={fieldId(field)}>Your password</label>
        <input type="password" name="password" autocomplete="current-password" required {...inputProps(field, own)} />
        <FieldProblems field={field} problems={own} />
      </div>
      <button class="button">{children}</button>
    </Form>
  );
}

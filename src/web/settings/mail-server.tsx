import { mailSettings } from '../../domain/mail.ts';
import type { Problem } from '../../domain/limits.ts';
import type { Settings } from '../../settings.ts';
import type { Check } from '../../store/settings.ts';
import { ActionButton } from '../ui/button.tsx';
import { CheckField, FieldProblems, fieldId, inputProps } from '../ui/field.tsx';
import { Form } from '../ui/form.tsx';
import { Time } from '../words/time.tsx';
import { Findings } from './findings.tsx';

/** Through which server mails go. What is saved of it is never shown, for it holds a password. */
export function MailServerSection({ csrf, settings, typed, problems, tested }: {
  csrf: string; settings: Settings; typed: Record<string, string> | null; problems: readonly Problem[]; tested: Check | undefined;
}) {
  const isSet = settings.get('SMTP_URL') !== undefined;
  const saved = settings.origin('SMTP_URL');
  return (
    <section class="instance-form" id="mail">
      <h2>Mails</h2>
      <p class="lead">{isSet ? 'Mails go out.' : 'No mail goes out yet.'} What waits, and what became of it, stands in the <a href="/settings/outbox">outbox</a>.</p>
      <Form action="/settings/instance/mail" csrf={csrf}>
        {mailSettings.map(({ env, field, label, help, secret }) => {
          const locked = settings.origin(env) === 'environment';
          // A password that was typed comes back only where it must be mended.
          const value = secret ? (typed?.[field] ?? '') : (typed?.[field] ?? settings.get(env) ?? '');
          return (
            <div class="field">
              <label for={fieldId(field)}>{label}</label>
              <p class="help">{help}{locked && <> Set by the environment as <code>{env}</code>.</>}{secret && !locked && isSet && ' One is saved; leave this empty to keep it.'}</p>
              <input name={field} value={locked && secret ? '' : value} readOnly={locked} autocomplete="off" spellcheck={false} {...inputProps(field, problems)} />
              <FieldProblems field={field} problems={problems} />
            </div>
          );
        })}
        {saved !== null && saved !== 'environment' && <CheckField name="forget" label="Forget the saved mail server" checked={false} problems={[]} />}
        <button class="button primary">Save</button>
      </Form>
      {isSet && (
        <div class="tried">
          {tested && <><p class="help">Tested <Time at={tested.at} zone="UTC" /></p><Findings findings={tested.findings} /></>}
          <ActionButton action="/settings/instance/mail/test" csrf={csrf}>Send me a test mail</ActionButton>
        </div>
      )}
    </section>
  );
}

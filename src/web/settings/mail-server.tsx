import { mailSettings } from '../../domain/mail.ts';
import type { Problem } from '../../domain/limits.ts';
import { instanceTexts } from '../../domain/texts/settings/instance.ts';
import type { Settings } from '../../settings.ts';
import type { Check } from '../../store/settings.ts';
import { ActionButton, Button } from '../ui/button.tsx';
import { CheckField, Field, inputProps } from '../ui/field.tsx';
import { Form } from '../ui/form.tsx';
import { rich } from '../words/rich.tsx';
import { Time } from '../words/time.tsx';
import { Findings } from './findings.tsx';
import { FromEnvironment } from './instance-form.tsx';

const t = instanceTexts.mail;

export interface MailServerProps {
  /** Where it is saved; `/test` after it is where a mail is sent. */
  base: string;
  csrf: string;
  settings: Settings;
  typed: Record<string, string> | null;
  problems: readonly Problem[];
  tested: Check | undefined;
  zone: string;
}

/** Through which server mails go. What is saved of it is never shown, for it holds a password. */
export function MailServer({ base, csrf, settings, typed, problems, tested, zone }: MailServerProps) {
  const isSet = settings.get('SMTP_URL') !== undefined;
  const saved = settings.origin('SMTP_URL');
  return (
    <>
      <p class="lead">{rich(isSet ? t.out : t.waits, { outbox: (words) => <a href="/settings/outbox">{words}</a> })}</p>
      <Form action={base} csrf={csrf} class="instance-form">
        {mailSettings.map(({ env, field, label, help, secret }) => {
          const locked = settings.origin(env) === 'environment';
          // A password that was typed comes back only where it must be mended.
          const value = secret ? (typed?.[field] ?? '') : (typed?.[field] ?? settings.get(env) ?? '');
          return (
            <Field name={field} label={label} help={<>{help}{locked && <FromEnvironment name={env} />}{secret && !locked && isSet && t.kept}</>} problems={problems}>
              <input name={field} value={locked && secret ? '' : value} readOnly={locked} autocomplete="off" spellcheck={false} {...inputProps(field, problems)} />
            </Field>
          );
        })}
        {saved !== null && saved !== 'environment' && <CheckField name="forget" label={t.forget} checked={false} problems={[]} />}
        <Button kind={isSet ? 'plain' : 'primary'}>{instanceTexts.save}</Button>
      </Form>
      {isSet && (
        <div class="tried">
          {tested && <><p class="help">{rich(t.tested, { when: <Time at={tested.at} zone={zone} /> })}</p><Findings findings={tested.findings} /></>}
          <ActionButton action={`${base}/test`} csrf={csrf}>{t.test}</ActionButton>
        </div>
      )}
    </>
  );
}

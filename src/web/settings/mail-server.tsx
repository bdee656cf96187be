import { serverIn } from '../../domain/people/mail.ts';
import type { Problem } from '../../domain/limits.ts';
import { instanceRefusals as words } from '../../domain/texts/refusals/instance.ts';
import { instanceTexts } from '../../domain/texts/settings/instance.ts';
import type { Settings } from '../../settings.ts';
import type { Check } from '../../store/instance/settings.ts';
import { ActionButton, Button } from '../ui/button.tsx';
import { CheckField, Field, inputProps, TextField } from '../ui/field.tsx';
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

/** Through which server mails go. Of what is saved only its name is shown: the rest is a user and a password. */
export function MailServer({ base, csrf, settings, typed, problems, tested, zone }: MailServerProps) {
  const isSet = settings.get('SMTP_URL') !== undefined;
  const saved = settings.origin('SMTP_URL');
  const locked = saved === 'environment';
  const server = serverIn(settings.get('SMTP_URL') ?? '');
  return (
    <>
      <p class="lead">{rich(isSet ? t.out : t.waits, { outbox: (words) => <a href="/settings/outbox">{words}</a> })}</p>
      <Form action={base} csrf={csrf} class="instance-form">
        {locked ? (
          <Field name="smtp" label={words.mailServer} help={<FromEnvironment name="SMTP_URL" />} problems={problems}>
            <input name="smtp" value={server} readOnly {...inputProps('smtp', problems)} />
          </Field>
        ) : (
          <>
            {/* An address that was typed whole has a password in it: it comes back only where it must be mended. */}
            <TextField name="smtp" label={words.mailServer} help={<>{words.mailServerHelp}{isSet && t.kept(server)}</>} value={typed?.['smtp'] ?? ''} problems={problems} autocomplete="off" />
            <TextField name="user" label={t.user} help={t.userHelp} value={typed?.['user'] ?? ''} problems={problems} autocomplete="off" />
            <TextField name="password" label={t.password} help={t.passwordHelp} type="password" problems={problems} autocomplete="off" />
          </>
        )}
        {settings.origin('MAIL_FROM') === 'environment' ? (
          <Field name="from" label={words.sender} help={<>{words.senderHelp}<FromEnvironment name="MAIL_FROM" /></>} problems={problems}>
            <input name="from" value={settings.get('MAIL_FROM') ?? ''} readOnly {...inputProps('from', problems)} />
          </Field>
        ) : <TextField name="from" label={words.sender} help={words.senderHelp} value={typed?.['from'] ?? settings.get('MAIL_FROM') ?? ''} problems={problems} autocomplete="off" />}
        {saved !== null && !locked && <CheckField name="forget" label={t.forget} checked={false} problems={[]} />}
        {!(locked && settings.origin('MAIL_FROM') === 'environment') && <Button kind={isSet ? 'plain' : 'primary'}>{instanceTexts.save}</Button>}
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

import type { Problem } from '../../domain/limits.ts';
import { networkTexts } from '../../domain/texts/settings/networks.ts';
import type { Setting } from '../../providers/contract.ts';
import type { Settings } from '../../settings.ts';
import { Button } from '../ui/button.tsx';
import { FieldProblems, fieldId, inputProps } from '../ui/field.tsx';
import { Form } from '../ui/form.tsx';
import { rich } from '../words/rich.tsx';
import { hintOf } from './network-state.ts';

const t = networkTexts.values;

export interface NetworkFormProps {
  action: string;
  csrf: string;
  fields: readonly Setting[];
  settings: Settings;
  /** What was typed and refused; secrets are typed again. */
  typed: Readonly<Record<string, string>> | null;
  problems: readonly Problem[];
  /** What is saved whole is tried at once. */
  tries: boolean;
}

/** The operator's values for one app. A secret that is set is never shown again. */
export function NetworkForm({ action, csrf, fields, settings, typed, problems, tries }: NetworkFormProps) {
  const locked = fields.every(({ env }) => settings.origin(env) === 'environment');
  return (
    <Form action={action} csrf={csrf} class="network-form">
      {fields.map((field) => (settings.origin(field.env) === 'environment'
        ? <LockedField field={field} value={settings.get(field.env) ?? ''} />
        : <OpenField field={field} value={settings.get(field.env)} typed={typed?.[field.env]} problems={problems} />))}
      {locked ? <p class="help">{t.fixed}</p> : <Button kind="primary">{tries ? t.saveAndTest : t.save}</Button>}
    </Form>
  );
}

function OpenField({ field: { env, label, help, secret, optional, fallback, or }, value, typed, problems }: {
  field: Setting; value: string | undefined; typed: string | undefined; problems: readonly Problem[];
}) {
  const kept = secret && value !== undefined;
  const instead = fallback ?? or;
  const notes = [help, ...(instead === undefined ? [] : [t.fallback(instead)])];
  return (
    <div class="field">
      <label for={fieldId(env)}>{label}{(optional ?? instead !== undefined) && <span class="handle">{t.optional}</span>}</label>
      <p class="help">{notes.join(' ')}</p>
      {kept && <p class="kept">{hintOf(value)}. <span class="help">{t.keep}</span></p>}
      {secret
        ? <input type="password" name={env} autocomplete="new-password" {...(kept && { placeholder: t.replace })} {...inputProps(env, problems)} />
        : <input name={env} value={typed ?? value ?? ''} autocomplete="off" spellcheck={false} {...inputProps(env, problems)} />}
      <FieldProblems field={env} problems={problems} />
    </div>
  );
}

/** The environment wins: shown as it is, to be changed there. */
function LockedField({ field: { env, label, secret }, value }: { field: Setting; value: string }) {
  return (
    <div class="field">
      <label for={fieldId(env)}>{label}</label>
      <p class="help">{rich(t.environment, { name: <code>{env}</code> })}</p>
      <input id={fieldId(env)} value={secret ? hintOf(value) : value} readOnly />
    </div>
  );
}

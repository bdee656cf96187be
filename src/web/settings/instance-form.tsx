import type { ComponentChildren } from 'preact';
import { instanceOf, instanceSettings } from '../../domain/instance/instance.ts';
import type { Problem } from '../../domain/limits.ts';
import { instanceTexts as t } from '../../domain/texts/settings/instance.ts';
import type { Settings } from '../../settings.ts';
import { Button } from '../ui/button.tsx';
import { Field, inputProps } from '../ui/field.tsx';
import { Form } from '../ui/form.tsx';
import { rich } from '../words/rich.tsx';

/** What the instance is called and who answers for it. */
export function InstanceForm({ action, csrf, settings, typed, problems, save }: {
  action: string; csrf: string; settings: Settings; typed: Record<string, string> | null; problems: readonly Problem[]; /** Leads on to the next step as well: it stands there even where nothing can be changed. */ save?: string;
}) {
  const fixed = instanceSettings.every(({ env }) => settings.origin(env) === 'environment');
  return (
    <Form action={action} csrf={csrf} class="instance-form">
      {instanceSettings.map(({ env, field, label, help }) => {
        const locked = settings.origin(env) === 'environment';
        const input = { name: field, readOnly: locked, ...inputProps(field, problems) };
        const value = (locked ? settings.get(env) : (typed?.[field] ?? settings.get(env))) ?? '';
        return (
          <Field name={field} label={label} help={<>{help}{locked && <FromEnvironment name={env} />}</>} problems={problems}>
            {field === 'address' ? <textarea rows={4} {...input}>{value}</textarea> : <input value={value} {...(field === 'name' && { placeholder: instanceOf(() => undefined).name })} {...input} />}
          </Field>
        );
      })}
      {(!fixed || save) && <Button kind="primary">{save ?? t.save}</Button>}
    </Form>
  );
}

export function FromEnvironment({ name }: { name: string }): ComponentChildren {
  return rich(t.fromEnvironment, { name: <code>{name}</code> });
}

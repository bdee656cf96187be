import type { ComponentChildren } from 'preact';
import type { Problem } from '../../domain/limits.ts';
import { uiTexts as t } from '../../domain/texts/pages/ui.ts';
import { Field, fieldId, inputProps } from './field.tsx';

export interface Option {
  value: string;
  label: string;
  disabled?: boolean;
}

/** One of several, in the browser's own list: it is read out and works by touch like any other. */
export function SelectField({ name, id = fieldId(name), label, help, problems, options, value }: {
  name: string; /** Where several forms of a page have a field of this name. */ id?: string; label: string; help?: ComponentChildren; problems: readonly Problem[]; options: readonly Option[]; value: string;
}) {
  return (
    <Field name={name} id={id} label={label} help={help} problems={problems}>
      <select name={name} {...inputProps(name, problems, id)}>
        {options.map((option) => <option value={option.value} selected={option.value === value} disabled={option.disabled}>{option.label}</option>)}
      </select>
    </Field>
  );
}

/** A time zone to choose, out of all there are. */
export function ZoneField({ zone, help, problems }: { zone: string; help: string; problems: readonly Problem[] }) {
  return <SelectField name="zone" label={t.zone} help={help} problems={problems} value={zone} options={zones(zone).map((one) => ({ value: one, label: one.replaceAll('_', ' ') }))} />;
}

function zones(current: string): string[] {
  return [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone'), current])].sort();
}

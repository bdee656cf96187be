import type { ComponentChildren, ComponentProps } from 'preact';
import type { Problem } from '../../domain/limits.ts';

export const problemId = (field: string) => `problem-${field.replaceAll(/[^\w-]/gu, '-')}`;
export const fieldId = (field: string) => `field-${field.replaceAll(/[^\w-]/gu, '-')}`;

/** What is wrong with one field, beside it. */
export function FieldProblems({ field, problems }: { field: string; problems: readonly Problem[] }) {
  const own = problems.filter((problem) => problem.field === field);
  if (own.length === 0) return null;
  return (
    <div class="field-problems" id={problemId(field)}>
      {own.map(({ message, level, link }) => <p class={level === 'warning' ? 'warning' : 'error'}>{message}<WayOut link={link} /></p>)}
    </div>
  );
}

/** Leads to where something can be done about it. */
export function WayOut({ link }: { link: Problem['link'] }) {
  return link ? <> <a href={link.href}>{link.label}</a></> : null;
}

/** What an input needs to be tied to its problems. */
export function inputProps(field: string, problems: readonly Problem[], id = fieldId(field)) {
  const own = problems.filter((problem) => problem.field === field);
  return {
    id,
    ...(own.length > 0 && { 'aria-describedby': problemId(field) }),
    ...(own.some(({ level }) => level !== 'warning') && { 'aria-invalid': 'true' as const }),
  };
}

interface FieldProps {
  name: string;
  /** Where several forms of a page have a field of this name. */
  id?: string;
  label: string;
  help?: ComponentChildren;
  problems: readonly Problem[];
}

/** A label, what helps to fill it in, the input itself, and what is wrong with it. The input takes `inputProps(name, problems, id)`. */
export function Field({ name, id = fieldId(name), label, help, problems, children }: FieldProps & { children: ComponentChildren }) {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {help && <p class="help">{help}</p>}
      {children}
      <FieldProblems field={name} problems={problems} />
    </div>
  );
}

export interface TextFieldProps extends FieldProps {
  value?: string;
  type?: 'text' | 'email' | 'password' | 'url' | 'search' | 'date' | 'number';
  placeholder?: string | undefined;
  autocomplete?: 'name' | 'email' | 'username' | 'new-password' | 'current-password' | 'one-time-code' | 'off';
  required?: boolean | undefined;
  autofocus?: boolean;
  maxLength?: number;
  /** The first day that may be chosen. */
  min?: string;
}

export function TextField({ name, id = fieldId(name), label, problems, value = '', type = 'text', help, placeholder, autocomplete, required = false, autofocus = false, maxLength, min }: TextFieldProps) {
  // Preact types an input by its literal `type`; which of these it is does not matter here.
  const input = {
    name, type, value: type === 'password' ? '' : value, required, autofocus, ...(placeholder && { placeholder }), ...(maxLength && { maxLength }), ...(min && { min }),
    ...(autocomplete && { autocomplete }), ...inputProps(name, problems, id),
  } as ComponentProps<'input'>;
  return <Field name={name} id={id} label={label} help={help} problems={problems}><input {...input} /></Field>;
}

export function TextAreaField({ name, label, help, problems, value = '', rows = 4, required = false }: FieldProps & { value?: string; rows?: number; required?: boolean }) {
  return (
    <Field name={name} label={label} help={help} problems={problems}>
      <textarea name={name} rows={rows} required={required} {...inputProps(name, problems)}>{value}</textarea>
    </Field>
  );
}

/** A box to tick: its label stands behind it. */
export function CheckField({ name, label, help, checked, problems }: FieldProps & { checked: boolean }) {
  return (
    <div class="field">
      <label class="check"><input type="checkbox" name={name} checked={checked} {...inputProps(name, problems)} /> {label}</label>
      {help && <p class="help">{help}</p>}
      <FieldProblems field={name} problems={problems} />
    </div>
  );
}

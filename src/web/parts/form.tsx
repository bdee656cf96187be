import type { ComponentChildren, ComponentProps } from 'preact';
import type { Problem } from '../../domain/limits.ts';

export interface FormProps {
  action: string;
  csrf: string;
  children: ComponentChildren;
  class?: string;
  id?: string;
  /** True where files may be sent along. */
  files?: boolean;
}

/** A form that changes something: always by POST, with its token first. */
export function Form({ action, csrf, children, files, ...rest }: FormProps) {
  return (
    <form method="post" action={action} encType={files ? 'multipart/form-data' : undefined} {...rest}>
      <input type="hidden" name="_csrf" value={csrf} />
      {children}
    </form>
  );
}

/** A button that is a form of its own. */
export function ActionButton({ action, csrf, children, kind = 'quiet', fields = {} }: {
  action: string; csrf: string; children: ComponentChildren; kind?: 'quiet' | 'danger' | 'primary'; fields?: Record<string, string>;
}) {
  return (
    <Form action={action} csrf={csrf} class="inline">
      {Object.entries(fields).map(([name, value]) => <input type="hidden" name={name} value={value} />)}
      <button class={`button ${kind}`}>{children}</button>
    </Form>
  );
}

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
export function inputProps(field: string, problems: readonly Problem[]) {
  const own = problems.filter((problem) => problem.field === field);
  return {
    id: fieldId(field),
    ...(own.length > 0 && { 'aria-describedby': problemId(field) }),
    ...(own.some(({ level }) => level !== 'warning') && { 'aria-invalid': 'true' as const }),
  };
}

export interface TextFieldProps {
  name: string;
  label: string;
  problems: readonly Problem[];
  value?: string;
  type?: 'text' | 'email' | 'password' | 'url';
  help?: string | undefined;
  placeholder?: string | undefined;
  autocomplete?: 'name' | 'email' | 'username' | 'new-password' | 'current-password' | 'one-time-code' | 'off';
  required?: boolean | undefined;
  autofocus?: boolean;
}

export function TextField({ name, label, problems, value = '', type = 'text', help, placeholder, autocomplete, required = false, autofocus = false }: TextFieldProps) {
  // Preact types an input by its literal `type`; which of these it is does not matter here.
  const input = {
    name, type, value: type === 'password' ? '' : value, required, autofocus, ...(placeholder && { placeholder }),
    ...(autocomplete && { autocomplete }), ...inputProps(name, problems),
  } as ComponentProps<'input'>;
  return (
    <div class="field">
      <label for={fieldId(name)}>{label}</label>
      {help && <p class="help">{help}</p>}
      <input {...input} />
      <FieldProblems field={name} problems={problems} />
    </div>
  );
}

export function CheckField({ name, label, help, checked, problems }: { name: string; label: string; help?: string | undefined; checked: boolean; problems: readonly Problem[] }) {
  return (
    <div class="field">
      <label class="check"><input type="checkbox" name={name} checked={checked} {...inputProps(name, problems)} /> {label}</label>
      {help && <p class="help">{help}</p>}
      <FieldProblems field={name} problems={problems} />
    </div>
  );
}

/** Problems and warnings in one list that jumps to their fields. */
export function ProblemList({ problems, labels = {} }: { problems: readonly Problem[]; labels?: Record<string, string> }) {
  if (problems.length === 0) return null;
  const blocking = problems.some(({ level }) => level !== 'warning');
  return (
    <section class={`problems ${blocking ? 'blocking' : ''}`} role={blocking ? 'alert' : 'status'} tabIndex={-1}>
      <h2>{blocking ? 'This stands in the way' : 'Worth a look'}</h2>
      <ul>
        {problems.map(({ field, message, level, link }) => (
          <li class={level === 'warning' ? 'warning' : 'error'}>
            {field ? <a href={`#${fieldId(field)}`}>{labels[field] ? `${labels[field]}: ` : ''}{message}</a> : message}<WayOut link={link} />
          </li>
        ))}
      </ul>
    </section>
  );
}

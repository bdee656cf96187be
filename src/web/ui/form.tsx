import type { ComponentChildren } from 'preact';
import type { Problem } from '../../domain/limits.ts';
import { uiTexts as t } from '../../domain/texts/pages/ui.ts';
import { fieldId, WayOut } from './field.tsx';

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

/** Problems and warnings in one list that jumps to their fields. */
export function ProblemList({ problems, labels = {} }: { problems: readonly Problem[]; labels?: Record<string, string> }) {
  if (problems.length === 0) return null;
  const blocking = problems.some(({ level }) => level !== 'warning');
  return (
    <section class={`problems ${blocking ? 'blocking' : ''}`} role={blocking ? 'alert' : 'status'} tabIndex={-1}>
      <h2>{blocking ? t.inTheWay : t.worthALook}</h2>
      <ul>
        {problems.map(({ field, message, level, link }) => (
          <li class={level === 'warning' ? 'warning' : 'error'}>
            {field ? <a href={`#${fieldId(field)}`}>{labels[field] ? t.fieldProblem(labels[field], message) : message}</a> : message}<WayOut link={link} />
          </li>
        ))}
      </ul>
    </section>
  );
}

import type { Problem } from '../../domain/limits.ts';
import type { SupportMessage } from '../../store/support.ts';
import { FieldProblems, fieldId, inputProps } from '../ui/field.tsx';
import { Form } from '../ui/form.tsx';
import { Time } from '../words/time.tsx';

/** What was written, oldest first. */
export function Conversation({ messages, zone, person, operator }: { messages: readonly SupportMessage[]; zone: string; person: string; operator: string }) {
  return (
    <ol class="conversation">
      {messages.map(({ byOperator, text, at }) => (
        <li class={byOperator ? 'message from-operator' : 'message'}>
          <p class="help"><strong>{byOperator ? operator : person}</strong> <Time at={at} zone={zone} /></p>
          <p class="message-text">{text}</p>
        </li>
      ))}
    </ol>
  );
}

/** A field for a message, in a form of its own. */
export function MessageForm({ action, csrf, label, button, typed, problems }: {
  action: string; csrf: string; label: string; button: string; typed: string; problems: readonly Problem[];
}) {
  return (
    <Form action={action} csrf={csrf} class="message-form">
      <TextArea name="text" label={label} value={typed} problems={problems} rows={6} />
      <button class="button primary">{button}</button>
    </Form>
  );
}

export function TextArea({ name, label, value, problems, rows, help, required = true }: {
  name: string; label: string; value: string; problems: readonly Problem[]; rows: number; help?: string; required?: boolean;
}) {
  return (
    <div class="field">
      <label for={fieldId(name)}>{label}</label>
      {help && <p class="help">{help}</p>}
      <textarea name={name} rows={rows} required={required} {...inputProps(name, problems)}>{value}</textarea>
      <FieldProblems field={name} problems={problems} />
    </div>
  );
}

import type { Problem } from '../../domain/limits.ts';
import type { SupportMessage } from '../../store/people/support.ts';
import { Button } from '../ui/button.tsx';
import { TextAreaField } from '../ui/field.tsx';
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
      <TextAreaField name="text" label={label} value={typed} problems={problems} rows={6} required />
      <Button kind="primary">{button}</Button>
    </Form>
  );
}

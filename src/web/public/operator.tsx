import type { Instance } from '../../domain/instance/instance.ts';
import { publicTexts as t } from '../../domain/texts/promise/public.ts';

/** Who runs the instance, in the middle of a sentence. */
export function operatorName({ operator }: Instance): string {
  return operator ?? t.operatorUnnamed;
}

/** How to reach them; neutral while they have not said. */
export function Contact({ instance: { operator, email, address } }: { instance: Instance }) {
  if (operator === undefined && email === undefined) {
    return <p>{t.unnamedOperator}</p>;
  }
  return (
    <address class="contact">
      {operator && <strong>{operator}</strong>}
      {address?.split('\n').map((line) => <span>{line}</span>)}
      {email && <a href={`mailto:${email}`}>{email}</a>}
    </address>
  );
}

/** Behind "Write to": their address, or whom else. */
export function Whom({ instance: { email } }: { instance: Instance }) {
  return email ? <a href={`mailto:${email}`}>{email}</a> : <>{t.whoeverRuns}</>;
}

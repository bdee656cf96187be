import type { Instance } from '../../domain/instance.ts';

/** Who runs the instance, in the middle of a sentence. */
export function operatorName({ operator }: Instance): string {
  return operator ?? 'the operator of this instance';
}

/** How to reach them; neutral while they have not said. */
export function Contact({ instance: { operator, email, address } }: { instance: Instance }) {
  if (operator === undefined && email === undefined) {
    return <p>This instance is run by whoever gave you its address.</p>;
  }
  return (
    <address class="contact">
      {operator && <strong>{operator}</strong>}
      {address?.split('\n').map((line) => <span>{line}</span>)}
      {email && <a href={`mailto:${email}`}>{email}</a>}
    </address>
  );
}

/** "Write to ada@example.org", or whom else. */
export function WriteTo({ instance: { email } }: { instance: Instance }) {
  return email ? <>Write to <a href={`mailto:${email}`}>{email}</a></> : <>Write to whoever runs this instance</>;
}

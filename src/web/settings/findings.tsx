import type { Finding } from '../../domain/finding.ts';

/** What was looked at, each with a mark, a word and a sentence. */
export function Findings({ findings }: { findings: readonly Finding[] }) {
  return (
    <ul class="findings">
      {findings.map(({ label, good, said }) => (
        <li class={good ? 'finding good' : 'finding bad'}>
          <span class="finding-mark">{good ? 'Good' : 'To do'}</span>
          <span><strong>{label}</strong> <span class="finding-said">{said}</span></span>
        </li>
      ))}
    </ul>
  );
}

import type { Finding } from '../../domain/finding.ts';

/** What was looked at, each with a mark, a word and a sentence. */
export function Findings({ findings, words = ['Good', 'To do'] }: { findings: readonly Finding[]; words?: readonly [good: string, bad: string] }) {
  return (
    <ul class="findings">
      {findings.map(({ label, good, said }) => (
        <li class={good ? 'finding good' : 'finding bad'}>
          <span class="finding-mark">{good ? words[0] : words[1]}</span>
          <span><strong>{label}</strong> <span class="finding-said">{said}</span></span>
        </li>
      ))}
    </ul>
  );
}

import type { Finding } from '../../domain/channels/finding.ts';
import { findingTexts } from '../../domain/texts/settings/findings.ts';
import { CopyField } from '../ui/copy.tsx';

/** What was looked at, each with a mark, a word and a sentence; below it what there is to take along for what is to be done. */
export function Findings({ findings, words = findingTexts.looked, id = 'finding' }: { findings: readonly Finding[]; words?: readonly [good: string, bad: string]; id?: string }) {
  return (
    <ul class="findings">
      {findings.map(({ label, good, said, copy = [] }, row) => (
        <li class={good ? 'finding good' : 'finding bad'}>
          <span class="finding-mark">{good ? words[0] : words[1]}</span>
          <div>
            <strong>{label}</strong> <span class="finding-said">{said}</span>
            {copy.map((one, n) => (
              <CopyField name={`${id}-${row}-${n}`} label={one.label} value={one.text} {...(one.text.includes('\n') && { rows: one.text.split('\n').length })} />
            ))}
          </div>
        </li>
      ))}
    </ul>
  );
}

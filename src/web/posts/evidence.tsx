import type { Evidence as Raw } from '../../domain/failure.ts';
import { postTexts as t } from '../../domain/texts/writing/post.ts';
import type { Attempt, Step } from '../../store/journal.ts';
import { rich } from '../words/rich.tsx';
import { clockText } from '../words/time.tsx';

export interface Journal {
  publicationId: string;
  attempts: readonly Attempt[];
  steps: readonly Step[];
}

/** Every try with its pieces and what the network said, to unfold. Secrets were taken out before it was stored. */
export function Evidence({ journal: { attempts, steps }, zone }: { journal: Journal; zone: string }) {
  const seconds = (at: number) => <time dateTime={new Date(at).toISOString()}>{clockText(at, zone)}:{String(new Date(at).getUTCSeconds()).padStart(2, '0')}</time>;
  return (
    <details class="evidence">
      <summary>{t.attempts(attempts.length)}</summary>
      <ol>
        {attempts.map(({ id, number, startedAt, outcome, failure }) => (
          <li>
            <p>{rich(t.attemptAt, { attempt: <strong>{t.attempt(number)}</strong>, when: seconds(startedAt), outcome: t.outcome[outcome ?? 'running'] })}{failure && <>. {failure.message}</>}</p>
            <ul>
              {steps.filter(({ attemptId }) => attemptId === id).map(({ name, state, startedAt: at }) => (
                <li>{rich(t.stepAt, { step: <code>{name}</code>, when: seconds(at), state: t.step[state] })}</li>
              ))}
            </ul>
            {failure && <Answer code={failure.code} evidence={failure.evidence} />}
          </li>
        ))}
      </ol>
    </details>
  );
}

/** What was asked and what came back, as whoever helps would want to read it. */
function Answer({ code, evidence }: { code: string; evidence: Raw | undefined }) {
  return (
    <>
      <dl class="answer-facts">
        {evidence && <div><dt>{t.asked}</dt><dd><code>{evidence.method} {evidence.url}</code></dd></div>}
        {evidence && <div><dt>{t.answered}</dt><dd>{evidence.status === undefined ? t.noAnswer : t.answeredAs(evidence.status)}</dd></div>}
        {evidence?.requestId !== undefined && <div><dt>{t.requestId}</dt><dd><code>{evidence.requestId}</code></dd></div>}
        <div><dt>{t.code}</dt><dd><code>{code}</code></dd></div>
      </dl>
      {evidence?.body && <pre aria-label={t.rawAnswer} tabIndex={0}>{evidence.body}</pre>}
    </>
  );
}

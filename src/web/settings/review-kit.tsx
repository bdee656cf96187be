import type { Finding } from '../../domain/finding.ts';
import type { Review } from '../../providers/contract.ts';
import type { Check } from '../../store/settings.ts';
import { CopyField } from '../ui/copy.tsx';
import { ActionButton } from '../ui/button.tsx';
import { Time } from '../words/time.tsx';
import { filled, FilledText, type Filling } from './fill.tsx';
import { Findings } from './findings.tsx';

/** Everything a review of the app asks for, ready to be handed in. */
export function ReviewKit({ review, filling }: { review: Review; filling: Filling }) {
  return (
    <section id="review">
      <h2>Review kit</h2>
      <p class="lead">{filled(review.when, filling)}</p>
      <h3>What the reviewers ask</h3>
      <ul class="bullets">{review.asks.map((ask) => <li><FilledText text={ask} filling={filling} /></li>)}</ul>
      <h3>Pages they open</h3>
      {review.pages.map(({ label, path }, n) => <CopyField name={`page-${n}`} label={label} value={`${filling.publicUrl}${path}`} />)}
      <h3>Texts to paste</h3>
      {review.texts.map(({ title, text }, n) => {
        const whole = filled(text, filling);
        return <CopyField name={`text-${n}`} label={title} value={whole} rows={Math.min(14, Math.max(3, Math.ceil(whole.length / 78) + whole.split('\n').length - 1))} />;
      })}
      <h3>The screencast, take by take</h3>
      <ol class="steps">{review.screencast.map((take) => <li><FilledText text={take} filling={filling} /></li>)}</ol>
    </section>
  );
}

/** What is still missing, and how this instance looks from outside. */
export function SelfCheck({ action, csrf, standing, reach, zone }: { action: string; csrf: string; standing: readonly Finding[]; reach: Check | undefined; zone: string }) {
  return (
    <section id="self-check">
      <h2>Self-check</h2>
      <Findings findings={standing} />
      <h3>From outside</h3>
      {reach
        ? <><p class="help">Looked at on <Time at={reach.at} zone={zone} />.</p><Findings findings={reach.findings} /></>
        : <p class="help">Opens this instance through its public address, as a network or a reviewer would. It takes some seconds.</p>}
      <ActionButton action={action} csrf={csrf}>{reach ? 'Check again' : 'Check now'}</ActionButton>
    </section>
  );
}

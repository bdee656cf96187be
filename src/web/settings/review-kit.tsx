import type { Finding } from '../../domain/channels/finding.ts';
import { networkTexts } from '../../domain/texts/settings/networks.ts';
import type { Review } from '../../providers/contract.ts';
import type { Check } from '../../store/instance/settings.ts';
import { CopyField } from '../ui/copy.tsx';
import { ActionButton } from '../ui/button.tsx';
import { rich } from '../words/rich.tsx';
import { Time } from '../words/time.tsx';
import { filled, FilledText, type Filling } from './fill.tsx';
import { Findings } from './findings.tsx';
import type { NetworkState } from './network-state.ts';

const { review: t, selfCheck } = networkTexts;

interface ReviewKitProps {
  review: Review;
  filling: Filling;
  /** The card's address. */
  base: string;
  state: NetworkState;
  csrf: string;
  zone: string;
}

/** Everything a review of the app asks for, ready to be handed in, and whether it has passed. */
export function ReviewKit({ review, filling, base, state: { ready, reviewedAt }, csrf, zone }: ReviewKitProps) {
  return (
    <section id="review">
      <h2>{t.title}</h2>
      <p class="lead">{filled(review.when, filling)}</p>
      <h3>{t.asks}</h3>
      <ul class="bullets">{review.asks.map((ask) => <li><FilledText text={ask} filling={filling} /></li>)}</ul>
      <h3>{t.pages}</h3>
      {review.pages.map(({ label, path }, n) => <CopyField name={`page-${n}`} label={label} value={`${filling.publicUrl}${path}`} />)}
      <h3>{t.texts}</h3>
      {review.texts.map(({ title, text }, n) => {
        const whole = filled(text, filling);
        return <CopyField name={`text-${n}`} label={title} value={whole} rows={Math.min(14, Math.max(3, Math.ceil(whole.length / 78) + whole.split('\n').length - 1))} />;
      })}
      <h3>{t.screencast}</h3>
      <ol class="steps">{review.screencast.map((take) => <li><FilledText text={take} filling={filling} /></li>)}</ol>
      {ready && (
        <div class="tried">
          <p class="help">{reviewedAt === null ? t.note : rich(t.noted, { when: <Time at={reviewedAt} zone={zone} /> })}</p>
          <ActionButton action={`${base}/${reviewedAt === null ? 'reviewed' : 'unreviewed'}`} csrf={csrf}>{reviewedAt === null ? t.passed : t.notPassed}</ActionButton>
        </div>
      )}
    </section>
  );
}

/** What is still missing, and how this instance looks from outside. */
export function SelfCheck({ action, csrf, standing, reach, zone }: { action: string; csrf: string; standing: readonly Finding[]; reach: Check | undefined; zone: string }) {
  return (
    <section id="self-check">
      <h2>{selfCheck.title}</h2>
      <Findings findings={standing} />
      <h3>{selfCheck.outside}</h3>
      {reach
        ? <><p class="help">{rich(selfCheck.looked, { when: <Time at={reach.at} zone={zone} /> })}</p><Findings findings={reach.findings} /></>
        : <p class="help">{selfCheck.help}</p>}
      <ActionButton action={action} csrf={csrf}>{reach ? selfCheck.again : selfCheck.now}</ActionButton>
    </section>
  );
}

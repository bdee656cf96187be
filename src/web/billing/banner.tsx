import type { ComponentChildren } from 'preact';
import type { Standing } from '../../domain/billing/billing.ts';
import { billingTexts as t } from '../../domain/texts/instance/billing.ts';
import { dayText, spanText, Time } from '../words/time.tsx';
import { rich } from '../words/rich.tsx';

/** What every page says of the subscription; null while there is nothing to do. */
export function bannerOf(standing: Standing, zone: string, now: number): ComponentChildren {
  const link = (words: string) => <a href="/settings/billing">{words}</a>;
  switch (standing.kind) {
    case 'free':
    case 'active':
      return null;
    case 'trial':
      if (standing.plan) return null;
      return <p class="banner calm" role="status">{rich(t.trialLeft, { span: spanText(standing.endsAt - now), day: dayText(standing.endsAt, zone, now), link })}</p>;
    case 'past_due':
      return <p class="banner" role="status">{rich(t.paymentFailedUntil, { when: <Time at={standing.heldAt} zone={zone} />, link })}</p>;
    case 'ended':
      return <p class="banner" role="status">{rich(t.endedUntil[standing.because], { when: <Time at={standing.heldAt} zone={zone} />, link })}</p>;
    case 'held':
      return <p class="banner" role="status">{rich(t.held[standing.because], { link })}</p>;
  }
}

/** How a workspace stands, in a few words, for lists. */
export function standingText(standing: Standing): string {
  switch (standing.kind) {
    case 'free': return t.stands.free;
    case 'trial': return standing.plan ? t.stands.trialThen(standing.plan.name) : t.stands.trial;
    case 'active': return standing.plan?.name ?? t.stands.subscribed;
    case 'past_due': return t.stands.paymentFailed;
    case 'ended': return t.stands.ended[standing.because];
    case 'held': return t.stands.held;
  }
}

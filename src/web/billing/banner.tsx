import type { ComponentChildren } from 'preact';
import type { EndedBecause, Standing } from '../../domain/billing.ts';
import { dayText, spanText, Time } from '../words/time.tsx';

const because: Record<EndedBecause, string> = { trial: 'The trial has ended', canceled: 'The subscription has ended', unpaid: 'The subscription is unpaid' };

/** What every page says of the subscription; null while there is nothing to do. */
export function bannerOf(standing: Standing, zone: string, now: number): ComponentChildren {
  switch (standing.kind) {
    case 'free':
    case 'active':
      return null;
    case 'trial':
      if (standing.plan) return null;
      return <p class="banner calm" role="status">Trial: {spanText(standing.endsAt - now)} left, until {dayText(standing.endsAt, zone, now)}. <a href="/settings/billing">Choose a plan</a></p>;
    case 'past_due':
      return <p class="banner" role="status">The last payment failed. Everything goes on until <Time at={standing.heldAt} zone={zone} />, then nothing more is sent. <a href="/settings/billing">Pay or change the card</a></p>;
    case 'ended':
      return <p class="banner" role="status">{because[standing.because]}. What is scheduled goes out until <Time at={standing.heldAt} zone={zone} />; nothing new can be added. <a href="/settings/billing">Choose a plan</a></p>;
    case 'held':
      return <p class="banner" role="status">{because[standing.because]}, and nothing is sent any more. What you have here stays. <a href="/settings/billing">{standing.because === 'unpaid' ? 'Pay, and it goes on at once' : 'Choose a plan, and it goes on at once'}</a></p>;
  }
}

/** How a workspace stands, in a few words, for lists. */
export function standingText(standing: Standing): string {
  switch (standing.kind) {
    case 'free': return 'Free';
    case 'trial': return standing.plan ? `Trial, then ${standing.plan.name}` : 'Trial';
    case 'active': return standing.plan?.name ?? 'Subscribed';
    case 'past_due': return 'Payment failed';
    case 'ended': return because[standing.because];
    case 'held': return 'Held';
  }
}

import { sizeText } from '../units.ts';
import { billingRefusals as t } from '../texts/refusals/billing.ts';

/** What a workspace may have at most. Limits stop what is new; nothing that exists is ever taken away. */
export interface PlanLimits {
  channels: number;
  members: number;
  /** Posts that wait for their time. */
  scheduled: number;
  storageBytes: number;
  /** Requests an hour; null: the plan has no API. */
  apiPerHour: number | null;
}

export interface Plan {
  /** As `STRIPE_PRICES` names it. */
  id: string;
  name: string;
  /** For whom it is, in a sentence. */
  said: string;
  limits: PlanLimits;
}

const gb = 1_000_000_000;

/** What is sold, smallest first: a later plan is an upgrade from an earlier one. */
export const plans: readonly Plan[] = [
  { id: 'plus', name: 'Plus', said: t.plusFor, limits: { channels: 10, members: 2, scheduled: 250, storageBytes: 10 * gb, apiPerHour: null } },
  { id: 'pro', name: 'Pro', said: t.proFor, limits: { channels: 30, members: 5, scheduled: 2_000, storageBytes: 50 * gb, apiPerHour: 300 } },
  { id: 'team', name: 'Team', said: t.teamFor, limits: { channels: 100, members: 25, scheduled: 10_000, storageBytes: 250 * gb, apiPerHour: 3_000 } },
];

/** What may be tried before paying: everything, in small. */
export const trialLimits: PlanLimits = { channels: 5, members: 3, scheduled: 50, storageBytes: gb, apiPerHour: 60 };

/** A workspace that the operator lets in for free has what the largest plan has. */
export const freeLimits: PlanLimits = plans.reduce((_, { limits }) => limits, trialLimits);

export function planOf(id: string | null | undefined): Plan | undefined {
  return plans.find((plan) => plan.id === id);
}

/** Below 0: the first is the smaller plan. */
export function comparePlans(a: string, b: string): number {
  return plans.findIndex(({ id }) => id === a) - plans.findIndex(({ id }) => id === b);
}

/** What a plan gives, line by line. */
export function limitTexts({ channels, members, scheduled, storageBytes, apiPerHour }: PlanLimits): string[] {
  const number = (n: number) => n.toLocaleString('en');
  return [
    t.channels(number(channels)), t.members(number(members)), t.scheduled(number(scheduled)), t.storage(sizeText(storageBytes)),
    apiPerHour === null ? t.noApi : t.api(number(apiPerHour)),
  ];
}

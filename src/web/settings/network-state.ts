import { reviewedOf, testOf } from '../../actions/instance/set-up.ts';
import { networkTexts } from '../../domain/texts/settings/networks.ts';
import type { Setting } from '../../providers/contract.ts';
import { missingSettings, type SetupGroup } from '../../providers/setups.ts';
import type { Settings } from '../../settings.ts';
import type { Check } from '../../store/instance/settings.ts';

const t = networkTexts.states;

/** How far a network's set-up is. */
export interface NetworkState {
  ready: boolean;
  /** Somebody has begun to fill it in. */
  begun: boolean;
  missing: readonly Setting[];
  test: Check | undefined;
  /** `own`: the network reviews apps, and nobody has noted that this one has passed. */
  reach: 'own' | 'reviewed' | 'everybody';
  /** When it was noted that the review has passed. */
  reviewedAt: number | null;
}

export function networkStateOf({ setup }: SetupGroup, settings: Settings, checks: ReadonlyMap<string, Check>): NetworkState {
  const missing = missingSettings(setup, settings.get);
  const reviewed = checks.get(reviewedOf(setup.id));
  return {
    ready: missing.length === 0, begun: setup.settings.some(({ env }) => settings.origin(env) !== null), missing, test: checks.get(testOf(setup.id)),
    reach: setup.review === undefined ? 'everybody' : reviewed ? 'reviewed' : 'own', reviewedAt: reviewed?.at ?? null,
  };
}

/** In a word or two: what is missing, or for whom it works. */
export function stateOf({ ready, begun, missing, test, reach }: NetworkState): { text: string; tone: 'plain' | 'some' | 'good' | 'bad' } {
  if (!ready) return { text: begun ? t.missing(missing.map(({ label }) => label)) : t.none, tone: 'plain' };
  if (test?.good === false) return { text: t.failed, tone: 'bad' };
  return { text: `${t[reach]}${test ? t.tested : ''}`, tone: reach === 'own' ? 'some' : 'good' };
}

/** What a secret may show of itself: enough to tell two apart, never enough to use it. */
export function hintOf(secret: string): string {
  return secret.length >= 12 ? networkTexts.values.ending(secret.slice(-4)) : networkTexts.values.set;
}

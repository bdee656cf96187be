import { testOf } from '../../actions/instance/set-up.ts';
import type { Setting } from '../../providers/contract.ts';
import { missingSettings, type SetupGroup } from '../../providers/setups.ts';
import type { Settings } from '../../settings.ts';
import type { Check } from '../../store/settings.ts';

/** How far a network's set-up is. */
export interface NetworkState {
  ready: boolean;
  /** Somebody has begun to fill it in. */
  begun: boolean;
  missing: readonly Setting[];
  test: Check | undefined;
}

export function networkStateOf({ setup }: SetupGroup, settings: Settings, checks: ReadonlyMap<string, Check>): NetworkState {
  const missing = missingSettings(setup, settings.get);
  return { ready: missing.length === 0, begun: setup.settings.some(({ env }) => settings.origin(env) !== null), missing, test: checks.get(testOf(setup.id)) };
}

/** In words: what is there, or what is missing. */
export function stateText({ ready, begun, missing, test }: NetworkState): string {
  if (!ready) return begun ? `Missing: ${missing.map(({ label }) => label).join(', ')}` : 'Not set up';
  if (test === undefined) return 'Ready';
  return test.good ? 'Ready, tested' : 'The test failed';
}

/** What a secret may show of itself: enough to tell two apart, never enough to use it. */
export function hintOf(secret: string): string {
  return secret.length >= 12 ? `Set, ends in …${secret.slice(-4)}` : 'Set';
}

import type { Config } from '../config.ts';
import type { Log } from '../lib/log.ts';
import type { Settings } from '../settings.ts';
import type { Store } from '../store/index.ts';

/** What this room needs of the house. */
export interface BillingDeps {
  store: Store;
  settings: Pick<Settings, 'get'>;
  config: Pick<Config, 'publicUrl' | 'upstreams'>;
  now: () => number;
  log: Log;
  /** How long one call to Stripe may take (ms); 8 s unless told. */
  stripePatienceMs?: number;
}

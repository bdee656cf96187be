import type { Config } from './config.ts';
import type { Log } from './lib/log.ts';
import type { Passwords } from './lib/secrets/passwords.ts';
import type { MediaStorage } from './media/storage.ts';
import type { IoFor } from './providers/contract.ts';
import type { Registry } from './providers/index.ts';
import type { Engine } from './publishing/engine.ts';
import type { Settings } from './settings.ts';
import type { Store } from './store/index.ts';

/** What the house is built from, made once in app.ts and passed on in parts. */
export interface Deps {
  config: Config;
  store: Store;
  settings: Settings;
  providers: Registry;
  io: IoFor;
  storage: MediaStorage;
  passwords: Passwords;
  engine: Engine;
  now: () => number;
  log: Log;
}

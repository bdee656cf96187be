import type { SavedSetting } from './store/instance/settings.ts';
import type { Store } from './store/index.ts';

/**
 * What whoever runs the instance has set, by its environment name: the environment first, then what was saved in the
 * dashboard. Held in memory so that adapters can ask without waiting; one process serves, so nobody else changes it.
 */
export interface Settings {
  get: (name: string) => string | undefined;
  /** Where the value comes from; null while there is none. */
  origin: (name: string) => 'environment' | SavedSetting | null;
  /** Saves and forgets (null) values at once; they count from now on, without a restart. */
  save(changes: readonly { name: string; value: string | null }[], by: { userId: string; now: number }): Promise<void>;
}

/** `names`: every setting there is. One that names a file which cannot be read stops the start with a sentence. */
export async function loadSettings(
  { store, environment, names }: { store: Pick<Store, 'settings'>; environment: (name: string) => string | undefined; names: readonly string[] },
): Promise<Settings> {
  for (const name of names) environment(name);
  const load = async () => new Map((await store.settings.all()).map((setting) => [setting.name, setting]));
  let saved = await load();
  return {
    get: (name) => environment(name) ?? saved.get(name)?.value,
    origin: (name) => (environment(name) === undefined ? (saved.get(name) ?? null) : 'environment'),
    async save(changes, { userId, now }) {
      await store.settings.put(changes, userId, now);
      saved = await load();
    },
  };
}

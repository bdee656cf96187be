import type { Store } from '../../store/index.ts';

/** A store without the one thing that keeps a post from going out twice: intents are not written down. */
export function forgetful(store: Store): Store {
  return { ...store, journal: { ...store.journal, intend: async () => {} } };
}

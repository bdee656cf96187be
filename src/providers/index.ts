import type { Provider } from './contract.ts';

/** The networks of this instance, by id. */
export interface Registry {
  get(id: string): Provider | undefined;
  all: readonly Provider[];
}

export function registryOf(providers: readonly Provider[]): Registry {
  const byId = new Map(providers.map((provider) => [provider.id, provider]));
  return { get: (id) => byId.get(id), all: providers };
}

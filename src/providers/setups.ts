import { billingSettings } from '../domain/billing/billing.ts';
import { instanceSettings } from '../domain/instance/instance.ts';
import { mailSettings } from '../domain/people/mail.ts';
import type { Provider, Setting, Setup } from './contract.ts';
import type { Registry } from './index.ts';

/** The networks that share one app at their company, with what the operator does for them. */
export interface SetupGroup {
  setup: Setup;
  providers: readonly Provider[];
}

/** Every card there is, in the order of the networks. */
export function setupsOf({ all }: Registry): SetupGroup[] {
  const groups = Map.groupBy(all, ({ setup }) => setup?.id);
  return [...groups.values()].flatMap((providers) => (providers[0]?.setup ? [{ setup: providers[0].setup, providers }] : []));
}

/** Ids of the networks that share an app with this one, itself included: an account is the same at all of them. */
export function familyOf({ all }: Registry, { id, setup }: Provider): string[] {
  return setup === undefined ? [id] : all.filter((other) => other.setup?.id === setup.id).map((other) => other.id);
}

/** What must be filled in and is not. */
export function missingSettings({ settings }: Pick<Setup, 'settings'>, get: (env: string) => string | undefined): Setting[] {
  const isEmpty = (env: string | undefined) => env === undefined || get(env) === undefined;
  return settings.filter(({ env, or, optional, fallback }) => !optional && fallback === undefined && isEmpty(env) && isEmpty(or));
}

/** Every setting an operator can have, by its environment name: the networks' and the instance's own. */
export function settingNames(registry: Registry): string[] {
  return [...setupsOf(registry).flatMap(({ setup }) => setup.settings), ...instanceSettings, ...billingSettings, ...mailSettings].map(({ env }) => env);
}

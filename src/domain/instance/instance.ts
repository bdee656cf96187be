import { instanceRefusals as t } from '../texts/refusals/instance.ts';

/** What whoever runs this instance says of themselves: public pages and review texts are made from it. */
export interface Instance {
  /** What the instance is called. */
  name: string;
  /** Who runs it; undefined while nobody has said so. */
  operator: string | undefined;
  email: string | undefined;
  /** Several lines. */
  address: string | undefined;
}

export interface InstanceSetting {
  env: string;
  field: 'name' | 'operator' | 'email' | 'address';
  label: string;
  help: string;
  /** The public pages cannot do without. */
  needed: boolean;
  /** Most characters. */
  max: number;
}

/** The settings behind it, in the order in which they are asked for. */
export const instanceSettings: readonly InstanceSetting[] = [
  { env: 'INSTANCE_NAME', field: 'name', label: t.instanceName, needed: false, max: 60, help: t.instanceNameHelp },
  { env: 'OPERATOR_NAME', field: 'operator', label: t.operator, needed: true, max: 200, help: t.operatorHelp },
  { env: 'OPERATOR_EMAIL', field: 'email', label: t.operatorEmail, needed: true, max: 254, help: t.operatorEmailHelp },
  { env: 'OPERATOR_ADDRESS', field: 'address', label: t.operatorAddress, needed: false, max: 500, help: t.operatorAddressHelp },
];

export function instanceOf(get: (env: string) => string | undefined): Instance {
  return { name: get('INSTANCE_NAME') ?? t.product, operator: get('OPERATOR_NAME'), email: get('OPERATOR_EMAIL'), address: get('OPERATOR_ADDRESS') };
}

/** What the public pages still lack. */
export function missingOf(get: (env: string) => string | undefined): InstanceSetting[] {
  return instanceSettings.filter(({ env, needed }) => needed && get(env) === undefined);
}

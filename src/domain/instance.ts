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
  { env: 'INSTANCE_NAME', field: 'name', label: 'Name of this instance', needed: false, max: 60, help: 'As people and reviewers read it. Networks refuse names that contain their own.' },
  { env: 'OPERATOR_NAME', field: 'operator', label: 'Who runs it', needed: true, max: 200, help: 'The person or company that answers for it.' },
  { env: 'OPERATOR_EMAIL', field: 'email', label: 'Contact e-mail', needed: true, max: 254, help: 'For questions about data. It is shown to everybody.' },
  { env: 'OPERATOR_ADDRESS', field: 'address', label: 'Postal address', needed: false, max: 500, help: 'With the country. Several lines are fine; many countries ask for it. It is shown to everybody.' },
];

export function instanceOf(get: (env: string) => string | undefined): Instance {
  return { name: get('INSTANCE_NAME') ?? 'Post Master', operator: get('OPERATOR_NAME'), email: get('OPERATOR_EMAIL'), address: get('OPERATOR_ADDRESS') };
}

/** What the public pages still lack. */
export function missingOf(get: (env: string) => string | undefined): InstanceSetting[] {
  return instanceSettings.filter(({ env, needed }) => needed && get(env) === undefined);
}

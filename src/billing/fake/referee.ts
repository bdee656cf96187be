import spec from './requests.json' with { type: 'json' };

/** As much of a JSON schema as Stripe's requests use. */
export interface Schema {
  type?: string;
  properties?: { [name: string]: Schema };
  additionalProperties?: boolean | Schema;
  items?: Schema;
  anyOf?: readonly Schema[];
  enum?: readonly string[];
  required?: readonly string[];
  maxLength?: number;
  format?: string;
}

/** What a form says, by its brackets: `items[0][price]=x`. */
export type Value = string | Value[] | { [name: string]: Value };

/** Requests of the version that the SDK speaks and the specification at hand does not know, after the SDK's own types. */
const newer: { [operation: string]: Schema } = {
  'POST /v1/invoices/create_preview': {
    type: 'object', additionalProperties: false,
    properties: {
      customer: { type: 'string' }, subscription: { type: 'string' }, expand: { type: 'array', items: { type: 'string' } },
      subscription_details: {
        type: 'object',
        properties: {
          items: { type: 'array', items: { type: 'object', properties: { id: { type: 'string' }, price: { type: 'string' }, quantity: { type: 'integer' } } } },
          proration_behavior: { type: 'string', enum: ['always_invoice', 'create_prorations', 'none'] }, proration_date: { type: 'integer' },
        },
      },
    },
  },
};

const duration: Schema = { type: 'object', properties: { interval: { type: 'string', enum: ['day', 'month', 'week', 'year'] }, interval_count: { type: 'integer' } }, required: ['interval'] };

export const operations: { readonly [operation: string]: Schema } = grown({ ...(spec.operations as { [operation: string]: Schema }), ...newer });

/** Phases of a schedule last for a duration since 2025, before for a number of iterations; sessions can be listed by their status since 2023-10. */
function grown(all: { [operation: string]: Schema }): { [operation: string]: Schema } {
  const grownUp = structuredClone(all);
  const phase = grownUp['POST /v1/subscription_schedules/{schedule}']?.properties?.['phases']?.items?.properties;
  if (phase) {
    phase['duration'] = duration;
    delete phase['iterations'];
  }
  const sessions = grownUp['GET /v1/checkout/sessions']?.properties;
  if (sessions) sessions['status'] = { type: 'string', enum: ['complete', 'expired', 'open'] };
  return grownUp;
}

/** What is wrong with a request by the specification, or null. As strict as Stripe: what it does not know it refuses. */
export function misfitOf(operation: string, sent: Value): string | null {
  const schema = operations[operation];
  return schema ? misfit(schema, sent, '') : `no such operation: ${operation}`;
}

function misfit(schema: Schema, value: Value, at: string): string | null {
  if (schema.anyOf) {
    const problems = schema.anyOf.map((one) => misfit(one, value, at));
    return problems.includes(null) ? null : (problems[0] ?? null);
  }
  if (schema.type === 'array') {
    if (!Array.isArray(value)) return `${at} is not a list`;
    return value.map((item, n) => misfit(schema.items ?? {}, item, `${at}[${n}]`)).find((problem) => problem !== null) ?? null;
  }
  if (schema.type === 'object') return misfitObject(schema, value, at);
  if (typeof value !== 'string') return `${at} is not a ${schema.type ?? 'value'}`;
  if (schema.enum && !schema.enum.includes(value)) return `${at} is "${value}", which is none of ${schema.enum.join(', ')}`;
  if (schema.maxLength !== undefined && value.length > schema.maxLength) return `${at} is too long`;
  if (schema.type === 'integer' && !/^-?\d+$/u.test(value)) return `${at} is not a whole number`;
  if (schema.type === 'number' && Number.isNaN(Number(value))) return `${at} is not a number`;
  if (schema.type === 'boolean' && value !== 'true' && value !== 'false') return `${at} is neither true nor false`;
  return null;
}

function misfitObject({ properties = {}, additionalProperties, required = [] }: Schema, value: Value, at: string): string | null {
  if (typeof value !== 'object' || Array.isArray(value)) return `${at} is not an object`;
  for (const [name, item] of Object.entries(value)) {
    const path = at === '' ? name : `${at}[${name}]`;
    const schema = properties[name] ?? (typeof additionalProperties === 'object' ? additionalProperties : undefined);
    if (!schema) return `Received unknown parameter: ${path}`;
    const problem = misfit(schema, item, path);
    if (problem !== null) return problem;
  }
  const lacking = required.find((name) => !(name in value));
  return lacking === undefined ? null : `Missing required param: ${at === '' ? lacking : `${at}[${lacking}]`}`;
}

/** Reads a form as Stripe does: brackets nest, and keys that are numbers make a list. */
export function readForm(form: URLSearchParams): { [name: string]: Value } {
  const root: { [name: string]: Value } = {};
  for (const [key, text] of form) {
    const path = key.split(/[[\]]+/u).filter((part) => part !== '');
    if (key.endsWith('[]')) path.push(String(lengthAt(root, path)));
    put(root, path, text);
  }
  return lists(root) as { [name: string]: Value };
}

function lengthAt(root: { [name: string]: Value }, path: readonly string[]): number {
  const there = path.reduce<Value | undefined>((at, name) => (typeof at === 'object' && !Array.isArray(at) ? at[name] : undefined), root);
  return typeof there === 'object' ? Object.keys(there).length : 0;
}

function put(root: { [name: string]: Value }, path: readonly string[], text: string): void {
  const last = path.at(-1);
  if (last === undefined) return;
  let at = root;
  for (const name of path.slice(0, -1)) {
    const next = at[name];
    const fresh = typeof next === 'object' && !Array.isArray(next) ? next : {};
    at[name] = fresh;
    at = fresh;
  }
  at[last] = text;
}

function lists(value: Value): Value {
  if (typeof value === 'string') return value;
  const entries = Object.entries(value);
  if (entries.length > 0 && entries.every(([name], n) => name === String(n))) return entries.map(([, item]) => lists(item));
  return Object.fromEntries(entries.map(([name, item]) => [name, lists(item)]));
}

import spec from './spec.json' with { type: 'json' };

/** The machine-readable Bot API, cut down (`spec.json`; MIT, its notice is in the file). */
interface Fields {
  [name: string]: { types: readonly string[]; required: boolean };
}
const methods: { [name: string]: { returns: readonly string[]; fields: Fields } | undefined } = spec.methods;
const types: { [name: string]: { fields: Fields; subtypes?: readonly string[] } | undefined } = spec.types;

export type Params = Record<string, unknown>;

export function isMethod(method: string): boolean {
  return methods[method] !== undefined;
}

/**
 * The parameters of a call in their own types, and the files of a multipart body that no parameter is named after. Stricter
 * than Telegram, which ignores what it does not know.
 */
export function readParams(method: string, raw: ReadonlyMap<string, string | File>): { params: Params; files: Map<string, File> } | { refused: string } {
  const fields: Fields = methods[method]?.fields ?? {};
  const params: Params = {};
  const files = new Map<string, File>();
  for (const [name, value] of raw) {
    const field = fields[name];
    if (!field) {
      if (typeof value === 'string') return { refused: `unknown parameter "${name}"` };
      files.set(name, value);
      continue;
    }
    const read = field.types.map((type) => decoded(value, type)).find((candidate) => candidate !== undefined);
    const problem = read === undefined ? `parameter "${name}" is not of type ${field.types.join(' or ')}` : misfit(read, field.types, name);
    if (problem !== null) return { refused: problem };
    params[name] = read;
  }
  const missing = Object.entries(fields).find(([name, { required }]) => required && params[name] === undefined);
  return missing ? { refused: `parameter "${missing[0]}" is required` } : { params, files };
}

/** What is wrong with the result of a call by the specification, or null: the fake may not drift either. */
export function misfitOfResult(method: string, result: unknown): string | null {
  return misfit(result, methods[method]?.returns ?? [], 'result');
}

/** What keeps a value from being of one of these types, or null. Types that were cut away fit nothing. */
export function misfit(value: unknown, allowed: readonly string[], at: string): string | null {
  const problems = allowed.map((type) => misfitOne(value, type, at));
  return problems.includes(null) ? null : (problems[0] ?? `${at} has no type`);
}

/** An object of a type with the required fields filled in, so that answers are whole without spelling out every one. */
export function filled(type: string, given: Params): Params {
  const empty: { [type: string]: unknown } = { Integer: 0, String: '', Boolean: false };
  const required = Object.entries(types[type]?.fields ?? {}).filter(([, field]) => field.required);
  const blank = required.map(([name, field]) => {
    const [first = ''] = field.types;
    return [name, first in empty ? empty[first] : filled(first, {})] as const;
  });
  return { ...Object.fromEntries(blank), ...given };
}

function misfitOne(value: unknown, type: string, at: string): string | null {
  const wrong = `${at} is not of type ${type}`;
  if (type.startsWith('Array of ')) {
    if (!Array.isArray(value)) return wrong;
    return value.map((item, i) => misfit(item, [type.slice('Array of '.length)], `${at}[${i}]`)).find((problem) => problem !== null) ?? null;
  }
  switch (type) {
    case 'Integer':
      return Number.isSafeInteger(value) ? null : wrong;
    case 'Float':
      return typeof value === 'number' ? null : wrong;
    case 'String':
      return typeof value === 'string' ? null : wrong;
    case 'Boolean':
      return typeof value === 'boolean' ? null : wrong;
    case 'InputFile':
      return value instanceof File ? null : wrong;
    default:
      return misfitObject(value, type, at);
  }
}

function misfitObject(value: unknown, type: string, at: string): string | null {
  const known = types[type];
  if (!known || typeof value !== 'object' || value === null || Array.isArray(value)) return `${at} is not of type ${type}`;
  if (known.subtypes) return misfit(value, known.subtypes, at);
  for (const [name, item] of Object.entries(value)) {
    const field = known.fields[name];
    if (!field) return `${at}.${name} is unknown in ${type}`;
    const problem = misfit(item, field.types, `${at}.${name}`);
    if (problem !== null) return problem;
  }
  const missing = Object.entries(known.fields).find(([name, { required }]) => required && !(name in value));
  return missing ? `${at}.${missing[0]} is missing` : null;
}

/** A form value as the type wants it; undefined when it cannot be that. */
function decoded(value: string | File, type: string): unknown {
  if (typeof value !== 'string') return type === 'InputFile' ? value : undefined;
  switch (type) {
    case 'InputFile':
      return undefined;
    case 'Integer':
      return /^-?\d{1,16}$/u.test(value) ? Number(value) : undefined;
    case 'String':
      return value;
    case 'Boolean':
      return value === 'true' ? true : value === 'false' ? false : undefined;
    default:
      return parsed(value);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

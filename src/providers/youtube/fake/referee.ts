import discovery from './discovery.json' with { type: 'json' };

/** As much of a schema of a discovery document as it takes to judge a value. */
interface Schema {
  type?: string;
  $ref?: string;
  format?: string;
  enum?: readonly string[];
  properties?: Readonly<Record<string, Schema>>;
  items?: Schema;
  repeated?: boolean;
  required?: boolean;
  minimum?: string;
  maximum?: string;
}

interface Method {
  id: string;
  httpMethod: string;
  path: string;
  parameters?: Readonly<Record<string, Schema>>;
  scopes: readonly string[];
  request?: { $ref: string };
  response: { $ref: string };
  mediaUpload?: { accept: readonly string[]; maxSize: string; protocols: { simple: { path: string } } };
}

const schemas: Readonly<Record<string, Schema>> = { ...discovery.youtube.schemas, ...discovery.oauth2.schemas };

const methods: readonly Method[] = [discovery.youtube, discovery.oauth2].flatMap(({ resources }) =>
  Object.values<{ methods: object }>(resources).flatMap((resource) => Object.values(resource.methods) as Method[]));

/** The method behind a call, by the paths of the discovery documents. */
export function methodAt(verb: string, path: string): { method: Method; uploads: boolean } | undefined {
  const method = methods.find((one) => one.httpMethod === verb && [`/${one.path}`, one.mediaUpload?.protocols.simple.path].includes(path));
  return method && { method, uploads: path !== `/${method.path}` };
}

/** Whether one of a token's scopes opens the method: any of those it names is enough. */
export function isOpen({ scopes }: Method, granted: readonly string[]): boolean {
  return scopes.some((scope) => granted.includes(scope));
}

/** What is wrong with the parameters of a call, or null. Stricter than Google, which ignores some of what it does not know. */
export function queryProblem({ parameters = {} }: Method, query: URLSearchParams, beside: readonly string[]): { reason: string; message: string } | null {
  for (const name of new Set(query.keys())) {
    const parameter = parameters[name];
    if (!parameter) {
      if (beside.includes(name)) continue;
      return { reason: 'unexpectedParameter', message: `unknown parameter ${name}` };
    }
    for (const value of query.getAll(name).flatMap((text) => (parameter.repeated ? text.split(',') : [text]))) {
      const problem = misfit(decoded(value, parameter), parameter, name);
      if (problem !== null) return { reason: 'invalidParameter', message: problem };
    }
  }
  const missing = Object.entries(parameters).find(([name, { required }]) => required && !query.get(name));
  return missing ? { reason: 'missingRequiredParameter', message: `parameter ${missing[0]} is missing` } : null;
}

/** What is wrong with a body by the method's request schema, or null. */
export function bodyProblem({ request }: Method, body: unknown): string | null {
  return request ? misfit(body, request, 'body') : null;
}

/** What is wrong with an answer by the method's response schema, or null: the fake may not drift either. */
export function answerProblem({ response }: Method, body: unknown): string | null {
  return misfit(body, response, 'answer');
}

function misfit(value: unknown, schema: Schema, at: string): string | null {
  if (schema.$ref !== undefined) {
    const named = schemas[schema.$ref];
    return named ? misfit(value, named, at) : `${at} is of ${schema.$ref}, which is not known here`;
  }
  const wrong = `${at} is not of type ${schema.type}`;
  switch (schema.type) {
    case 'string':
      if (typeof value !== 'string') return wrong;
      if (schema.enum && !schema.enum.includes(value)) return `${at} is none of ${schema.enum.join(', ')}`;
      return schema.format === 'date-time' && !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/u.test(value) ? `${at} is not an instant` : null;
    case 'boolean':
      return typeof value === 'boolean' ? null : wrong;
    case 'integer':
      if (typeof value !== 'number' || !Number.isSafeInteger(value)) return wrong;
      return value < Number(schema.minimum ?? value) || value > Number(schema.maximum ?? value) ? `${at} is out of bounds` : null;
    case 'array':
      if (!Array.isArray(value)) return wrong;
      return value.map((item, n) => misfit(item, schema.items ?? {}, `${at}[${n}]`)).find((problem) => problem !== null) ?? null;
    default:
      return misfitObject(value, schema, at);
  }
}

function misfitObject(value: unknown, { properties = {} }: Schema, at: string): string | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return `${at} is not an object`;
  for (const [name, item] of Object.entries(value)) {
    const property = properties[name];
    if (!property) return `${at}.${name} is not known`;
    const problem = item === undefined ? null : misfit(item, property, `${at}.${name}`);
    if (problem !== null) return problem;
  }
  return null;
}

/** A query value in the parameter's own type. */
function decoded(value: string, { type }: Schema): unknown {
  if (type === 'boolean') return value === 'true' ? true : value === 'false' ? false : value;
  if (type === 'integer') return /^\d{1,15}$/u.test(value) ? Number(value) : value;
  return value;
}

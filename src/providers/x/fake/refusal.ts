import type { FakeAnswer } from '../../fake/server.ts';

/** A no in X's words. */
export class Refusal extends Error {
  readonly answer: FakeAnswer;
  constructor(status: number, body: object, headers: Record<string, string> = {}) {
    super(JSON.stringify(body));
    this.answer = { status, body, headers: { 'content-type': 'application/problem+json', ...headers } };
  }
}

const problems = 'https://api.x.com/2/problems';

/** A parameter that is missing, unknown or wrong. */
export function invalid(parameter: string, message: string): Refusal {
  return new Refusal(400, {
    errors: [{ parameters: { [parameter]: [] }, message }],
    title: 'Invalid Request', detail: 'One or more parameters to your request was invalid.', type: `${problems}/invalid-request`,
  });
}

export function forbidden(detail: string): Refusal {
  return new Refusal(403, { title: 'Forbidden', detail, type: 'about:blank', status: 403 });
}

export function unauthorized(): Refusal {
  return new Refusal(401, { title: 'Unauthorized', type: 'about:blank', status: 401, detail: 'Unauthorized' });
}

export function notFound(id: string): Refusal {
  return new Refusal(404, {
    title: 'Not Found Error', detail: `Could not find tweet with id: [${id}].`, type: `${problems}/resource-not-found`, resource_type: 'tweet', resource_id: id, parameter: 'id', value: id,
  });
}

export function outOfCredits(): Refusal {
  return new Refusal(402, { title: 'Payment Required', detail: 'credits depleted', type: `${problems}/credits-depleted`, status: 402 });
}

export function tooMany(reset: number): Refusal {
  return new Refusal(429, { errors: [{ code: 88, message: 'Rate limit exceeded' }] }, { 'x-rate-limit-remaining': '0', 'x-rate-limit-reset': String(reset) });
}

type Kind = 'string' | 'boolean' | 'integer' | 'object' | 'id' | 'ids' | 'strings';

/** Refuses what is not an object of these fields, or has others. */
export function shapeOf(value: unknown, at: string, required: Record<string, Kind>, optional: Record<string, Kind> = {}): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw invalid(at, `$.${at}: must be an object`);
  const given = value as Record<string, unknown>;
  for (const name of Object.keys(required)) if (given[name] === undefined) throw invalid(name, `$.${at}: required property '${name}' not found`);
  for (const [name, content] of Object.entries(given)) {
    const kind = required[name] ?? optional[name];
    if (kind === undefined) throw invalid(name, `$.${at}: property '${name}' is not defined and additional properties are not allowed`);
    if (!isOf(kind, content)) throw invalid(name, `$.${at}.${name}: must be of type ${kind}`);
  }
  return given;
}

const isId = (content: unknown) => typeof content === 'string' && /^\d{1,19}$/u.test(content);

function isOf(kind: Kind, content: unknown): boolean {
  switch (kind) {
    case 'integer':
      return Number.isSafeInteger(content);
    case 'object':
      return typeof content === 'object' && content !== null && !Array.isArray(content);
    case 'id':
      return isId(content);
    case 'ids':
      return Array.isArray(content) && content.every(isId);
    case 'strings':
      return Array.isArray(content) && content.every((one) => typeof one === 'string');
    case 'string':
    case 'boolean':
      return typeof content === kind;
  }
}

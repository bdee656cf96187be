import * as z from 'zod';
import type { FakeAnswer, FakeRequest } from '../../fake/server.ts';

/** An answer in LinkedIn's words. */
export class Refusal extends Error {
  readonly answer: FakeAnswer;
  constructor(status: number, message: string, more: Record<string, unknown> = {}) {
    super(message);
    this.answer = { status, headers: { 'x-li-uuid': 'AAYabc==' }, body: { status, ...more, message } };
  }
}

export const illegal = (message: string) => new Refusal(400, message, { code: 'ILLEGAL_ARGUMENT' });
export const denied = (what: string) => new Refusal(403, `Not enough permissions to access: ${what}`, { serviceErrorCode: 100, code: 'ACCESS_DENIED' });

/** A body of exactly this shape: what is missing, unknown or of another type is refused as Rest.li does it. */
export function bodyOf<T>(request: FakeRequest, schema: z.ZodType<T>): T {
  if (!request.headers['content-type']?.startsWith('application/json')) throw illegal('Content-Type must be application/json');
  let json: unknown;
  try {
    json = request.json();
  } catch {
    throw illegal('Request body could not be converted to data map');
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.map((issue) => {
    const path = `/${[...issue.path, ...(issue.code === 'unrecognized_keys' ? issue.keys : [])].join('/')}`;
    if (issue.code === 'unrecognized_keys') return `ERROR :: ${path} :: unrecognized field found but not allowed`;
    if (issue.message.includes('received undefined')) return `ERROR :: ${path} :: field is required but not found and has no default value`;
    return `ERROR :: ${path} :: ${issue.message}`;
  });
  throw new Refusal(422, errors.join('\n'));
}

/** A query of exactly these parameters. */
export function queryOf(request: FakeRequest, known: Record<string, RegExp>): Record<string, string> {
  const given = Object.fromEntries(request.query);
  for (const name of Object.keys(given)) if (!(name in known)) throw illegal(`Query parameter ${name} is not allowed`);
  for (const [name, shape] of Object.entries(known)) {
    if (!shape.test(given[name] ?? '')) throw illegal(`Query parameter ${name} is missing or invalid`);
  }
  return given;
}

/** The URN in a path, which must be encoded there. */
export function urnIn(piece: string | undefined, type: RegExp): string {
  if (!piece || /[:(]/u.test(piece)) throw illegal('Syntax exception in path variables');
  const urn = decodeURIComponent(piece);
  if (!type.test(urn)) throw new Refusal(400, `Invalid URN: ${urn}`, { code: 'INVALID_URN_ID' });
  return urn;
}

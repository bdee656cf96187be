import { randomBytes } from 'node:crypto';
import type { FakeAnswer } from '../../fake/server.ts';

const logId = () => `20261125${randomBytes(12).toString('hex').toUpperCase()}`;

/** What the API answers: data in an envelope, and the code `ok`. Big numbers go out as they are, so `data` is text here. */
export function success(data: string): FakeAnswer {
  const body = `{"data":${data},"error":{"code":"ok","message":"","log_id":"${logId()}"}}`;
  return { status: 200, headers: { 'content-type': 'application/json; charset=utf-8' }, body };
}

/** A refusal in the API's words. */
export class Refusal extends Error {
  readonly answer: FakeAnswer;
  constructor(status: number, code: string, message = 'illustrative') {
    super(code);
    this.answer = { status, body: { data: {}, error: { code, message, log_id: logId() } } };
  }
}

/** A refusal in OAuth's words. TikTok's documents do not say with which status. */
export function oauthRefusal(status: number, error: string, sentence: string): FakeAnswer {
  return { status, body: { error, error_description: sentence, log_id: logId() } };
}

type Kind = 'string' | 'boolean' | 'number' | 'object' | 'list';

/** Refuses what is missing, unknown or of another type. The real one ignores some of it. */
export function shapeOf(value: unknown, required: Record<string, Kind>, optional: Record<string, Kind> = {}): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Refusal(400, 'invalid_params', 'The request body is not an object');
  const given = value as Record<string, unknown>;
  const kinds: Record<string, Kind> = { ...required, ...optional };
  for (const name of Object.keys(required)) if (given[name] === undefined) throw new Refusal(400, 'invalid_params', `${name} is missing`);
  for (const [name, content] of Object.entries(given)) {
    const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
    if (kind === undefined) throw new Refusal(400, 'invalid_params', `${name} is unknown`);
    const fits = kind === 'list' ? Array.isArray(content) : kind === 'number' ? Number.isSafeInteger(content) : typeof content === kind && content !== null;
    if (!fits) throw new Refusal(400, 'invalid_params', `${name} is not a ${kind}`);
  }
  return given;
}

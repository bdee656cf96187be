import type { FakeAnswer, FakeRequest } from '../../fake/server.ts';

interface Told {
  subcode?: number;
  userMessage?: string;
  transient?: boolean;
  status?: number;
  type?: string;
  headers?: Record<string, string>;
}

/** An error in the Graph API's envelope ("Handling Errors", read 2026-09-11). */
export class Refusal extends Error {
  readonly answer: FakeAnswer;
  constructor(code: number, message: string, { subcode, userMessage, transient, status = 400, type = 'OAuthException', headers }: Told = {}) {
    super(message);
    this.answer = {
      status, ...(headers && { headers }),
      body: { error: {
        message, type, code, ...(subcode !== undefined && { error_subcode: subcode }), ...(transient !== undefined && { is_transient: transient }),
        ...(userMessage !== undefined && { error_user_title: 'Error', error_user_msg: userMessage }), fbtrace_id: 'AmFGcW3hwDB7qFblQdebZ',
      } },
    };
  }
}

/** An error of the upload host, which has a shape of its own ("Reels Publishing API", read 2026-09-11). */
export class UploadRefusal extends Error {
  readonly answer: FakeAnswer;
  constructor(type: 'OffsetInvalidError' | 'PartialRequestError' | 'ProcessingFailedError', message: string, retriable: boolean, status = 400) {
    super(message);
    this.answer = { status, body: { debug_info: { retriable, type, message } } };
  }
}

/** A file of a multipart body; its bytes are not kept. */
export class FilePart {
  readonly type: string;
  readonly size: number;
  constructor(type: string, size: number) {
    this.type = type;
    this.size = size;
  }
}

export type Params = Record<string, string | FilePart>;

/** What a call carries, in the query and in the body together, without what belongs to the token. */
export function paramsOf(request: FakeRequest): Params {
  const type = request.headers['content-type'] ?? '';
  const params: Params = Object.fromEntries(request.query);
  // Nobody gets an answer to half a request, and nothing comes of it.
  if (request.partial) throw new Refusal(100, 'The request is not complete');
  if (type.startsWith('multipart/form-data')) Object.assign(params, multipartOf(request, type));
  else if (type.startsWith('application/x-www-form-urlencoded')) Object.assign(params, Object.fromEntries(request.form()));
  else if (type.startsWith('application/json')) {
    for (const [name, value] of Object.entries(request.json() as Record<string, unknown>)) params[name] = typeof value === 'string' ? value : JSON.stringify(value);
  } else if (request.bytes > 0) throw new Refusal(100, `Unsupported content type ${type}`);
  delete params['access_token'];
  delete params['appsecret_proof'];
  return params;
}

/** Read in place. Of a large file only the beginning is here; it comes last, so its length can be told all the same. */
function multipartOf({ body, bytes }: FakeRequest, type: string): Params {
  const line = Buffer.from(`--${/boundary=(.+)$/u.exec(type)?.[1] ?? ''}`);
  const params: Params = {};
  const lastEnd = bytes - line.length - '\r\n--\r\n'.length;
  for (let from = body.indexOf(line) + line.length + 2; from < lastEnd;) {
    const headEnd = body.indexOf('\r\n\r\n', from);
    const next = body.indexOf(line, headEnd);
    const end = next === -1 ? lastEnd : next - 2;
    const head = body.subarray(from, headEnd).toString('utf8');
    const name = /name="([^"]*)"/u.exec(head)?.[1] ?? '';
    params[name] = /filename="/u.test(head)
      ? new FilePart(/content-type: (\S+)/iu.exec(head)?.[1] ?? '', end - headEnd - 4)
      : body.subarray(headEnd + 4, end).toString('utf8');
    from = end + 2 + line.length + 2;
  }
  return params;
}

/** Refuses what is missing and what is unknown; the Graph API would ignore some of it. */
export function shapeOf(params: Params, required: readonly string[], optional: readonly string[] = []): Record<string, string> {
  for (const name of required) if (params[name] === undefined || params[name] === '') throw new Refusal(100, `(#100) Missing parameter: ${name}`);
  const strange = Object.keys(params).filter((name) => !required.includes(name) && !optional.includes(name));
  if (strange.length > 0) throw new Refusal(100, `(#100) Unknown parameter: ${strange.join(', ')}`);
  return Object.fromEntries(Object.entries(params).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

/** The fields that a read asks for, those of nested objects left to whoever answers; refuses what there is not. */
export function fieldsOf(params: Params, known: readonly string[]): string[] {
  const { fields = '' } = params;
  const asked = (typeof fields === 'string' ? fields : '').replaceAll(/\.type\([a-z]+\)/gu, '');
  let depth = 0;
  const names = [''];
  for (const character of asked) {
    if (character === '{') depth += 1;
    if (character === ',' && depth === 0) names.push('');
    else if (depth === 0) names.push(`${names.pop() ?? ''}${character}`);
    if (character === '}') depth -= 1;
  }
  const given = names.filter(Boolean);
  const strange = given.find((name) => !known.includes(name));
  if (strange !== undefined) throw new Refusal(100, `(#100) Tried accessing nonexisting field (${strange})`);
  return given;
}

/** `value` with the asked fields alone, and its id, which comes along always. */
export function picked(value: Readonly<Record<string, unknown>>, fields: readonly string[]): Record<string, unknown> {
  const names = fields.length === 0 ? Object.keys(value) : [...fields, 'id'];
  return Object.fromEntries(Object.entries(value).filter(([name, content]) => names.includes(name) && content !== undefined));
}

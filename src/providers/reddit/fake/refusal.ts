import type { FakeAnswer, FakeRequest } from '../../fake/server.ts';

/** An answer in Reddit's words. */
export class Refusal extends Error {
  readonly answer: FakeAnswer;
  constructor(answer: FakeAnswer) {
    super(JSON.stringify(answer));
    this.answer = answer;
  }
}

/** By status: `{message, error}`. */
export const byStatus = (status: number, message: string, more: object = {}) => new Refusal({ status, body: { message, error: status, ...more } });

/** As `api_type=json` has it: with status 200. */
export const inJson = (code: string, message: string, field: string, more: object = {}) =>
  new Refusal({ status: 200, body: { json: { ...more, errors: [[code, message, field]] } } });

/** What breaks the rules that moderators have set (`validate_on_submit`). */
export const invalid = (reason: string, explanation: string, field: string) =>
  new Refusal({ status: 400, body: { fields: [field], explanation, error_type: 'SUBMIT_VALIDATION_ERROR', message: 'Bad Request', reason } });

/** Parameters of exactly these names and shapes; those in `optional` may be left out. */
export function shaped(given: Readonly<Record<string, string>>, needed: Readonly<Record<string, RegExp>>, optional: Readonly<Record<string, RegExp>> = {}): Record<string, string> {
  for (const [name, value] of Object.entries(given)) {
    const shape = needed[name] ?? optional[name];
    if (!shape) throw byStatus(400, 'Bad Request', { explanation: `unknown parameter ${name}` });
    if (!shape.test(value)) throw byStatus(400, 'Bad Request', { explanation: `${name} cannot be ${value.slice(0, 50)}` });
  }
  for (const name of Object.keys(needed)) if (!(name in given)) throw byStatus(400, 'Bad Request', { explanation: `${name} is missing` });
  return { ...given };
}

export function formOf(request: FakeRequest): Record<string, string> {
  if (!request.headers['content-type']?.startsWith('application/x-www-form-urlencoded')) throw byStatus(415, 'Unsupported Media Type');
  return Object.fromEntries(request.form());
}

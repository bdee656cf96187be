import type { FakeAnswer } from '../../fake/server.ts';

/** A refusal in YouTube's words. */
export class Refusal extends Error {
  readonly answer: FakeAnswer;
  constructor(status: number, reason: string, message: string, domain = 'youtube.common') {
    super(message);
    this.answer = { status, body: { error: { code: status, message, errors: [{ message, domain, reason }] } } };
  }
}

export const badRequest = (reason: string, message: string) => new Refusal(400, reason, message);

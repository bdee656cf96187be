import { createHash } from 'node:crypto';
import { Stripe } from 'stripe';
import { startFake, type FakeAnswer, type FakePlatform, type FakeRequest } from '../../providers/fake/server.ts';
import { createAccount, StripeRefusal, type FakeAccount } from './account.ts';
import { api } from './api.ts';
import { sentOf } from './desk.ts';
import { hostedPage } from './pages.ts';
import { misfitOf, operations, readForm } from './referee.ts';
import { rendered } from './render.ts';
import { passTime } from './subscriptions.ts';

/** A strict stand-in for Stripe: its API as far as it is used here, its hosted pages, its clock and its events. */
export interface FakeStripe extends FakePlatform {
  account: FakeAccount;
  /** For `STRIPE_SECRET_KEY` and `STRIPE_WEBHOOK_SECRET`. */
  key: string;
  secret: string;
  /** What was refused as no request that Stripe knows: nothing may ever stand here. */
  misfits: string[];
  /** Lets time pass there until `at` (ms): trials end, periods are billed, cards are tried again. */
  passTo(at: number): void;
  /** A call as Stripe makes it, signed by its own SDK at `at` (ms). */
  signed(event: { id: string }, at: number, secret?: string): { payload: string; signature: string };
}

export const apiOrigin = 'https://api.stripe.com';

export async function startStripe(startAt: number): Promise<FakeStripe> {
  let now = Math.floor(startAt / 1000);
  const account = createAccount(() => now);
  const key = 'sk_test_fake0000000000000000';
  const secret = 'whsec_fake0000000000000000';
  const misfits: string[] = [];
  const answers = new Map<string, { body: string; answer: FakeAnswer }>();
  const platform = await startFake([apiOrigin, 'https://checkout.stripe.com', 'https://billing.stripe.com'], () => (request) =>
    hostedPage(account, request) ?? answered(request, { account, key, misfits, answers }));
  return Object.assign(platform, {
    account, key, secret, misfits,
    passTo: (at: number) => passTime(account, Math.floor(at / 1000), (to) => { now = to; }),
    signed: (event: { id: string }, at: number, by = secret) => {
      const payload = JSON.stringify(event, null, 2);
      return { payload, signature: Stripe.webhooks.generateTestHeaderString({ payload, secret: by, timestamp: Math.floor(at / 1000) }) };
    },
  });
}

interface Desk {
  account: FakeAccount;
  key: string;
  misfits: string[];
  /** By idempotency key. */
  answers: Map<string, { body: string; answer: FakeAnswer }>;
}

function answered(request: FakeRequest, { account, key, misfits, answers }: Desk): FakeAnswer {
  const { method, path, headers } = request;
  if (headers['authorization'] !== `Bearer ${key}`) return refusal(new StripeRefusal(401, 'invalid_request_error', 'api_key_invalid', 'Invalid API Key provided'));
  if (headers['stripe-version'] !== '2026-10-28.endive') return refusal(new StripeRefusal(400, 'invalid_request_error', 'version', `version ${headers['stripe-version'] ?? 'none'}`));
  const found = operationOf(method, path);
  const form = method === 'POST' ? request.form() : request.query;
  const misfit = found ? misfitOf(found.operation, readForm(form)) : `Unrecognized request URL (${method}: ${path})`;
  if (!found || misfit !== null) {
    misfits.push(`${method} ${path}: ${misfit ?? ''}`);
    return refusal(new StripeRefusal(400, 'invalid_request_error', 'parameter_unknown', misfit ?? ''));
  }
  const once = method === 'POST' ? headers['idempotency-key'] : undefined;
  if (method === 'POST' && once === undefined) misfits.push(`${method} ${path}: no idempotency key`);
  const digest = createHash('sha256').update(`${method} ${path}\n`).update(request.body).digest('hex');
  const before = once === undefined ? undefined : answers.get(once);
  if (before && before.body !== digest) return refusal(new StripeRefusal(400, 'idempotency_error', 'idempotency_key_in_use', 'Keys for idempotent requests can only be used with the same parameters they were first used with.'));
  if (before) return { ...before.answer, headers: { ...before.answer.headers, 'idempotent-replayed': 'true' } };
  const answer = act(found, form, account);
  if (once !== undefined) answers.set(once, { body: digest, answer });
  return answer;
}

function act({ operation, id }: { operation: string; id: string }, form: URLSearchParams, account: FakeAccount): FakeAnswer {
  const sent = sentOf(form, id);
  const run = api[operation];
  if (!run) throw new Error(`the stand-in does not do ${operation}`);
  try {
    const expand = sent.raw['expand'];
    const result = rendered(account, run(account, sent), Array.isArray(expand) ? expand.filter((path) => typeof path === 'string') : []);
    return { status: 200, headers: { 'request-id': account.id('req') }, body: result };
  } catch (error) {
    if (error instanceof StripeRefusal) return refusal(error);
    throw error;
  }
}

function refusal({ status, type, code, message }: StripeRefusal): FakeAnswer {
  return { status, headers: { 'request-id': 'req_refused', 'stripe-should-retry': 'false' }, body: { error: { type, code, message } } };
}

/** `/v1/customers/cus_1` is `/v1/customers/{customer}` with the id `cus_1`; addresses without one come first. */
function operationOf(method: string, path: string): { operation: string; id: string } | undefined {
  if (operations[`${method} ${path}`]) return { operation: `${method} ${path}`, id: '' };
  for (const operation of Object.keys(operations)) {
    const [verb, template = ''] = operation.split(' ');
    if (verb !== method || !template.includes('{')) continue;
    const match = new RegExp(`^${template.replace(/\{\w+\}/u, '([\\w-]+)')}$`, 'u').exec(path);
    if (match?.[1]) return { operation, id: match[1] };
  }
  return undefined;
}

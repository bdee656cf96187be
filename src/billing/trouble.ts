import type { Log } from '../lib/log.ts';
import { refused } from '../domain/result.ts';
import { billingRefusals as t } from '../domain/texts/refusals/billing.ts';

/** What of an error of the SDK may be told and logged; its text may repeat what it was sent. */
interface StripeTrouble {
  type: string;
  code: string | undefined;
  statusCode: number | undefined;
  requestId: string | undefined;
  param: string | undefined;
  message: string;
}

/** The trouble with Stripe in what was thrown; undefined for a bug of ours. */
export function troubleOf(error: unknown): StripeTrouble | undefined {
  if (!(error instanceof Error) || !('type' in error) || typeof error.type !== 'string' || !error.type.startsWith('Stripe')) return undefined;
  const { code, statusCode, requestId, param } = error as { code?: string; statusCode?: number; requestId?: string; param?: string };
  return { type: error.type, code, statusCode, requestId, param, message: error.message };
}

export function isMissing(error: unknown): boolean {
  return troubleOf(error)?.code === 'resource_missing';
}

/** What a person is told of it. What is not Stripe's is thrown on. */
export function refusalOf(error: unknown, log: Log): { ok: false; problems: { field: string; message: string }[] } {
  const trouble = troubleOf(error);
  if (!trouble) throw error;
  const { message, ...safe } = trouble;
  log.warn({ stripe: safe }, 'Stripe did not do what was asked');
  return refused('', sentenceOf({ ...safe, message }));
}

function sentenceOf({ type, message }: StripeTrouble): string {
  switch (type) {
    case 'StripeCardError':
      return t.cardDeclined(message.slice(0, 200));
    case 'StripeAuthenticationError':
    case 'StripePermissionError':
      return t.keyRefused;
    case 'StripeIdempotencyError':
      return t.pageOld;
    case 'StripeInvalidRequestError':
      return t.requestRefused;
    default:
      return t.noAnswer;
  }
}

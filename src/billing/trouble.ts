import type { Log } from '../lib/log.ts';
import { refused } from '../domain/result.ts';

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
      return `The card was declined, and nothing was changed. ${message.slice(0, 200)} Use another card, then try again.`;
    case 'StripeAuthenticationError':
    case 'StripePermissionError':
      return 'Stripe refuses the key of this instance. Nothing was changed. Ask whoever runs it.';
    case 'StripeIdempotencyError':
      return 'This page was open for too long. Reload it and try again.';
    case 'StripeInvalidRequestError':
      return 'Stripe did not take this, and nothing was changed. Reload the page and try again; if it stays, ask whoever runs this instance.';
    default:
      return 'Stripe did not answer. Nothing is lost: if it went through all the same it shows here by itself. Try again in a moment.';
  }
}

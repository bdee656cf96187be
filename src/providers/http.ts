import type { Dispatcher } from 'undici';
import type * as z from 'zod';
import type { Evidence, Failure, FailureKind } from '../domain/failure.ts';
import type { Send } from '../lib/net-guard.ts';
import { bodyOf, type Body } from './body.ts';
import { ProviderError } from './contract.ts';
import { excerpt, redactedUrl } from './redact.ts';

/** One call to a platform. Resolves for 2xx (and `accept`); everything else is thrown as a ProviderError. */
export type Http = (request: HttpRequest) => Promise<HttpAnswer>;

export interface HttpRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Absolute. */
  url: string;
  query?: Record<string, string | number | boolean | undefined>;
  headers?: Record<string, string>;
  bearer?: string;
  body?: Body;
  /** The platform's own codes; what it does not name falls to the generic half below. */
  errors?: ErrorTable;
  /** Statuses beside 2xx that are answers, not errors. */
  accept?: readonly number[];
  /** Strings that must never be seen in evidence (the bearer token is one by itself). */
  secrets?: readonly string[];
  /** For the whole call, answer included. 30 s unless told. */
  timeoutMs?: number;
  /** Largest answer that is read. 4 MiB unless told. */
  maxBytes?: number;
  /** Ends the call early, e.g. when the process stops. */
  signal?: AbortSignal;
}

export interface HttpAnswer {
  status: number;
  header(name: string): string | undefined;
  /** Parsed JSON, integers beyond 2^53 kept as strings; undefined when the body is not JSON. */
  json: unknown;
  text: string;
  /** The body in the shape the platform promises. A 2xx that cannot be read may well have done its work. */
  read<T>(schema: z.ZodType<T>): T;
}

/** A platform's error codes, first match wins. */
export interface ErrorTable {
  /** Finds the platform's code and message in an error body. */
  read(json: unknown): { code?: string | undefined; message?: string | undefined };
  rules: readonly ErrorRule[];
  /** Whether an answer with status 2xx is a refusal all the same, on platforms that have such. */
  refuses?(json: unknown): boolean;
  /** Epoch ms until which to wait, where the platform says so in its own way. */
  retryAt?(answer: { json: unknown; header(name: string): string | undefined }, now: number): number | undefined;
}

export interface ErrorRule {
  status?: number | readonly number[];
  /** Exact. */
  code?: string;
  says?: RegExp;
  kind: FailureKind;
  /** A sentence for people; the platform's own words when absent. */
  message?: string;
  fix?: string;
  /** See `RejectedFailure`. */
  act?: 'retry' | 'reconnect';
  scope?: 'channel' | 'app';
  /** For `transient`: whether the act may have happened all the same. True unless told. */
  reached?: boolean;
}

/** No call lasts longer than `longestMs`, whatever it asks for. */
export function createHttp({ send, now, longestMs = Infinity }: { send: Send; now: () => number; longestMs?: number }): Http {
  return async (request) => {
    const url = new URL(request.url);
    for (const [key, value] of Object.entries(request.query ?? {})) {
      if (value !== undefined) url.searchParams.set(key, String(value));
    }
    const body = request.body ? bodyOf(request.body) : undefined;
    // What the caller says of the body's type counts: some platforms want its charset.
    const headers: Record<string, string> = { accept: 'application/json', 'user-agent': 'PostMaster', ...body?.headers, ...request.headers };
    if (request.bearer !== undefined) headers['authorization'] = `Bearer ${request.bearer}`;
    const secrets = [...(request.secrets ?? []), ...(request.bearer === undefined ? [] : [request.bearer])];
    const evidence: Evidence = { method: request.method, url: redactedUrl(url, secrets), at: now() };

    let response: Dispatcher.ResponseData;
    let text: string;
    try {
      response = await send(url, {
        method: request.method,
        headers,
        body: body?.content ?? null,
        signal: endOf(Math.min(request.timeoutMs ?? 30_000, longestMs), request.signal),
      });
      evidence.status = response.statusCode;
      text = await readText(response, request.maxBytes ?? 4 * 1024 * 1024);
    } catch (error) {
      const code = codeOfError(error);
      // What no system or library gave a code is a mistake of ours, and must not pass for the network's.
      if (code === undefined) throw error;
      throw new ProviderError(failureOfError(code, url.host, evidence));
    }

    const header = (name: string) => oneHeader(response.headers[name.toLowerCase()]);
    const requestId = header('x-request-id') ?? header('request-id');
    if (requestId !== undefined) evidence.requestId = requestId.slice(0, 100);
    const json = parseJson(text);
    const status = response.statusCode;
    const accepted = (status >= 200 && status < 300 && !request.errors?.refuses?.(json)) || request.accept?.includes(status);
    if (accepted) {
      return { status, header, json, text, read: (schema) => read(schema, json, evidence) };
    }
    evidence.body = excerpt(text, secrets);
    throw new ProviderError(withoutSecrets(failureOfStatus({ status, header, json }, request.errors, url.host, evidence, now()), secrets));
  };
}

/** After so long (ms), or when the caller gives up. */
export function endOf(ms: number, signal: AbortSignal | undefined): AbortSignal {
  const late = AbortSignal.timeout(Math.ceil(ms));
  return signal ? AbortSignal.any([late, signal]) : late;
}

/** The platform's own words may repeat what it was sent. */
export function withoutSecrets<F extends Failure>(failure: F, secrets: readonly string[]): F {
  return { ...failure, code: excerpt(failure.code, secrets), message: excerpt(failure.message, secrets) };
}

/** JSON whose integers beyond 2^53 stay whole, as strings. */
export function parseJson(text: string): unknown {
  if (!/^\s*[[{"\dtfn-]/u.test(text)) return undefined;
  try {
    // The reviver's third argument (the source text) is in V8 since 2023 and not yet in TypeScript's library.
    const whole = (_key: string, value: unknown, context?: { source?: string }) =>
      typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value) ? (context?.source ?? value) : value;
    return JSON.parse(text, whole);
  } catch {
    return undefined;
  }
}

function read<T>(schema: z.ZodType<T>, json: unknown, evidence: Evidence): T {
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues[0]?.path.join('.') ?? '';
  throw new ProviderError({
    kind: 'transient', code: 'unreadable_answer', reached: true, evidence,
    message: `The answer could not be understood${where ? ` (at "${where}")` : ''}.`,
  });
}

/** The generic half: what a status means when the platform's table does not name it. */
export function failureOfStatus(
  answer: { status: number; header(name: string): string | undefined; json: unknown },
  table: ErrorTable | undefined, host: string, evidence: Evidence, now: number,
): Failure {
  const { status } = answer;
  const told = table?.read(answer.json) ?? {};
  const rule = table?.rules.find((candidate) => matches(candidate, status, told));
  const kind = rule?.kind ?? kindOfStatus(status);
  const base = {
    code: told.code ?? rule?.code ?? String(status),
    message: rule?.message ?? sentence(told.message) ?? `${host} answered with status ${status}.`,
    evidence,
  };
  switch (kind) {
    case 'transient':
      return { kind, ...base, reached: rule?.reached ?? true };
    case 'rate_limited': {
      const retryAt = table?.retryAt?.(answer, now) ?? retryAfter(answer.header('retry-after'), now) ?? now + 60_000;
      return { kind, ...base, retryAt: Math.max(retryAt, now + 1_000), scope: rule?.scope ?? 'channel' };
    }
    case 'rejected':
      return { kind, ...base, fix: rule?.fix ?? 'Change the post and try again.', ...(rule?.act && { act: rule.act }) };
    case 'auth':
    case 'unsettled':
      return { kind, ...base };
  }
}

function matches(rule: ErrorRule, status: number, told: { code?: string | undefined; message?: string | undefined }): boolean {
  if (rule.status !== undefined && ![rule.status].flat().includes(status)) return false;
  if (rule.code !== undefined && rule.code !== told.code) return false;
  return rule.says === undefined || (told.message !== undefined && rule.says.test(told.message));
}

function kindOfStatus(status: number): FailureKind {
  if (status === 401) return 'auth';
  if (status === 429) return 'rate_limited';
  // A redirect on an API call is an odd answer, and so is a 2xx with a refusal that nobody has documented: not a clear no.
  if (status === 408 || status >= 500 || status < 400) return 'transient';
  return 'rejected';
}

/** Errors that happen before the first byte of the request leaves. Whatever is not listed may have arrived. */
const beforeTheFirstByte =
  /^(ENOTFOUND|EAI_.*|ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|EBLOCKED|UND_ERR_CONNECT_TIMEOUT|ERR_TLS_.*|ERR_SSL_.*|CERT_.*|DEPTH_ZERO_.*|SELF_SIGNED_.*|UNABLE_TO_.*|EPROTO)$/u;

export function failureOfError(code: string, host: string, evidence: Evidence): Failure {
  const answered = evidence.status !== undefined;
  const timeout = code === 'TimeoutError' || code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'UND_ERR_BODY_TIMEOUT';
  const reached = answered || !beforeTheFirstByte.test(code);
  const message = answered
    ? `The answer of ${host} broke off.`
    : !reached ? `${host} could not be reached (${code}).`
    : timeout ? `${host} did not answer in time.`
    : `The connection to ${host} broke before an answer came.`;
  return { kind: 'transient', code: timeout ? 'timeout' : code, message, reached, evidence };
}

/** Codes with which Node and undici complain about their caller: nothing left this machine. */
const misuse = /^(?:ERR_(?:OUT_OF_RANGE|INVALID_|MISSING_)|UND_ERR_INVALID_ARG)/u;

export function codeOfError(error: unknown): string | undefined {
  for (let e = error; e instanceof Error; e = e.cause) {
    if ('code' in e && typeof e.code === 'string') return misuse.test(e.code) ? undefined : e.code;
    if (e.name === 'TimeoutError' || e.name === 'AbortError') return e.name;
  }
  return undefined;
}

async function readText(response: Dispatcher.ResponseData, maxBytes: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body) {
    size += chunk.byteLength;
    if (size > maxBytes) {
      response.body.destroy();
      throw Object.assign(new Error('answer too large'), { code: 'answer_too_large' });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function retryAfter(value: string | undefined, now: number): number | undefined {
  if (value === undefined) return undefined;
  if (/^\d{1,7}$/u.test(value.trim())) return now + Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : date;
}

export function oneHeader(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}

function sentence(message: string | undefined): string | undefined {
  const text = message?.trim().slice(0, 300);
  return text ? text : undefined;
}

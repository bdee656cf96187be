import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { Failure } from '../../domain/failure.ts';
import { ProviderError } from '../contract.ts';
import { fakeIo } from '../fake/io.ts';
import type { ErrorTable } from '../http.ts';
import { errors, oauthErrors, uploadErrors } from './errors.ts';
import { startFakeLinkedin, type FakeLinkedIn } from './fake.ts';

let fake: FakeLinkedIn;
beforeAll(async () => { fake = await startFakeLinkedin(); });
afterAll(() => fake.close());

const now = Date.UTC(2026, 10, 24, 22, 30);

async function failureOf(status: number, body: unknown, table: ErrorTable = errors, headers: Record<string, string> = {}): Promise<Failure> {
  fake.fault({ kind: { answer: { status, headers, body } } });
  const { http } = fakeIo({ upstreams: fake.upstreams, now: () => now });
  const error: unknown = await http({ method: 'GET', url: 'https://api.linkedin.com/rest/posts', errors: table }).catch((reason: unknown) => reason);
  if (!(error instanceof ProviderError)) throw new Error('no failure');
  return error.failure;
}

const said = (status: number, message: string, more: object = {}): [number, unknown] => [status, { status, message, ...more }];

/** One answer for each row of the table, in its order. */
const samples: [number, unknown][] = [
  [422, {
    errorDetailType: 'com.linkedin.common.error.BadRequest', status: 422,
    message: 'com.linkedin.content.common.exception.BadRequestResponseException: Content is a duplicate of urn:li:share:7141138937766391808',
    errorDetails: { inputErrors: [{ description: 'Duplicate post is detected', input: {}, code: 'DUPLICATE_POST' }] },
  }],
  [400, '<html>blocked</html>'],
  said(401, 'The token used in the request has been revoked by the user', { serviceErrorCode: 65601, code: 'REVOKED_ACCESS_TOKEN' }),
  said(401, 'The token used in the request has expired', { serviceErrorCode: 65602 }),
  said(401, 'Invalid access token', { serviceErrorCode: 65600 }),
  [401, {}],
  said(400, 'Media is waiting', { code: 'MEDIA_ASSET_WAITING_UPLOAD' }),
  said(400, 'The asset has not yet been processed'),
  said(403, 'The resource is forbidden'),
  said(404, 'Unable to obtain activity for urn:li:share:1'),
  said(400, 'x', { code: 'MEDIA_ASSET_PROCESSING_FAILED' }),
  said(400, 'x', { code: 'INVALID_URN_ID' }),
  said(400, 'x', { code: 'FIELD_LENGTH_TOO_LONG' }),
  said(400, 'The media owner is not the author'),
  said(400, 'Request body could not be converted to data map', { code: 'ILLEGAL_ARGUMENT' }),
  said(403, 'Not enough permissions to access: ugcPosts.CREATE.NO_VERSION', { serviceErrorCode: 100, code: 'ACCESS_DENIED' }),
  said(403, 'Member is not an admin'),
  said(400, 'Organization permissions must be used when using organization as author'),
  said(404, 'Could not find entity'),
  said(409, 'conflict'),
  said(422, 'ERROR :: /commentary :: field is required but not found and has no default value'),
  said(422, 'something else'),
  said(426, 'Requested version 20240801 is not active', { code: 'NONEXISTENT_VERSION' }),
  said(429, 'Resource level throttle APPLICATION DAY limit for calls to this resource is reached.', { serviceErrorCode: 101 }),
  said(429, 'Resource level throttle limit for calls to this resource is reached.', { serviceErrorCode: 101 }),
  said(503, 'Service Unavailable'),
];

describe('the error table', () => {
  it('has a sample for each row', () => { expect(samples).toHaveLength(errors.rules.length); });

  it.each(samples.map(([status, body], row) => [row, status, body] as const))('row %i: %i', async (row, status, body) => {
    const rule = errors.rules[row];
    const failure = await failureOf(status, body);
    expect(failure).toMatchObject({ kind: rule?.kind, ...(rule?.message !== undefined && { message: rule.message }), evidence: { status } });
    if (failure.kind === 'rejected') expect(failure.fix).toBe(rule?.fix);
    if (failure.kind === 'transient') expect(failure.reached).toBe(rule?.reached ?? true);
    if (failure.kind === 'rate_limited') expect(failure.scope).toBe(rule?.scope);
    for (const sentence of [rule?.message, rule?.fix]) if (sentence !== undefined) expect(sentence).toMatch(/^[A-Z][^!]*\.$/u);
  });

  it('takes a stranger\'s answer for nobody\'s: neither done nor refused', async () => {
    for (const [status, body] of [[400, { error: 'no' }], [403, ''], [404, {}], [409, {}], [413, 'too large'], [422, {}]] as const) {
      expect(await failureOf(status, body)).toMatchObject({ kind: 'transient', reached: true, code: 'not_linkedin' });
    }
  });

  it('waits for the next day at LinkedIn where the day is used up, else a quarter of an hour', async () => {
    const wait = async (message: string, headers = {}) => {
      const failure = await failureOf(...said(429, message), errors, headers);
      return failure.kind === 'rate_limited' ? (failure.retryAt - now) / 60_000 : null;
    };
    expect(await wait('Resource level throttle APPLICATION DAY limit for calls to this resource is reached.')).toBe(91);
    expect(await wait('Resource level throttle MEMBER DAY limit for calls to this resource is reached.')).toBe(91);
    expect(await wait('Resource level throttle limit for calls to this resource is reached.')).toBe(15);
    expect(await wait('x', { 'retry-after': '120' })).toBe(2);
  });
});

describe('the table of the authorization server', () => {
  const refusals: [number, string, string][] = [
    [401, 'invalid_client', 'Client authentication failed'],
    [400, 'invalid_request', 'The redirect_uri does not match the registered value'],
    [400, 'invalid_redirect_uri', 'x'],
    [400, 'invalid_request', 'Unable to retrieve access token: appid/redirect uri/code verifier does not match authorization code. Or authorization code expired. Or external member binding exists'],
    [400, 'invalid_grant', 'x'],
    [400, 'unauthorized_scope_error', 'Scope "w_organization_social" is not authorized for your application'],
    [429, 'too_many', 'x'],
    [503, 'down', 'x'],
  ];
  it('has a sample for each row', () => { expect(refusals).toHaveLength(oauthErrors.rules.length); });
  it.each(refusals.map((refusal, row) => [row, ...refusal] as const))('row %i: %i %s', async (row, status, error, description) => {
    const rule = oauthErrors.rules[row];
    expect(await failureOf(status, { error, error_description: description }, oauthErrors)).toMatchObject({ kind: rule?.kind, message: rule?.message, ...(rule?.fix && { fix: rule.fix }) });
  });
  it('knows other words for the same', async () => {
    expect(await failureOf(401, { error: 'invalid_request', error_description: 'authorization code not found' }, oauthErrors)).toMatchObject({ kind: 'rejected', fix: 'Connect again.' });
  });
});

describe('the table of uploads', () => {
  it.each([[400, 'rejected'], [413, 'rejected'], [415, 'rejected'], [422, 'rejected'], [401, 'auth'], [429, 'rate_limited'], [500, 'transient']])('%i', async (status, kind) => {
    expect(await failureOf(status, 'x', uploadErrors)).toMatchObject({ kind });
  });
});

describe('the compiled list of error classes', () => {
  const list = join(import.meta.dirname, '../../../../shared/specs/error-classes.others.json');
  const there = existsSync(list);
  if (!there) process.stdout.write('linkedin: the list of error classes is not at hand, so the table is not compared with it\n');

  /** What a class comes to. Permissions end a connection or not, by what the message says of them. */
  const kinds: Record<string, Failure['kind'][]> = {
    TRANSIENT: ['transient'], PERMANENT: ['rejected'], RECONNECT: ['auth'], PERMISSION: ['auth', 'rejected'], DUPLICATE: ['rejected'],
    OPERATOR: ['transient'], RATE_LIMITED: ['rate_limited'], IN_DOUBT: ['transient'],
  };
  const row = z.object({ http: z.union([z.number(), z.string()]), match: z.record(z.string(), z.unknown()), class: z.string() });

  it.skipIf(!there)('is what the table says (skipped where the list is absent)', async () => {
    const { providers } = z.object({ providers: z.object({ linkedin: z.array(row) }) }).parse(JSON.parse(readFileSync(list, 'utf8')));
    for (const { http, match, class: of } of providers.linkedin) {
      if (http === 'timeout') continue;
      const status = http === '4xx' ? 400 : http === '5xx' ? 503 : Number(http);
      const message = match['message_contains'] ?? (match['inputErrors.code'] === undefined ? 'x' : 'Content is a duplicate of urn:li:share:1');
      const failure = await failureOf(status, { status, message, code: match['code'], serviceErrorCode: match['serviceErrorCode'] });
      expect(kinds[of], `${http} ${JSON.stringify(match)} is ${failure.kind}`).toContain(failure.kind);
    }
  });
});

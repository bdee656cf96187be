import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FailureKind } from '../../domain/failure.ts';
import { fakeIo } from '../fake/io.ts';
import type { ErrorTable } from '../http.ts';
import { api } from './api.ts';
import { errors, failReasons, failureOfReason, oauthErrors } from './errors.ts';
import { startFakeTikTok, type FakeTikTok } from './fake.ts';

let fake: FakeTikTok;
beforeAll(async () => { fake = await startFakeTikTok(); });
afterAll(() => fake.close());

const now = Date.UTC(2026, 10, 25);
const day = 24 * 60 * 60 * 1000;

function failing(status: number, body: unknown, table: ErrorTable) {
  fake.fault({ kind: { answer: { status, body } } });
  return fakeIo({ upstreams: fake.upstreams, now: () => now }).http({ method: 'POST', url: `${api}/`, errors: table });
}

/** The status with which the documents have it; some codes come with 200 on purpose. */
const apiRows: [code: string, status: number, kind: FailureKind][] = [
  ['invalid_param', 400, 'rejected'], ['invalid_params', 400, 'rejected'], ['invalid_publish_id', 400, 'rejected'],
  ['token_not_authorized_for_specified_publish_id', 400, 'rejected'], ['publish_not_cancellable', 400, 'rejected'], ['app_version_check_failed', 400, 'rejected'],
  ['invalid_file_upload', 400, 'rejected'], ['access_token_invalid', 401, 'auth'], ['scope_not_authorized', 401, 'auth'], ['scope_permission_missed', 400, 'auth'],
  ['spam_risk_too_many_posts', 403, 'rate_limited'], ['spam_risk_too_many_pending_share', 403, 'rate_limited'], ['reached_active_user_cap', 403, 'rate_limited'],
  ['spam_risk_user_banned_from_posting', 403, 'rejected'], ['unaudited_client_can_only_post_to_private_accounts', 403, 'rejected'], ['url_ownership_unverified', 403, 'rejected'],
  ['privacy_level_option_mismatch', 403, 'rejected'], ['rate_limit_exceeded', 429, 'rate_limited'], ['internal_error', 500, 'transient'],
];
const oauthRows: [code: string, status: number, kind: FailureKind][] = [
  ['access_denied', 400, 'rejected'], ['invalid_client', 401, 'rejected'], ['unauthorized_client', 400, 'rejected'], ['invalid_grant', 400, 'auth'],
  ['invalid_request', 400, 'rejected'], ['invalid_scope', 400, 'rejected'], ['unsupported_grant_type', 400, 'rejected'], ['unsupported_response_type', 400, 'rejected'],
  ['server_error', 500, 'transient'], ['temporarily_unavailable', 503, 'transient'],
];

describe.each([
  ['the API', errors, apiRows, (code: string) => ({ data: {}, error: { code, message: 'In their words', log_id: '2026' } })],
  ['OAuth', oauthErrors, oauthRows, (code: string) => ({ error: code, error_description: 'In their words', log_id: '2026' })],
] as const)('errors of %s', (_, table, rows, bodyOf) => {
  it('have a sample for each row', () => {
    expect(table.rules.flatMap(({ code }) => (code === undefined || code === 'not_tiktok' ? [] : [code]))).toEqual(rows.map(([code]) => code));
  });

  it.each(rows)('%s with status %i is %s, with a sentence and something to do', async (code, status, kind) => {
    const rule = table.rules.find((one) => one.code === code);
    for (const as of [status, 200]) {
      await expect(failing(as, bodyOf(code), table)).rejects.toMatchObject({ failure: {
        kind, code, message: rule?.message ?? 'In their words', evidence: { status: as, body: expect.stringContaining(code) as string }, ...(kind === 'rejected' && { fix: rule?.fix }),
      } });
    }
    if (kind === 'rejected') expect(rule?.fix).toMatch(/\.$/u);
  });

  it('that are none of TikTok\'s neither disconnect nor pass for a clear no', async () => {
    for (const status of [400, 401, 403, 404, 409, 422]) {
      for (const body of [{}, 'blocked', { message: 'no' }]) await expect(failing(status, body, table)).rejects.toMatchObject({ failure: { kind: 'transient', reached: true, code: 'not_tiktok' } });
    }
    for (const status of [500, 502, 503, 504]) await expect(failing(status, 'down', table)).rejects.toMatchObject({ failure: { kind: 'transient' } });
    await expect(failing(429, {}, table)).rejects.toMatchObject({ failure: { kind: 'rate_limited', scope: 'channel', retryAt: now + 60_000 } });
  });
});

describe('limits', () => {
  const limited = (code: string, headers?: Record<string, string>) => {
    fake.fault({ kind: { answer: { status: 429, ...(headers && { headers }), body: { error: { code, message: '', log_id: '' } } } } });
    return fakeIo({ upstreams: fake.upstreams, now: () => now }).http({ method: 'POST', url: `${api}/`, errors });
  };

  it('per minute are waited out for a minute, or as long as is said', async () => {
    await expect(limited('rate_limit_exceeded')).rejects.toMatchObject({ failure: { retryAt: now + 60_000, scope: 'channel' } });
    await expect(limited('rate_limit_exceeded', { 'retry-after': '7' })).rejects.toMatchObject({ failure: { retryAt: now + 7_000 } });
  });

  it.each(['spam_risk_too_many_posts', 'spam_risk_too_many_pending_share', 'reached_active_user_cap'])('per day are waited out for a day, by this account alone: %s', async (code) => {
    await expect(limited(code)).rejects.toMatchObject({ failure: { kind: 'rate_limited', retryAt: now + day, scope: 'channel' } });
  });
});

describe('reasons why a post was given up', () => {
  const evidence = { method: 'POST', url: 'x', at: now };

  it.each(Object.keys(failReasons))('%s', (reason) => {
    const failure = failureOfReason(reason, evidence);
    expect(failure).toMatchObject({ kind: failReasons[reason]?.kind, code: reason, evidence });
    if (failure.kind === 'rejected') expect(failure.fix).toMatch(/\.$/u);
    // Nothing is out, so the same post may be sent again.
    if (failure.kind === 'transient') expect(failure.reached).toBe(false);
    if (failure.kind === 'rate_limited') expect(failure).toMatchObject({ retryAt: now + day, scope: 'channel' });
  });

  it('that nobody has documented are told all the same', () => {
    expect(failureOfReason('novel_reason', evidence)).toMatchObject({ kind: 'rejected', code: 'novel_reason', message: 'TikTok did not publish this post (novel_reason).' });
    expect(failureOfReason(null, evidence)).toMatchObject({ kind: 'rejected', code: 'failed' });
  });
});

const classes = join(import.meta.dirname, '../../../../shared/specs/meta/error-classes.meta-google-tiktok.json');

describe.skipIf(!existsSync(classes))('the list of codes (skipped without ../shared/specs)', () => {
  const kinds: Record<string, FailureKind> = {
    PERMANENT: 'rejected', ACCOUNT_ACTION: 'rejected', CONFIG: 'rejected', 'CONFIG/ACCOUNT_ACTION': 'rejected', PERMISSION: 'auth', RECONNECT: 'auth',
    'PERMISSION (RECONNECT)': 'auth', 'refresh once, then RECONNECT': 'auth', 'RATE_LIMITED 24h': 'rate_limited', 'RATE_LIMITED 60s': 'rate_limited',
    TRANSIENT: 'transient', 'TRANSIENT (IN_DOUBT on PULL/photo init)': 'transient', 'TRANSIENT (new init)': 'transient', 'TRANSIENT ×2 then PERMANENT': 'transient',
  };

  it('is kept, code by code', () => {
    const { providers } = JSON.parse(readFileSync(classes, 'utf8')) as { providers: { tiktok: { http: string; code: string; class: string }[] } };
    const odd = providers.tiktok.filter(({ code, class: meant, http }) => {
      // Success, and an answer to canceling that counts as one: we cancel nothing.
      if (meant === 'OK') return false;
      const kind = http === 'fail_reason' ? failReasons[code]?.kind : errors.rules.find((rule) => rule.code === code)?.kind;
      return kinds[meant] === undefined || kind !== kinds[meant];
    });
    expect(odd).toEqual([]);
    expect(providers.tiktok.length).toBeGreaterThan(30);
  });
});

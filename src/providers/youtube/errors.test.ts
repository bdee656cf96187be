import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FailureKind } from '../../domain/failure.ts';
import { fakeIo } from '../fake/io.ts';
import { errors } from './errors.ts';
import { startFakeYouTube, type FakeYouTube } from './fake.ts';
import discovery from './fake/discovery.json' with { type: 'json' };
import { failures, refusalOf, rejections } from './processing.ts';

let fake: FakeYouTube;
beforeAll(async () => { fake = await startFakeYouTube(); });
afterAll(() => fake.close());

const now = Date.UTC(2026, 10, 24, 9);
const midnight = Date.UTC(2026, 10, 25, 8);

const body = (status: number, reason: string) => ({ error: { code: status, message: 'In YouTube\'s own words.', errors: [{ message: 'In YouTube\'s own words.', domain: 'youtube.video', reason }] } });

function call(status: number, answer: unknown, headers: Record<string, string> = {}) {
  fake.fault({ kind: { answer: { status, body: answer, headers } } });
  const { http } = fakeIo({ upstreams: fake.upstreams, now: () => now });
  return http({ method: 'GET', url: 'https://www.googleapis.com/youtube/v3/videos', errors });
}

describe('the error table', () => {
  it.each(errors.rules.map((rule, row) => [row, rule.code ?? String([rule.status].flat()[0]), rule] as const))('row %i: %s', async (_row, code, rule) => {
    const status = [rule.status ?? 403].flat()[0] ?? 403;
    const shown = rule.code === undefined ? 'not JSON' : code.includes('_') && code === code.toLowerCase() ? { error: code, error_description: 'Words.' } : body(status, code);
    await expect(call(status, shown)).rejects.toMatchObject({
      failure: { kind: rule.kind, message: rule.message, ...(rule.kind === 'rejected' && { fix: rule.fix }), ...(rule.kind === 'rate_limited' && { scope: rule.scope }) },
    });
    for (const sentence of [rule.message, rule.fix]) if (sentence !== undefined) expect(sentence).toMatch(/^[A-Z][^!]*\.$/u);
    expect(rule.message).toBeDefined();
    if (rule.kind === 'rejected') expect(rule.fix).toBeDefined();
  });

  it('leaves no row in the shadow of an earlier one', () => {
    const codes = errors.rules.flatMap(({ code }) => code ?? []);
    expect(new Set(codes).size).toBe(codes.length);
  });

  it('says what is not in it in YouTube\'s own words', async () => {
    await expect(call(400, body(400, 'somethingNew'))).rejects.toMatchObject({ failure: { kind: 'rejected', code: 'somethingNew', message: 'In YouTube\'s own words.' } });
    await expect(call(403, { error: { code: 403, message: 'Off.', status: 'PERMISSION_DENIED', details: [{ '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'SERVICE_DISABLED' }] } })).rejects.toMatchObject({
      failure: { kind: 'rejected', code: 'SERVICE_DISABLED' },
    });
  });

  it('knows how long to wait', async () => {
    await expect(call(403, body(403, 'quotaExceeded'))).rejects.toMatchObject({ failure: { retryAt: midnight + 60_000, scope: 'app' } });
    await expect(call(403, body(403, 'dailyLimitExceeded'))).rejects.toMatchObject({ failure: { retryAt: midnight + 60_000, scope: 'app' } });
    await expect(call(400, body(400, 'uploadLimitExceeded'))).rejects.toMatchObject({ failure: { retryAt: now + 86_400_000, scope: 'channel' } });
    await expect(call(429, body(429, 'rateLimitExceeded'), { 'retry-after': '7' })).rejects.toMatchObject({ failure: { retryAt: now + 7_000, scope: 'app' } });
    await expect(call(403, body(403, 'userRateLimitExceeded'))).rejects.toMatchObject({ failure: { retryAt: now + 60_000, scope: 'channel' } });
  });
});

describe('what YouTube refuses after the upload', () => {
  const { properties } = discovery.youtube.schemas.VideoStatus;

  it('has a sentence for each reason that the discovery document names', () => {
    expect(Object.keys(failures).toSorted()).toEqual(properties.failureReason.enum.toSorted());
    expect(Object.keys(rejections).toSorted()).toEqual(properties.rejectionReason.enum.toSorted());
  });

  it.each([
    ...Object.keys(failures).map((reason) => ({ uploadStatus: 'failed', failureReason: reason })), { uploadStatus: 'failed' },
    ...Object.keys(rejections).map((reason) => ({ uploadStatus: 'rejected', rejectionReason: reason })), { uploadStatus: 'rejected', rejectionReason: 'somethingNew' }, { uploadStatus: 'deleted' },
  ])('%o', (status) => {
    const refusal = refusalOf(status);
    expect(refusal).toMatchObject({ kind: 'rejected', message: expect.stringMatching(/^[A-Z][^!]*\.$/u) as string, fix: expect.stringMatching(/^[A-Z][^!]*\.$/u) as string });
  });

  it.each(['uploaded', 'processed', 'somethingNew', undefined])('is nothing while it is %s', (uploadStatus) => {
    expect(refusalOf(uploadStatus === undefined ? {} : { uploadStatus })).toBeNull();
  });
});

describe('the collected error classes', () => {
  const collected = join(import.meta.dirname, '../../../../shared/specs/meta/error-classes.meta-google-tiktok.json');
  const there = existsSync(collected);
  if (!there) process.stdout.write('youtube: the collected error classes are not at hand, so the table is not compared with them\n');

  const kinds: Record<string, readonly FailureKind[]> = {
    PERMANENT: ['rejected'], 'PERMANENT (warn only)': ['rejected'], RATE_LIMITED: ['rate_limited'], CONFIG: ['rejected'], ACCOUNT_ACTION: ['auth'],
    RECONNECT: ['auth'], 'refresh once, then RECONNECT': ['auth'], 'PERMISSION (RECONNECT)': ['auth'], PERMISSION: ['rejected'], TRANSIENT: ['transient'],
  };

  it.skipIf(!there)('are all in the table, each as its class says', async () => {
    const { providers } = JSON.parse(readFileSync(collected, 'utf8')) as { providers: { youtube: { http: string; reason: string; class: string }[] } };
    const rows = providers.youtube.filter(({ http, reason }) => http !== '308' && reason !== '(session URI)');
    expect(rows.length).toBeGreaterThan(35);
    for (const { http, reason, class: named } of rows) {
      const status = Number(http);
      const expected = kinds[named] ?? kinds[named.split(/ (?:\(resume\)|24h|until|back-off)/u)[0] ?? ''];
      expect(expected, named).toBeDefined();
      const failure = await call(status, reason === '' ? 'down' : body(status, reason)).then(() => null, (error: { failure: { kind: FailureKind; message: string } }) => error.failure);
      expect(expected, `${http} ${reason}`).toContain(failure?.kind);
      expect(failure?.message, reason).not.toContain('own words');
    }
  });
});

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { Failure } from '../../domain/failure.ts';
import { ProviderError } from '../contract.ts';
import { fakeIo } from '../fake/io.ts';
import type { ErrorTable } from '../http.ts';
import { errors, oauthErrors, uploadErrors } from './errors.ts';
import { startFakeReddit, type FakeReddit } from './fake.ts';

let fake: FakeReddit;
beforeAll(async () => { fake = await startFakeReddit(); });
afterAll(() => fake.close());

const now = Date.UTC(2026, 10, 24, 22, 30);

async function answerOf(status: number, body: unknown, table: ErrorTable = errors, headers: Record<string, string> = {}): Promise<Failure | null> {
  fake.fault({ kind: { answer: { status, headers, body } } });
  const { http } = fakeIo({ upstreams: fake.upstreams, now: () => now });
  const error: unknown = await http({ method: 'GET', url: 'https://oauth.reddit.com/api/v1/me', errors: table }).catch((reason: unknown) => reason);
  return error instanceof ProviderError ? error.failure : null;
}

const inJson = (code: string, message = 'In Reddit\'s words.', more: object = {}): [number, unknown] => [200, { json: { ...more, errors: [[code, message, 'sr']] } }];
const byStatus = (status: number, more: object = {}): [number, unknown] => [status, { message: 'Forbidden', error: status, ...more }];

/** One answer for each row of the table, in its order. */
const byCode = errors.rules.flatMap(({ code, status }) => (code !== undefined && status === undefined ? [inJson(code)] : []));
const samples: [number, unknown][] = [
  ...byCode,
  byStatus(401), [403, '<html>blocked by network security</html>'], [400, { error: 'Invalid', message: 'no' }], byStatus(403), byStatus(404), byStatus(409), byStatus(413), byStatus(429), byStatus(503),
  [400, { fields: ['title'], explanation: 'You may not have "x" in your title. ', error_type: 'SUBMIT_VALIDATION_ERROR', message: 'Bad Request', reason: 'SUBMIT_VALIDATION_TITLE_BLACKLISTED_STRING' }],
];

describe('the error table', () => {
  it('has a sample for each row', () => { expect(samples).toHaveLength(errors.rules.length); });

  it.each(samples.map(([status, body], row) => [row, status, body] as const))('row %i: %i', async (row, status, body) => {
    const rule = errors.rules[row];
    const failure = await answerOf(status, body);
    expect(failure).toMatchObject({ kind: rule?.kind, ...(rule?.message !== undefined && { message: rule.message }), evidence: { status } });
    if (failure?.kind === 'rejected') expect(failure.fix).toBe(rule?.fix);
    if (failure?.kind === 'rate_limited') expect(failure.scope).toBe(rule?.scope ?? 'channel');
    for (const sentence of [rule?.message, rule?.fix]) if (sentence !== undefined) expect(sentence).toMatch(/^[A-Z][^!]*\.$/u);
  });

  it('shows Reddit\'s own words for what breaks a rule of the subreddit, or is new', async () => {
    expect(await answerOf(...(samples.at(-1) ?? [0, 0]))).toMatchObject({ code: 'SUBMIT_VALIDATION_TITLE_BLACKLISTED_STRING', message: 'You may not have "x" in your title.' });
    expect(await answerOf(...inJson('SOMETHING_NEW', 'no way'))).toMatchObject({ kind: 'rejected', code: 'SOMETHING_NEW', message: 'no way' });
  });

  it('takes an answer that names what it made for a success, whatever else it says (praw issue 1768)', async () => {
    for (const data of [{ url: 'https://x' }, { id: '4bbe4b' }, { name: 't3_4bbe4b' }, { websocket_url: 'wss://x' }]) expect(await answerOf(...inJson('RATELIMIT', 'x', { data }))).toBeNull();
    for (const data of [{}, { id: '' }, { id: null }, null]) expect(await answerOf(...inJson('RATELIMIT', 'x', { data }))).toMatchObject({ kind: 'rate_limited' });
    expect(await answerOf(200, { json: { errors: [], data: {} } })).toBeNull();
  });

  it('waits as long as it is told: in numbers, in words, by headers', async () => {
    const wait = async (...asked: Parameters<typeof answerOf>) => {
      const failure = await answerOf(...asked);
      return failure?.kind === 'rate_limited' ? (failure.retryAt - now) / 1000 : null;
    };
    expect(await wait(...inJson('RATELIMIT', 'Take a break for 11 minutes before trying again.'))).toBe(661);
    expect(await wait(...inJson('RATELIMIT', 'Take a break for 11 minutes.', { ratelimit: 659.9 }))).toBe(661);
    expect(await wait(...inJson('RATELIMIT', 'Take a break for 9 minutes.', { ratelimit: 600 }))).toBe(601);
    expect(await wait(...inJson('RATELIMIT', 'try again in 1 second'))).toBe(2);
    expect(await wait(...inJson('RATELIMIT', 'try again in 5000 milliseconds'))).toBe(6);
    expect(await wait(...inJson('SUBREDDIT_RATELIMIT', 'try again in 2 hours'))).toBe(7201);
    expect(await wait(...inJson('QUOTA_FILLED', 'too much'))).toBe(600);
    expect(await wait(...byStatus(429), errors, { 'x-ratelimit-reset': '231', 'x-ratelimit-remaining': '0.0', 'x-ratelimit-used': '600' })).toBe(231);
    expect(await wait(...byStatus(429), errors, { 'retry-after': '7' })).toBe(7);
  });

  it('takes a stranger\'s answer for nobody\'s: neither done nor refused', async () => {
    for (const [status, body] of [[400, { error: 'no' }], [403, ''], [404, {}], [409, {}], [422, {}]] as const) expect(await answerOf(status, body)).toMatchObject({ kind: 'transient', reached: true });
  });
});

describe('the table of the token endpoint', () => {
  it.each<[number, unknown, Failure['kind'], string]>([
    [400, { error: 'invalid_grant' }, 'auth', 'invalid_grant'],
    [200, { error: 'invalid_grant' }, 'auth', 'invalid_grant'],
    [400, { message: 'Bad Request', error: 400 }, 'auth', 'bad_request'],
    [401, { message: 'Unauthorized', error: 401 }, 'rejected', 'unknown_app'],
    [400, { error: 'invalid_scope' }, 'rejected', 'invalid_scope'],
    [400, { error: 'invalid_request' }, 'rejected', 'invalid_request'],
    [400, { error: 'unsupported_grant_type' }, 'rejected', 'unsupported_grant_type'],
    [429, { message: 'Too Many Requests', error: 429 }, 'rate_limited', '429'],
    [503, 'down', 'transient', '503'],
  ])('%i %j', async (status, body, kind, code) => expect(await answerOf(status, body, oauthErrors)).toMatchObject({ kind, code }));
});

describe('the table of the store', () => {
  it.each([[404, 'transient'], [412, 'transient'], [500, 'transient'], [429, 'rate_limited']])('%i', async (status, kind) => {
    expect(await answerOf(status, '<Error/>', uploadErrors)).toMatchObject({ kind });
  });
});

describe('the compiled list of error classes', () => {
  const list = join(import.meta.dirname, '../../../../shared/specs/error-classes.others.json');
  const there = existsSync(list);
  if (!there) process.stdout.write('reddit: the list of error classes is not at hand, so the table is not compared with it\n');

  const kinds: Record<string, Failure['kind'][]> = {
    RATE_LIMITED: ['rate_limited'], DUPLICATE: ['rejected'], PERMANENT: ['rejected'], PERMISSION: ['rejected'], USER_ACTION: ['rejected'], RECONNECT: ['auth'], IN_DOUBT: ['transient'],
  };
  const row = z.object({ http: z.union([z.number(), z.string()]), match: z.record(z.string(), z.unknown()), class: z.string() });

  it.skipIf(!there)('is what the table says (skipped where the list is absent)', async () => {
    const { providers } = z.object({ providers: z.object({ reddit: z.array(row) }) }).parse(JSON.parse(readFileSync(list, 'utf8')));
    for (const { http, match, class: of } of providers.reddit) {
      if (http === 'timeout') continue;
      const code = match['json.errors[0]'];
      const oauth = match['oauth_error'];
      const failure = typeof oauth === 'string' ? await answerOf(400, { error: oauth }, oauthErrors)
        : typeof code === 'string' ? await answerOf(...inJson(code))
        : await answerOf(...byStatus(http === '5xx' ? 503 : Number(http), match));
      expect(kinds[of], `${http} ${JSON.stringify(match)} is ${failure?.kind}`).toContain(failure?.kind);
    }
  });
});

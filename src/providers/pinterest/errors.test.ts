import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Failure } from '../../domain/failure.ts';
import { ProviderError } from '../contract.ts';
import { fakeIo } from '../fake/io.ts';
import { startFakePinterest, type FakePinterest } from './fake.ts';
import { refresh, tokenAt, type Grant } from './session.ts';
import { settings, trialSettings } from './subject.ts';
import { targets } from './targets.ts';

let fake: FakePinterest;
beforeAll(async () => { fake = await startFakePinterest(); });
afterAll(() => fake.close());

const now = Date.UTC(2026, 10, 24, 9);
const io = (trial = false) => fakeIo({ upstreams: fake.upstreams, settings: trial ? trialSettings : settings, now: () => now });

async function failureOf(status: number, body: unknown, headers: Record<string, string> = {}, place: Grant['place'] = 'production'): Promise<Failure | null> {
  fake.fault({ kind: { answer: { status, body, headers } } });
  return targets({ place, accessToken: 'pina_secret', refreshToken: 'pinr_secret' }, io(place === 'sandbox'))
    .then(() => null, (error: unknown) => (error instanceof ProviderError ? error.failure : null));
}

describe('pinterest: what goes wrong', () => {
  it.each<[number, number, string, Failure['kind'], RegExp]>([
    [401, 2, 'Authentication failed.', 'auth', /Connect the account again/u],
    [401, 1104, 'Token expired', 'auth', /Connect the account again/u],
    [401, 3, 'Your application does not have the pins:write scope', 'auth', /lacks a permission/u],
    [403, 3, 'Your application does not have the pins:write scope', 'auth', /lacks a permission/u],
    [400, 283, 'Invalid authorization code.', 'rejected', /log-in/u],
    [400, 1, 'Invalid request: [] does not match \'^\\d+$\'', 'rejected', /as it is/u],
    [400, 1, 'Whoops! It looks like you entered an invalid URL.', 'rejected', /link/u],
    [400, 1, 'Invalid request: items, constraint: maxItems=5', 'rejected', /as it is/u],
    [400, 1, 'Unable to reach the URL. Please check the URL and try again.', 'transient', /fetch a picture/u],
    [400, 1, 'cover_image_url or cover_image_content_type is required', 'rejected', /cover/u],
    [400, 235, 'Not ready', 'transient', /preparing/u],
    [400, 1, 'Invalid request: media is not ready', 'transient', /preparing/u],
    [400, 1, 'Sorry! We blocked this link because it may lead to spam.', 'rejected', /blocked the link/u],
    [403, 9, 'Sorry! We blocked this link because it may lead to spam.', 'rejected', /blocked the link/u],
    [403, 7, 'You are not authorized to access that board or Pin.', 'rejected', /may not pin/u],
    [403, 29, 'You are not permitted to access that resource.', 'rejected', /does not permit/u],
    [403, 29, 'Apps with Trial access may not create Pins in production https://api.pinterest.com', 'rejected', /Trial access/u],
    [403, 2626, 'Account under review', 'rejected', /reviewing/u],
    [403, 4197, 'Ramped down', 'rejected', /closing/u],
    [403, 403, 'Not authorized to access board.', 'rejected', /does not allow/u],
    [404, 40, 'Board not found.', 'rejected', /board is gone/u],
    [404, 50, 'Pin not found.', 'rejected', /Pin is gone/u],
    [404, 2031, 'Section not found.', 'rejected', /section/u],
    [404, 404, 'Board not found.', 'rejected', /no longer has/u],
    [409, 58, 'Board name exists', 'rejected', /name/u],
    [409, 409, 'Board section conflict.', 'rejected', /at odds/u],
    [413, 413, 'Too large', 'rejected', /too large/u],
    [429, 8, 'You have exceeded your rate limit. Try again later.', 'rate_limited', /asks to wait/u],
    [429, 30, 'Slow down', 'rate_limited', /asks to wait/u],
    [400, 8, 'You have exceeded your rate limit. Try again later.', 'rate_limited', /asks to wait/u],
    [429, 1, 'Any', 'rate_limited', /asks to wait/u],
    [500, 0, 'Something went wrong on our end.', 'transient', /error of its own/u],
    [500, 40, 'Board not found.', 'transient', /error of its own/u],
    [503, 12, 'Something went wrong on our end.', 'transient', /error of its own/u],
  ])('%s %s "%s" is %s', async (status, code, message, kind, sentence) => {
    const failure = await failureOf(status, { code, message });
    expect(failure).toMatchObject({ kind, message: expect.stringMatching(sentence) as string });
    expect(failure?.message).toMatch(/^[A-Z].+\.$/u);
    if (failure?.kind === 'rejected') expect(failure.fix).toMatch(/^[A-Z].+\.$/u);
    expect(JSON.stringify(failure)).not.toMatch(/pin[ar]_secret/u);
  });

  it('does not take what a gateway says for Pinterest\'s word', async () => {
    for (const status of [400, 403, 404, 409, 422]) expect(await failureOf(status, '<html>no</html>')).toMatchObject({ kind: 'transient', reached: true });
  });

  it('waits for the seconds it is told, for the account with Standard access and for the app with Trial access', async () => {
    const body = { code: 8, message: 'You have exceeded your rate limit. Try again later.' };
    expect(await failureOf(429, body, { 'x-ratelimit-reset': '67150' })).toMatchObject({ retryAt: now + 67_150_000, scope: 'channel' });
    expect(await failureOf(429, body, { 'x-userendpoint-ratelimit-reset': '7' }, 'sandbox')).toMatchObject({ retryAt: now + 7_000, scope: 'app' });
    expect(await failureOf(429, body, { 'x-ratelimit-reset': '999999999' })).toMatchObject({ retryAt: now + 86_400_000 });
    expect(await failureOf(429, body, { 'retry-after': '9' })).toMatchObject({ retryAt: now + 9_000 });
  });

  it.each<[string, number, unknown, Failure['kind']]>([
    ['a refresh token that is refused', 401, { code: 2, message: 'Authentication failed.' }, 'auth'],
    ['one that has ended', 400, { code: 1, message: 'Invalid refresh token' }, 'auth'],
    ['another mistake', 400, { code: 1, message: 'Invalid request: grant_type' }, 'transient'],
    ['an account under review', 403, { code: 2626, message: 'Account under review' }, 'transient'],
    ['a gateway\'s 401', 401, '<html>no</html>', 'transient'],
    ['a server\'s error', 503, { code: 12, message: 'Down' }, 'transient'],
  ])('only a clear no ends a connection: %s', async (_, status, body, kind) => {
    fake.fault({ kind: { answer: { status, body } } });
    await expect(refresh({ place: 'production', accessToken: 'pina_secret', refreshToken: 'pinr_secret' }, io())).rejects.toMatchObject({ failure: { kind } });
  });

  it('speaks of the log-in where tokens are given', async () => {
    for (const [code, words] of [[1, /redirect URI/u], [2, /app ID and secret/u]] as const) {
      fake.fault({ kind: { answer: { status: code === 1 ? 400 : 401, body: { code, message: 'Words' } } } });
      const failure = await tokenAt('production', { grant_type: 'authorization_code', code: 'the-code', redirect_uri: 'https://post.example' }, io()).then(() => null, (error: unknown) => (error as ProviderError).failure);
      expect(JSON.stringify(failure)).toMatch(words);
      expect(JSON.stringify(failure)).not.toContain('the-code');
    }
  });

  const classes = join(import.meta.dirname, '../../../../shared/specs/error-classes.others.json');
  it.skipIf(!existsSync(classes))('knows every code of the list of classes, where that is at ../shared/specs', async () => {
    const kinds: Record<string, Failure['kind'][]> = { RECONNECT: ['auth'], PERMISSION: ['auth', 'rejected'], USER_ACTION: ['rejected'], OPERATOR: ['rejected'], PERMANENT: ['rejected'], RATE_LIMITED: ['rate_limited'], TRANSIENT: ['transient'] };
    const { providers: { pinterest: rows = [] } } = JSON.parse(readFileSync(classes, 'utf8')) as { providers: Record<string, { http: string | number; match: { code?: number; message_contains?: string }; class: string }[]> };
    const coded = rows.filter(({ match }) => match.code !== undefined || match.message_contains !== undefined);
    expect(coded.length).toBeGreaterThan(12);
    for (const { http, match, class: name } of coded) {
      const failure = await failureOf(typeof http === 'number' ? http : 403, { code: match.code ?? 1, message: match.message_contains ?? 'Words' });
      expect(kinds[name], `${match.code} ${match.message_contains}`).toContain(failure?.kind);
    }
  });
});

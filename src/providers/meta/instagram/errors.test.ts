import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Failure } from '../../../domain/failure.ts';
import { ProviderError } from '../../contract.ts';
import { fakeIo } from '../../fake/io.ts';
import type { FakePlatform } from '../../fake/server.ts';
import type { ErrorTable } from '../../http.ts';
import { commonRules } from '../errors.ts';
import { graph } from '../graph.ts';
import { errors, isGone, mayBeOut, mayNotRead, toldBy } from './errors.ts';
import { startFakeInstagram } from './fake.ts';
import { settings } from './subject.ts';

let fake: FakePlatform;
beforeAll(async () => { fake = await startFakeInstagram(); });
afterAll(() => fake.close());

const now = Date.UTC(2026, 10, 24, 9);
const day = 24 * 3_600_000;

interface Answered { code: number; subcode?: number; message?: string; more?: object; status?: number; headers?: Record<string, string> }

/** The failure that an answer in Meta's envelope comes to. */
async function failureOf({ code, subcode, message = 'Something', more, status = 400, headers = {} }: Answered, table: ErrorTable = errors): Promise<Failure> {
  const error = { message, type: 'OAuthException', code, ...(subcode !== undefined && { error_subcode: subcode }), fbtrace_id: 'A', ...more };
  fake.fault({ kind: { answer: { status, headers, body: { error } } } });
  const io = fakeIo({ upstreams: fake.upstreams, settings, now: () => now });
  const call = graph(io, { method: 'POST', path: '178/media', app: { id: '1', secret: 'a-secret' }, token: 'a-token', errors: table, body: { form: {} } });
  const thrown: unknown = await call.then(() => null, (caught: unknown) => caught);
  if (!(thrown instanceof ProviderError)) throw new Error('nothing was refused');
  return thrown.failure;
}

/** Every row of the reference, and the codes of each without a subcode: what it comes to. */
const rows: [code: number, subcode: number | undefined, kind: Failure['kind'], says: RegExp][] = [
  [-2, 2207003, 'transient', /too long to fetch/u],
  [-2, 2207020, 'transient', /no longer there/u],
  [-2, undefined, 'transient', /take the file/u],
  [-1, 2207001, 'transient', /problem of its own/u],
  [-1, 2207032, 'transient', /take the file/u],
  [-1, 2207053, 'transient', /take the file/u],
  [-1, undefined, 'transient', /problem of its own/u],
  [1, 2207057, 'rejected', /outside the video/u],
  [4, 2207051, 'rate_limited', /spam/u],
  [9, 2207042, 'rate_limited', /24 hours/u],
  [9, undefined, 'rate_limited', /24 hours/u],
  [24, 2207006, 'transient', /no longer there/u],
  [24, 2207008, 'transient', /no longer there/u],
  [24, undefined, 'transient', /no longer there/u],
  [25, 2207050, 'rejected', /restricted this account/u],
  [25, undefined, 'rejected', /restricted this account/u],
  [100, 33, 'rejected', /does not show this account/u],
  [100, 2207023, 'rejected', /kind of post/u],
  [100, 2207028, 'rejected', /2 to 10/u],
  [100, 2207035, 'rejected', /product tag on a video/u],
  [100, 2207036, 'rejected', /product tag on a picture/u],
  [100, 2207037, 'rejected', /product tags/u],
  [100, 2207040, 'rejected', /20 accounts/u],
  [352, 2207026, 'rejected', /take this video/u],
  [352, undefined, 'rejected', /take this video/u],
  [9004, 2207052, 'transient', /could not fetch a file/u],
  [9004, undefined, 'transient', /could not fetch a file/u],
  [9007, 2207027, 'transient', /still preparing/u],
  [9007, undefined, 'transient', /still preparing/u],
  [36000, 2207004, 'rejected', /8 MB/u],
  [36000, undefined, 'rejected', /8 MB/u],
  [36001, 2207005, 'rejected', /read a picture/u],
  [36001, undefined, 'rejected', /read a picture/u],
  [36003, 2207009, 'rejected', /4:5 and 1\.91:1/u],
  [36003, undefined, 'rejected', /4:5 and 1\.91:1/u],
  [36004, 2207010, 'rejected', /2,200/u],
  [36004, undefined, 'rejected', /2,200/u],
  [1, 2207077, 'transient', /fetch the video/u],
  [1, 2207081, 'rejected', /trial/u],
  [1, 2207082, 'transient', /take the file/u],
  [80002, undefined, 'rate_limited', /Instagram too much/u],
  // Common codes that mean more here.
  [10, undefined, 'auth', /90 days .* full control/u],
  [200, undefined, 'auth', /90 days .* full control/u],
  [299, undefined, 'auth', /90 days .* full control/u],
];

describe('the error table', () => {
  it.each(rows)('%i/%s is %s', async (code, subcode, kind, says) => {
    const failure = await failureOf({ code, ...(subcode !== undefined && { subcode }) });
    expect(failure.kind).toBe(kind);
    expect(failure.message).toMatch(says);
    if (failure.kind === 'rejected') expect(failure.fix.length).toBeGreaterThan(15);
  });

  it('has a row here for each of its own rules', async () => {
    const reached = new Set<string>();
    for (const [code, subcode] of rows) reached.add((await failureOf({ code, ...(subcode !== undefined && { subcode }) })).code);
    const own = errors.rules.filter((rule) => !commonRules.includes(rule) && rule.says === undefined);
    expect(own.length).toBeGreaterThan(35);
    expect(own.map(({ code }) => code).filter((code) => !reached.has(code))).toEqual([]);
  });

  it.each([
    [10, '(#10) The user is not an Instagram Business', /not a professional one/u], [100, 'The user is not an Instagram Business account', /not a professional one/u],
    [100, 'Invalid: INSTAGRAM_PLATFORM_API__INVALID_LOCATION_ID', /does not know this place/u], [-1, 'INSTAGRAM_PLATFORM_API__INVALID_LOCATION_ID', /does not know this place/u],
  ])('knows %i by its words: %s', async (code, message, says) => {
    expect(await failureOf({ code, message })).toMatchObject({ kind: 'rejected', message: expect.stringMatching(says) as string });
  });

  it('does what the code says, whatever the status', async () => {
    expect((await failureOf({ code: 36003, subcode: 2207009, status: 500 })).kind).toBe('rejected');
    expect((await failureOf({ code: 9004, subcode: 2207052, status: 401 })).kind).toBe('transient');
  });

  it('shows what Instagram says to people where it knows no better', async () => {
    expect((await failureOf({ code: 424242, more: { error_user_msg: 'Your account is new. Wait a week.' } })).message).toBe('Your account is new. Wait a week.');
  });

  it('knows what was never created: what is not ready, and what is not there', async () => {
    for (const [code, subcode] of [[9007, 2207027], [24, 2207008], [24, 2207006], [-2, 2207020]] as const) expect(await failureOf({ code, subcode })).toMatchObject({ kind: 'transient', reached: false });
    expect(await failureOf({ code: -1, subcode: 2207001 })).toMatchObject({ reached: true });
  });
});

describe('waiting', () => {
  it('lasts as long as the usage header says, an hour without it, a day for spam and for the day\'s limit', async () => {
    const headers = { 'x-business-use-case-usage': JSON.stringify({ 178: [{ type: 'instagram', call_count: 100, total_cputime: 1, total_time: 1, estimated_time_to_regain_access: 7 }] }) };
    expect(await failureOf({ code: 80002, headers })).toMatchObject({ retryAt: now + 7 * 60_000, scope: 'channel' });
    expect(await failureOf({ code: 80002 })).toMatchObject({ retryAt: now + 3_600_000 });
    expect(await failureOf({ code: 4, subcode: 2207051 })).toMatchObject({ retryAt: now + day, scope: 'channel' });
    expect(await failureOf({ code: 9, subcode: 2207042 })).toMatchObject({ retryAt: now + day, scope: 'channel' });
    expect(await failureOf({ code: 4 })).toMatchObject({ scope: 'app' });
  });
});

describe('what a refusal proves', () => {
  const of = async (code: number, subcode?: number) => new ProviderError(await failureOf({ code, ...(subcode !== undefined && { subcode }) }));

  it.each([[4, 2207051], [24, 2207008], [24, 2207006], [-2, 2207020], [987654, undefined], [987654, 1]])('nothing on the visible call: %i/%s', async (code, subcode) => {
    expect(mayBeOut(await of(code, subcode))).toBe(true);
  });

  it.each([[100, 2207028], [25, 2207050], [190, 460], [4, undefined], [9, 2207042], [9007, 2207027]])('that it was not published: %i/%s', async (code, subcode) => {
    expect(mayBeOut(await of(code, subcode))).toBe(false);
  });

  it('that a container is gone, or only that it may not be read', async () => {
    expect([await of(24, 2207006), await of(24), await of(100, 33)].map(isGone)).toEqual([true, true, false]);
    for (const error of [await of(100, 33), await of(10), await of(200), await of(987654)]) expect(mayNotRead(error)).toBe(true);
    for (const error of [await of(190, 460), await of(104), await of(2)]) expect(mayNotRead(error)).toBe(false);
  });
});

describe('what a container says', () => {
  it.each([
    ['Error: Media upload has failed with error code 2207026', 'rejected', /take this video/u],
    ['2207053', 'transient', /take the file/u],
    ['Error code 2207051', 'transient', /spam/u],
    ['Error: Media upload has failed with error code 2207998', 'rejected', /2207998/u],
    ['', 'rejected', /could not prepare this post\.$/u],
  ])('"%s" is %s', (status, kind, says) => {
    expect(toldBy(status)).toMatchObject({ kind, message: expect.stringMatching(says) as string });
  });
});

const classesPath = join(import.meta.dirname, '../../../../../shared/specs/meta/error-classes.meta-google-tiktok.json');

// The reference table lies beside the project and is not part of it.
describe.skipIf(!existsSync(classesPath))('the reference table (skipped where ../shared is absent)', () => {
  it('has no row that is not tried here, and none that means something else', () => {
    const kinds: [RegExp, Failure['kind'][]][] = [
      [/^TRANSIENT/u, ['transient']], [/^RATE_LIMITED|then RATE_LIMITED/u, ['rate_limited']], [/^PERMANENT/u, ['rejected']], [/^ACCOUNT_ACTION/u, ['rejected']], [/^see §3\.4/u, ['rejected']],
    ];
    const { providers: { instagram } } = JSON.parse(readFileSync(classesPath, 'utf8')) as { providers: { instagram: { code: string; subcode: string; class: string }[] } };
    expect(instagram.length).toBeGreaterThan(28);
    const wrong = instagram.filter(({ code, subcode, class: meant }) => {
      const allowed = kinds.find(([pattern]) => pattern.test(meant))?.[1] ?? [];
      const row = rows.find(([c, s]) => (code === '' || Number(code) === c) && String(s ?? '') === subcode);
      return !row || !allowed.includes(row[2]);
    });
    expect(wrong).toEqual([]);
  });
});

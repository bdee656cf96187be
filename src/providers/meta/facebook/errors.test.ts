import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Failure } from '../../../domain/failure.ts';
import { ProviderError } from '../../contract.ts';
import { fakeIo } from '../../fake/io.ts';
import type { FakePlatform } from '../../fake/server.ts';
import type { ErrorTable } from '../../http.ts';
import { graph } from '../graph.ts';
import { errors, mayBeOut } from './errors.ts';
import { startFakeFacebook } from './fake.ts';
import { settings } from './subject.ts';

let fake: FakePlatform;
beforeAll(async () => { fake = await startFakeFacebook(); });
afterAll(() => fake.close());

const now = Date.UTC(2026, 10, 24, 9);
const minutes = 60_000;
const day = 24 * 60 * minutes;

interface Answered { code: number; subcode?: number; message?: string; more?: object; status?: number; headers?: Record<string, string> }

/** The failure that an answer in Meta's envelope comes to. */
async function failureOf({ code, subcode, message = 'Something', more, status = 400, headers = {} }: Answered, table: ErrorTable = errors): Promise<Failure> {
  const error = { message, type: 'OAuthException', code, ...(subcode !== undefined && { error_subcode: subcode }), fbtrace_id: 'A', ...more };
  fake.fault({ kind: { answer: { status, headers, body: { error } } } });
  const io = fakeIo({ upstreams: fake.upstreams, settings, now: () => now });
  const call = graph(io, { method: 'POST', path: '104/feed', app: { id: '1', secret: 'a-secret' }, token: 'a-token', errors: table, body: { form: {} } });
  const thrown: unknown = await call.then(() => null, (caught: unknown) => caught);
  if (!(thrown instanceof ProviderError)) throw new Error('nothing was refused');
  return thrown.failure;
}

/** Every row of the reference: what it comes to. */
const rows: [code: number, subcode: number | undefined, kind: Failure['kind'], says: RegExp][] = [
  [1, undefined, 'transient', /problem of its own/u],
  [2, undefined, 'transient', /problem of its own/u],
  [3, undefined, 'rejected', /capability/u],
  [4, undefined, 'rate_limited', /asked Meta too much/u],
  [4, 2207051, 'rate_limited', /spam/u],
  [10, undefined, 'auth', /permission/u],
  [17, undefined, 'rate_limited', /too much/u],
  [32, undefined, 'rate_limited', /too much/u],
  [100, undefined, 'rejected', /Something/u],
  [100, 33, 'rejected', /no longer shows/u],
  [102, undefined, 'auth', /Connect the account again/u],
  [104, undefined, 'rejected', /app secret/u],
  [190, undefined, 'auth', /Connect the account again/u],
  [190, 458, 'auth', /app was removed/u],
  [190, 459, 'auth', /Log in at facebook\.com/u],
  [190, 460, 'auth', /password/u],
  [190, 463, 'auth', /run out/u],
  [190, 464, 'rejected', /not confirmed/u],
  [190, 467, 'auth', /no longer accepts/u],
  [190, 492, 'rejected', /role/u],
  [200, undefined, 'auth', /permission/u],
  [299, undefined, 'auth', /permission/u],
  [210, undefined, 'auth', /act here/u],
  [341, undefined, 'rate_limited', /as much as it may/u],
  [368, undefined, 'rate_limited', /blocked publishing/u],
  [368, 4854002, 'rejected', /identity/u],
  [382, undefined, 'rejected', /too small/u],
  [389, undefined, 'transient', /fetch the video/u],
  [506, undefined, 'rejected', /same as the one before/u],
  [613, undefined, 'rate_limited', /wait/u],
  [1705, undefined, 'rejected', /by the Page/u],
  [2500, undefined, 'auth', /new login/u],
  [6000, undefined, 'rejected', /problem with this video/u],
  [6001, undefined, 'transient', /upload/u],
  [80001, undefined, 'rate_limited', /Page/u],
  [80002, undefined, 'rate_limited', /Instagram/u],
  [1609005, undefined, 'rejected', /open the link/u],
  [100, 1609005, 'rejected', /open the link/u],
  [100, 1363040, 'rejected', /16:9 and 9:16/u],
  [100, 1363127, 'rejected', /540 by 960/u],
  [100, 1363128, 'rejected', /3 to 90 seconds/u],
  [100, 1363129, 'rejected', /24 to 60 frames/u],
  [1, 1363047, 'transient', /not available/u],
  [1, 1609010, 'transient', /not available/u],
  [100, 1366046, 'rejected', /below 4 MB/u],
  [100, 1366051, 'rejected', /in a post already/u],
  [100, 1390008, 'rate_limited', /faster/u],
  [100, 1346003, 'rejected', /abusive/u],
  [200, 1404102, 'rejected', /Community Standards/u],
  [200, 1404006, 'rejected', /security check/u],
  [200, 1404078, 'rejected', /Page Publishing Authorization/u],
  [200, 1404112, 'rejected', /limited this account/u],
  [100, 1609008, 'rejected', /link to itself/u],
  [100, 2061006, 'rejected', /take this link/u],
  [100, 2069019, 'rejected', /read a file/u],
  [100, 1349125, 'rejected', /read a file/u],
  // Known from practice, not in the reference.
  [101, undefined, 'rejected', /does not know the app/u],
];

describe('the error table', () => {
  it.each(rows)('%i/%s is %s', async (code, subcode, kind, says) => {
    const failure = await failureOf({ code, ...(subcode !== undefined && { subcode }) });
    expect(failure.kind).toBe(kind);
    expect(failure.message).toMatch(says);
    if (failure.kind === 'rejected') expect(failure.fix.length).toBeGreaterThan(15);
  });

  it('has a row here for each of its rules', async () => {
    const reached = new Set<string>();
    for (const [code, subcode] of rows) reached.add((await failureOf({ code, ...(subcode !== undefined && { subcode }) })).code);
    expect([...new Set(errors.rules.map(({ code }) => code))].filter((code) => !reached.has(code))).toEqual(['is_transient']);
  });

  it.each([[190, 999], [4, 999], [368, 999], [100, 999]])('falls to the code for a subcode that nobody documents: %i/%i', async (code, subcode) => {
    expect((await failureOf({ code, subcode })).kind).toBe((await failureOf({ code })).kind);
  });

  it('does what the code says, whatever the status', async () => {
    expect((await failureOf({ code: 190, status: 500 })).kind).toBe('auth');
    expect((await failureOf({ code: 100, status: 401 })).kind).toBe('rejected');
    expect((await failureOf({ code: 2, status: 200 + 200 })).kind).toBe('transient');
  });

  it('takes the platform\'s word that it will pass, but for waits and logins', async () => {
    const more = { is_transient: true };
    expect((await failureOf({ code: 424242, more })).kind).toBe('transient');
    expect((await failureOf({ code: 100, more })).kind).toBe('transient');
    expect((await failureOf({ code: 4, more })).kind).toBe('rate_limited');
    expect((await failureOf({ code: 190, more })).kind).toBe('auth');
  });

  it('shows what Meta says to people where it knows no better', async () => {
    expect((await failureOf({ code: 424242, more: { error_user_msg: 'Your Page needs a category.' } })).message).toBe('Your Page needs a category.');
  });

  it('does not take a thing that is not shown yet for a refusal when reading', async () => {
    const failure = await failureOf({ code: 100, subcode: 33 }, errors.reading);
    expect(failure).toMatchObject({ kind: 'transient', reached: false });
  });
});

describe('waiting', () => {
  const usage = (object: unknown) => ({ 'x-business-use-case-usage': JSON.stringify(object) });

  it('lasts as long as the usage header says, in minutes, of several the longest', async () => {
    const headers = usage({ 104: [{ type: 'pages', call_count: 100, total_cputime: 25, total_time: 25, estimated_time_to_regain_access: 19 }], 105: [{ type: 'pages', estimated_time_to_regain_access: 3 }] });
    expect(await failureOf({ code: 80001, headers })).toMatchObject({ retryAt: now + 1_140_000, scope: 'channel' });
  });

  it.each([
    [4, undefined, {}, 60 * minutes, 'app'], [17, undefined, {}, 60 * minutes, 'channel'], [341, undefined, {}, 60 * minutes, 'app'],
    [80001, undefined, usage({ 104: [{ estimated_time_to_regain_access: 0 }] }), 60 * minutes, 'channel'],
    [32, undefined, { 'x-business-use-case-usage': 'no JSON' }, 60 * minutes, 'channel'],
    [368, undefined, {}, day, 'channel'], [4, 2207051, {}, day, 'channel'],
  ] as const)('%i/%s waits %o', async (code, subcode, headers, ms, scope) => {
    expect(await failureOf({ code, headers, ...(subcode !== undefined && { subcode }) })).toMatchObject({ retryAt: now + ms, scope });
  });
});

describe('refusals that prove nothing on a visible call', () => {
  it.each([[506, undefined], [100, 1366051], [4, 2207051], [987654, undefined], [987654, 1]])('%i/%s', async (code, subcode) => {
    expect(mayBeOut(new ProviderError(await failureOf({ code, ...(subcode !== undefined && { subcode }) })))).toBe(true);
  });

  it.each([[100, undefined], [100, 1363127], [190, 460], [4, undefined], [200, undefined]])('are not %i/%s', async (code, subcode) => {
    expect(mayBeOut(new ProviderError(await failureOf({ code, ...(subcode !== undefined && { subcode }) })))).toBe(false);
  });
});

const classesPath = join(import.meta.dirname, '../../../../../shared/specs/meta/error-classes.meta-google-tiktok.json');

// The reference table lies beside the project and is not part of it.
describe.skipIf(!existsSync(classesPath))('the reference table (skipped where ../shared is absent)', () => {
  it('has no row that is not tried here, and none that means something else', () => {
    const kinds: [RegExp, Failure['kind'][]][] = [
      [/^TRANSIENT/u, ['transient']], [/^RATE_LIMITED/u, ['rate_limited']], [/^PERMISSION|writes: PERMISSION/u, ['auth', 'rejected']],
      [/^PERMANENT/u, ['rejected']], [/^RECONNECT/u, ['auth']], [/^ACCOUNT_ACTION then RECONNECT/u, ['auth']], [/^ACCOUNT_ACTION/u, ['rejected']],
      [/^IN_DOUBT/u, ['rejected']], [/^CONFIG/u, ['rejected', 'auth']],
    ];
    const { providers: { facebook } } = JSON.parse(readFileSync(classesPath, 'utf8')) as { providers: { facebook: { code: string; subcode: string; class: string }[] } };
    expect(facebook.length).toBeGreaterThan(50);
    const wrong = facebook.filter(({ code, subcode, class: meant }) => {
      const allowed = kinds.find(([pattern]) => pattern.test(meant))?.[1] ?? [];
      const row = rows.find(([c, s]) => (code === '' || Number(code.split('-')[0]) === c) && String(s ?? '') === subcode);
      return !row || !allowed.includes(row[2]);
    });
    expect(wrong).toEqual([]);
  });
});

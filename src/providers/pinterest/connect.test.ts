import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Json } from '../../domain/json.ts';
import { ProviderError } from '../contract.ts';
import { fakeIo } from '../fake/io.ts';
import { approveAt } from '../fake/oauth.ts';
import { composing } from './composing.ts';
import { connect, scopes } from './connect.ts';
import { startFakePinterest, type FakePinterest } from './fake.ts';
import { refresh } from './session.ts';
import { setup } from './setup.ts';
import { accountOf, settings, trialSettings } from './subject.ts';
import { targets } from './targets.ts';

const day = 24 * 60 * 60 * 1000;
let now: number;
let fake: FakePinterest;
beforeEach(async () => {
  now = Date.UTC(2026, 10, 24, 9);
  fake = await startFakePinterest({ now: () => now });
});
afterEach(() => fake.close());

const io = (given: Record<string, string> = settings) => fakeIo({ upstreams: fake.upstreams, settings: given, now: () => now });
const redirectUri = 'https://post.example/integrations/social/pinterest';

async function connectWith(given: Record<string, string> = settings) {
  const { url, memo } = await connect.authorizeUrl({ input: {}, redirectUri, state: 'the-state', codeChallenge: 'unused' }, io(given));
  const code = await approveAt(fake, url);
  return { url: new URL(url), code, exchange: (settingsThen = given) => connect.exchange({ code, redirectUri, codeVerifier: 'unused', memo: JSON.parse(JSON.stringify(memo)) as Json }, io(settingsThen)) };
}

describe('pinterest: connecting', () => {
  it('asks for the least that publishing needs, by commas, and gets a grant that says when it ends', async () => {
    const { url, exchange } = await connectWith();
    expect(url.origin + url.pathname).toBe('https://www.pinterest.com/oauth/');
    expect(url.searchParams.get('scope')).toBe('boards:read,boards:write,pins:read,pins:write,user_accounts:read');
    const { account, grant, expiresAt } = await exchange();
    expect(account).toEqual({ id: '2783136121146311751', name: '@ada' });
    expect(expiresAt).toBe(now + 60 * day);
    expect(await targets(grant, io())).toEqual([{ remoteId: '2783136121146311751', name: 'Ada\'s Harbour', handle: '@ada', url: 'https://www.pinterest.com/ada/', avatarUrl: 'https://i.pinimg.com/280x280_RS/ada.jpg' }]);
  });

  it('brings the same account back, and gets refresh tokens that go on for old apps too', async () => {
    fake.state.oldApp = true;
    const [one, two] = [await (await connectWith()).exchange(), await (await connectWith()).exchange()];
    expect(two.account).toEqual(one.account);
  });

  it('refuses what lacks a permission, a code that was used, and a wrong secret', async () => {
    fake.state.denies = ['pins:write'];
    await expect((await connectWith()).exchange()).rejects.toMatchObject({ failure: { code: 'missing_scopes', message: expect.stringContaining('pins:write') as string } });
    fake.state.denies = [];
    const { exchange, code } = await connectWith();
    await exchange();
    const error = await exchange().then(() => null, (failed: unknown) => failed as ProviderError);
    expect(error).toMatchObject({ failure: { kind: 'rejected', code: '283' } });
    expect(JSON.stringify(error?.failure)).not.toContain(code);
    const wrong = { ...settings, PINTEREST_CLIENT_SECRET: 'wrong-secret' };
    const refused = await (await connectWith()).exchange(wrong).then(() => null, (failed: unknown) => failed as ProviderError);
    expect(refused).toMatchObject({ failure: { kind: 'auth' } });
    expect(JSON.stringify(refused?.failure)).not.toContain('wrong-secret');
  });

  it('names its settings when they are missing', async () => {
    await expect(connect.authorizeUrl({ input: {}, redirectUri, state: 'the-state', codeChallenge: 'x' }, io({}))).rejects.toMatchObject({ failure: { code: 'not_set_up' } });
  });

  it('rolls on: each refresh token is used once and brings another 60 days', async () => {
    const { grant: first } = await (await connectWith()).exchange();
    now += 46 * day;
    const second = await refresh(first, io());
    expect(second.expiresAt).toBe(now + 60 * day);
    expect(second.grant.refreshToken).not.toBe(first.refreshToken);
    await expect(refresh(first, io())).rejects.toMatchObject({ failure: { kind: 'auth' } });
    now += 61 * day;
    await expect(refresh(second.grant, io())).rejects.toMatchObject({ failure: { kind: 'auth' } });
  });
});

describe('pinterest: Trial access', () => {
  it('connects to the sandbox, offers its own boards and no group boards, and says what it is', async () => {
    fake.state.access = 'trial';
    fake.state.boards.push({ id: '77', name: 'A group', owner: 'grace', place: 'sandbox', writable: true, sections: [] });
    const { grant } = await (await connectWith(trialSettings)).exchange();
    expect(grant.place).toBe('sandbox');
    const [target] = await targets(grant, io(trialSettings));
    expect(target?.limits).toEqual({ videos: null });
    const told = await composing(grant, { remoteId: '1' }, io(trialSettings));
    expect(told).toMatchObject({ choices: { board: [{ value: '549755885199', label: 'Test board' }] }, limits: { videos: null } });
    expect(told.notices?.join(' ')).toContain('nobody but this account sees them');
    fake.state.boards = [];
    expect(await composing(grant, { remoteId: '1' }, io(trialSettings))).toMatchObject({ blocked: expect.stringContaining('sandbox') as string });
  });

  it('finishes in the place where it began, and must be connected anew once there is Standard access', async () => {
    const { grant } = await (await connectWith(trialSettings)).exchange(trialSettings);
    const calls = fake.calls.length;
    for (const act of [() => targets(grant, io()), () => refresh(grant, io()), () => composing(grant, { remoteId: '1' }, io())]) {
      await expect(act()).rejects.toMatchObject({ failure: { kind: 'auth', code: 'sandbox_connection' } });
    }
    expect(fake.calls).toHaveLength(calls);
    // A token of one place is nothing in the other.
    await expect(targets({ ...grant, place: 'production' }, io())).rejects.toMatchObject({ failure: { kind: 'auth', code: '2' } });
  });

  it('counts the day\'s requests for the whole app before Pinterest has to', async () => {
    fake.state.access = 'trial';
    const { grant } = accountOf(fake, 'sandbox');
    const one = io(trialSettings);
    for (let n = 0; n < 1000; n += 1) await one.spend('requests', { max: 1000, until: Date.UTC(2026, 10, 25) });
    await expect(targets(grant, one)).rejects.toMatchObject({ failure: { kind: 'rate_limited', scope: 'app', retryAt: Date.UTC(2026, 10, 25) } });
    expect(fake.calls).toHaveLength(0);
    fake.state.left = 0;
    await expect(targets(grant, io(trialSettings))).rejects.toMatchObject({ failure: { kind: 'rate_limited', scope: 'app', retryAt: now + 67_150_000 } });
  });
});

describe('pinterest: composing', () => {
  it('offers boards and sections as they are now, in order, without those for ads', async () => {
    fake.state.boards.push({ id: '78', name: 'Ad-only Pins', owner: 'ada', place: 'production', writable: true, sections: [], adsOnly: true });
    expect(await composing(accountOf(fake).grant, { remoteId: '1' }, io())).toEqual({
      account: { name: 'Ada\'s Harbour', avatarUrl: 'https://i.pinimg.com/280x280_RS/ada.jpg' }, notices: [],
      choices: { board: [
        { value: '549755885177', label: 'Everybody\'s boats' }, { value: '549755885176', label: 'Harbours' },
        { value: '549755885175', label: 'Summer Recipes' }, { value: '549755885175/5258814934636085108', label: 'Summer Recipes / Salads' },
      ] },
    });
  });

  it('follows bookmarks, and asks for the sections of so many boards only', async () => {
    fake.state.boards = Array.from({ length: 300 }, (_, n) => ({ id: String(1000 + n), name: `Board ${n}`, owner: 'ada', place: 'production' as const, writable: true, sections: [{ id: '1', name: 'A' }] }));
    const { choices, notices } = await composing(accountOf(fake).grant, { remoteId: '1' }, io());
    expect(choices?.['board']).toHaveLength(340);
    expect(notices).toEqual(['Sections are offered for 40 of 300 boards.']);
    expect(fake.calls).toHaveLength(1 + 2 + 40);
  });

  it('offers a board whose sections cannot be had, and says when there is none at all', async () => {
    fake.fault({ path: /sections/u, times: 9, kind: { answer: { status: 500, body: 'down' } } });
    expect((await composing(accountOf(fake).grant, { remoteId: '1' }, io())).choices?.['board']).toHaveLength(3);
    fake.clearFaults();
    fake.state.boards = [];
    expect(await composing(accountOf(fake).grant, { remoteId: '1' }, io())).toMatchObject({ blocked: expect.stringContaining('no board') as string });
  });
});

describe('pinterest: the operator\'s test', () => {
  it('tells a pair that works from one that does not, and what it counts as', async () => {
    expect(await setup.test?.(io())).toBe('Pinterest accepts the app ID and secret. Counted as having Standard access: Pins are for everybody.');
    expect(await setup.test?.(io(trialSettings))).toContain('Trial access');
    await expect(setup.test?.(io({ ...settings, PINTEREST_CLIENT_SECRET: 'wrong' }))).rejects.toMatchObject({ failure: { kind: 'rejected', code: 'not_accepted' } });
    fake.fault({ kind: { answer: { status: 503, body: 'down' } } });
    await expect(setup.test?.(io())).rejects.toMatchObject({ failure: { kind: 'transient' } });
    fake.state.clientCredentials = false;
    expect(await setup.test?.(io())).toContain('no token of its own');
  });

  it('gives a reason for every scope', () => {
    expect(setup.scopes.map(({ scope }) => scope)).toEqual([...scopes]);
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { noRefresh, type Connected } from '../contract.ts';
import { fakeIo } from '../fake/io.ts';
import { approveAt } from '../fake/oauth.ts';
import { bootEngine } from '../../testing/drive.ts';
import { publishOnce, trialOf, withTrial } from '../../testing/trial.ts';
import { connectTo } from './connect.ts';
import { memberApp, pagesApp, startFakeLinkedin, type FakeLinkedIn } from './fake.ts';
import { ioOf, postTo } from './fake/job.ts';
import { linkedin, linkedinPage } from './index.ts';
import { page, profile, type Product } from './product.ts';
import type { Grant } from './session.ts';
import { accountOf, profileSubject, settings } from './subject.ts';

let fake: FakeLinkedIn;
let now = Date.UTC(2026, 10, 24, 9);
const day = 24 * 3_600_000;

beforeEach(async () => {
  now = Date.UTC(2026, 10, 24, 9);
  fake = await startFakeLinkedin({ now: () => now });
});
afterEach(() => fake.close());

const io = (more: Record<string, string> = {}) => ioOf(fake, { now: () => now, settings: { ...settings, ...more } });
const redirectUri = (product: Product) => `https://post.example/integrations/social/${product.id}`;

async function consentTo(product: Product, of = io()) {
  const { url } = await connectTo(product).authorizeUrl({ input: {}, redirectUri: redirectUri(product), state: 'the-state-of-it', codeChallenge: 'none' }, of);
  return url;
}

async function connected(product: Product, of = io()): Promise<Connected<Grant>> {
  const code = await approveAt(fake, await consentTo(product, of));
  return connectTo(product).exchange({ code, redirectUri: redirectUri(product), codeVerifier: 'none', memo: null }, of);
}

const paths = () => fake.calls.map(({ method, path }) => `${method} ${path}`);

describe('the consent page', () => {
  it('asks for exactly the scopes of its product, by the app of its product', async () => {
    const asked = async (product: Product) => Object.fromEntries(new URL(await consentTo(product)).searchParams);
    expect(await asked(profile)).toEqual({
      response_type: 'code', client_id: memberApp.id, redirect_uri: redirectUri(profile), state: 'the-state-of-it', scope: 'openid profile w_member_social',
    });
    expect(await asked(page)).toMatchObject({
      client_id: pagesApp.id, scope: 'rw_organization_admin w_organization_social r_organization_social w_organization_social_feed r_organization_social_feed',
    });
  });

  it('for pages falls back to the one app there is', async () => {
    const one = fakeIo({ settings: { LINKEDIN_CLIENT_ID: 'one', LINKEDIN_CLIENT_SECRET: 'its secret' } });
    expect(await consentTo(page, one)).toContain('client_id=one&');
    await expect(consentTo(profile, fakeIo({ settings: { LINKEDIN_PAGE_CLIENT_ID: 'two', LINKEDIN_PAGE_CLIENT_SECRET: 'x' } }))).rejects.toMatchObject({ failure: { code: 'not_set_up' } });
  });
});

describe('a profile', () => {
  it('is known from the ID token, without a call that a new token may be refused', async () => {
    const { account, grant, expiresAt } = await connected(profile);
    expect(account).toEqual({ id: 'urn:li:person:782bb_taQ-', name: 'Ada Lovelace' });
    expect(expiresAt).toBe(now + 60 * day);
    expect(await linkedin.targets(grant, io())).toEqual([
      { remoteId: 'urn:li:person:782bb_taQ-', name: 'Ada Lovelace', handle: 'profile', url: null, avatarUrl: 'https://media.licdn.com/dms/image/ada.jpg' },
    ]);
    expect(paths().slice(2)).toEqual(['POST /oauth/v2/accessToken']);
    expect(await connected(profile)).toMatchObject({ account });
  });

  it('is asked for where there is no ID token', async () => {
    fake.state.givesIdToken = false;
    expect(await connected(profile)).toMatchObject({ account: { id: 'urn:li:person:782bb_taQ-', name: 'Ada Lovelace' } });
    fake.fault({ path: /userinfo/u, kind: { answer: { status: 401, body: { status: 401, serviceErrorCode: 65600, message: 'Invalid access token' } } } });
    await expect(connected(profile)).rejects.toMatchObject({ failure: { kind: 'transient' } });
  });

  it('is not connected with less than publishing needs', async () => {
    fake.state.denies = ['w_member_social'];
    await expect(connected(profile)).rejects.toMatchObject({ failure: { code: 'missing_scopes', message: expect.stringContaining('w_member_social') as string } });
  });

  it('says what is wrong with a used code, a wrong secret and a strange address', async () => {
    const exchange = (code: string, of = io(), uri = redirectUri(profile)) => connectTo(profile).exchange({ code, redirectUri: uri, codeVerifier: 'none', memo: null }, of);
    const code = await approveAt(fake, await consentTo(profile));
    await exchange(code);
    await expect(exchange(code)).rejects.toMatchObject({ failure: { kind: 'rejected', fix: 'Connect again.' } });
    await expect(exchange(code, io({ LINKEDIN_CLIENT_SECRET: 'wrong one' }))).rejects.toMatchObject({ failure: { kind: 'auth', code: 'invalid_client' } });
    fake.fault({ kind: { answer: { status: 400, body: { error: 'invalid_redirect_uri', error_description: 'redirect_uri does not match the registered value' } } } });
    await expect(exchange('x')).rejects.toMatchObject({ failure: { kind: 'rejected', fix: expect.stringContaining('callback address') as string } });
  });
});

describe('pages', () => {
  it('are those on which the person may post, called by their names', async () => {
    const { account, grant, expiresAt } = await connected(page);
    expect(account).toEqual({ id: 'urn:li:person:782bb_taQ-', name: 'Harbour Works and 1 more' });
    expect(expiresAt).toBe(now + 60 * day);
    expect(await linkedinPage.targets(grant, io())).toEqual([
      { remoteId: 'urn:li:organization:79988552', name: 'Harbour Works', handle: 'harbour-works', url: 'https://www.linkedin.com/company/harbour-works/', avatarUrl: null },
      { remoteId: 'urn:li:organization:5515715', name: 'Lighthouse', handle: 'lighthouse', url: 'https://www.linkedin.com/company/lighthouse/', avatarUrl: null },
    ]);
  });

  it('are all found, however many LinkedIn gives at a time', async () => {
    fake.state.organizations = Array.from({ length: 7 }, (_, n) => ({ id: String(n + 1), name: `Page ${n + 1}`, vanity: `page-${n + 1}`, role: 'CONTENT_ADMINISTRATOR', state: 'APPROVED' as const }));
    fake.state.rolesPerCall = 3;
    const { grant } = await connected(page);
    expect((await linkedinPage.targets(grant, io())).map(({ name }) => name)).toEqual(['Page 1', 'Page 2', 'Page 3', 'Page 4', 'Page 5', 'Page 6', 'Page 7']);
  });

  it('that may not be read are there all the same', async () => {
    const { grant } = await connected(page);
    fake.fault({ path: /organizations\/5515715/u, kind: { answer: { status: 403, body: { status: 403, message: 'no' } } } });
    expect((await linkedinPage.targets(grant, io())).map(({ name }) => name)).toEqual(['Harbour Works', 'Page 5515715']);
  });

  it('that are none are said to be none', async () => {
    fake.state.organizations = [{ id: '1', name: 'x', vanity: 'x', role: 'ANALYST', state: 'APPROVED' }];
    await expect(connected(page)).rejects.toMatchObject({ failure: { code: 'no_pages', fix: expect.stringContaining('content admin') as string } });
  });

  it('cannot be had with an app that lacks the product', async () => {
    const one = io({ LINKEDIN_PAGE_CLIENT_ID: memberApp.id, LINKEDIN_PAGE_CLIENT_SECRET: memberApp.secret });
    await expect(connected(page, one)).rejects.toThrow(/scopes that this app may not ask for/u);
  });
});

describe('a token', () => {
  it('that was issued a moment ago may not be known everywhere yet', async () => {
    const { grant } = await connected(page);
    const unknown = { status: 401, body: { status: 401, serviceErrorCode: 65600, message: 'Invalid access token' } };
    fake.fault({ path: /rest/u, times: 2, kind: { answer: unknown } });
    await expect(postTo(fake, 'Hi', { as: 'page', grant, now: () => now })).rejects.toMatchObject({ failure: { kind: 'transient', reached: false } });
    now += 60_000;
    await expect(postTo(fake, 'Hi', { as: 'page', grant, now: () => now })).rejects.toMatchObject({ failure: { kind: 'auth' } });
  });

  it('is told of before its end, and works until then', async () => {
    await withTrial(await trialOf(profileSubject, { name: 'one', parts: [{ text: 'One' }], visible: 1 }), async (trial) => {
      const { test: { store }, workspaceId, clock } = trial;
      const [channel] = await store.channels.list(workspaceId);
      const grant = await store.connections.grant(workspaceId, channel?.connectionId ?? '');
      const { accountId, accountName } = (await store.connections.get(workspaceId, channel?.connectionId ?? '')) ?? { accountId: '', accountName: '' };
      await store.connections.connect(workspaceId, { id: 'unused', provider: 'linkedin', accountId, accountName, grant: grant?.grant ?? null, expiresAt: clock.now() + 13 * day, now: clock.now() });
      await bootEngine({ store, providers: [linkedin], io: trial.io(store), clock }).renewGrants();
      expect((await store.channels.list(workspaceId))[0]?.connectionStatus).toBe('expiring');
      expect(trial.fake.calls).toEqual([]);
      expect(await publishOnce(trial)).toMatchObject({ status: 'published' });
    });
  });

  it('lasts 60 days, and then only its owner can renew it', async () => {
    const { grant } = await connected(profile);
    now += 60 * day;
    await expect(postTo(fake, 'Hi', { grant, now: () => now })).rejects.toMatchObject({ failure: { kind: 'auth', code: 'EXPIRED_ACCESS_TOKEN', message: expect.stringContaining('60 days') as string } });
    await expect(linkedin.refresh?.(grant, io())).rejects.toMatchObject({ failure: { kind: 'auth', code: noRefresh } });
  });

  it('of a partner is renewed, until the refresh token has come to its own end', async () => {
    await fake.close();
    fake = await startFakeLinkedin({ now: () => now, partner: true });
    const first = await connected(page);
    const end = now + 31_536_059_000;
    expect(first.expiresAt).toBe(end);
    now += 100 * day;
    const second = await linkedinPage.refresh?.(first.grant, io());
    expect(second?.expiresAt).toBe(end);
    const fresh = second?.grant as Grant;
    expect(fresh.accessToken).not.toBe((first.grant).accessToken);
    expect(fresh).toMatchObject({ member: first.grant.member, name: first.grant.name, refreshToken: first.grant.refreshToken, refreshEndsAt: end });
    await postTo(fake, 'Hi', { as: 'page', grant: fresh, now: () => now });
    // Near its end, the access it gives outlives the refresh token.
    now = end - 10 * day;
    const last = await linkedinPage.refresh?.(fresh, io());
    expect(last?.expiresAt).toBe(now + 60 * day);
    now = end;
    await expect(linkedinPage.refresh?.(last?.grant, io())).rejects.toMatchObject({ failure: { kind: 'auth', code: noRefresh } });
  });

  it('is over only when LinkedIn says so', async () => {
    await fake.close();
    fake = await startFakeLinkedin({ now: () => now, partner: true });
    const { grant } = await connected(page);
    for (const [status, body] of [[503, 'down'], [400, '<html>'], [401, {}], [403, {}], [429, {}]] as const) {
      fake.fault({ kind: { answer: { status, body } } });
      const refused = linkedinPage.refresh?.(grant, io());
      await expect(refused).rejects.toMatchObject({ failure: { kind: status === 429 ? 'rate_limited' : 'transient' } });
    }
    fake.fault({ kind: { answer: { status: 400, body: { error: 'invalid_request', error_description: 'The provided authorization grant or refresh token is invalid, expired or revoked.' } } } });
    await expect(linkedinPage.refresh?.(grant, io())).rejects.toMatchObject({ failure: { kind: 'auth', code: 'invalid_grant' } });
    for (const token of fake.apps.pages?.tokens ?? []) token.revoked = true;
    await expect(linkedinPage.refresh?.(grant, io())).rejects.toMatchObject({ failure: { kind: 'auth' } });
  });

  it('that ends in the middle of a post is renewed, and the post goes on where it was', async () => {
    const partner = { ...profileSubject, start: () => startFakeLinkedin({ partner: true }) };
    await withTrial(await trialOf(partner, { name: 'two', parts: [{ text: 'Two', images: ['', ''] }], visible: 1 }), async (trial) => {
      const { state, apps } = trial.fake as FakeLinkedIn;
      let calls = 0;
      // Its time is over when the second picture begins.
      trial.fake.latency = () => {
        calls += 1;
        if (calls === 5) for (const token of apps.member?.tokens ?? []) token.expiresAt = state.now() - 1;
        return 0;
      };
      expect(await publishOnce(trial)).toMatchObject({ status: 'published', failures: 0 });
      expect(trial.fake.calls.filter(({ method }) => method === 'PUT')).toHaveLength(2);
      expect(trial.fake.calls.filter(({ path }) => path.endsWith('accessToken'))).toHaveLength(1);
      expect(await trial.ledger()).toBe(1);
    });
  });

  it('is ended at LinkedIn when the account leaves', async () => {
    const { grant } = await connected(profile);
    await linkedin.revoke?.(grant, io());
    expect(fake.apps.member?.tokens.map(({ revoked }) => revoked)).toEqual([true]);
    await expect(postTo(fake, 'Hi', { grant, now: () => now + day })).rejects.toMatchObject({ failure: { kind: 'auth', code: 'REVOKED_ACCESS_TOKEN' } });
  });

  it('of one product is left alone by the other where each has an app of its own', async () => {
    const { grant } = await connected(profile);
    await connected(page);
    await connected(profile);
    await expect(postTo(fake, 'Hi', { grant, now: () => now })).resolves.toMatchObject({});
  });
});

describe('the operator\'s card', () => {
  it('knows whether the id and the secret are right, without a person', async () => {
    expect(await linkedin.setup?.test?.(io())).toBe('LinkedIn knows this app.');
    expect(await linkedinPage.setup?.test?.(io())).toBe('LinkedIn knows this app.');
    expect(paths()).toEqual(['POST /oauth/v2/introspectToken', 'POST /oauth/v2/introspectToken']);
    await expect(linkedin.setup?.test?.(io({ LINKEDIN_CLIENT_SECRET: 'wrong one' }))).rejects.toMatchObject({ failure: { kind: 'auth', code: 'invalid_client' } });
    await expect(linkedinPage.setup?.test?.(io({ LINKEDIN_PAGE_CLIENT_ID: 'unknown' }))).rejects.toMatchObject({ failure: { code: 'invalid_client' } });
  });

  it('says when the version of the API is at its end', async () => {
    expect(await linkedin.setup?.test?.(io({ LINKEDIN_API_VERSION: '202512' }))).toContain('202512 is at its end');
    expect(await linkedin.setup?.test?.(io({ LINKEDIN_API_VERSION: '202602' }))).toBe('LinkedIn knows this app.');
    expect(await linkedin.setup?.test?.(io({ LINKEDIN_API_VERSION: 'newest' }))).toContain('at its end');
  });

  it('names each scope with its reason, and each callback', () => {
    for (const [product, { setup }] of [[profile, linkedin], [page, linkedinPage]] as const) {
      expect(setup?.scopes.map(({ scope }) => scope)).toEqual(product.scopes);
      expect(setup?.steps.join(' ')).toContain(`{callback:${product.id}}`);
    }
    expect([linkedin.setup?.review, linkedinPage.setup?.review?.texts.length]).toEqual([undefined, 3]);
  });
});

it('keeps its secrets out of what is told', async () => {
  const { grant } = await connected(profile);
  const told: string[] = [];
  for (const status of [400, 401, 403, 422, 429, 500]) {
    fake.fault({ kind: { answer: { status, body: { status, message: `token ${grant.accessToken}`, code: grant.accessToken } } } });
    told.push(await postTo(fake, 'Hi', { grant, now: () => now }).then(() => '', (error: unknown) => JSON.stringify(error)));
    fake.fault({ kind: { answer: { status, body: { error: 'x', error_description: `${memberApp.secret} the-code-of-it` } } } });
    told.push(await connectTo(profile).exchange({ code: 'the-code-of-it', redirectUri: redirectUri(profile), codeVerifier: 'none', memo: null }, io()).then(() => '', (error: unknown) => JSON.stringify(error)));
  }
  fake.fault({ method: 'PUT', kind: { answer: { status: 500, body: 'down' } } });
  told.push(await postTo(fake, 'Hi', { grant: accountOf(fake, profile), media: [{ kind: 'image', mediaId: 'm', alt: '', width: 1, height: 1 }] }).then(() => '', (error: unknown) => JSON.stringify(error)));
  expect(told.every((text) => text.includes('evidence'))).toBe(true);
  expect(told.at(-1)).toContain('https://www.linkedin.com[removed]');
  for (const secret of [grant.accessToken, memberApp.secret, 'the-code-of-it', 'signed-secret', 'dms-uploads']) expect(told.join('\n')).not.toContain(secret);
});

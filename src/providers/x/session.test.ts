import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bootEngine } from '../../testing/drive.ts';
import { publishOnce, trialOf, withTrial, type Trial } from '../../testing/trial.ts';
import { connect } from './connect.ts';
import { startFakeX, type FakeX } from './fake.ts';
import { callsTo, clockOf, ioOf, jobOf, run, text } from './samples.ts';
import { refresh, revoke, type Grant } from './session.ts';
import { accountOf, subject } from './subject.ts';

let fake: FakeX;
let clock: ReturnType<typeof clockOf>;
beforeEach(async () => {
  clock = clockOf();
  fake = await startFakeX({ now: clock.now });
});
afterEach(() => fake.close());

describe('refreshing', () => {
  it('gives a new pair and keeps whose it is', async () => {
    const { grant } = accountOf(fake);
    const fresh = await refresh(grant, ioOf(fake));
    expect(fresh.expiresAt).toBeUndefined();
    expect(fresh.grant.account).toEqual(grant.account);
    expect(fresh.grant.accessToken).not.toBe(grant.accessToken);
    expect(fresh.grant.refreshToken).not.toBe(grant.refreshToken);
    await run(fake, jobOf(fake, [text('Fresh')], {}, { grant: fresh.grant }));
    expect(fake.ledger).toHaveLength(1);
  });

  it('with a used token is refused, which ends the connection', async () => {
    const { grant } = accountOf(fake);
    await refresh(grant, ioOf(fake));
    await expect(refresh(grant, ioOf(fake))).rejects.toMatchObject({ failure: { kind: 'auth', code: 'invalid_request' } });
    // X takes it for theft: what the first call gave is void too.
    expect(fake.oauth.tokens.every(({ revoked }) => revoked)).toBe(true);
  });

  it.each([
    ['a gateway', { status: 400, body: '<html>' }], ['a page of somebody else', { status: 403, body: {} }], ['too many calls', { status: 429, body: {} }], ['X being down', { status: 503, body: '' }],
  ])('that fails because of %s ends nothing', async (_name, answer) => {
    fake.fault({ kind: { answer } });
    await expect(refresh(accountOf(fake).grant, ioOf(fake))).rejects.toMatchObject({ failure: { kind: expect.stringMatching(/transient|rate_limited/u) as string } });
  });

  it('is no account\'s fault when the app is unknown', async () => {
    const wrong = ioOf(fake, { settings: { X_CLIENT_ID: 'the-client-id', X_CLIENT_SECRET: 'wrong' } });
    await expect(refresh(accountOf(fake).grant, wrong)).rejects.toMatchObject({ failure: { kind: 'transient', code: 'unauthorized_client' } });
    await expect(refresh(accountOf(fake).grant, ioOf(fake, { settings: {} }))).rejects.toMatchObject({ failure: { kind: 'transient', code: 'not_set_up' } });
  });

  it('has no way without a refresh token', async () => {
    const { refreshToken: _, ...grant } = accountOf(fake).grant;
    await expect(refresh(grant, ioOf(fake))).rejects.toMatchObject({ failure: { kind: 'auth' } });
  });
});

describe('disconnecting', () => {
  it('ends both tokens', async () => {
    await revoke(accountOf(fake).grant, ioOf(fake));
    expect(fake.oauth.tokens.map(({ revoked }) => revoked)).toEqual([true]);
    expect(callsTo(fake, /revoke/u)).toHaveLength(2);
    await revoke(accountOf(fake).grant, ioOf(fake));
  });

  it('is told to whoever asked when X is down', async () => {
    fake.fault({ kind: { answer: { status: 503, body: '' } } });
    await expect(revoke(accountOf(fake).grant, ioOf(fake))).rejects.toMatchObject({ failure: { kind: 'transient' } });
  });
});

describe('under the engine', () => {
  const one = { name: 'one', parts: [{ text: 'One' }, { text: 'Two' }], visible: 2 };
  /** A trial whose network has the trial's own clock. */
  async function timed(act: (trial: Trial, platform: FakeX) => Promise<void>) {
    const late = { now: () => clock.at };
    await withTrial(await trialOf({ ...subject, start: () => startFakeX({ now: () => late.now() }) }, one), async (trial) => {
      late.now = trial.clock.now;
      await act(trial, trial.fake as FakeX);
    });
  }
  const grantIn = async ({ test: { store }, workspaceId }: Trial) => {
    const [channel] = await store.channels.list(workspaceId);
    return (await store.connections.grant(workspaceId, channel?.connectionId ?? ''))?.grant as Grant;
  };

  it('a token that has ended is renewed once, before X is asked anything, and kept', async () => {
    await timed(async (trial, platform) => {
      trial.clock.advance(2 * 3_600_000);
      const before = await grantIn(trial);
      expect(await publishOnce(trial)).toMatchObject({ status: 'published', failures: 0 });
      expect(platform.calls.map(({ path, status }) => `${path} ${status}`)).toEqual(['/2/oauth2/token 200', '/2/tweets 201', '/2/tweets 201']);
      const after = await grantIn(trial);
      expect(after.refreshToken).not.toBe(before.refreshToken);
      expect(platform.oauth.tokens.filter(({ revoked }) => !revoked).map(({ refresh }) => refresh)).toEqual([after.refreshToken]);
    });
  });

  it('a token that X has ended between two parts is renewed, and the first part stays as it is', async () => {
    await timed(async (trial, platform) => {
      trial.clock.advance(3_600_000);
      let posts = 0;
      platform.state.watch = ({ path }) => {
        if (path === '/2/tweets' && ++posts === 1) for (const token of platform.oauth.tokens) token.expiresAt = 0;
      };
      expect(await publishOnce(trial)).toMatchObject({ status: 'published', failures: 0 });
      expect(platform.calls.map(({ path, status }) => `${path} ${status}`)).toEqual(['/2/tweets 201', '/2/tweets 401', '/2/oauth2/token 200', '/2/tweets 201']);
    });
  });

  it('access that was taken away asks for a person, and burns nothing else', async () => {
    await timed(async (trial, platform) => {
      trial.clock.advance(3_600_000);
      for (const token of platform.oauth.tokens) token.revoked = true;
      expect(await publishOnce(trial)).toMatchObject({ status: 'failed', failure: { kind: 'auth' } });
      const [connection] = await trial.test.store.connections.list(trial.workspaceId);
      expect(connection?.status).toBe('needs_reconnect');
    });
  });

  it('a refusal of a token that X has just given out ends nothing (as on 2026-07-01)', async () => {
    await timed(async (trial, platform) => {
      trial.clock.advance(3_600_000);
      platform.fault({ path: /tweets/u, times: 3, kind: { answer: { status: 401, body: { title: 'Unauthorized', type: 'about:blank', status: 401, detail: 'Unauthorized' } } } });
      expect(await publishOnce(trial)).toMatchObject({ status: 'published' });
      const [connection] = await trial.test.store.connections.list(trial.workspaceId);
      expect(connection?.status).toBe('active');
      expect(callsTo(platform, /oauth2\/token/u)).toHaveLength(1);
    });
  });

  it('a refresh whose answer was lost is said again once, and then a person is asked', async () => {
    await timed(async (trial, platform) => {
      trial.clock.advance(2 * 3_600_000);
      platform.fault({ path: /oauth2\/token/u, kind: { cut: 'after' } });
      expect(await publishOnce(trial)).toMatchObject({ status: 'failed', failure: { kind: 'auth' } });
      expect(callsTo(platform, /oauth2\/token/u).map(({ status }) => status)).toEqual(['cut', 400]);
      expect(platform.ledger).toEqual([]);
    });
  });

  it('nothing is renewed by the sweep', async () => {
    await timed(async (trial, platform) => {
      trial.clock.advance(90 * 86_400_000);
      await bootEngine({ store: trial.test.store, providers: [subject.provider], io: trial.io(trial.test.store), clock: trial.clock }).renewGrants();
      expect(platform.calls).toEqual([]);
    });
  });
});

describe('secrets', () => {
  it('are in no failure, whatever X repeats', async () => {
    const { grant } = accountOf(fake);
    const secrets = [grant.accessToken, grant.refreshToken ?? '', 'the-client-secret', Buffer.from('the-client-id:the-client-secret').toString('base64')];
    const body = { title: 'Forbidden', detail: secrets.join(' '), type: 'about:blank', status: 403 };
    const told: unknown[] = [];
    for (const attempt of [
      () => refresh(grant, ioOf(fake)), () => revoke(grant, ioOf(fake)), () => connect.exchange({ code: `code-${grant.accessToken}`, redirectUri: 'https://post.example/', codeVerifier: 'v', memo: null }, ioOf(fake)),
      () => run(fake, { ...jobOf(fake, [text('One')]), grant }),
    ]) {
      fake.fault({ kind: { answer: { status: 403, body } } });
      await attempt().catch((error: unknown) => told.push((error as { failure: unknown }).failure));
    }
    expect(told).toHaveLength(4);
    expect(JSON.stringify(told[3])).not.toContain(grant.accessToken);
    for (const failure of told.slice(0, 3)) expect(JSON.stringify(failure)).not.toContain('the-client-secret');
    expect(JSON.stringify(told[0])).not.toContain(grant.refreshToken);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../lib/ids.ts';
import { testApp, type TestApp } from '../testing/app.ts';
import { fakeClock, seedChannel, seedPost } from '../testing/world.ts';

describe('metrics', () => {
  const clock = fakeClock();
  let app: TestApp;
  beforeAll(async () => { app = await testApp({}, clock.now); });
  afterAll(() => app.close());
  const value = (text: string, name: string) => Number(text.split('\n').find((line) => line.startsWith(`${name} `))?.slice(name.length + 1));

  it('tell the state of the queue, how attempts ended, and how the process is', async () => {
    const { store, engine } = app.deps;
    const page = newId(clock.now());
    const world = await seedChannel(store, 'sandbox', { channelId: page, grant: { page }, target: { remoteId: page, name: 'S', handle: '', url: null, avatarUrl: null } });
    const held = await seedChannel(store, 'mastodon', { grant: {}, target: { remoteId: '1', name: 'M', handle: '', url: null, avatarUrl: null } }, world);
    await store.connections.disconnect(held.workspaceId, held.connectionId, clock.now());
    const content = (text: string) => ({ parts: [{ text, media: [] }] as const });
    await seedPost(store, world, 'sandbox', content('goes out'), {}, clock.now());
    await engine.tick();
    await engine.idle();
    await seedPost(store, world, 'sandbox', content('nobody can tell'), { ending: 'silence' }, clock.now());
    await engine.tick();
    await engine.idle();
    await seedPost(store, world, 'sandbox', content('late'), {}, clock.now() - 90_000);
    await seedPost(store, world, 'sandbox', content('due'), {}, clock.now());
    await seedPost(store, world, 'sandbox', content('later'), {}, clock.now() + 60_000);
    await seedPost(store, held, 'mastodon', content('held'), {}, clock.now());
    const { body, headers } = await app.server.inject({ url: '/metrics', headers: { host: 'localhost:3000' } });
    expect(headers['content-type']).toContain('text/plain; version=0.0.4');
    expect(Object.fromEntries(['waiting', 'due', 'late', 'in_doubt', 'held', 'stuck', 'failed', 'queue_age_seconds'].map((name) => [name, value(body, `postmaster_${name}`)])))
      .toEqual({ waiting: 4, due: 2, late: 1, in_doubt: 1, held: 1, stuck: 0, failed: 0, queue_age_seconds: 90 });
    expect(value(body, 'postmaster_attempts_total{network="sandbox",outcome="published"}')).toBe(1);
    expect(value(body, 'postmaster_attempts_total{network="sandbox",outcome="unconfirmed"}')).toBe(1);
    expect(value(body, 'postmaster_mails{state="waiting"}')).toBe(0);
    expect(value(body, 'process_resident_memory_bytes')).toBeGreaterThan(1_000_000);
    expect(body).toContain('nodejs_eventloop_lag_seconds');
    const again = await app.server.inject({ url: '/metrics', headers: { host: 'localhost:3000' } });
    expect(value(again.body, 'postmaster_attempts_total{network="sandbox",outcome="published"}')).toBe(1);
  });

  it('are for this machine alone, and not for what a proxy on it passes on', async () => {
    const ask = async (headers: Record<string, string>, remoteAddress = '127.0.0.1') => (await app.server.inject({ url: '/metrics', headers: { host: 'localhost:3000', ...headers }, remoteAddress })).statusCode;
    expect(await ask({})).toBe(200);
    expect(await ask({}, '::1')).toBe(200);
    expect(await ask({}, '192.0.2.7')).toBe(403);
    for (const headers of [{ host: 'post.example.org' }, { 'x-forwarded-for': '127.0.0.1' }, { forwarded: 'for=127.0.0.1' }, { 'x-real-ip': '127.0.0.1' }, { via: '1.1 x' }]) expect(await ask(headers as Record<string, string>), JSON.stringify(headers)).toBe(403);
    const trusting = await testApp({ TRUST_PROXY: 'true' });
    expect((await trusting.server.inject({ url: '/metrics', headers: { host: 'localhost', 'x-forwarded-for': '127.0.0.1' } })).statusCode).toBe(403);
    await trusting.close();
  });

  it('are for whoever has the token, from wherever', async () => {
    const there = await testApp({ METRICS_TOKEN: 'a-token-for-the-scraper' });
    const ask = async (authorization?: string) => (await there.server.inject({ url: '/metrics', headers: { host: 'post.example.org', ...(authorization && { authorization }) }, remoteAddress: '192.0.2.7' })).statusCode;
    expect([await ask(), await ask('Bearer wrong'), await ask('Bearer a-token-for-the-scraper')]).toEqual([401, 401, 200]);
    expect((await there.server.inject({ url: '/metrics', headers: { host: 'localhost' } })).statusCode).toBe(401);
    await there.close();
  });
});

describe('readiness', () => {
  it('is told with the reason while it is not', async () => {
    const clock = fakeClock();
    const app = await testApp({}, clock.now);
    const ask = async () => { const { statusCode, body } = await app.server.inject('/readyz'); return [statusCode, JSON.parse(body)] as const; };
    expect(await ask()).toEqual([503, { status: 'waiting', reason: 'the scheduler has not run yet' }]);
    await app.deps.engine.tick();
    expect(await ask()).toEqual([200, { status: 'ok' }]);
    clock.advance(60_000);
    expect(await ask()).toEqual([503, { status: 'waiting', reason: 'the scheduler ran 60 s ago' }]);
    await app.deps.engine.tick();
    app.deps.store.close();
    expect(await ask()).toEqual([503, { status: 'waiting', reason: 'the database does not answer' }]);
    await app.server.close();
  });
});

import { afterEach, describe, expect, it, vi } from 'vitest';
import { ProviderError, type Composing } from '../../providers/contract.ts';
import { fakeIo } from '../../providers/fake/io.ts';
import type { Log } from '../../lib/log.ts';
import { bootEngine, quiet } from '../../testing/drive.ts';
import { richAnswer, richProvider } from '../../testing/composing/rich.ts';
import { testStore } from '../../testing/store.ts';
import { fakeClock, seedChannel } from '../../testing/world.ts';
import { createAsk } from './composing.ts';

const closing: (() => void)[] = [];
afterEach(() => {
  vi.useRealTimers();
  for (const close of closing.splice(0)) close();
});

/** A channel of a network that answers as told, and how often it was asked. */
async function asked(answer: (nth: number) => Promise<Composing>, log: Log = quiet) {
  const test = testStore();
  closing.push(() => test.close());
  let calls = 0;
  const provider = richProvider(() => answer(calls += 1));
  const clock = fakeClock();
  const world = await seedChannel(test.store, 'rich', { grant: {}, target: { remoteId: 'r', name: 'n', handle: 'h', url: null, avatarUrl: null } });
  const channel = await test.store.channels.get(world.workspaceId, world.channelId);
  if (!channel) throw new Error('no channel');
  const ask = createAsk({ engine: bootEngine({ store: test.store, providers: [provider], io: () => fakeIo(), clock }), now: clock.now, log });
  return { ask: (ms?: number) => ask(world.workspaceId, channel, provider, ms), calls: () => calls, clock, channel, provider, raw: ask, workspaceId: world.workspaceId };
}

const down = () => new ProviderError({ kind: 'transient', code: '503', message: 'down', reached: true });

describe('asking a network', () => {
  it('keeps the answer for a minute', async () => {
    const { ask, calls, clock } = await asked(async () => richAnswer);
    expect(await ask()).toEqual({ state: 'answered', composing: richAnswer });
    clock.advance(59_000);
    await ask();
    expect(calls()).toBe(1);
    clock.advance(1_000);
    await ask();
    expect(calls()).toBe(2);
  });

  it('asks once for everybody who waits', async () => {
    const { ask, calls } = await asked(async () => richAnswer);
    await Promise.all([ask(), ask(), ask()]);
    expect(calls()).toBe(1);
  });

  it('does not keep a failure', async () => {
    const { ask, calls } = await asked(async (nth) => { if (nth === 1) throw down(); return richAnswer; });
    expect(await ask()).toEqual({ state: 'failed', message: 'Rich could not be asked.' });
    expect(await ask()).toMatchObject({ state: 'answered' });
    expect(calls()).toBe(2);
  });

  it('says when the connection is what is refused', async () => {
    const { ask } = await asked(async () => { throw new ProviderError({ kind: 'auth', code: '401', message: 'no' }); });
    expect(await ask()).toEqual({ state: 'failed', message: 'Rich no longer accepts this connection. Reconnect the channel.' });
  });

  it('outlives a mistake of ours, which is logged', async () => {
    const logged: string[] = [];
    const { ask } = await asked(async () => { throw new TypeError('oops'); }, { ...quiet, error: (_, message) => void logged.push(message) });
    expect(await ask()).toMatchObject({ state: 'failed' });
    expect(logged).toHaveLength(1);
  });

  it('waits for eight seconds at most, and for the same answer when it is asked again', async () => {
    const { promise, resolve } = Promise.withResolvers<Composing>();
    const { ask, calls } = await asked(() => promise);
    vi.useFakeTimers();
    const first = ask();
    await vi.advanceTimersByTimeAsync(7_999);
    const short = ask(1_000);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await first).toEqual({ state: 'failed', message: 'Rich could not be asked.' });
    expect(await short).toEqual({ state: 'waiting' });
    resolve(richAnswer);
    expect(await ask()).toMatchObject({ state: 'answered' });
    expect(calls()).toBe(1);
  });

  it('leaves networks alone that have nothing to say, and channels that must be reconnected', async () => {
    const { raw, channel, provider, workspaceId, calls } = await asked(async () => richAnswer);
    const silent = { ...provider };
    delete silent.composing;
    expect(await raw(workspaceId, channel, silent)).toEqual({ state: 'nothing' });
    expect(await raw(workspaceId, { ...channel, connectionStatus: 'needs_reconnect' }, provider)).toEqual({ state: 'nothing' });
    expect(calls()).toBe(0);
  });
});

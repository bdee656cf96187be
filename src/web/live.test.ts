import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { signedUp, testApp, type TestApp, type Visitor } from '../testing/app.ts';
import { ownerOf, seedAt, seedPlace } from '../testing/calendar.ts';
import { fakeClock, type FakeClock } from '../testing/world.ts';

// Over a real port, for a stream that is injected ends only when it is over.
let app: TestApp;
let clock: FakeClock;
let port: number;
let open: Stream[];
beforeEach(async () => {
  clock = fakeClock();
  app = await testApp({}, clock.now);
  await app.server.listen({ port: 0, host: '127.0.0.1' });
  const address = app.server.server.address();
  port = typeof address === 'object' && address !== null ? address.port : 0;
  open = [];
});
afterEach(async () => {
  for (const stream of open) stream.stop();
  await app.close();
});

interface Stream {
  /** What came so far. */
  said(): string;
  ended(): boolean;
  stop(): void;
}

async function listen({ cookies }: Visitor): Promise<Stream> {
  const stopped = new AbortController();
  const answer = await fetch(`http://127.0.0.1:${port}/live`, { headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') }, signal: stopped.signal, redirect: 'manual' });
  expect([answer.status, answer.headers.get('content-type'), answer.headers.get('x-accel-buffering')]).toEqual([200, 'text/event-stream', 'no']);
  let text = '';
  let ended = false;
  void (async () => {
    try {
      for await (const chunk of answer.body ?? []) text += Buffer.from(chunk).toString();
    } catch {
      // It was stopped.
    }
    ended = true;
  })();
  const stream = { said: () => text, ended: () => ended, stop: () => stopped.abort() };
  open.push(stream);
  await expect.poll(() => stream.said()).toContain('event: changed');
  return stream;
}

const times = (text: string, part: string) => text.split(part).length - 1;

describe('the stream of changes', () => {
  it('says once that something changed, to that workspace alone, and not what', async () => {
    const [ada, ben] = [await signedUp(app), await signedUp(app, 'ben@example.org')];
    const [hers, his] = [await listen(ada), await listen(ben)];
    const owner = await ownerOf(app.deps.store, 'ada@example.org');
    const place = await seedPlace(app.deps.store, owner, 'sandbox', 'Harbour');
    await seedAt(app.deps.store, owner, [{ channelId: place.channelId, provider: 'sandbox' }], { text: 'A secret walk', wall: '2026-11-27T10:00' });
    await expect.poll(() => times(hers.said(), 'event: changed'), { timeout: 5_000 }).toBeGreaterThan(1);
    expect([times(his.said(), 'event: changed'), hers.said().includes('secret')]).toEqual([1, false]);
  });

  it('ends the oldest of a person who has too many, and nobody else’s', async () => {
    const [ada, ben] = [await signedUp(app), await signedUp(app, 'ben@example.org')];
    const his = await listen(ben);
    const hers: Stream[] = [];
    for (let n = 0; n < 13; n += 1) hers.push(await listen(ada));
    await expect.poll(() => hers[0]?.ended(), { timeout: 5_000 }).toBe(true);
    expect([his, ...hers.slice(1)].map((stream) => stream.ended())).toEqual(Array.from({ length: 13 }, () => false));
  });

  it('beats while nothing happens, and ends in its time so that the session is looked at anew', async () => {
    const ada = await signedUp(app);
    const stream = await listen(ada);
    expect(stream.said()).not.toContain(': beat');
    clock.advance(20_000);
    await expect.poll(() => stream.said(), { timeout: 5_000 }).toContain(': beat\n\n');
    expect(stream.ended()).toBe(false);
    clock.advance(5 * 60_000);
    await expect.poll(() => stream.ended(), { timeout: 5_000 }).toBe(true);
    await ada.post('/logout');
    expect((await fetch(`http://127.0.0.1:${port}/live`, { redirect: 'manual' })).status).not.toBe(200);
  });

  it('does not keep the server from stopping', async () => {
    const stream = await listen(await signedUp(app));
    await app.server.close();
    await expect.poll(() => stream.ended(), { timeout: 5_000 }).toBe(true);
  });
});

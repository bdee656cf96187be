import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSend } from '../lib/net-guard.ts';
import { startFake, type FakePlatform } from './fake/server.ts';
import { createHttp } from './http.ts';

let fake: FakePlatform;
beforeEach(async () => { fake = await startFake(['https://plain.test'], () => () => ({ status: 200, body: { id: 9007199254740993n.toString() } })); });
afterEach(() => fake.close());

const http = () => createHttp({ send: createSend(fake.upstreams), now: Date.now });

describe('a call', () => {
  it('may be given any time to last, whole milliseconds or not', async () => {
    expect((await http()({ method: 'GET', url: 'https://plain.test/', timeoutMs: 30_000.48 })).status).toBe(200);
  });

  it('does not take a mistake of its caller for one of the network', async () => {
    const call = http()({ method: 'GET', url: 'https://plain.test/', headers: { 'x-bad': 'a\nb' } });
    await expect(call).rejects.not.toHaveProperty('failure');
    expect(fake.calls).toHaveLength(0);
  });
});

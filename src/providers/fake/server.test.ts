import { request } from 'undici';
import { afterEach, describe, expect, it } from 'vitest';
import { startFake, type FakePlatform, type FakeRequest } from './server.ts';

let fake: FakePlatform | undefined;
afterEach(async () => fake?.close());

describe('the fake platform', () => {
  it('handles what came of a body before the connection broke', async () => {
    const seen: FakeRequest[] = [];
    fake = await startFake(['https://plain.test'], () => (got) => { seen.push(got); return { status: 200, body: {} }; });
    fake.fault({ kind: { cutRequest: 1000 } });
    const url = `${fake.upstreams.get('https://plain.test')}/upload`;
    await expect(request(url, { method: 'PUT', body: Buffer.alloc(5000, 7) })).rejects.toThrow();
    expect(seen[0]).toMatchObject({ bytes: 1000, partial: true });
    await request(url, { method: 'PUT', body: Buffer.alloc(5000, 7) });
    expect(seen[1]).toMatchObject({ bytes: 5000, partial: false });
  });

  it('counts and hashes what is too large to keep', async () => {
    const seen: FakeRequest[] = [];
    fake = await startFake(['https://plain.test'], () => (got) => { seen.push(got); return { status: 200, body: {} }; }, (method) => method === 'PUT');
    await request(`${fake.upstreams.get('https://plain.test')}/upload`, { method: 'PUT', body: 'abc' });
    expect(seen[0]).toMatchObject({ bytes: 3, sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad' });
    expect(seen[0]?.body).toHaveLength(0);
  });
});

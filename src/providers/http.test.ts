import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSend } from '../lib/net-guard.ts';
import { startFake, type FakeAnswer, type FakePlatform, type FakeRequest } from './fake/server.ts';
import { createHttp, type ErrorTable, type HttpRequest } from './http.ts';

let fake: FakePlatform;
let answer: FakeAnswer;
let seen: FakeRequest | undefined;
beforeEach(async () => {
  answer = { status: 200, body: { id: 9007199254740993n.toString() } };
  fake = await startFake(['https://plain.test'], () => (request) => { seen = request; return answer; });
});
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

  it('has the type of its body as the caller says it', async () => {
    const call: HttpRequest = { method: 'POST', url: 'https://plain.test/', body: { json: {} } };
    await http()(call);
    expect(seen?.headers['content-type']).toBe('application/json');
    await http()({ ...call, headers: { 'content-type': 'application/json; charset=UTF-8' } });
    expect(seen?.headers['content-type']).toBe('application/json; charset=UTF-8');
  });
});

describe('a 2xx that says no', () => {
  const errors: ErrorTable = {
    read: (json) => ({ code: (json as { code?: string }).code, message: (json as { code?: string }).code }),
    rules: [{ code: 'full', kind: 'rejected', message: 'It is full.', fix: 'Wait.' }],
    refuses: (json) => (json as { code?: string } | undefined)?.code !== 'ok',
  };
  const call = () => http()({ method: 'POST', url: 'https://plain.test/', body: { json: {} }, errors, secrets: ['hush-hush'] });

  it('is what the table calls it, with its evidence', async () => {
    answer = { status: 200, body: { code: 'full', about: 'hush-hush' } };
    await expect(call()).rejects.toMatchObject({ failure: { kind: 'rejected', code: 'full', fix: 'Wait.', evidence: { status: 200, body: '{"code":"full","about":"[removed]"}' } } });
  });

  it('is no clear no when the table does not know it', async () => {
    answer = { status: 200, body: { code: 'novel' } };
    await expect(call()).rejects.toMatchObject({ failure: { kind: 'transient', reached: true, code: 'novel' } });
  });

  it('is an answer when it says yes', async () => {
    answer = { status: 200, body: { code: 'ok' } };
    expect((await call()).json).toEqual({ code: 'ok' });
  });
});

import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { fakeIo } from '../fake/io.ts';
import { proofOf } from './graph.ts';
import { hooks, signedUserId } from './hooks.ts';

const secret = 'test_app_secret_0123456789abcdef';
const content = 'eyJhbGdvcml0aG0iOiJITUFDLVNIQTI1NiIsImV4cGlyZXMiOjEyOTE4NDA0MDAsImlzc3VlZF9hdCI6MTI5MTgzNjgwMCwidXNlcl9pZCI6IjIxODQ3MSJ9';
const valid = `4AQNQMGvsaRNHmcrCVLK_eD2UEV-ri4gBiVaTdDCLf4.${content}`;
const invalid = `4AQNQMGvsaRNHmcrCVLK_eD2UEV-ri4gBiVaTdDCLAA.${content}`;

const signed = (payload: unknown, key = secret) => {
  const part = Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload)).toString('base64url');
  return `${createHmac('sha256', key).update(part).digest('base64url')}.${part}`;
};
const notGenuine = expect.objectContaining({ failure: expect.objectContaining({ kind: 'rejected', code: 'not_genuine' }) as object }) as object;

describe('signed requests', () => {
  it('are read when any app of the family has signed them', () => {
    expect(signedUserId(valid, [secret])).toBe('218471');
    expect(signedUserId(valid, ['another', secret])).toBe('218471');
  });

  it.each([
    ['a wrong signature', invalid],
    ['a signature by somebody else', signed({ algorithm: 'HMAC-SHA256', user_id: '1' }, 'somebody else')],
    ['no signature', `.${content}`],
    ['three parts', `${valid}.x`],
    ['one part', content],
    ['nothing', ''],
    ['another algorithm', signed({ algorithm: 'none', user_id: '1' })],
    ['no person', signed({ algorithm: 'HMAC-SHA256' })],
    ['a number for a person', signed({ algorithm: 'HMAC-SHA256', user_id: 218471 })],
    ['what is no JSON', signed('hello')],
  ])('are refused with %s', (_name, request) => {
    expect(() => signedUserId(request, [secret])).toThrow(notGenuine);
  });

  it('are refused where no secret is known', () => {
    expect(() => signedUserId(valid, [])).toThrow(notGenuine);
  });
});

describe('the callbacks', () => {
  const io = fakeIo({ settings: { INSTAGRAM_CLIENT_SECRET: secret, FACEBOOK_CLIENT_SECRET: 'another' } });
  const call = (request: string, contentType = 'application/x-www-form-urlencoded') =>
    ({ headers: {}, contentType, body: Buffer.from(new URLSearchParams({ signed_request: request }).toString()) });

  it('say whose access was taken away', async () => {
    await expect(hooks['meta/deauthorize']?.(call(valid), io)).resolves.toEqual({ events: [{ kind: 'deauthorized', accountId: '218471' }] });
  });

  it('say whose data shall be deleted, and answer as Meta wants it', async () => {
    const answer = await hooks['meta/data-deletion']?.(call(valid), io);
    expect(answer?.events).toEqual([{ kind: 'deletion', accountId: '218471' }]);
    expect(answer?.body?.({ url: 'https://post.example/data-deletion/abc123', code: 'abc123' })).toEqual({ url: 'https://post.example/data-deletion/abc123', confirmation_code: 'abc123' });
  });

  it.each(['meta/deauthorize', 'meta/data-deletion'])('%s believes nobody else', async (name) => {
    await expect(hooks[name]?.(call(invalid), io)).rejects.toEqual(notGenuine);
    await expect(hooks[name]?.(call(valid, 'application/json'), io)).rejects.toEqual(notGenuine);
  });
});

it('signs calls as Meta has it', () => {
  expect(proofOf({ id: '1', secret }, 'EAATESTTOKEN')).toBe('23d2deeb06e78f15b221fcb84ed49c67b34099195239f52dd9cc31c05d852362');
});

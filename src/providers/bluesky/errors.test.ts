import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fakeIo } from '../fake/io.ts';
import { errors } from './errors.ts';
import { home, startFakeBluesky, type FakeBluesky } from './fake.ts';
import { lexiconFolder } from './fake-lexicons.ts';

let fake: FakeBluesky;
beforeAll(async () => { fake = await startFakeBluesky(); });
afterAll(() => fake.close());

/** One answer for each row of the table, in its order. */
const samples: [status: number, error: string | null, message: string][] = [
  [400, 'ExpiredToken', 'Token has expired'],
  [400, 'InvalidToken', 'Token could not be verified'],
  [401, 'AuthMissing', 'Authentication Required'],
  [401, 'AuthenticationRequired', 'Invalid identifier or password'],
  [401, 'AccountTakedown', 'Account has been taken down'],
  [401, 'AccountSuspended', 'Account has been suspended'],
  [401, 'AccountDeactivated', 'Account is deactivated'],
  [403, 'AccountNotFound', 'Account not found'],
  [404, 'RepoNotFound', 'Could not find repo'],
  [400, 'InvalidRequest', 'Could not find repo: did:plc:abc'],
  [400, 'BlobNotFound', 'Could not find blob: bafkrei'],
  [413, null, 'request entity too large'],
  [400, 'PayloadTooLarge', 'request entity too large'],
  [400, 'InvalidSize', 'Referenced Size does not match stored blob. Expected: 1, Got: 2'],
  [400, 'InvalidRequest', 'This file is too large. It is 1.5MB but the maximum size is 976.56KB.'],
  [400, 'InvalidMimeType', 'Referenced Mimetype does not match stored blob. Expected: a, Got: b'],
  [415, 'UnsupportedMediaType', 'unsupported content-encoding'],
  [400, 'InvalidRequest', 'Invalid app.bsky.feed.post record: Record/text must not be longer than 300 graphemes'],
  [400, 'InvalidSwap', 'Record was at bafyrei'],
  [400, 'RecordNotFound', 'Could not locate record: at://did:plc:abc/app.bsky.feed.post/3l6oveex3ii2l'],
  [400, 'InvalidRequest', 'Unable to resolve handle'],
  [400, 'HandleNotFound', 'Handle not found'],
  [400, 'InvalidRequest', 'Invalid app.bsky.feed.post record: Record/langs must not have more than 3 elements'],
  [429, 'RateLimitExceeded', 'Rate Limit Exceeded'],
  [429, null, 'slow down'],
  [501, 'MethodNotImplemented', 'Method Not Implemented'],
  [404, 'XRPCNotSupported', 'XRPCNotSupported'],
  [500, 'InternalServerError', 'Internal Server Error'],
  [502, 'UpstreamFailure', 'Upstream Failure'],
  [504, 'UpstreamTimeout', 'Operation timed out, please try again.'],
  [503, 'NotEnoughResources', 'Not Enough Resources'],
  [502, null, 'bad gateway'],
];

describe('the error table', () => {
  it('has a sample for each row', () => {
    expect(samples).toHaveLength(errors.rules.length);
  });

  it.each(samples.map((sample, row) => [row, ...sample] as const))('row %i: %i %s %s', async (row, status, error, message) => {
    const rule = errors.rules[row];
    fake.fault({ kind: { answer: { status, body: error === null ? message : { error, message } } } });
    const { http } = fakeIo({ upstreams: fake.upstreams });
    const call = http({ method: 'GET', url: `${home}/xrpc/com.atproto.server.describeServer`, errors });
    await expect(call).rejects.toMatchObject({
      failure: { kind: rule?.kind, message: rule?.message ?? message, ...(rule?.kind === 'rejected' && { fix: rule.fix }) },
    });
    for (const sentence of [rule?.message, rule?.fix]) if (sentence !== undefined) expect(sentence).toMatch(/^[A-Z][^!]*\.$/u);
  });

  it.each([
    ['Invalid app.bsky.feed.post record: grapheme too big (maximum 300, got 301) at $.record.text', 'Shorten the text.'],
    ['Invalid app.bsky.feed.post record: string too big (maximum 3000, got 3025) at $.record.text', 'Shorten the text.'],
    ['Invalid app.bsky.feed.post record: blob too big (maximum 1000000, got 1200000) at $.record.embed.images[0].image', 'Use a smaller one'],
    ['Invalid app.bsky.feed.post record: Expected string value type (got 5) at $.record.createdAt', 'Change the post'],
  ])('knows the words of other versions: %s', async (message, fix) => {
    fake.fault({ kind: { answer: { status: 400, body: { error: 'InvalidRequest', message } } } });
    const { http } = fakeIo({ upstreams: fake.upstreams });
    await expect(http({ method: 'GET', url: `${home}/xrpc/com.atproto.server.describeServer`, errors })).rejects.toMatchObject({
      failure: { kind: 'rejected', fix: expect.stringContaining(fix) as string },
    });
  });

  it('waits as long as the server says', async () => {
    const wait = (headers: Record<string, string>) => {
      fake.fault({ kind: { answer: { status: 429, headers, body: { error: 'RateLimitExceeded', message: 'Rate Limit Exceeded' } } } });
      const { http } = fakeIo({ upstreams: fake.upstreams, now: () => 1_800_000_000_000 });
      return http({ method: 'GET', url: `${home}/xrpc/com.atproto.server.describeServer`, errors });
    };
    await expect(wait({ 'ratelimit-reset': '1800000300' })).rejects.toMatchObject({ failure: { retryAt: 1_800_000_300_000, scope: 'channel' } });
    await expect(wait({ 'retry-after': '7' })).rejects.toMatchObject({ failure: { retryAt: 1_800_000_007_000 } });
    await expect(wait({})).rejects.toMatchObject({ failure: { retryAt: 1_800_000_060_000 } });
  });
});

describe('the lexicons beside the fake', () => {
  const official = join(import.meta.dirname, '../../../../shared/specs/atproto/lexicons');
  const there = existsSync(official);
  if (!there) process.stdout.write('bluesky: the official lexicons are not at hand, so the copies are not compared with them\n');

  it.skipIf(!there)('are the official ones', () => {
    const copies = readdirSync(lexiconFolder).filter((file) => file.endsWith('.json'));
    expect(copies.length).toBeGreaterThan(10);
    for (const file of copies) {
      const path = `${file.replace(/\.json$/u, '').replaceAll('.', '/')}.json`;
      expect(readFileSync(join(lexiconFolder, file), 'utf8'), file).toBe(readFileSync(join(official, path), 'utf8'));
    }
  });
});

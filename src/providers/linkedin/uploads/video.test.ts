import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Json } from '../../../domain/json.ts';
import { mapSteps, sampleBytes } from '../../fake/io.ts';
import { startFakeLinkedin, type FakeLinkedIn } from '../fake.ts';
import { lastSent, postTo, video } from '../fake/job.ts';

let fake: FakeLinkedIn;
beforeEach(async () => { fake = await startFakeLinkedin({ leastVideoBytes: 0, partBytes: 20_000 }); });
afterEach(() => fake.close());

const film = () => [...fake.assets.assets.values()].at(-1);
const post = (journal = new Map<string, Json>(), more: object = {}) => postTo(fake, 'Look', { media: [video()], steps: mapSteps(journal), ...more });

describe('a video', () => {
  it('goes part by part, with the tags of all of them at the end', async () => {
    const journal = new Map<string, Json>();
    await post(journal);
    expect(film()).toMatchObject({ status: 'AVAILABLE', finalized: true });
    expect(film()?.parts.map(({ arrivals }) => arrivals)).toEqual([1, 1, 1, 1]);
    expect(fake.calls.filter(({ method }) => method === 'PUT').map(({ bytes }) => bytes)).toEqual([20_000, 20_000, 20_000, sampleBytes.length - 60_000]);
    expect([...journal.keys()]).toEqual(['video-session', 'video-part-1', 'video-part-2', 'video-part-3', 'video-part-4', 'video-sent', 'video-processed', 'sending', 'post']);
    expect(journal.get('video-part-2')).toBe(film()?.parts[1]?.etag);
  });

  it('that broke off goes on with the part it was at', async () => {
    const journal = new Map<string, Json>();
    fake.breakUpload = (path, length) => (path.includes('/video/2') && !journal.has('broken') ? length / 2 : undefined);
    await expect(post(journal)).rejects.toMatchObject({ failure: { kind: 'transient' } });
    journal.set('broken', true);
    await post(journal);
    expect(film()?.parts.map(({ arrivals }) => arrivals)).toEqual([1, 1, 1, 1]);
    expect(fake.calls.filter(({ method, path }) => method === 'PUT' && path.includes('/video/2')).map(({ bytes, status }) => [bytes, status])).toEqual([[10_000, 'cut'], [20_000, 200]]);
    expect(fake.ledger).toHaveLength(1);
  });

  it('begins anew when its addresses have come to their end', async () => {
    let now = Date.now();
    fake.state.now = () => now;
    fake.state.addressLife = 60_000;
    const journal = new Map<string, Json>();
    fake.fault({ path: /\/video\/2/u, kind: { cut: 'before' } });
    await expect(post(journal, { now: () => now })).rejects.toMatchObject({ failure: { kind: 'transient' } });
    now += 60_000;
    await post(journal, { now: () => now });
    expect(fake.assets.assets.size).toBe(2);
    expect(fake.calls.filter(({ status }) => status === 403)).toEqual([]);
    expect(lastSent(fake)?.content).toMatchObject({ media: { id: film()?.urn } });
    expect(film()?.parts.map(({ arrivals }) => arrivals)).toEqual([1, 1, 1, 1]);
  });

  it('that is sent needs its addresses no more', async () => {
    let now = Date.now();
    fake.state.now = () => now;
    fake.state.addressLife = 60_000;
    const journal = new Map<string, Json>();
    fake.fault({ path: /finalizeUpload/u, kind: { answer: { status: 429, body: {} } } });
    await expect(post(journal, { now: () => now })).rejects.toMatchObject({ failure: { kind: 'rate_limited' } });
    now += 600_000;
    await post(journal, { now: () => now });
    expect(fake.assets.assets.size).toBe(1);
  });

  it('begins anew when a part is refused, and gives up when that does not help', async () => {
    fake.fault({ path: /\/video\/1/u, kind: { answer: { status: 403, body: 'Request has expired' } } });
    await post();
    expect(fake.assets.assets.size).toBe(2);
    fake.fault({ path: /\/video\/1/u, times: 3, kind: { answer: { status: 404, body: '' } } });
    await expect(postTo(fake, 'Other', { media: [video()] })).rejects.toMatchObject({ failure: { kind: 'rejected', code: 'upload_refused' } });
    expect(fake.ledger).toHaveLength(1);
  });

  it('is not finalized twice when the answer was lost', async () => {
    const journal = new Map<string, Json>();
    fake.fault({ path: /finalizeUpload/u, kind: { cut: 'after' } });
    await expect(post(journal)).rejects.toMatchObject({ failure: { kind: 'transient' } });
    await post(journal);
    expect(fake.calls.filter(({ path }) => path === '/rest/videos').map(({ status }) => status)).toEqual([200, 'cut', 400]);
    expect(fake.ledger).toHaveLength(1);
  });

  it('is waited for until LinkedIn has processed it', async () => {
    fake.state.looks = 3;
    const journal = new Map<string, Json>();
    for (let n = 0; n < 2; n += 1) await expect(post(journal)).rejects.toThrow('video-processed is not ready');
    await post(journal);
    fake.state.processingFails = true;
    await expect(postTo(fake, 'Other', { media: [video()] })).rejects.toMatchObject({ failure: { kind: 'rejected', code: 'PROCESSING_FAILED', fix: expect.stringContaining('MP4') as string } });
  });

  it('that may not be asked about is posted, and LinkedIn says whether it is ready', async () => {
    fake.state.looks = 1;
    fake.fault({ method: 'GET', kind: { answer: { status: 403, body: { status: 403, serviceErrorCode: 100, code: 'ACCESS_DENIED', message: 'Not enough permissions to access: videos.GET' } } } });
    await post();
    expect(fake.ledger).toHaveLength(1);
  });

  it('is confirmed part by part, or not at all', async () => {
    fake.fault({ path: /\/video\/0/u, kind: { lie: { status: 200, body: '' } } });
    await expect(post()).rejects.toMatchObject({ failure: { kind: 'transient', code: 'no_etag' } });
  });
});

import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import type { Publication } from '../../../domain/publication.ts';
import { publishOnce, type Trial } from '../../../testing/trial.ts';
import { sampleBytes } from '../../fake/io.ts';
import type { FakeFacebook } from './fake.ts';
import { page, refusal, startTrial } from './subject-trial.ts';

let trial: Trial;
let fake: FakeFacebook;
afterEach(() => trial.close());

async function start(...given: Parameters<typeof startTrial>) {
  ({ trial, fake } = await startTrial(...given));
}

async function publish(...given: Parameters<typeof startTrial>): Promise<Publication> {
  await start(...given);
  return publishOnce(trial);
}

const callsTo = (path: RegExp) => fake.calls.filter((call) => path.test(`${call.method} ${call.path}`));

describe('videos', () => {
  const video = { text: 'Look', videos: [{ width: 1280, height: 720 }] };

  it('go up piece by piece as Facebook asks for them, and are published with their words', async () => {
    const publication = await publish(video, { title: 'The harbour', cover: '' });
    const [kept] = fake.videos.values();
    expect(kept).toMatchObject({ kind: 'video', text: 'Look', title: 'The harbour', size: sampleBytes.length, cover: null });
    expect(kept?.upload.pieces.map(({ offset, bytes }) => [offset, bytes])).toEqual([[0, 40_000], [40_000, 25_536]]);
    expect(publication).toMatchObject({ remoteId: kept?.id, url: `https://www.facebook.com/${page}/videos/${kept?.id}/` });
  });

  it('carry a cover', async () => {
    await publish(video, { cover: 'any-picture' });
    expect([...fake.videos.values()][0]?.cover).toBeGreaterThan(0);
    await trial.close();
    await publish({ text: 'Short', videos: [{}] }, { format: 'reel', cover: 'any-picture' });
    expect([...fake.videos.values()][0]?.cover).toBeGreaterThan(0);
    expect(callsTo(/thumbnails/u)).toHaveLength(1);
  });

  it('go on with the piece that broke off', async () => {
    await start(video);
    let n = 0;
    fake.breakUpload = (path, length) => (/\/videos/u.test(path) && length > 20_000 && ++n === 2 ? 1_000 : undefined);
    expect(await publishOnce(trial)).toMatchObject({ status: 'published', failures: 1 });
    expect([...fake.videos.values()]).toHaveLength(1);
    expect([...fake.videos.values()][0]?.upload.pieces.map(({ offset }) => offset)).toEqual([0, 40_000]);
  });

  it('are waited for while Facebook prepares them', async () => {
    const publication = await publish(video, {}, { processingLooks: 4 });
    expect(publication).toMatchObject({ status: 'published', failures: 0 });
    expect(callsTo(/GET .*\/\d+$/u)).toHaveLength(4);
  });

  it('count as published when they take longer than an hour, and whatever goes wrong with asking', async () => {
    expect(await publish(video, {}, { processingLooks: 100_000 })).toMatchObject({ status: 'published', failures: 0, remoteId: expect.stringMatching(/^\d+$/u) as string });
    await trial.close();
    await start(video);
    fake.fault({ method: 'GET', times: 20, kind: { answer: refusal(190, 460) } });
    expect(await publishOnce(trial)).toMatchObject({ status: 'published', failures: 0 });
  }, 20_000);

  it('fail with Facebook\'s reason when they cannot be prepared', async () => {
    expect(await publish({ text: 'x', videos: [{}] }, { format: 'reel' }, { processingError: { message: 'Resolution too low. Video must have a minimum resolution of 540p.' } })).toMatchObject({
      status: 'failed', failure: { kind: 'rejected', message: expect.stringContaining('Resolution too low') as string },
    });
    expect(fake.ledger).toHaveLength(0);
    await trial.close();
    expect(await publish(video, {}, { processingError: { code: 1363128, message: 'x' } })).toMatchObject({ status: 'failed', failure: { message: 'A Reel lasts from 3 to 90 seconds.' } });
  });

  describe.each(['video', 'reel'] as const)('a %s that was told to be shown and never answered', (kind) => {
    const part = kind === 'reel' ? { text: 'Short', videos: [{}] } : video;
    const options = kind === 'reel' ? { format: 'reel' } : {};
    const finish = kind === 'reel' ? /video_reels/u : /\/videos/u;

    it('is told again when the telling never came, though it looks as if it were being shown', async () => {
      await start(part, options, { preparesEarly: true });
      fake.fault({ method: 'POST', path: finish, times: kind === 'reel' ? 1 : 3, kind: { drip: 0 } });
      fake.fault({ method: 'POST', path: finish, kind: { cut: 'before' } });
      expect(await publishOnce(trial)).toMatchObject({ status: 'published', failures: 1 });
      expect(fake.ledger).toHaveLength(1);
    });

    it('fails with the reason when the telling is refused', async () => {
      await start(part, options, { preparesEarly: true });
      fake.fault({ method: 'POST', path: finish, times: kind === 'reel' ? 1 : 3, kind: { drip: 0 } });
      fake.fault({ method: 'POST', path: finish, kind: { answer: refusal(200, 1404102) } });
      expect(await publishOnce(trial)).toMatchObject({ status: 'failed', failures: 0, failure: { kind: 'rejected', message: expect.stringContaining('Community Standards') as string } });
      expect(fake.ledger).toHaveLength(0);
    });

    it.each([
      ['publishing', 'error', 0], ['publishing', 'success', 2], ['preparing', 'success', 30], ['preparing', 'error', 3], ['publishing', 'error', 30],
    ] as const)('is shown once: %s, asking again gets %s, after %i looks', async (meanwhile, finishAgain, processingLooks) => {
      await start(part, options, { meanwhile, finishAgain, processingLooks });
      // What comes before it in the same place is left alone.
      fake.fault({ method: 'POST', path: finish, times: kind === 'reel' ? 1 : 3, kind: { drip: 0 } });
      fake.fault({ method: 'POST', path: finish, kind: { cut: 'after' } });
      expect(await publishOnce(trial)).toMatchObject({ status: 'published' });
      expect(fake.ledger).toHaveLength(1);
      expect([...fake.videos.values()].filter(({ finished }) => finished)).toHaveLength(1);
    });
  });
});

describe('the upload host', () => {
  const reel = { text: 'Short', videos: [{}] };

  it('gets the whole file in one call, byte for byte', async () => {
    await publish(reel, { format: 'reel', title: 'Boats' });
    const [kept] = fake.videos.values();
    expect(kept).toMatchObject({ kind: 'reel', text: 'Short', title: 'Boats' });
    expect(kept?.upload.pieces).toEqual([{ offset: 0, bytes: sampleBytes.length, sha256: createHash('sha256').update(sampleBytes).digest('hex') }]);
  });

  it('gets only the rest after a cut', async () => {
    await start(reel, { format: 'reel' });
    fake.fault({ path: /video-upload/u, kind: { cutRequest: 20_000 } });
    expect(await publishOnce(trial)).toMatchObject({ status: 'published', failures: 1 });
    const [kept] = fake.videos.values();
    const [first, second] = kept?.upload.pieces ?? [];
    expect(first?.bytes).toBe(20_000);
    expect(second).toMatchObject({ offset: 20_000, bytes: sampleBytes.length - 20_000, sha256: createHash('sha256').update(sampleBytes.subarray(20_000)).digest('hex') });
  });

  it.each(['expired', 'upload_failed'] as const)('gets the file anew when the session is lost: %s', async (status) => {
    await start(reel, { format: 'reel' });
    fake.fault({ path: /video-upload/u, kind: { cutRequest: 20_000 } });
    fake.state.watch = ({ path }) => {
      const [first] = fake.videos.values();
      if (path.startsWith('/video-upload') && first && fake.videos.size === 1) first.status = status;
    };
    expect(await publishOnce(trial)).toMatchObject({ status: 'published' });
    expect(fake.videos.size).toBe(2);
    expect(fake.ledger).toHaveLength(1);
  });

  it('says itself whether trying again can help', async () => {
    await start(reel, { format: 'reel' });
    const debug = (retriable: boolean) => ({ status: 400, body: { debug_info: { retriable, type: 'ProcessingFailedError', message: 'no' } } });
    fake.fault({ path: /video-upload/u, kind: { answer: debug(true) } });
    expect(await publishOnce(trial)).toMatchObject({ status: 'published', failures: 1 });
    await trial.close();
    await start(reel, { format: 'reel' });
    fake.fault({ path: /video-upload/u, kind: { answer: debug(false) } });
    expect(await publishOnce(trial)).toMatchObject({ status: 'failed', failures: 0, failure: { kind: 'rejected' } });
  });

  it('gets no token at an address that is not its own', async () => {
    await start(reel, { format: 'reel' });
    fake.fault({ path: /video_reels/u, times: 9, kind: { answer: { status: 200, body: { video_id: '1', upload_url: 'https://elsewhere.test/video-upload/1' } } } });
    expect(await publishOnce(trial)).toMatchObject({ status: 'failed', failure: { code: 'unreadable_answer' } });
  });
});

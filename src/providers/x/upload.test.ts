import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Json } from '../../domain/json.ts';
import { publishOnce, trialOf, withTrial } from '../../testing/trial.ts';
import { mapSteps } from '../fake/io.ts';
import { startFakeX, type FakeX } from './fake.ts';
import { callsTo, clockOf, jobOf, patient, run, text, video } from './samples.ts';
import { subject } from './subject.ts';
import type { VideoFile } from '../contract.ts';

let fake: FakeX;
let clock: ReturnType<typeof clockOf>;
beforeEach(async () => {
  clock = clockOf();
  fake = await startFakeX({ now: clock.now });
});
afterEach(() => fake.close());

const piece = 4 * 1_048_576;
const bytes = Buffer.alloc(5 * piece - 7, 'v');
const film = () => ({ bytes, type: 'video/mp4' as const });
const sent = () => fake.calls.filter(({ path }) => path.endsWith('/append')).reduce((sum, call) => sum + call.bytes, 0);

describe('an upload that is cut off', () => {
  it('goes on with the piece that broke', async () => {
    const journal = new Map<string, Json>();
    const job = jobOf(fake, [text('Film', video(bytes.length))]);
    let appends = 0;
    fake.breakUpload = (path, length) => (path.endsWith('/append') && ++appends === 4 ? Math.floor(length / 2) : undefined);
    await expect(run(fake, job, { steps: patient(clock, journal), video: film })).rejects.toMatchObject({ failure: { kind: 'transient' } });
    expect(fake.ledger).toEqual([]);
    await run(fake, job, { steps: patient(clock, journal), video: film });
    const [file, ...others] = fake.media.files.values();
    expect(others).toEqual([]);
    expect([...(file?.sent.values() ?? [])]).toEqual([1, 1, 1, 1, 1]);
    // Of five and a half pieces' worth, nothing but the half was sent twice.
    expect(sent()).toBeLessThan(bytes.length * 1.15);
    expect(fake.ledger).toHaveLength(1);
  });

  it('sends a piece again whose answer was lost', async () => {
    const journal = new Map<string, Json>();
    const job = jobOf(fake, [text('Film', video(bytes.length))]);
    fake.fault({ path: /append/u, kind: { cut: 'after' } });
    await expect(run(fake, job, { steps: patient(clock, journal), video: film })).rejects.toMatchObject({ failure: { kind: 'transient' } });
    await run(fake, job, { steps: patient(clock, journal), video: film });
    expect([...([...fake.media.files.values()][0]?.sent.values() ?? [])]).toEqual([2, 1, 1, 1, 1]);
  });

  it('takes a finish that X will not hear twice for done', async () => {
    const journal = new Map<string, Json>();
    const job = jobOf(fake, [text('Film', video(bytes.length))]);
    fake.fault({ path: /finalize/u, kind: { cut: 'after' } });
    await expect(run(fake, job, { steps: patient(clock, journal), video: film })).rejects.toMatchObject({ failure: { kind: 'transient' } });
    await run(fake, job, { steps: patient(clock, journal), video: film });
    expect(fake.ledger).toHaveLength(1);
    expect(callsTo(fake, /finalize/u).map(({ status }) => status)).toEqual(['cut', 400]);
  });

  it('says what X says when a finish is refused for good', async () => {
    fake.fault({ path: /finalize/u, kind: { answer: { status: 400, body: { title: 'Invalid Request', detail: 'Segments do not add up to provided total file size.', type: 'https://api.x.com/2/problems/invalid-request' } } } });
    fake.fault({ method: 'GET', path: /upload/u, kind: { answer: { status: 404, body: { title: 'Not Found', detail: 'Not found', type: 'about:blank' } } } });
    await expect(run(fake, jobOf(fake, [text('Film', video(bytes.length))]), { video: film })).rejects.toMatchObject({ failure: { kind: 'rejected', message: 'X does not take a picture or video of this post.' } });
  });

  it('begins anew when X has dropped it meanwhile', async () => {
    const journal = new Map<string, Json>();
    fake.fault({ path: /append/u, kind: { answer: { status: 503, body: '' } } });
    await expect(run(fake, jobOf(fake, [text('Film', video(bytes.length))]), { steps: patient(clock, journal), video: film })).rejects.toMatchObject({ failure: { kind: 'transient' } });
    clock.pass(16 * 86_400_000);
    await run(fake, jobOf(fake, [text('Film', video(bytes.length))]), { steps: patient(clock, journal), video: film });
    expect(fake.media.files.size).toBe(2);
    expect(fake.ledger).toHaveLength(1);
  });
});

describe('pieces', () => {
  it('are of four megabytes, and of more where a thousand would not be enough', async () => {
    const sizes: number[] = [];
    const huge = { type: 'video/mp4', name: 'video.mp4', size: 5_000 * 1_048_576 + 1, read: (from = 0, to = 0) => {
      sizes.push(to - from);
      return Readable.from([]).destroy(Object.assign(new Error('enough'), { code: 'EIO' }));
    } } satisfies VideoFile;
    await expect(run(fake, jobOf(fake, [text('', video())]), { io: { video: async () => huge } })).rejects.toMatchObject({ failure: { kind: 'transient' } });
    expect(sizes).toEqual([Math.ceil(huge.size / 1_000)]);
    expect(Math.ceil(huge.size / (sizes[0] ?? 1))).toBeLessThanOrEqual(1_000);
  });
});

describe('processing', () => {
  it('is asked about when X wants to be asked', async () => {
    Object.assign(fake.state, { looks: 3, checkAfter: 20 });
    const begin = clock.at;
    await run(fake, jobOf(fake, [text('Film', video())]), { steps: patient(clock) });
    expect(callsTo(fake, /GET \/2\/media\/upload/u)).toHaveLength(3);
    expect(clock.at - begin).toBe(60_000);
  });

  it('may fail, which is said in words', async () => {
    fake.state.processingFails = true;
    const journal = new Map<string, Json>();
    const failed = { failure: { kind: 'rejected', code: 'processing_failed', message: 'X could not process a video or GIF of this post.' } };
    await expect(run(fake, jobOf(fake, [text('Film', video())]), { steps: patient(clock, journal) })).rejects.toMatchObject(failed);
    expect([...journal.keys()].filter((name) => name.includes('status'))).toEqual([]);
    expect(fake.ledger).toEqual([]);
  });

  it('does not go on for ever', async () => {
    Object.assign(fake.state, { looks: 10_000, checkAfter: 600 });
    await expect(run(fake, jobOf(fake, [text('Film', video())]), { steps: patient(clock) })).rejects.toMatchObject({ failure: { kind: 'rejected', code: 'not_ready' } });
  });
});

describe('under the engine', () => {
  const film = { name: 'film', parts: [{ text: 'Film', videos: [{ bytes: 40_000_000 }] }], visible: 1 };

  it('an upload outlasts its token', async () => {
    await withTrial(await trialOf({ ...subject, start: () => startFakeX({ now: () => shared.now() }) }, film), async (trial) => {
      const platform = trial.fake as FakeX;
      shared.now = trial.clock.now;
      // Each second piece takes nearly as long as a token is good for: the upload needs several of them.
      let appends = 0;
      platform.breakUpload = (path) => {
        if (path.endsWith('/append') && ++appends % 2 === 0) trial.clock.advance(117 * 60_000);
        return undefined;
      };
      expect(await publishOnce(trial)).toMatchObject({ status: 'published', failures: 0 });
      expect(callsTo(platform, /oauth2\/token/u).length).toBeGreaterThan(2);
      expect(platform.media.files.size).toBe(1);
      expect([...([...platform.media.files.values()][0]?.sent.values() ?? [])]).toEqual(Array.from({ length: 10 }, () => 1));
    });
  });

  /** The trial's clock, once there is one. */
  const shared = { now: () => clock.at };
});

describe('mapSteps', () => {
  it('shows that a wait ends a run', async () => {
    await expect(run(fake, jobOf(fake, [text('Film', video())]), { steps: mapSteps() })).rejects.toThrow('post-media-1-wait-1 is not ready');
  });
});

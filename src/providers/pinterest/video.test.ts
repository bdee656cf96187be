import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { publishOnce, trialOf, withTrial, type Trial } from '../../testing/trial.ts';
import { sampleBytes } from '../fake/io.ts';
import { startFakePinterest, type FakePinterest } from './fake.ts';
import { accountOf, board, subject, trialSettings } from './subject.ts';

const film = { name: 'film', parts: [{ text: 'Waves', videos: [{ alt: 'Big waves' }] }], options: { board, title: 'Waves', coverAt: 3 }, visible: 1 };
const fakeOf = ({ fake }: Trial) => fake as FakePinterest;
const uploads = ({ fake }: Trial) => fake.calls.filter(({ path }) => path === '/');
const sha256 = createHash('sha256').update(sampleBytes).digest('hex');

describe('pinterest: a video', () => {
  it('arrives whole with its cover frame, after Pinterest has prepared it', async () => {
    await withTrial(await trialOf({ ...subject, start: () => startFakePinterest({ mediaLooks: 3 }) }, film), async (trial) => {
      expect(await publishOnce(trial)).toMatchObject({ status: 'published', failures: 0, url: expect.stringMatching(/^https:\/\/www\.pinterest\.com\/pin\/\d{18}\/$/u) as string });
      const { media, pins, ledger } = fakeOf(trial);
      expect(media.all).toMatchObject([{ size: sampleBytes.length, sha256, looks: 4 }]);
      expect(pins.all).toMatchObject([{ kind: 'video', cover: { seconds: 3 }, media: [media.all[0]?.id], title: 'Waves', description: 'Waves', alt: 'Big waves' }]);
      expect(ledger).toHaveLength(1);
    });
  });

  it('takes a picture of the library as its cover', async () => {
    await withTrial(await trialOf(subject, { ...film, options: { board, cover: 'cover-id' } }), async (trial) => {
      expect(await publishOnce(trial)).toMatchObject({ status: 'published' });
      expect(fakeOf(trial).pins.all[0]?.cover).toEqual({ sha256: expect.stringMatching(/^[\da-f]{64}$/u) as string });
    });
  });

  it('is sent once when it has arrived and the answer was lost', async () => {
    await withTrial(await trialOf(subject, film), async (trial) => {
      trial.fake.fault({ path: /^\/$/u, kind: { cut: 'after' } });
      expect(await publishOnce(trial)).toMatchObject({ status: 'published', failures: 1 });
      expect(uploads(trial)).toHaveLength(1);
    });
  });

  it('is sent again on the same ticket when the connection broke in its midst', async () => {
    await withTrial(await trialOf(subject, film), async (trial) => {
      trial.fake.fault({ path: /^\/$/u, kind: { cutRequest: 20_000 } });
      expect(await publishOnce(trial)).toMatchObject({ status: 'published', failures: 1 });
      expect(uploads(trial)).toMatchObject([{ status: 'cut' }, { status: 204 }]);
      expect(fakeOf(trial).media.all).toMatchObject([{ sha256 }]);
    });
  });

  it('gets another ticket when the first has ended, by the clock or by what the storage says', async () => {
    await withTrial(await trialOf({ ...subject, start: () => startFakePinterest({ ticketSeconds: 30 }) }, film), async (trial) => {
      trial.fake.fault({ path: /^\/$/u, kind: { cut: 'before' } });
      expect(await publishOnce(trial)).toMatchObject({ status: 'published', failures: 1 });
      expect(fakeOf(trial).media.all).toMatchObject([{ size: null }, { sha256 }]);
    });
    await withTrial(await trialOf(subject, film), async (trial) => {
      trial.fake.fault({ path: /^\/$/u, kind: { answer: { status: 403, body: '<Error><Code>AccessDenied</Code></Error>' } } });
      expect(await publishOnce(trial)).toMatchObject({ status: 'published', failures: 0 });
      expect(fakeOf(trial).media.all).toHaveLength(2);
    });
    await withTrial(await trialOf(subject, film), async (trial) => {
      trial.fake.fault({ path: /^\/$/u, times: 9, kind: { answer: { status: 403, body: '<Error><Code>AccessDenied</Code></Error>' } } });
      expect(await publishOnce(trial)).toMatchObject({ status: 'failed', failure: { code: 'storage_refused' } });
      expect(fakeOf(trial).media.all).toHaveLength(3);
    });
  });

  it('is refused before its first byte when the ticket takes less, and when Pinterest cannot use it', async () => {
    await withTrial(await trialOf({ ...subject, start: () => startFakePinterest({ ticketBytes: 1000 }) }, film), async (trial) => {
      expect(await publishOnce(trial)).toMatchObject({ status: 'failed', failure: { kind: 'rejected', code: 'too_large' } });
      expect(uploads(trial)).toHaveLength(0);
    });
    await withTrial(await trialOf({ ...subject, start: () => startFakePinterest({ mediaFails: true }) }, film), async (trial) => {
      expect(await publishOnce(trial)).toMatchObject({ status: 'failed', failure: { kind: 'rejected', code: 'media_failed' } });
      expect(trial.fake.ledger).toEqual([]);
    });
  });

  it('is not sent to the sandbox, which makes no video Pins', async () => {
    const trialAccess = { ...subject, settings: trialSettings, start: () => startFakePinterest({ access: 'trial' }), account: (fake: Trial['fake']) => accountOf(fake, 'sandbox') };
    await withTrial(await trialOf(trialAccess, { ...film, options: { board: '549755885199' } }), async (trial) => {
      expect(await publishOnce(trial)).toMatchObject({ status: 'failed', failure: { kind: 'rejected', code: 'no_video_in_sandbox' } });
      expect(trial.fake.calls).toEqual([]);
    });
  });

  it('keeps what lets it into the storage, and every token, out of what is told', async () => {
    await withTrial(await trialOf(subject, film), async (trial) => {
      trial.fake.fault({ path: /^\/$/u, times: 9, kind: { answer: { status: 500, body: '<Error>IQoJb3JpZ2luX2VjEJr-token== fcd6309a6aaee213348666a72abed8b4</Error>' } } });
      const told = JSON.stringify(await publishOnce(trial));
      expect(told).toContain('"failed"');
      expect(told).not.toContain('IQoJb3JpZ2luX2VjEJr');
      for (const { access, refresh } of fakeOf(trial).oauth.tokens) for (const secret of [access, refresh ?? access]) expect(told).not.toContain(secret);
    });
  });
});

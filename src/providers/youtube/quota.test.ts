import { describe, expect, it } from 'vitest';
import { bootEngine } from '../../testing/drive.ts';
import { publishOnce, withTrial } from '../../testing/trial.ts';
import { seedChannel, seedPost, seedVideo } from '../../testing/world.ts';
import { spendUpload, dayEnd } from './quota.ts';
import { fakeIo } from '../fake/io.ts';
import { startFakeYouTube, type FakeYouTube } from './fake.ts';
import { patientTrial } from './fake/pieces.ts';
import { youtube } from './index.ts';
import { accountOf, settings, subject } from './subject.ts';

const clip = { name: 'clip', parts: [{ text: '', videos: [{}] }], options: { title: 'Clip', madeForKids: 'no' }, visible: 1 };

describe('the day of the quota', () => {
  it.each([
    ['in winter', '2026-11-24T09:00:00Z', '2026-11-25T08:00:00Z'],
    ['a moment before it ends', '2026-11-25T07:59:59.999Z', '2026-11-25T08:00:00Z'],
    ['the moment it begins', '2026-11-25T08:00:00Z', '2026-11-26T08:00:00Z'],
    ['in summer', '2026-07-01T12:00:00Z', '2026-07-02T07:00:00Z'],
    ['when it is 23 hours long', '2027-03-14T08:00:00Z', '2027-03-15T07:00:00Z'],
    ['when it is 25 hours long', '2026-11-01T07:00:00Z', '2026-11-02T08:00:00Z'],
    ['in the hour that comes twice', '2026-11-01T09:30:00Z', '2026-11-02T08:00:00Z'],
    ['at the end of the year', '2026-12-31T20:00:00Z', '2027-01-01T08:00:00Z'],
    ['on a leap day', '2028-02-28T20:00:00Z', '2028-02-29T08:00:00Z'],
  ])('ends at midnight Pacific time %s', (_name, now, end) => {
    expect(new Date(dayEnd(Date.parse(now))).toISOString()).toBe(new Date(end).toISOString());
  });
});

describe('the uploads of a day', () => {
  it.each([[undefined, 100], ['3', 3], ['many', 100], ['0', 100], ['2.5', 100]])('with the setting %s are %i', async (setting, most) => {
    const io = fakeIo({ now: () => Date.UTC(2026, 10, 24, 9), settings: setting === undefined ? {} : { YOUTUBE_UPLOADS_PER_DAY: setting } });
    for (let n = 0; n < most; n += 1) await spendUpload(io);
    await expect(spendUpload(io)).rejects.toMatchObject({ failure: { kind: 'rate_limited', scope: 'app', retryAt: Date.UTC(2026, 10, 25, 8) } });
  });

  it('are counted for all channels together, and go on the next day', async () => {
    const limited = { ...subject, settings: { ...settings, YOUTUBE_UPLOADS_PER_DAY: '1' } };
    await withTrial(await patientTrial(limited, clip), async (trial) => {
      const { store } = trial.test;
      const other = await seedChannel(store, 'youtube', accountOf(trial.fake));
      const mediaId = await seedVideo(store, other.workspaceId);
      const { publicationId } = await seedPost(store, other, 'youtube', { parts: [{ text: '', media: [{ mediaId, alt: '' }] }] }, clip.options, trial.clock.now() + 1_000);
      expect(await publishOnce(trial)).toMatchObject({ status: 'published' });
      trial.clock.advance(2_000);
      const engine = bootEngine({ store, providers: [youtube], io: trial.io(store), clock: trial.clock });
      await engine.tick();
      await engine.idle();
      expect(await store.publications.get(other.workspaceId, publicationId)).toMatchObject({ status: 'scheduled', reason: 'rate_limited', failures: 0, dueAt: Date.UTC(2026, 10, 25, 8) });
      expect(trial.fake.calls.filter(({ method }) => method === 'POST')).toHaveLength(1);
      expect(await publishOnce({ ...trial, workspaceId: other.workspaceId, publicationId })).toMatchObject({ status: 'published' });
    });
  });

  it('that YouTube counts itself hold every channel until a minute past midnight', async () => {
    await withTrial(await patientTrial({ ...subject, start: () => startFakeYouTube({ uploadsLeft: 0 }) }, clip), async (trial) => {
      const { store } = trial.test;
      const engine = bootEngine({ store, providers: [youtube], io: trial.io(store), clock: trial.clock });
      await engine.tick();
      await engine.idle();
      const other = await seedChannel(store, 'youtube', accountOf(trial.fake));
      const mediaId = await seedVideo(store, other.workspaceId);
      await seedPost(store, other, 'youtube', { parts: [{ text: '', media: [{ mediaId, alt: '' }] }] }, clip.options, trial.clock.now() + 1_000);
      trial.clock.advance(3_600_000);
      await engine.tick();
      await engine.idle();
      expect(trial.fake.calls).toHaveLength(1);
      (trial.fake as FakeYouTube).state.uploadsLeft = 100;
      expect(await store.publications.get(trial.workspaceId, trial.publicationId)).toMatchObject({ dueAt: Date.UTC(2026, 10, 25, 8, 1), failures: 0 });
      expect(await publishOnce(trial)).toMatchObject({ status: 'published' });
    });
  });

  it('that the channel has used up hold that channel for a day', async () => {
    await withTrial(await patientTrial({ ...subject, start: () => startFakeYouTube({ channelFull: true }) }, clip), async (trial) => {
      const { store } = trial.test;
      const engine = bootEngine({ store, providers: [youtube], io: trial.io(store), clock: trial.clock });
      await engine.tick();
      await engine.idle();
      expect(await store.publications.get(trial.workspaceId, trial.publicationId)).toMatchObject({ reason: 'rate_limited', dueAt: trial.clock.now() + 86_400_000, failures: 0, failure: { scope: 'channel' } });
    });
  });
});

import { describe, expect, it } from 'vitest';
import type { Json } from '../../domain/json.ts';
import { bootEngine, drive } from '../../testing/drive.ts';
import { publishOnce, withTrial, type Trial } from '../../testing/trial.ts';
import { ProviderError } from '../contract.ts';
import type { Fault } from '../fake/server.ts';
import type { Subject, SubjectCase } from '../subject.ts';
import { startFakeYouTube, type FakeYouTube, type FakeYouTubeOptions } from './fake.ts';
import { patientTrial } from './fake/pieces.ts';
import { youtube } from './index.ts';
import { settings, subject } from './subject.ts';

const wide = { width: 1920, height: 1080 };
const clip = (options: Record<string, Json> = {}, more: Partial<SubjectCase['parts'][0]> = {}): SubjectCase => ({
  name: 'clip', parts: [{ text: 'About it', videos: [wide], ...more }], options: { title: 'Clip', madeForKids: 'no', ...options }, visible: 1,
});
const on = (state: FakeYouTubeOptions = {}, more: Record<string, string> = {}): Subject => ({ ...subject, settings: { ...settings, ...more }, start: () => startFakeYouTube(state) });
const google = (trial: Trial) => trial.fake as FakeYouTube;
const calls = ({ fake }: Trial) => fake.calls.map(({ method, path }) => `${method} ${path.replace(/^\/(?:upload\/)?youtube\/v3\//u, '')}`);

async function notesOf({ test, workspaceId, publicationId }: Trial): Promise<Json | undefined> {
  const steps = await test.store.journal.stepsOf(workspaceId, publicationId);
  return steps.find(({ name }) => name === 'notes')?.result ?? undefined;
}

/** Publishes and gives how it ended, what it said, and what is there. */
async function outcome(of: SubjectCase, network = on(), faults: readonly Fault[] = []) {
  const trial = await patientTrial(network, of);
  try {
    for (const fault of faults) trial.fake.fault(fault);
    const publication = await publishOnce(trial);
    return { publication, notes: await notesOf(trial), videos: google(trial).videos.videos, calls: calls(trial), clock: trial.clock.now() };
  } finally {
    await trial.close();
  }
}
const thumbnailAnswers = (status: number, reason: string, times = 1): Fault => ({ path: /thumbnails/u, times, kind: { answer: { status, body: { error: { code: status, message: 'No.', errors: [{ reason }] } } } } });
const looked = (kind: Fault['kind'], times = 1): Fault => ({ method: 'GET', path: /\/videos\?/u, times, kind });

describe('a video', () => {
  it('is what was written, with everything said', async () => {
    const { publication, videos, notes, calls: made } = await outcome(subject.cases[1] ?? clip());
    expect(publication).toMatchObject({ status: 'published', remoteId: 'vid-0000001', url: 'https://www.youtube.com/watch?v=vid-0000001' });
    expect(videos).toMatchObject([{
      snippet: { title: 'Morning', description: 'Morning at the harbour, see https://example.com/a?b=1&c=2', categoryId: '10', tags: ['harbour', 'morning light'] },
      status: { privacyStatus: 'private', publishAt: '2026-12-01T10:00:00.000Z', selfDeclaredMadeForKids: true, containsSyntheticMedia: true, license: 'creativeCommon', embeddable: false },
      notified: false, thumbnail: { type: 'image/png' },
    }]);
    expect(notes).toBeUndefined();
    expect(made).toEqual(['POST videos', 'PUT videos', 'POST thumbnails/set', 'GET videos']);
  });

  it('says everything when nothing was chosen, too', async () => {
    const { videos } = await outcome(clip());
    expect(videos).toMatchObject([{
      snippet: { title: 'Clip', description: 'About it', categoryId: '22' }, notified: true, thumbnail: null,
      status: { privacyStatus: 'public', selfDeclaredMadeForKids: false, containsSyntheticMedia: false, license: 'youtube', embeddable: true },
    }]);
    expect(videos[0]?.snippet).not.toHaveProperty('tags');
    expect(videos[0]?.status).not.toHaveProperty('publishAt');
  });

  it.each([[1080, 1920, 180_000, 'shorts/'], [1080, 1080, 15_000, 'shorts/'], [1080, 1920, 180_001, 'watch?v='], [1920, 1080, 15_000, 'watch?v=']])('of %i by %i and %i ms has its address under %s', async (width, height, durationMs, path) => {
    const { publication } = await outcome(clip({}, { videos: [{ width, height, durationMs }] }));
    expect(publication.url).toBe(`https://www.youtube.com/${path}vid-0000001`);
  });

  it.each([[{ madeForKids: '' }, 'made_for_kids'], [{ title: ' ' }, 'invalidTitle']])('does not leave without %o', async (options, code) => {
    const given = Object.fromEntries(Object.entries({ ...(clip().options as Record<string, Json>), ...options }).filter(([, value]) => value !== ''));
    const { publication, calls: made } = await outcome({ ...clip(), options: given });
    expect(publication).toMatchObject({ status: 'failed', failure: { kind: 'rejected', code } });
    expect(made).toEqual([]);
  });

  it('takes nothing of the day\'s uploads when it cannot be described', async () => {
    await withTrial(await patientTrial(on({}, { YOUTUBE_UPLOADS_PER_DAY: '1' }), { ...clip(), options: { title: 'Clip' } }), async (trial) => {
      expect(await publishOnce(trial)).toMatchObject({ failure: { code: 'made_for_kids' } });
      expect(await trial.test.store.budgets.take('youtube', 'uploads', { max: 1, until: Date.UTC(2026, 10, 25, 8) }, trial.clock.now())).toBe(true);
    });
  });

  it('makes no other calls than the promise names (17)', async () => {
    const { calls: made } = await outcome(clip({ thumbnail: 'picture' }), on({ processingLooks: 3 }));
    expect([...new Set(made)]).toEqual(['POST videos', 'PUT videos', 'POST thumbnails/set', 'GET videos']);
  });
});

describe('who can see it', () => {
  const later = { privacy: 'private', publishAt: '2026-12-01T10:00:00Z' };
  const past = { privacy: 'private', publishAt: '2020-12-01T10:00:00Z' };
  const audit = 'has not audited the Google project';

  it.each([{ privacy: 'public' }, { privacy: 'unlisted' }, { privacy: 'private' }, later, past])('is as asked in an audited project: %o', async (options) => {
    const { notes, videos } = await outcome(clip(options));
    expect(notes).toBeUndefined();
    expect(videos[0]?.status.privacyStatus).toBe(options === past ? 'public' : options.privacy);
  });

  it.each([{ privacy: 'public' }, { privacy: 'unlisted' }, later, past])('is nobody in a project without audit, and that is said: %o', async (options) => {
    const { publication, notes, videos } = await outcome(clip(options), on({ audited: false }, { YOUTUBE_PROJECT_AUDITED: 'no' }));
    expect(publication.status).toBe('published');
    expect(videos[0]?.status.privacyStatus).toBe('private');
    expect(notes).toEqual([expect.stringContaining(audit)]);
    expect(notes).toEqual([expect.stringMatching(/^YouTube keeps this video private/u)]);
  });

  it('says nothing of the audit where it makes no difference', async () => {
    expect((await outcome(clip({ privacy: 'private' }), on({ audited: false }, { YOUTUBE_PROJECT_AUDITED: '' }))).notes).toBeUndefined();
  });

  it('warns of a lock that cannot be seen yet', async () => {
    for (const options of [{ privacy: 'public' }, later]) {
      expect((await outcome(clip(options), on({ audited: true }, { YOUTUBE_PROJECT_AUDITED: 'false' }))).notes).toEqual([expect.stringMatching(/probably locks this video/u)]);
    }
  });

  it('is told when YouTube decides otherwise in an audited project', async () => {
    expect((await outcome(clip({ privacy: 'unlisted' }), on({ audited: false }))).notes).toEqual(['YouTube made this video private, although it was to be unlisted. Look into it in YouTube Studio.']);
    expect((await outcome(clip(later), on({ audited: false }))).notes).toEqual([expect.stringContaining('did not keep the time')]);
  });
});

describe('the thumbnail', () => {
  const withOne = clip({ thumbnail: 'picture' });

  it('of a channel without a verified phone number is told, and the video is out', async () => {
    const { publication, notes } = await outcome(withOne, on({ channel: { id: 'UCabcdefghijklmnopqrstuv', title: 'Ada', handle: '@ada', longUploads: 'eligible' } }));
    expect(publication.status).toBe('published');
    expect(notes).toEqual(['The thumbnail was not set. YouTube takes thumbnails only from channels with a verified phone number. Verify it at youtube.com/verify, then set the thumbnail in YouTube Studio.']);
  });

  it.each([[400, 'invalidImage'], [404, 'videoNotFound'], [401, 'authError'], [403, 'quotaExceeded'], [403, 'insufficientPermissions']])('that is answered %i %s is told, and the video is out', async (status, reason) => {
    const { publication, notes, calls: made } = await outcome(withOne, on(), [thumbnailAnswers(status, reason)]);
    expect(publication).toMatchObject({ status: 'published', failures: 0 });
    expect(notes).toEqual([expect.stringMatching(/^The thumbnail was not set\. [A-Z].*\.$/u)]);
    expect(made.filter((call) => call === 'POST thumbnails/set')).toHaveLength(1);
  });

  it.each([[503, 'backendError'], [429, 'uploadRateLimitExceeded']])('is set again after %i %s', async (status, reason) => {
    const { publication, notes, videos } = await outcome(withOne, on(), [thumbnailAnswers(status, reason, 2)]);
    expect(publication).toMatchObject({ status: 'published', failures: 0 });
    expect(notes).toBeUndefined();
    expect(videos[0]?.thumbnail).not.toBeNull();
  });

  it('is given up after an hour of trying', async () => {
    const { publication, notes } = await outcome(withOne, on(), [thumbnailAnswers(503, 'backendError', 100)]);
    expect(publication.status).toBe('published');
    expect(notes).toEqual([expect.stringContaining('The thumbnail was not set.')]);
  });

  it('that is not in the library any more stops the post while nothing is out', async () => {
    await withTrial(await patientTrial(subject, withOne), async (trial) => {
      const { store } = trial.test;
      const io = trial.io(store);
      const gone = new ProviderError({ kind: 'rejected', code: 'missing', message: 'A file of this post is no longer there.', fix: 'Add it again.' });
      const engine = bootEngine({ store, providers: [youtube], io: (id, workspace) => ({ ...io(id, workspace), image: () => Promise.reject(gone) }), clock: trial.clock });
      expect(await drive(engine, { ...trial, store })).toMatchObject({ status: 'failed', failure: { code: 'missing' } });
      expect(trial.fake.calls).toEqual([]);
    });
  });
});

describe('after the upload', () => {
  it('it is waited for, less and less often', async () => {
    const { publication, notes, calls: made } = await outcome(clip(), on({ processingLooks: 6 }));
    expect(publication).toMatchObject({ status: 'published', failures: 0 });
    expect(notes).toBeUndefined();
    expect(made.filter((call) => call === 'GET videos')).toHaveLength(7);
  });

  it('it is published after an hour at the latest, with a dozen looks', async () => {
    const { publication, notes, calls: made } = await outcome(clip(), on({ processingLooks: 1_000 }));
    expect(publication.status).toBe('published');
    expect(notes).toEqual(['YouTube was still processing this video an hour after the upload.']);
    expect(made.filter((call) => call === 'GET videos').length).toBeLessThan(16);
  });

  it.each<[NonNullable<FakeYouTube['state']['processingEnds']>, string]>([
    [{ uploadStatus: 'failed', failureReason: 'codec' }, 'does not know its codec'],
    [{ uploadStatus: 'rejected', rejectionReason: 'duplicate' }, 'has the same one already'],
    [{ uploadStatus: 'deleted' }, 'deleted this video'],
  ])('it is not published when there is nothing to watch: %o', async (processingEnds, words) => {
    const { publication } = await outcome(clip(), on({ processingEnds, processingLooks: 1 }));
    expect(publication).toMatchObject({ status: 'failed', failure: { kind: 'rejected', message: expect.stringContaining(words) as string } });
  });

  it.each<[string, Fault['kind'], number]>([
    ['403', { answer: { status: 403, body: {} } }, 1], ['404', { answer: { status: 404, body: 'Not Found' } }, 1], ['401', { answer: { status: 401, body: {} } }, 1], ['503 for hours', { answer: { status: 503, body: 'down' } }, 100],
    ['nothing that could be read', { answer: { status: 200, body: { items: 'many' } } }, 100],
  ])('it is published although YouTube answers %s', async (_name, kind, times) => {
    const { publication, notes } = await outcome(clip(), on(), [looked(kind, times)]);
    expect(publication).toMatchObject({ status: 'published', failures: 0, remoteId: 'vid-0000001' });
    expect(times === 1 ? (notes ?? 'none') : notes).toEqual(times === 1 ? 'none' : [expect.stringContaining('could not be asked')]);
  });

  it('it is published although the access was taken away and the file deleted meanwhile', async () => {
    await withTrial(await patientTrial(on({ processingLooks: 1 }), clip()), async (trial) => {
      const { store } = trial.test;
      const io = trial.io(store);
      let reads = 0;
      const gone = () => Promise.reject(new ProviderError({ kind: 'rejected', code: 'missing', message: 'Gone.', fix: 'None.' }));
      const engine = bootEngine({ store, providers: [youtube], clock: trial.clock, io: (id, workspace) => {
        const own = io(id, workspace);
        return { ...own, video: (mediaId) => ((reads += 1) > 2 ? gone() : own.video(mediaId)) };
      } });
      await engine.tick();
      await engine.idle();
      for (const token of google(trial).oauth.tokens) token.revoked = true;
      expect(await drive(engine, { ...trial, store })).toMatchObject({ status: 'published', remoteId: 'vid-0000001' });
      expect(await notesOf(trial)).toEqual([expect.stringContaining('could not be asked')]);
    });
  });
});

import { describe, expect, it } from 'vitest';
import type { Publication } from '../../domain/publication.ts';
import { bootEngine, drive } from '../../testing/drive.ts';
import { publishOnce, trialOf, withTrial, type Trial } from '../../testing/trial.ts';
import type { SubjectCase } from '../subject.ts';
import { heardOf, unknownPhoto } from './heard.ts';
import { startFakeTikTok, webhookCall, type FakeTikTok } from './fake.ts';
import type { TikTokState } from './fake/state.ts';
import { hook } from './hook.ts';
import { reachText } from './reach.ts';
import { subject } from './subject.ts';

const hour = 60 * 60 * 1000;
const film: SubjectCase = { name: 'film', parts: [{ text: 'Look #boats', videos: [{}] }], options: { privacy_level: 'PUBLIC_TO_EVERYONE' }, visible: 1 };
const photos: SubjectCase = { name: 'photos', parts: [{ text: 'Boats', images: ['', '', ''] }], options: { format: 'photo', privacy_level: 'SELF_ONLY' }, visible: 1 };
const withOptions = (of: SubjectCase, options: object): SubjectCase => ({ ...of, options: { ...(of.options as object), ...options } });

/** Publishes a case to a TikTok in this state, whose clock is the engine's; nothing secret may show in what is left of it. */
async function publish(of: SubjectCase, state: Partial<TikTokState> = {}, act?: (fake: FakeTikTok, trial: Trial) => void, rounds = 60) {
  const trial = await trialOf({ ...subject, start: () => startFakeTikTok(state) }, of);
  const fake = trial.fake as FakeTikTok;
  fake.state.now = trial.clock.now;
  let publication: Publication | undefined;
  await withTrial(trial, async () => {
    act?.(fake, trial);
    const { test: { store }, clock } = trial;
    publication = await drive(bootEngine({ store, providers: [subject.provider], io: trial.io(store), clock }), { ...trial, store, rounds });
    const attempts = await trial.test.store.journal.attemptsOf(trial.workspaceId, trial.publicationId);
    const told = JSON.stringify([publication, attempts]);
    const secrets = [fake.state.client.secret, ...fake.oauth.tokens.flatMap(({ access, refresh }) => [access, refresh ?? access]), ...[...fake.made.uploads.tasks.values()].map(({ token }) => token)];
    for (const secret of secrets) expect(told).not.toContain(secret);
  });
  if (!publication) throw new Error('nothing was published');
  return { publication, fake, calls: fake.calls.map(({ method, path }) => `${method} ${path.replace('/v2/post/publish', '')}`) };
}

const creator = 'POST /creator_info/query/';
const videoInit = 'POST /video/init/';
const status = 'POST /status/fetch/';

describe('a video', () => {
  it('goes out as it was asked for', async () => {
    const { publication, fake, calls } = await publish(withOptions(film, { comment: true, stitch: true, cover_second: 1.25, video_made_with_ai: true }));
    expect(calls).toEqual([creator, videoInit, 'PUT /video/', status, status]);
    expect(fake.made.posts[0]).toMatchObject({
      info: {
        title: 'Look #boats', privacy_level: 'PUBLIC_TO_EVERYONE', disable_comment: false, disable_duet: true, disable_stitch: false,
        video_cover_timestamp_ms: 1250, brand_content_toggle: false, brand_organic_toggle: false, is_aigc: true,
      },
      source: { source: 'FILE_UPLOAD', video_size: 65_536, chunk_size: 65_536, total_chunk_count: 1 },
    });
    expect(fake.ledger).toEqual([{ id: '7389123456789012345', text: 'Look #boats', media: [{ alt: '', kind: 'video' }] }]);
    expect(publication).toMatchObject({ status: 'published', remoteId: '7389123456789012345', url: 'https://www.tiktok.com/@harbour.news/video/7389123456789012345' });
  });

  it('lets nobody interact unless somebody turned it on, and nobody at all where the account has turned it off', async () => {
    const off = await publish(film);
    expect(off.fake.made.posts[0]?.info).toMatchObject({ disable_comment: true, disable_duet: true, disable_stitch: true });
    const greyed = await publish(withOptions(film, { comment: true, duet: true, stitch: true }), { creator: { ...off.fake.state.creator, commentOff: true, stitchOff: true } });
    expect(greyed.fake.made.posts[0]?.info).toMatchObject({ disable_comment: true, disable_duet: false, disable_stitch: true });
  });

  it('is disclosed only while the disclosure is on', async () => {
    const level = { privacy_level: 'MUTUAL_FOLLOW_FRIENDS', brand_organic_toggle: true, brand_content_toggle: true };
    expect((await publish(withOptions(film, level))).fake.made.posts[0]?.info).toMatchObject({ brand_organic_toggle: false, brand_content_toggle: false });
    expect((await publish(withOptions(film, { ...level, disclose: true }))).fake.made.posts[0]?.info).toMatchObject({ brand_organic_toggle: true, brand_content_toggle: true });
  });

  it('has the profile as its address where TikTok tells no id', async () => {
    const { publication, fake } = await publish(withOptions(film, { privacy_level: 'SELF_ONLY' }));
    expect(publication).toMatchObject({ status: 'published', remoteId: fake.made.posts[0]?.publishId, url: 'https://www.tiktok.com/@harbour.news' });
  });

  it('gets its id a little later, when moderation has seen it', async () => {
    expect((await publish(film, { idLooks: 3 })).publication.url).toMatch(/\/video\/7389123456789012345$/u);
    const never = await publish(film, { idLooks: 1000 });
    expect(never.publication).toMatchObject({ status: 'published', url: 'https://www.tiktok.com/@harbour.news', failures: 0 });
  });

  it('is out whatever happens while its id is awaited', async () => {
    const { publication } = await publish(film, { looks: 0, idLooks: 1000 }, (fake) => {
      // The first look says that it is complete; every one after it is refused.
      const { status: answer } = fake.made;
      let looks = 0;
      fake.made.status = (...args) => (looks++ === 0 ? answer(...args) : { status: 401, body: { error: { code: 'access_token_invalid', message: 'x', log_id: 'x' } } });
    });
    expect(publication).toMatchObject({ status: 'published', failures: 0, failure: null });
  });
});

describe('photos', () => {
  it('go out in their order, with title, description and cover', async () => {
    const { publication, fake, calls } = await publish(withOptions(photos, { title: 'Harbour', privacy_level: 'PUBLIC_TO_EVERYONE', cover_number: 3, auto_add_music: true, comment: true, duet: true }));
    expect(calls).toEqual([creator, 'POST /content/init/', status, status]);
    const [post] = fake.made.posts;
    expect(post?.info).toEqual({
      title: 'Harbour', description: 'Boats', privacy_level: 'PUBLIC_TO_EVERYONE', disable_comment: false, auto_add_music: true,
      brand_content_toggle: false, brand_organic_toggle: false,
    });
    expect(post?.source).toMatchObject({ source: 'PULL_FROM_URL', photo_cover_index: 2 });
    expect(post?.source['photo_images']).toHaveLength(3);
    expect(publication.url).toBe('https://www.tiktok.com/@harbour.news/photo/7389123456789012345');
  });

  it('ask the account again when they had to wait before they could be sent', async () => {
    const { publication, fake, calls } = await publish(photos, {}, (it) =>
      it.fault({ path: /content\/init/u, kind: { answer: { status: 429, headers: { 'retry-after': '1200' }, body: {} } } }));
    expect(publication).toMatchObject({ status: 'published', failures: 0 });
    expect(calls.slice(0, 4)).toEqual([creator, 'POST /content/init/', creator, 'POST /content/init/']);
    expect(fake.ledger).toHaveLength(1);
  });

  it('that TikTok could not fetch are offered to it again', async () => {
    const { publication, fake } = await publish(photos, {}, (it) => {
      const { made: { photoInit, posts }, state } = it;
      it.made.photoInit = (...args) => {
        state.fails = posts.length === 0 ? 'photo_pull_failed' : null;
        return photoInit(...args);
      };
    });
    expect(publication).toMatchObject({ status: 'published', failures: 1 });
    expect(fake.made.posts.map(({ fails }) => fails)).toEqual(['photo_pull_failed', null]);
    expect(fake.ledger).toHaveLength(1);
  });

  const lost = { path: /content\/init/u, kind: { cut: 'after' } } as const;

  it('whose answer was lost are found when TikTok tells of them', async () => {
    // A video of the same account comes out meanwhile.
    const { publication, fake } = await publish(photos, {}, (it, trial) => hears(it, trial, () => ['v_pub_file~v2-1.1', it.made.posts[0]?.publishId ?? '']));
    expect(publication).toMatchObject({ status: 'published', remoteId: fake.made.posts[0]?.publishId, failures: 1 });
    expect(fake.ledger).toHaveLength(1);
  });

  it('whose answer was lost go to a person when nothing is heard, or too much', async () => {
    const silent = await publish(photos, {}, (it) => it.fault(lost));
    expect(silent.publication).toMatchObject({ status: 'unconfirmed', failure: { kind: 'unsettled' } });
    expect(silent.fake.ledger).toHaveLength(1);
    const loud = await publish(photos, {}, (it, trial) => hears(it, trial, () => ['p_pub_url~v2.1', 'p_pub_url~v2.2']));
    expect(loud.publication.status).toBe('unconfirmed');
  });

  it('are known to us once they were answered, so that another one is not taken for them', async () => {
    const trial = await trialOf(subject, photos);
    await withTrial(trial, async () => {
      const io = trial.io(trial.test.store)('tiktok', '');
      const fake = trial.fake as FakeTikTok;
      expect(await publishOnce(trial)).toMatchObject({ status: 'published' });
      await heardOf(fake.state.user.openId, fake.made.posts[0]?.publishId ?? '', io);
      expect(await unknownPhoto(fake.state.user.openId, 'another', 0, io)).toBeNull();
      expect(await reachText(io)).toBe('It has fetched photos from this instance\'s address.');
    });
  });

  /** The answer is lost, and TikTok's webhooks speak of these posts. */
  function hears(fake: FakeTikTok, trial: Trial, ids: () => readonly string[]) {
    fake.fault(lost);
    const { made: { photoInit } } = fake;
    const io = trial.io(trial.test.store)('tiktok', '');
    fake.made.photoInit = async (...args) => {
      const answer = await photoInit(...args);
      for (const publish_id of ids()) await hook(webhookCall(fake.state, 'post.publish.complete', { publish_id, publish_type: 'DIRECT_PUBLISH' }), io);
      return answer;
    };
  }
});

describe('what TikTok says right before sending', () => {
  const private_ = { private: true };

  it('counts: an audience that is no longer offered is asked of the person', async () => {
    const usual = (await publish(film)).fake.state.creator;
    const { publication, calls } = await publish(film, { creator: { ...usual, ...private_ } });
    expect(publication).toMatchObject({ status: 'failed', failure: {
      kind: 'rejected', code: 'privacy_level_option_mismatch', message: 'TikTok no longer offers "Everyone" for this account.', fix: 'Choose another audience and schedule again.',
    } });
    expect(calls).toEqual([creator]);
    const shorter = await publish(film, { creator: { ...usual, maxSeconds: 10 } });
    expect(shorter.publication.failure).toMatchObject({ kind: 'rejected', code: 'duration', message: 'The video lasts 15 s; TikTok now takes 10 s from this account.' });
  });

  it('is never replaced by a choice of ours', async () => {
    const { publication, fake } = await publish(withOptions(film, { privacy_level: '' }));
    expect(publication.failure).toMatchObject({ kind: 'rejected', code: 'privacy_level_missing' });
    expect(fake.made.posts).toEqual([]);
    const branded = await publish(withOptions(film, { privacy_level: 'SELF_ONLY', disclose: true, brand_content_toggle: true }));
    expect(branded.publication.failure).toMatchObject({ kind: 'rejected', message: 'Branded content visibility cannot be set to private.' });
  });

  it('explains what an app that was not audited may do, and what an unverified address means', async () => {
    const unaudited = await publish(film, { audited: false });
    expect(unaudited.publication.failure).toMatchObject({ kind: 'rejected', code: 'unaudited_client_can_only_post_to_private_accounts' });
    const unverified = await publish(photos, { verified: [] });
    expect(unverified.publication).toMatchObject({ status: 'failed', failure: { kind: 'rejected', code: 'url_ownership_unverified' } });
  });

  it('may be to wait until tomorrow', async () => {
    const { publication, fake, calls } = await publish(film, { blocked: 'spam_risk_too_many_posts' }, (it, { clock }) => {
      const begun = clock.now();
      it.state.now = () => {
        it.state.blocked = clock.now() - begun < 24 * hour ? 'spam_risk_too_many_posts' : null;
        return clock.now();
      };
    });
    expect(publication).toMatchObject({ status: 'published', failures: 0 });
    expect(calls.slice(0, 3)).toEqual([creator, creator, videoInit]);
    expect(fake.ledger).toHaveLength(1);
  });
});

describe('while TikTok is at it', () => {
  it('is asked less and less often, and a failed question changes nothing', async () => {
    const { publication, calls } = await publish(film, { looks: 12 }, (it) => {
      it.fault({ path: /status/u, times: 3, kind: { answer: { status: 503, body: 'down' } } });
      it.fault({ path: /status/u, times: 1, kind: { answer: { status: 429, body: {} } } });
    });
    expect(publication).toMatchObject({ status: 'published', failures: 0 });
    expect(calls.filter((call) => call === status)).toHaveLength(17);
    expect(calls.filter((call) => call === creator)).toHaveLength(1);
  });

  it('a refused token is renewed, and what comes back is kept', async () => {
    const { publication, fake } = await publish(film, { looks: 4 }, (it, trial) => {
      const { status: answer } = it.made;
      let looks = 0;
      it.made.status = (...args) => {
        if (++looks === 2) for (const token of it.oauth.tokens) token.expiresAt = trial.clock.now();
        return answer(...args);
      };
    });
    expect(publication).toMatchObject({ status: 'published', failures: 0 });
    expect(fake.oauth.tokens).toHaveLength(2);
    expect(fake.ledger).toHaveLength(1);
  });

  it('an account that takes the app off leaves the post in doubt, not failed', async () => {
    const { publication, fake } = await publish(film, { looks: 1000 }, (it) => {
      const { put } = it.made.uploads;
      it.made.uploads.put = (request) => {
        const answer = put(request);
        for (const token of it.oauth.tokens) token.revoked = true;
        return answer;
      };
    });
    expect(publication).toMatchObject({ status: 'unconfirmed', failure: { kind: 'auth' } });
    expect(fake.ledger).toHaveLength(1);
  });

  it('two hours are enough: then a person looks', async () => {
    const { publication, fake } = await publish(film, { looks: 1000 }, undefined, 200);
    expect(publication).toMatchObject({ status: 'unconfirmed', failure: { kind: 'unsettled', code: 'still_processing' } });
    expect(fake.ledger).toHaveLength(1);
  });
});

describe('what TikTok gives up', () => {
  it('has failed, and trying again sends it anew', async () => {
    const trial = await trialOf({ ...subject, start: () => startFakeTikTok({ fails: 'file_format_check_failed' }) }, film);
    await withTrial(trial, async ({ test: { store }, clock, workspaceId, publicationId }) => {
      const fake = trial.fake as FakeTikTok;
      expect(await publishOnce(trial)).toMatchObject({ status: 'failed', failure: { kind: 'rejected', code: 'file_format_check_failed' } });
      // Nothing is said to be out.
      expect((await store.journal.stepsOf(workspaceId, publicationId)).filter(({ kind }) => kind === 'once')).toEqual([]);
      fake.state.fails = null;
      await store.publications.retry(workspaceId, publicationId, clock.now());
      expect(await drive(bootEngine({ store, providers: [subject.provider], io: trial.io(store), clock }), { ...trial, store })).toMatchObject({ status: 'published' });
      expect(fake.ledger).toHaveLength(1);
    });
  });

  it.each([['internal', 1], ['spam_risk_too_many_posts', 0]])('for %s is sent once more, later', async (reason, failures) => {
    const { publication, fake, calls } = await publish(film, { fails: reason }, (it) => {
      const { uploads: { put } } = it.made;
      it.made.uploads.put = (request) => {
        it.state.fails = it.made.posts.length === 1 ? reason : null;
        return put(request);
      };
    });
    expect(publication).toMatchObject({ status: 'published', failures });
    expect(fake.made.posts).toHaveLength(2);
    expect(fake.ledger).toHaveLength(1);
    expect(calls.filter((call) => call === creator)).toHaveLength(2);
  });

  it('because the account took the app off needs reconnecting', async () => {
    const { publication } = await publish(film, { fails: 'auth_removed' }, (it) => {
      it.fault({ path: /oauth\/token/u, kind: { answer: { status: 400, body: { error: 'invalid_grant', error_description: 'gone', log_id: 'x' } } } });
    });
    expect(publication).toMatchObject({ status: 'failed', failure: { kind: 'auth' } });
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Json } from '../../domain/json.ts';
import { publishOnce, trialOf, withTrial } from '../../testing/trial.ts';
import type { Job, JobPart } from '../contract.ts';
import { fakeIo, mapSteps, sampleBytes, type FakeIoOptions } from '../fake/io.ts';
import { startFakeReddit, type FakeReddit } from './fake.ts';
import { options, type Options } from './options.ts';
import { publish } from './publish.ts';
import type { Grant } from './session.ts';
import { accountOf, place, settings, subject } from './subject.ts';

let fake: FakeReddit;
let now: number;
beforeEach(async () => { now = Date.UTC(2026, 10, 24, 9); fake = await startFakeReddit({ now: () => now }); });
afterEach(() => fake.close());

const picture = (alt = '') => ({ kind: 'image' as const, mediaId: 'picture', alt, width: 1, height: 1 });
const video = { kind: 'video' as const, mediaId: 'video', alt: '', type: 'video/mp4' as const, bytes: sampleBytes.length, width: 720, height: 1280, durationMs: 15_000 };

function post(text: string, given: Partial<Options>, media: JobPart['media'] = [], journal = new Map<string, Json>(), more: FakeIoOptions & { sr?: string } = {}) {
  const job: Job<Grant, Options> = {
    id: 'p1', frozenAt: 0, grant: accountOf(fake), parts: [{ text, media }], options: options.parse({ title: 'Tides', ...given }),
    target: { remoteId: more.sr ?? place, handle: '', name: '', url: null, limits: {} },
  };
  return publish(job, mapSteps(journal), fakeIo({ upstreams: fake.upstreams, settings, now: () => now, ...more }));
}
const sent = () => fake.posts.at(-1)?.sent;

describe('what is sent', () => {
  it('a text, with all that was chosen', async () => {
    const made = await post('Hello & <3', { title: 'Tides & <x>', flair: 'ca999154-c1b0-11e7', flairText: 'High', nsfw: true, spoiler: true, noReplies: true });
    expect(made).toEqual({ remoteId: `t3_${fake.posts[0]?.id}`, url: expect.stringMatching(/^https:\/\/www\.reddit\.com\/r\/HarbourNews\/comments\//u) as string });
    expect(sent()).toEqual({
      kind: 'self', sr: place, title: 'Tides & <x>', text: 'Hello & <3', api_type: 'json', resubmit: 'true', sendreplies: 'false', nsfw: 'true', spoiler: 'true', validate_on_submit: 'true',
      flair_id: 'ca999154-c1b0-11e7', flair_text: 'High',
    });
  });

  it('a text on the own profile', async () => {
    await post('Hello', {}, [], new Map(), { sr: 'u_harbour_news' });
    expect(sent()).toMatchObject({ sr: 'u_harbour_news', sendreplies: 'true', nsfw: 'false' });
  });

  it('a link, once unless told', async () => {
    await post('', { format: 'link', url: 'https://example.org/a' });
    expect(sent()).toMatchObject({ kind: 'link', url: 'https://example.org/a', resubmit: 'false' });
    expect(sent()).not.toHaveProperty('text');
    await expect(post('', { format: 'link', url: 'https://example.org/a' })).rejects.toMatchObject({ failure: { kind: 'rejected', code: 'ALREADY_SUB' } });
    await post('', { format: 'link', url: 'https://example.org/a', resubmit: true });
    expect(fake.ledger).toHaveLength(2);
  });

  it('a picture with its text, told by the list of the account', async () => {
    fake.state.lag.files = 40_000;
    const journal = new Map<string, Json>();
    await expect(post('Below', { format: 'image' }, [picture()], journal)).rejects.toThrow('listed is not ready');
    now += 40_000;
    expect(await post('Below', { format: 'image' }, [picture()], journal)).toEqual({ remoteId: `t3_${fake.posts[0]?.id}`, url: expect.stringContaining('/comments/') as string });
    expect(sent()).toMatchObject({ kind: 'image', url: [...fake.store.assets.values()][0]?.url, text: 'Below' });
    expect(fake.ledger).toHaveLength(1);
  });

  it('a gallery, with descriptions as captions', async () => {
    await post('', { format: 'gallery' }, [picture('A dot'), picture()]);
    const [one, two] = [...fake.store.assets.keys()];
    expect(sent()?.['items']).toEqual([{ caption: 'A dot', outbound_url: '', media_id: one }, { caption: '', outbound_url: '', media_id: two }]);
  });

  it('a video with its picture, whole', async () => {
    await post('', { format: 'video', poster: 'still' }, [video]);
    const [still, film] = [...fake.store.assets.values()];
    expect(film).toMatchObject({ mimetype: 'video/mp4', bytes: sampleBytes.length });
    expect(sent()).toMatchObject({ kind: 'video', url: film?.url, video_poster_url: still?.url });
    await expect(post('', { format: 'video' }, [video])).rejects.toMatchObject({ failure: { kind: 'rejected', fix: expect.any(String) as string } });
  });
});

describe('what is answered', () => {
  it('RATELIMIT beside a post that was made is a success', async () => {
    fake.state.alsoSays = 'RATELIMIT';
    expect((await post('Hello', {})).remoteId).toBe(`t3_${fake.posts[0]?.id}`);
  });

  it('what the subreddit forbids is refused in Reddit\'s words', async () => {
    Object.assign(fake.state.subreddits[0] ?? {}, { requirements: { title_blacklisted_strings: ['Tid'], is_flair_required: false } });
    await expect(post('Hello', {})).rejects.toMatchObject({ failure: { kind: 'rejected', code: 'SUBMIT_VALIDATION_TITLE_BLACKLISTED_STRING', message: 'You may not have "Tid" in your title.' } });
    expect(fake.ledger).toEqual([]);
  });

  it('files that Reddit never makes into a post are left to a person after half an hour', async () => {
    fake.state.processingFails = true;
    const journal = new Map<string, Json>();
    await expect(post('', { format: 'image' }, [picture()], journal)).rejects.toThrow('not ready');
    now += 30 * 60_000;
    await expect(post('', { format: 'image' }, [picture()], journal)).rejects.toMatchObject({ failure: { kind: 'unsettled', code: 'not_listed' } });
    expect(fake.ledger).toHaveLength(1);
  });

  it('an older post with the same title is not taken for this one', async () => {
    const old = fake.made(place, 'Tides');
    fake.state.lag.files = 20_000;
    const journal = new Map<string, Json>();
    await expect(post('', { format: 'image' }, [picture()], journal)).rejects.toThrow('not ready');
    now += 20_000;
    expect((await post('', { format: 'image' }, [picture()], journal)).remoteId).not.toBe(`t3_${old.id}`);
  });
});

describe('an answer that is lost', () => {
  const caseOf = (name: string) => {
    const of = subject.cases.find((one) => one.name === name);
    if (!of) throw new Error(`no case ${name}`);
    return of;
  };
  const lostAnswer = { method: 'POST', path: /submit/u, kind: { cut: 'after' } } as const;

  it.each(['a video', 'a gallery', 'an image'])('of %s that is listed twenty minutes late never doubles it: a person is asked', async (name) => {
    await withTrial(await trialOf(subject, caseOf(name)), async (trial) => {
      (trial.fake as FakeReddit).state.now = trial.clock.now;
      (trial.fake as FakeReddit).state.lag = { files: 20 * 60_000, words: 20 * 60_000 };
      trial.fake.fault(lostAnswer);
      expect(await publishOnce(trial)).toMatchObject({ status: 'unconfirmed' });
      trial.clock.advance(60 * 60_000);
      expect(await trial.ledger()).toBe(1);
    });
  });

  it('of a video that is listed in time is found', async () => {
    await withTrial(await trialOf(subject, caseOf('a video')), async (trial) => {
      (trial.fake as FakeReddit).state.now = trial.clock.now;
      (trial.fake as FakeReddit).state.lag.files = 10 * 60_000;
      trial.fake.fault(lostAnswer);
      expect(await publishOnce(trial)).toMatchObject({ status: 'published' });
      expect(await trial.ledger()).toBe(1);
    });
  });

  it('of a text that was never made sends it again', async () => {
    await withTrial(await trialOf(subject, caseOf('a text')), async (trial) => {
      trial.fake.fault({ method: 'POST', path: /submit/u, kind: { cut: 'before' } });
      expect(await publishOnce(trial)).toMatchObject({ status: 'published' });
      expect(await trial.ledger()).toBe(1);
    });
  });
});

describe('uploads', () => {
  it('obey what the lease says of sizes', async () => {
    fake.state.most.video = 1000;
    await expect(post('', { format: 'video', poster: 'still' }, [video])).rejects.toMatchObject({ failure: { kind: 'rejected', code: 'EntityTooLarge' } });
    expect(fake.calls.filter(({ path }) => path === '/')).toHaveLength(1);
  });

  it.each([
    [400, '<Error><Code>EntityTooLarge</Code><MaxSizeAllowed>20971520</MaxSizeAllowed></Error>', { kind: 'rejected', message: 'A file is too large for Reddit. It takes 20 MB.' }],
    [400, '<Error><Code>RequestTimeout</Code></Error>', { kind: 'transient', code: 'RequestTimeout' }],
    [403, '<Error><Code>AccessDenied</Code><Message>Policy expired.</Message></Error>', { kind: 'transient', code: 'AccessDenied' }],
    [200, '<html>welcome</html>', { kind: 'transient', code: 'upload_200' }],
  ])('that the store refuses: %i %s', async (status, body, failure) => {
    fake.fault({ path: /^\/$/u, kind: { answer: { status, body } } });
    await expect(post('', { format: 'image' }, [picture()])).rejects.toMatchObject({ failure });
  });

  it('begin anew with a lease of their own, and what is there already is not sent again', async () => {
    const journal = new Map<string, Json>();
    fake.breakUpload = (path, length) => (path === '/' && length > 50_000 && !journal.has('broken') ? 20_000 : undefined);
    await expect(post('', { format: 'video', poster: 'still' }, [video], journal)).rejects.toMatchObject({ failure: { kind: 'transient' } });
    journal.set('broken', true);
    await post('', { format: 'video', poster: 'still' }, [video], journal);
    expect(fake.calls.filter(({ path }) => path === '/').map(({ status }) => status)).toEqual([201, 'cut', 201]);
    expect(fake.ledger).toHaveLength(1);
  });
});

describe('in doubt', () => {
  const link = { name: 'a link', parts: [{ text: '' }], options: { format: 'link', title: 'A link', url: 'https://example.org/a' }, visible: 1 };

  it('a lost answer is looked up', async () => {
    await withTrial(await trialOf(subject, link), async (trial) => {
      trial.fake.fault({ method: 'POST', path: /api\/submit/u, kind: { cut: 'after' } });
      const publication = await publishOnce(trial);
      expect(publication).toMatchObject({ status: 'published', failures: 1 });
      expect(trial.fake.ledger).toHaveLength(1);
    });
  });

  it('a refusal that repeats what it was sent shows nothing secret', async () => {
    for (const path of [/^\/$/u, /api\/submit/u, /asset\.json/u]) {
      const grant = accountOf(fake);
      // The store never sees the token, and Reddit itself never the lease's signature.
      const isStore = path.source === '^\\/$';
      const signature = 'a-signature-that-nobody-may-see-rte_images/asset00000001';
      fake.fault({ path, kind: { answer: { status: 409, body: { message: isStore ? signature : grant.accessToken, error: 409 } } } });
      const job = { id: 'p1', frozenAt: 0, grant, parts: [{ text: '', media: [picture()] }] as const, options: options.parse({ format: 'image', title: 'Tides' }), target: { remoteId: place, handle: '', name: '', url: null, limits: {} } };
      const failure: unknown = await publish(job, mapSteps(), fakeIo({ upstreams: fake.upstreams, settings, now: () => now })).catch((error: unknown) => error);
      expect(failure).toHaveProperty('failure');
      for (const secret of [signature, grant.accessToken, grant.refreshToken, settings.REDDIT_CLIENT_SECRET]) expect(JSON.stringify(failure)).not.toContain(secret);
      fake.clearFaults();
    }
  });

  it('a link that Reddit has already is ours when it was in doubt, and a person\'s matter when it cannot be seen', async () => {
    for (const [lag, status] of [[0, 'published'], [Infinity, 'unconfirmed']] as const) {
      await withTrial(await trialOf(subject, link), async (trial) => {
        const reddit = trial.fake as FakeReddit;
        reddit.state.lag.words = lag;
        reddit.fault({ method: 'POST', path: /api\/submit/u, kind: { cut: 'after' } });
        expect(await publishOnce(trial)).toMatchObject({ status });
        expect(reddit.ledger).toHaveLength(1);
      });
    }
  });

  it('two that look alike are a person\'s matter', async () => {
    await withTrial(await trialOf(subject, { name: 'text', parts: [{ text: 'Hello' }], options: { title: 'Tides' }, visible: 1 }), async (trial) => {
      const reddit = trial.fake as FakeReddit;
      reddit.fault({ method: 'POST', path: /api\/submit/u, kind: { cut: 'after' } });
      reddit.breakUpload = (path) => { if (path.startsWith('/api/submit')) reddit.made(place, 'Tides'); return undefined; };
      expect(await publishOnce(trial)).toMatchObject({ status: 'unconfirmed' });
    });
  });

  it('an expired token is renewed in the middle', async () => {
    await withTrial(await trialOf(subject, { name: 'text', parts: [{ text: 'Hello' }], options: { title: 'Tides' }, visible: 1 }), async (trial) => {
      for (const token of (trial.fake as FakeReddit).oauth.tokens) token.expiresAt = 0;
      expect(await publishOnce(trial)).toMatchObject({ status: 'published', failures: 0 });
      expect(trial.fake.calls.filter(({ path }) => path === '/api/v1/access_token')).toHaveLength(1);
    });
  });
});

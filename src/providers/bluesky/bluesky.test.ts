import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Json } from '../../domain/json.ts';
import { publishOnce, trialOf } from '../../testing/trial.ts';
import type { Found, ImageFile, Job, JobPart, LinkCard, Steps } from '../contract.ts';
import { fakeIo, mapSteps, type FakeIoOptions } from '../fake/io.ts';
import { alice, people, startFakeBluesky, type FakeBluesky } from './fake.ts';
import type { PostRecord } from './fake-repo.ts';
import type { Options } from './options.ts';
import { publish } from './publish.ts';
import { refresh, type Grant } from './session.ts';
import { aliceGrant, subject } from './subject.ts';
import { tidOf } from './tid.ts';

let fake: FakeBluesky;
beforeEach(async () => { fake = await startFakeBluesky(); });
afterEach(() => fake.close());

const frozenAt = Date.UTC(2026, 10, 24, 9);
const text = (of: string): JobPart => ({ text: of, media: [] });
const shows = (of: string, ...alts: string[]): JobPart =>
  ({ text: of, media: alts.map((alt, i) => ({ kind: 'image' as const, mediaId: `image-${i}`, alt, width: 3, height: 2 })) });

function jobOf(parts: Job['parts'], more: Partial<Job<Grant, Options>> = {}): Job<Grant, Options> {
  return {
    id: 'publication', grant: aliceGrant, options: { langs: '' }, parts, frozenAt,
    target: { remoteId: alice.did, handle: '@alice.bsky.social', name: 'Alice', url: null, limits: {} }, ...more,
  };
}
const run = (job: Job<Grant, Options>, { steps = mapSteps(), ...options }: { steps?: Steps } & FakeIoOptions = {}) =>
  publish(job, steps, fakeIo({ upstreams: fake.upstreams, ...options }));
const records = (): PostRecord[] => [...fake.repo.records.values()].map(({ value }) => value);
const calls = (nsid: string) => fake.calls.filter(({ path }) => path.endsWith(nsid));

const pixels = (bytes: number, type: ImageFile['type'] = 'image/png') =>
  (mediaId: string) => ({ bytes: Buffer.alloc(bytes, mediaId), file: { type, width: 30, height: 20, name: 'image.png' } });
const cardOf = (bytes?: number): LinkCard => ({
  url: 'https://example.com/', title: 'A page', description: 'About it',
  image: bytes === undefined ? null : {
    type: 'image/jpeg', size: bytes, width: 40, height: 20, name: 'image.jpg', open: async function* () { yield Buffer.alloc(bytes, 1); },
  },
});

describe('a post', () => {
  it('has its date, facets and languages', async () => {
    const published = await run(jobOf([text('👋 @bob.bsky.social, @nobody.example #hi https://example.com')], { options: { langs: 'en, de' } }));
    const rkey = tidOf({ id: 'publication', frozenAt }, 'post', 0);
    expect(published).toEqual({ remoteId: `at://${alice.did}/app.bsky.feed.post/${rkey}`, url: `https://bsky.app/profile/${alice.did}/post/${rkey}` });
    expect(records()).toEqual([expect.objectContaining({ createdAt: '2026-11-24T09:00:00.000Z', langs: ['en', 'de'] })]);
    expect(records()[0]?.facets?.flatMap(({ features }) => features)).toEqual([
      { $type: 'app.bsky.richtext.facet#mention', did: people['bob.bsky.social'] },
      { $type: 'app.bsky.richtext.facet#tag', tag: 'hi' },
      { $type: 'app.bsky.richtext.facet#link', uri: 'https://example.com' },
    ]);
  });

  it('may be of 300 letters and 3,000 bytes, and no more', async () => {
    const family = '👩‍👩‍👧‍👦';
    await run(jobOf([text('é'.repeat(300))]));
    await run(jobOf([text(family.repeat(120))], { id: 'bytes' }));
    for (const [id, tooLong] of [['letters', 'é'.repeat(301)], ['more-bytes', family.repeat(121)]] as const) {
      await expect(run(jobOf([text(tooLong)], { id }))).rejects.toMatchObject({
        failure: { kind: 'rejected', message: 'The text is too long: Bluesky takes 300 characters and 3,000 bytes.', fix: 'Shorten the text.' },
      });
    }
    expect(fake.ledger).toHaveLength(2);
  });

  it('shows up to four pictures with descriptions and shapes', async () => {
    await run(jobOf([shows('Look https://example.com', 'One', 'Two', '', 'Four')]), { image: pixels(2_000), card: cardOf(100) });
    const [record] = records();
    expect(record?.embed?.$type).toBe('app.bsky.embed.images');
    expect(record?.embed?.images?.map(({ alt, aspectRatio }) => [alt, aspectRatio])).toEqual(
      ['One', 'Two', '', 'Four'].map((alt) => [alt, { width: 30, height: 20 }]));
    expect(fake.ledger[0]?.media).toEqual([{ alt: 'One' }, { alt: 'Two' }, { alt: '' }, { alt: 'Four' }]);
  });

  it('asks for pictures as small as its channel needs them', async () => {
    const asked: number[] = [];
    const io = fakeIo({ upstreams: fake.upstreams });
    const job = jobOf([shows('', 'One')], { target: { ...jobOf([text('')]).target, limits: { images: { maxBytes: 1_000_000 } } } });
    await publish(job, mapSteps(), { ...io, image: (id, rule) => { asked.push(rule.maxBytes); return io.image(id, rule); } });
    expect(asked).toEqual([1_000_000]);
  });

  it('says clearly when its server takes no such picture', async () => {
    fake.state.blobUploadLimit = 1_000;
    await expect(run(jobOf([shows('', 'Big')]), { image: pixels(1_001) })).rejects.toMatchObject({
      failure: { kind: 'rejected', code: 'PayloadTooLarge', message: 'This server takes no file as large as this one.' },
    });
    fake.state.blobUploadLimit = undefined;
    await expect(run(jobOf([shows('', 'Big')]), { image: pixels(2_000_001) })).rejects.toMatchObject({
      failure: { kind: 'rejected', message: 'This server takes no file as large as this one.' },
    });
    expect(fake.ledger).toEqual([]);
  });

  it('shows a card for its first link', async () => {
    await run(jobOf([text('Read https://example.com/a and https://example.org/')]), { card: cardOf(500) });
    expect(records()[0]?.embed).toEqual({
      $type: 'app.bsky.embed.external',
      external: {
        uri: 'https://example.com/a', title: 'A page', description: 'About it',
        thumb: expect.objectContaining({ $type: 'blob', mimeType: 'image/jpeg', size: 500 }) as unknown,
      },
    });
  });

  const bare = { $type: 'app.bsky.embed.external', external: { uri: 'https://example.com/', title: 'A page', description: 'About it' } };
  it.each<[string, string, LinkCard | undefined, PostRecord['embed']]>([
    ['no card where there is no link', 'Nothing', cardOf(), undefined],
    ['no card for a page that cannot be had', 'https://example.com/', undefined, undefined],
    ['a card without a picture', 'https://example.com/', cardOf(), bare],
    ['a card without the picture that the server refuses', 'https://example.com/', cardOf(1_001), bare],
  ])('shows %s', async (_name, of, card, embed) => {
    fake.state.blobUploadLimit = 1_000;
    await run(jobOf([text(of)]), card ? { card } : {});
    expect(records()[0]?.embed).toEqual(embed);
  });

  it('is a thread whose parts answer each other, in order', async () => {
    await run(jobOf([text('One'), shows('Two', 'A dot'), text('Three')]));
    const [one, two, three] = [...fake.repo.records.entries()];
    const ref = (entry: typeof one) => ({ uri: `at://${alice.did}/app.bsky.feed.post/${entry?.[0] ?? ''}`, cid: entry?.[1].cid });
    expect(one?.[1].value.reply).toBeUndefined();
    expect(two?.[1].value.reply).toEqual({ root: ref(one), parent: ref(one) });
    expect(three?.[1].value.reply).toEqual({ root: ref(one), parent: ref(two) });
    expect(fake.ledger.map(({ replyTo }) => replyTo)).toEqual([undefined, ref(one).uri, ref(two).uri]);
    expect(records().map(({ createdAt }) => createdAt)).toEqual(['2026-11-24T09:00:00.000Z', '2026-11-24T09:00:00.001Z', '2026-11-24T09:00:00.002Z']);
    expect([...fake.repo.records.keys()].toSorted()).toEqual([...fake.repo.records.keys()]);
  });

  it('leaves no half thread behind a refused picture', async () => {
    fake.state.blobUploadLimit = 10;
    await expect(run(jobOf([text('One'), shows('Two', 'Big')]))).rejects.toMatchObject({ failure: { kind: 'rejected' } });
    expect(fake.ledger).toEqual([]);
  });
});

describe('a repeat', () => {
  it('changes nothing, even when everything was forgotten', async () => {
    const job = jobOf([text('One https://example.com'), shows('Two', 'A dot'), text('Three')]);
    const first = await run(job);
    for (let i = 0; i < 2; i += 1) expect(await run(job)).toEqual(first);
    expect(fake.ledger).toHaveLength(3);
    expect(calls('putRecord').map(({ status }) => status)).toEqual(Array.from({ length: 9 }, () => 200));
  });

  it('of another publication is another post', async () => {
    await run(jobOf([text('Same')]));
    await run(jobOf([text('Same')], { id: 'another' }));
    expect(fake.ledger).toHaveLength(2);
  });

  it('never overwrites what it finds', async () => {
    await run(jobOf([text('First')]));
    await expect(run(jobOf([text('Second')]))).rejects.toMatchObject({ failure: { kind: 'transient', code: 'InvalidSwap', reached: true } });
    expect(fake.ledger.map(({ text: of }) => of)).toEqual(['First']);
  });

  it('finds what is there, and only that', async () => {
    const finds = new Map<string, () => Promise<Found<Json>>>();
    const steps = (): Steps => ({
      ...mapSteps(),
      once: async <T extends Json>(name: string, act: () => Promise<T>, find?: (intent: { at: number }) => Promise<Found<T>>) => {
        if (find) finds.set(name, () => find({ at: 0 }));
        return act();
      },
    });
    fake.fault({ path: /putRecord/u, kind: { cut: 'before' } });
    await expect(run(jobOf([text('First')]), { steps: steps() })).rejects.toMatchObject({ failure: { kind: 'transient', reached: true } });
    expect(await finds.get('post')?.()).toBe('absent');
    const { remoteId } = await run(jobOf([text('First')]), { steps: steps() });
    expect(await finds.get('post')?.()).toEqual({ found: { uri: remoteId, cid: [...fake.repo.records.values()][0]?.cid } });
    await run(jobOf([text('Second')]), { steps: steps() }).catch(() => undefined);
    expect(await finds.get('post')?.()).toBe('unknown');
    fake.fault({ path: /getRecord/u, kind: { answer: { status: 502, body: 'down' } } });
    await expect(finds.get('post')?.()).rejects.toMatchObject({ failure: { kind: 'transient' } });
  });

  it('uploads again what the server threw away meanwhile', async () => {
    const journal = new Map<string, Json>();
    const job = jobOf([shows('One', 'A dot')]);
    fake.fault({ path: /putRecord/u, kind: { answer: { status: 429, body: { error: 'RateLimitExceeded', message: 'Rate Limit Exceeded' } } } });
    await expect(run(job, { steps: mapSteps(journal) })).rejects.toMatchObject({ failure: { kind: 'rate_limited' } });
    fake.repo.forgetBlobs();
    await run(job, { steps: mapSteps(journal) });
    expect(fake.ledger).toMatchObject([{ text: 'One', media: [{ alt: 'A dot' }] }]);
    expect(calls('uploadBlob')).toHaveLength(2);
  });

  it('lets a card go without its lost picture, and gives up where that is no help', async () => {
    const lost = { status: 400, body: { error: 'InvalidRequest', message: 'Could not find blob: bafkrei' } };
    fake.fault({ path: /putRecord/u, kind: { answer: lost } });
    await run(jobOf([text('https://example.com/')]), { card: cardOf(500) });
    expect(records()[0]?.embed?.external).not.toHaveProperty('thumb');
    fake.fault({ path: /putRecord/u, times: 2, kind: { answer: lost } });
    await expect(run(jobOf([shows('', 'A dot')], { id: 'other' }))).rejects.toMatchObject({ failure: { kind: 'rejected', code: 'BlobNotFound' } });
    expect(fake.ledger).toHaveLength(1);
  });

  it('goes on with a fresh session', async () => {
    fake.sessions.expireAccess();
    const journal = new Map<string, Json>();
    const job = jobOf([text('One')]);
    await expect(run(job, { steps: mapSteps(journal) })).rejects.toMatchObject({ failure: { kind: 'auth', code: 'ExpiredToken' } });
    const { grant } = await refresh(aliceGrant, fakeIo({ upstreams: fake.upstreams }));
    await run({ ...job, grant }, { steps: mapSteps(journal) });
    expect(fake.ledger).toHaveLength(1);
  });
});

describe('under the engine', () => {
  const one = { name: 'one', parts: [{ text: 'One' }], visible: 1 };

  it.each([
    ['cut after it was handled', { cut: 'after' }],
    ['answered 500 although created', { lie: { status: 500, body: 'oops' } }],
    ['answered InvalidSwap although created', { lie: { status: 400, body: { error: 'InvalidSwap', message: 'Record was at bafy' } } }],
  ] as const)('a post is found when it was %s', async (_name, kind) => {
    const trial = await trialOf(subject, one);
    try {
      trial.fake.fault({ path: /putRecord/u, kind });
      expect(await publishOnce(trial)).toMatchObject({ status: 'published' });
      expect(trial.fake.calls.filter(({ path }) => path.endsWith('putRecord'))).toHaveLength(1);
      expect(trial.fake.calls.filter(({ path }) => path.endsWith('getRecord'))).toHaveLength(1);
      expect(await trial.ledger()).toBe(1);
    } finally {
      await trial.close();
    }
  });

  it('an expired token is refreshed once and costs nothing; a void session asks for a person', async () => {
    for (const [end, expected] of [['access', { status: 'published', failures: 0 }], ['both', { status: 'failed', failure: { kind: 'auth' } }]] as const) {
      const trial = await trialOf({ ...subject, start: async () => {
        const old = await startFakeBluesky();
        old.sessions.expireAccess();
        if (end === 'both') old.sessions.expireRefresh();
        return old;
      } }, one);
      try {
        expect(await publishOnce(trial)).toMatchObject(expected);
        expect(await trial.ledger()).toBe(end === 'both' ? 0 : 1);
      } finally {
        await trial.close();
      }
    }
  });
});

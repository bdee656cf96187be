import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '../../domain/json.ts';
import type { Job, JobPart, Steps } from '../contract.ts';
import { fakeIo, mapSteps, type FakeIoOptions } from '../fake/io.ts';
import { connect } from './connect.ts';
import { mentions } from './mentions.ts';
import type { Options } from './options.ts';
import { startPds, whyNoPds, type PdsAccount, type TestPds } from './pds.ts';
import { publish } from './publish.ts';
import { refresh, revoke, type Grant } from './session.ts';
import { targets } from './targets.ts';

const reason = whyNoPds();
if (reason !== null) process.stdout.write(`bluesky: ${reason}\n`);

// The reference server itself, so that neither the adapter nor the strict fake can drift from it.
describe.skipIf(reason !== null)('a real Bluesky server', () => {
  let pds: TestPds;
  let account: PdsAccount;
  let grant: Grant;
  beforeAll(async () => {
    const started = await startPds({ blobUploadLimit: 1_500_000 });
    if (!started.pds) throw new Error(started.reason);
    pds = started.pds;
    account = await pds.createAccount();
    grant = await logIn();
  }, 60_000);
  afterAll(() => pds?.close());

  const io = (options: FakeIoOptions = {}) => fakeIo({ upstreams: pds.upstreams, ...options });
  const input = () => ({ identifier: account.handle, password: account.password, service: 'pds.test' });
  const logIn = async () => (await connect.verify(input(), io())).grant;
  let jobs = 0;
  function jobOf(...parts: [JobPart, ...JobPart[]]): Job<Grant, Options> {
    jobs += 1;
    return {
      id: `publication-${jobs}`, grant, options: { langs: 'en' }, parts, frozenAt: Date.now(),
      target: { remoteId: account.did, handle: `@${account.handle}`, name: account.handle, url: null, limits: {} },
    };
  }
  const run = (job: Job<Grant, Options>, { steps = mapSteps(), ...options }: { steps?: Steps } & FakeIoOptions = {}) => publish(job, steps, io(options));
  const text = (of: string): JobPart => ({ text: of, media: [] });
  const rkeyOf = (uri: string) => uri.split('/').at(-1) ?? '';
  const posts = () => pds.listPosts(account.did);
  /** As much of a JPEG as the server looks at, in as many bytes as wanted. */
  const picture = (bytes = 200) => (mediaId: string) => ({
    bytes: Buffer.concat([Buffer.from('ffd8ffe000104a464946', 'hex'), Buffer.alloc(bytes - 10, mediaId)]),
    file: { type: 'image/jpeg' as const, width: 30, height: 20, name: 'image.jpg' },
  });

  it('says who the account is and where it lives', async () => {
    expect(grant).toMatchObject({ pds: 'https://pds.test', did: account.did, handle: account.handle });
    expect(await targets(grant, io())).toEqual([{
      remoteId: account.did, handle: `@${account.handle}`, name: `@${account.handle}`, url: `https://bsky.app/profile/${account.did}`,
      avatarUrl: null, limits: { images: { maxBytes: 1_000_000 }, videos: { maxBytes: 5 * 1024 * 1024 } },
    }]);
  });

  it('refuses a wrong password, and the field is named', async () => {
    await expect(connect.verify({ ...input(), password: 'aaaa-bbbb-cccc-dddd' }, io())).rejects.toMatchObject({ failure: { kind: 'rejected', code: 'password' } });
    await expect(connect.verify({ ...input(), identifier: 'eve.pds.test' }, io())).rejects.toMatchObject({ failure: { kind: 'rejected', code: 'password' } });
  });

  it('takes text with a link card, a tag and a mention', async () => {
    const { bytes, file } = picture()('card');
    const card = {
      url: 'https://example.com/', title: 'A page', description: 'About it',
      image: { ...file, size: bytes.length, open: async function* () { yield bytes; } },
    };
    const words = `👋 @${account.handle} and @nobody.pds.test on #testing: https://example.com/`;
    const { remoteId, url } = await run(jobOf(text(words)), { card });
    const post = await pds.getRecord(account.did, rkeyOf(remoteId));
    const embed = { $type: 'app.bsky.embed.external', external: { uri: 'https://example.com/', title: 'A page', thumb: { size: bytes.length } } };
    expect(post).toMatchObject({ uri: remoteId, value: { text: words, langs: ['en'], embed } });
    expect(post?.value.facets?.map(({ index: { byteStart, byteEnd }, features: [feature] }) =>
      [Buffer.from(words).subarray(byteStart, byteEnd).toString('utf8'), feature?.$type])).toEqual([
      [`@${account.handle}`, 'app.bsky.richtext.facet#mention'], ['#testing', 'app.bsky.richtext.facet#tag'], ['https://example.com/', 'app.bsky.richtext.facet#link'],
    ]);
    expect(url).toBe(`https://bsky.app/profile/${account.did}/post/${rkeyOf(remoteId)}`);
  });

  it('cannot look people up by itself, and says so without refusing the account', async () => {
    await expect(mentions(grant, 'alice', io())).rejects.toMatchObject({ failure: { kind: expect.not.stringMatching('auth') } });
  });

  it('takes two pictures with descriptions', async () => {
    const { remoteId } = await run(jobOf({ text: 'Two', media: ['One', 'Other'].map((alt) => ({ kind: 'image' as const, mediaId: alt, alt, width: 30, height: 20 })) }), { image: picture() });
    const post = await pds.getRecord(account.did, rkeyOf(remoteId));
    const shown = post?.value.embed?.images as { image: { ref: { $link: string }; mimeType: string }; alt: string; aspectRatio: Json }[];
    expect(shown.map(({ alt, aspectRatio, image: { mimeType } }) => ({ alt, aspectRatio, mimeType }))).toEqual(
      ['One', 'Other'].map((alt) => ({ alt, aspectRatio: { width: 30, height: 20 }, mimeType: 'image/jpeg' })));
    for (const { alt, image: { ref } } of shown) expect(await pds.getBlob(account.did, ref.$link)).toEqual(picture()(alt).bytes);
  });

  it('takes a video with its description and its shape', async () => {
    const clip: JobPart = { text: 'Moving', media: [{ kind: 'video', mediaId: 'v', alt: 'Waves', type: 'video/mp4', bytes: 1_000, width: 720, height: 1280, durationMs: 5_000 }] };
    // As much of an MP4 as the server looks at.
    const bytes = Buffer.concat([Buffer.from('0000001866747970', 'hex'), Buffer.from('isom\0\0\0\0isommp42'), Buffer.alloc(1_000, 1)]);
    const { remoteId } = await run(jobOf(clip), { video: () => ({ bytes, type: 'video/mp4' }) });
    const embed = (await pds.getRecord(account.did, rkeyOf(remoteId)))?.value.embed as unknown as { video: { ref: { $link: string }; mimeType: string }; alt: string; aspectRatio: Json };
    expect(embed).toMatchObject({ $type: 'app.bsky.embed.video', alt: 'Waves', aspectRatio: { width: 720, height: 1280 }, video: { mimeType: 'video/mp4' } });
    expect(await pds.getBlob(account.did, embed.video.ref.$link)).toEqual(bytes);
  });

  it('takes a thread of three, and a repeat of everything changes nothing', async () => {
    const before = (await posts()).length;
    const job = jobOf(text('One'), { text: 'Two', media: [{ kind: 'image', mediaId: 'a', alt: 'A dot', width: 30, height: 20 }] }, text('Three https://example.com/'));
    const first = await run(job, { image: picture() });
    const after = await posts();
    const [one, two, three] = after.slice(-3);
    const ref = (post: typeof one) => ({ uri: post?.uri, cid: post?.cid });
    expect(one?.uri).toBe(first.remoteId);
    expect(two?.value.reply).toEqual({ root: ref(one), parent: ref(one) });
    expect(three?.value.reply).toEqual({ root: ref(one), parent: ref(two) });

    for (let i = 0; i < 2; i += 1) expect(await run(job, { image: picture() })).toEqual(first);
    const { grant: fresh } = await refresh(grant, io());
    expect(await run({ ...job, grant: fresh }, { image: picture() })).toEqual(first);
    expect(await posts()).toEqual(after);
    expect(after).toHaveLength(before + 3);
  });

  it('lets nothing be overwritten, and tells what is there', async () => {
    const job = jobOf(text('First'));
    const { remoteId } = await run(job);
    await expect(run({ ...job, parts: [text('Second')] })).rejects.toMatchObject({ failure: { kind: 'transient', code: 'InvalidSwap' } });
    const found = new Map<string, unknown>();
    const looking = (): Steps => ({ ...mapSteps(), once: async (name, act, find) => { found.set(name, await find?.({ at: 0 })); return act(); } });
    await run(job, { steps: looking() });
    expect(found.get('post')).toEqual({ found: { uri: remoteId, cid: (await pds.getRecord(account.did, rkeyOf(remoteId)))?.cid } });
    await run(jobOf(text('Third')), { steps: looking() });
    expect(found.get('post')).toBe('absent');
  });

  it('refuses what is too long or too large, in our words', async () => {
    const before = (await posts()).length;
    for (const tooLong of ['é'.repeat(301), '👩‍👩‍👧‍👦'.repeat(121)]) {
      await expect(run(jobOf(text(tooLong)))).rejects.toMatchObject({ failure: { kind: 'rejected', fix: 'Shorten the text.' } });
    }
    // Over the limit of its lexicon, and over the limit of its uploads.
    for (const bytes of [1_200_000, 1_600_000]) {
      const big = jobOf({ text: '', media: [{ kind: 'image', mediaId: 'a', alt: '', width: 30, height: 20 }] });
      await expect(run(big, { image: picture(bytes) }), `${bytes}`).rejects.toMatchObject({
        failure: { kind: 'rejected', message: 'This server takes no file as large as this one.' },
      });
    }
    expect(await posts()).toHaveLength(before);
  });

  it('says of a lost upload what the adapter listens for', async () => {
    const lost = { $type: 'blob', ref: { $link: 'bafkreibabalobzn6cd366ukcsjycp4yymjymgfxcv6xczmlgpemzkz3cfa' }, mimeType: 'image/png', size: 200 };
    const job = jobOf({ text: 'Lost', media: [{ kind: 'image', mediaId: 'a', alt: 'A dot', width: 30, height: 20 }] });
    const journal = new Map<string, Json>([['post-image-1', { image: lost, alt: 'A dot', aspectRatio: { width: 30, height: 20 } }]]);
    const { remoteId } = await run(job, { steps: mapSteps(journal), image: picture() });
    expect((await pds.getRecord(account.did, rkeyOf(remoteId)))?.value.embed?.images).toMatchObject([{ alt: 'A dot' }]);
  });

  it('renews and ends sessions', async () => {
    const mine = await logIn();
    const { grant: next, expiresAt } = await refresh(mine, io());
    expect(next.refreshJwt).not.toBe(mine.refreshJwt);
    expect(expiresAt).toBeGreaterThan(Date.now() + 80 * 24 * 3600 * 1000);
    await revoke(next, io());
    await expect(refresh(next, io())).rejects.toMatchObject({ failure: { kind: 'auth' } });
    await expect(run({ ...jobOf(text('No')), grant: { ...grant, accessJwt: 'made.up.token' } })).rejects.toMatchObject({ failure: { kind: 'auth', code: 'InvalidToken' } });
  });
});

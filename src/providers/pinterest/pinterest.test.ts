import { describe, expect, it } from 'vitest';
import type { PostImage, PostVideo } from '../../domain/media.ts';
import { publishOnce, trialOf, withTrial, type Trial } from '../../testing/trial.ts';
import { bodyOf } from '../body.ts';
import type { Io } from '../contract.ts';
import { ProviderError } from '../contract.ts';
import { fakeIo } from '../fake/io.ts';
import { check } from './check.ts';
import { startFakePinterest, type FakePinterest } from './fake.ts';
import { jsonWithFiles } from './inline.ts';
import { options } from './options.ts';
import { altOf } from './publish.ts';
import { pictureSource } from './source.ts';
import { accountOf, board, subject, trialSettings, withSection } from './subject.ts';

const one = { name: 'one', parts: [{ text: 'Boats', images: ['Two boats'] }], options: { board, title: 'Dawn', link: 'https://example.com/a?b=1' }, visible: 1 };
const pinsOf = ({ fake }: Trial) => (fake as FakePinterest).pins;

describe('pinterest: what arrives', () => {
  it('a picture with all its words', async () => {
    await withTrial(await trialOf(subject, { ...one, options: { ...one.options, color: '#6e7874' } }), async (trial) => {
      const publication = await publishOnce(trial);
      const [pin] = pinsOf(trial).all;
      expect(pin).toMatchObject({ place: 'production', boardId: board, sectionId: null, title: 'Dawn', description: 'Boats', link: 'https://example.com/a?b=1', alt: 'Two boats', color: '#6e7874', kind: 'image' });
      expect(publication).toMatchObject({ remoteId: pin?.id, url: `https://www.pinterest.com/pin/${pin?.id}/` });
      expect(trial.fake.calls.map(({ method, path }) => `${method} ${path}`)).toEqual(['POST /v5/pins']);
    });
  });

  it('a picture alone, without any word', async () => {
    await withTrial(await trialOf(subject, { ...one, parts: [{ text: '', images: [''] }], options: { board } }), async (trial) => {
      expect(await publishOnce(trial)).toMatchObject({ status: 'published' });
      expect(pinsOf(trial).all).toMatchObject([{ title: null, description: null, link: null, alt: null, color: null }]);
    });
  });

  it('a carousel in a section, with its descriptions together and its link on every picture', async () => {
    await withTrial(await trialOf(subject, { ...one, parts: [{ text: 'Three', images: ['One', '', 'Three'] }], options: { board: withSection, link: 'https://example.com/' } }), async (trial) => {
      await publishOnce(trial);
      expect(pinsOf(trial).all).toMatchObject([{ kind: 'multiple_images', sectionId: '5258814934636085108', alt: 'One\nThree', itemLinks: Array(3).fill('https://example.com/') as string[] }]);
    });
  });

  it('in the sandbox while the app has Trial access', async () => {
    const sandboxed = { ...subject, settings: trialSettings, start: () => startFakePinterest({ access: 'trial' }), account: (fake: Trial['fake']) => accountOf(fake, 'sandbox') };
    await withTrial(await trialOf(sandboxed, { ...one, options: { board: '549755885199' } }), async (trial) => {
      expect(await publishOnce(trial)).toMatchObject({ status: 'published' });
      expect(pinsOf(trial).all).toMatchObject([{ place: 'sandbox' }]);
    });
    // Counted as Standard by mistake: Pinterest's own refusal, with what to do.
    await withTrial(await trialOf({ ...subject, start: () => startFakePinterest({ access: 'trial' }) }, one), async (trial) => {
      expect(await publishOnce(trial)).toMatchObject({ status: 'failed', failure: { code: '29', message: expect.stringContaining('Trial access') as string } });
    });
  });

  it('after the access token has ended in its midst', async () => {
    await withTrial(await trialOf(subject, one), async (trial) => {
      const { oauth } = trial.fake as FakePinterest;
      for (const token of oauth.tokens) token.expiresAt = 0;
      expect(await publishOnce(trial)).toMatchObject({ status: 'published' });
      expect(oauth.tokens).toHaveLength(2);
      expect(oauth.tokens[0]?.revoked).toBe(true);
    });
  });

  it.each<[string, object, string]>([
    ['no board', { board: '' }, 'no_board'], ['a board that is gone', { board: '1' }, '40'], ['a section that is gone', { board: `${board}/9` }, '2031'],
    ['a link that is blocked', { board, link: 'https://spam.example/' }, '1'],
  ])('is told with what to do: %s', async (_, given, code) => {
    await withTrial(await trialOf(subject, { ...one, options: given as never }), async (trial) => {
      expect(await publishOnce(trial)).toMatchObject({ status: 'failed', failure: { kind: 'rejected', code, fix: expect.stringMatching(/^[A-Z].+\.$/u) as string } });
      expect(trial.fake.ledger).toEqual([]);
    });
  });
});

describe('pinterest: a Pin whose answer was lost', () => {
  const lost = (trial: Trial) => trial.fake.fault({ method: 'POST', path: /\/v5\/pins$/u, kind: { cut: 'after' } });
  const never = (trial: Trial) => trial.fake.fault({ method: 'POST', path: /\/v5\/pins$/u, kind: { cut: 'before' } });
  const posts = ({ fake }: Trial) => fake.calls.filter(({ method, path }) => method === 'POST' && path === '/v5/pins').length;

  it.each<[string, Parameters<typeof startFakePinterest>[0]]>([['as it is', {}], ['told without a zone', { zoneless: true }], ['listed oldest first', { order: 'oldest' }]])('is found on its board, behind others of one second: %s', async (_, state) => {
    await withTrial(await trialOf({ ...subject, start: () => startFakePinterest(state) }, one), async (trial) => {
      for (let n = 0; n < 300; n += 1) pinsOf(trial).add({ at: 1_000_000 + n, title: 'Old' });
      lost(trial);
      expect(await publishOnce(trial)).toMatchObject({ status: 'published', failures: 1, remoteId: pinsOf(trial).all.at(-1)?.id });
      expect(posts(trial)).toBe(1);
    });
  });

  it('costs one look at a long board that has the newest first, and is nobody\'s to tell on one without an order or an end', async () => {
    await withTrial(await trialOf(subject, one), async (trial) => {
      for (let n = 0; n < 3000; n += 1) pinsOf(trial).add({ at: 60_000 * n, title: 'Old' });
      lost(trial);
      expect(await publishOnce(trial)).toMatchObject({ status: 'published' });
      expect(trial.fake.calls.filter(({ method }) => method === 'GET')).toHaveLength(1);
    });
    await withTrial(await trialOf({ ...subject, start: () => startFakePinterest({ order: 'oldest' }) }, one), async (trial) => {
      for (let n = 0; n < 3000; n += 1) pinsOf(trial).add({ at: 60_000 * n, title: 'Old' });
      lost(trial);
      expect(await publishOnce(trial)).toMatchObject({ status: 'unconfirmed' });
      expect(posts(trial)).toBe(1);
    });
  });

  it('is sent again when it is not there, whatever else is', async () => {
    await withTrial(await trialOf(subject, one), async (trial) => {
      const { add } = pinsOf(trial);
      add({ title: 'Dawn', description: 'Boats', link: 'https://example.com/a?b=1', alt: 'Two boats', at: trial.clock.now() - 2 * 60 * 60 * 1000 });
      add({ title: 'Dawn', description: 'Boats', link: 'https://example.com/a?b=1', alt: 'Two boats', owner: 'grace' });
      add({ title: 'Dawn', description: 'Boats', link: 'https://example.com/a?b=1', alt: 'Two boats', sectionId: '5258814934636085108' });
      add({ title: 'Dusk', description: 'Boats' });
      never(trial);
      expect(await publishOnce(trial)).toMatchObject({ status: 'published' });
      expect(posts(trial)).toBe(2);
      expect(trial.fake.ledger).toHaveLength(1);
    });
  });

  it.each<[string, Parameters<FakePinterest['pins']['add']>[0][]]>([
    ['two that fit', [{ title: 'Dawn', description: 'Boats', link: 'https://example.com/a?b=1', alt: 'Two boats' }, { title: 'Dawn', description: 'Boats', link: 'https://example.com/a?b=1', alt: 'Two boats' }]],
    ['one of another kind', [{ title: 'Dawn', description: 'Boats', link: 'https://example.com/a?b=1', alt: 'Two boats', kind: 'video' }]],
    ['one with another link', [{ title: 'Dawn', description: 'Boats', link: 'https://example.com/short' }]],
    ['one without words', [{}]],
  ])('is left to a person who can tell: %s', async (_, there) => {
    await withTrial(await trialOf(subject, one), async (trial) => {
      for (const pin of there) pinsOf(trial).add(pin);
      never(trial);
      expect(await publishOnce(trial)).toMatchObject({ status: 'unconfirmed' });
      expect(posts(trial)).toBe(1);
    });
  });

  it('without words is nobody\'s to tell, unless nothing is there', async () => {
    const bare = { ...one, parts: [{ text: '', images: [''] }], options: { board } };
    await withTrial(await trialOf(subject, bare), async (trial) => {
      lost(trial);
      expect(await publishOnce(trial)).toMatchObject({ status: 'unconfirmed' });
    });
    await withTrial(await trialOf(subject, bare), async (trial) => {
      never(trial);
      expect(await publishOnce(trial)).toMatchObject({ status: 'published' });
      expect(trial.fake.ledger).toHaveLength(1);
    });
  });

  it('is looked for again when the second send is refused', async () => {
    await withTrial(await trialOf(subject, one), async (trial) => {
      never(trial);
      // Handled, and refused all the same.
      trial.fake.fault({ method: 'POST', path: /\/v5\/pins$/u, kind: { lie: { status: 400, body: { code: 1, message: 'Invalid request' } } } });
      expect(await publishOnce(trial)).toMatchObject({ status: 'published' });
      expect(trial.fake.ledger).toHaveLength(1);
    });
  });
});

describe('pinterest: pictures', () => {
  const image = (size: Partial<PostImage> = {}): PostImage => ({ kind: 'image', mediaId: 'm', alt: '', width: 1000, height: 1500, ...size });
  const job = { options: options.parse({ board }) } as Parameters<typeof pictureSource>[0];
  const sized = (bytes: number): Io => fakeIo({ image: () => ({ bytes: Buffer.alloc(bytes, 'x'), file: { type: 'image/jpeg', width: 1, height: 1, name: 'a.jpg' } }) });
  const data = () => 'DATA';

  it('go within the call while they are small enough, and are fetched otherwise', async () => {
    expect((await pictureSource(job, [image()], sized(1000)))(data)).toEqual({ source_type: 'image_base64', content_type: 'image/jpeg', data: 'DATA' });
    expect((await pictureSource(job, [image()], sized(12_000_000)))(data)).toEqual({ source_type: 'image_url', url: 'https://post.example/m/m' });
    expect((await pictureSource(job, [image(), image()], sized(6_000_000)))(data)).toMatchObject({ source_type: 'multiple_image_urls', items: [{ url: 'https://post.example/m/m' }, { url: 'https://post.example/m/m' }] });
  });

  it('are made smaller where nobody can fetch them, and of one size in a carousel', async () => {
    const asked: object[] = [];
    const hidden: Io = {
      ...sized(6_000_000),
      image: async (_, rule) => { asked.push({ maxBytes: rule.maxBytes, maxSide: rule.maxSide }); return { type: 'image/jpeg', size: Math.min(6_000_000, rule.maxBytes), width: 1, height: 1, name: 'a.jpg', open: async function* () {} }; },
      mediaUrl: () => Promise.reject(new ProviderError({ kind: 'rejected', code: 'not_reachable', message: 'No.', fix: 'No.' })),
    };
    expect((await pictureSource(job, [image(), image({ width: 800, height: 1200 })], hidden))(data)).toMatchObject({ source_type: 'multiple_image_base64', items: [{ data: 'DATA' }, { data: 'DATA' }] });
    expect(asked).toEqual([{ maxBytes: 20_000_000, maxSide: 1200 }, { maxBytes: 20_000_000, maxSide: 1200 }, { maxBytes: 5_000_000, maxSide: 1200 }, { maxBytes: 5_000_000, maxSide: 1200 }]);
  });

  it.each([[1], [2], [3], [4096], [65_537]])('are written into JSON as they are sent, in pieces of %s bytes', async (piece) => {
    const bytes = Buffer.from(Array.from({ length: 10_000 }, (_, n) => (n * 7) % 251));
    const file = { type: 'image/png' as const, size: bytes.length, width: 1, height: 1, name: 'a.png', open: async function* () { for (let at = 0; at < bytes.length; at += piece) yield bytes.subarray(at, at + piece); } };
    const body = bodyOf(jsonWithFiles((place) => ({ title: 'A "title" 👋', items: [{ data: place(file) }, { data: place(file) }], last: '.' })));
    const pieces: Buffer[] = [];
    for await (const one of body.content as AsyncIterable<Buffer>) pieces.push(one);
    const sent = Buffer.concat(pieces);
    expect(body.headers).toEqual({ 'content-type': 'application/json', 'content-length': String(sent.length) });
    const base64 = bytes.toString('base64');
    expect(JSON.parse(sent.toString())).toEqual({ title: 'A "title" 👋', items: [{ data: base64 }, { data: base64 }], last: '.' });
  });

  it('have one description together, cut where Pinterest cuts', () => {
    const media = Array.from({ length: 5 }, () => image({ alt: '👋'.repeat(120) }));
    expect(Array.from(altOf({ media }))).toHaveLength(500);
  });
});

describe('pinterest: what is checked before scheduling', () => {
  const still = (width = 1000, height = 1500, alt = '') => ({ kind: 'image' as const, mediaId: 'm', alt, type: 'image/png' as const, bytes: 1, width, height, animated: false });
  const film = { ...({ kind: 'video', mediaId: 'v', alt: '', type: 'video/mp4', bytes: 1, width: 720, height: 1280, durationMs: 5000 } satisfies PostVideo), videoCodec: 'h264', audioCodec: 'aac', frameRate: 30 };
  const offered = { choices: { board: [{ value: '1', label: 'A' }, { value: '1/2', label: 'A / B' }] } };
  const problems = (given: object, media: Parameters<typeof check>[0]['parts'][number]['media'], composing: Parameters<typeof check>[0]['composing'] = offered) =>
    check({ options: options.parse(given), parts: [{ text: 'a', media }], composing }).map(({ field, level }) => `${field} ${level ?? 'error'}`);
  it.each<[string, string[], string[]]>([
    ['a picture', problems({ board: '1' }, [still()]), []],
    ['a section', problems({ board: '1/2' }, [still()]), []],
    ['a board that is gone', problems({ board: '9' }, [still()]), ['option.board error']],
    ['nobody to ask', problems({ board: '9' }, [still()], null), []],
    ['one shape', problems({ board: '1' }, [still(), still(500, 750), still(2001, 3000)]), []],
    ['two shapes', problems({ board: '1' }, [still(), still(1000, 1000)]), ['part.0.media error']],
    ['a small picture', problems({ board: '1' }, [still(199, 300)]), ['part.0.media warning']],
    ['long descriptions', problems({ board: '1' }, [still(1000, 1500, 'a'.repeat(300)), still(1000, 1500, 'b'.repeat(300))]), ['part.0.alt.1 warning']],
    ['a cover frame', problems({ board: '1', coverAt: 4 }, [film]), []],
    ['a cover frame behind the end', problems({ board: '1', coverAt: 5 }, [film]), ['option.coverAt warning']],
    ['a cover for a picture', problems({ board: '1', cover: 'c' }, [still()]), ['option.cover warning']],
  ])('%s', (_, found, expected) => expect(found).toEqual(expected));

  it.each<[object, boolean]>([
    [{}, true], [{ board: '12/34' }, true], [{ board: 'mine' }, false], [{ title: '👋'.repeat(100) }, true], [{ title: 'a'.repeat(101) }, false], [{ link: 'https://example.com' }, true],
    [{ link: 'javascript:alert(1)' }, false], [{ link: 'example.com' }, false], [{ link: `https://example.com/${'a'.repeat(2048)}` }, false], [{ coverAt: 1.5 }, false], [{ coverAt: -1 }, false], [{ color: '#6E7874' }, true], [{ color: 'red' }, false],
  ])('options %j: %s', (given, good) => expect(options.safeParse(given).success).toBe(good));
});

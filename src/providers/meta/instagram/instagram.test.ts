import { afterEach, describe, expect, it } from 'vitest';
import type { Json } from '../../../domain/json.ts';
import type { Publication } from '../../../domain/publication.ts';
import { publishOnce, trialOf, type Trial } from '../../../testing/trial.ts';
import type { FakeAnswer, FakeRequest } from '../../fake/server.ts';
import type { SubjectCase } from '../../subject.ts';
import { hasSpecs, misfitsOf, type Seen } from '../fake/referee.ts';
import type { FakeMetaState } from '../fake/world.ts';
import { startFakeInstagram, type FakeInstagram } from './fake.ts';
import type { FakeInstagramState } from './fake/state.ts';
import { subject } from './subject.ts';

let trial: Trial;
let fake: FakeInstagram;
afterEach(() => trial.close());

type Behaviour = Partial<FakeInstagramState>;

/** One post, ready to go out to an Instagram that behaves like this. */
async function start(part: SubjectCase['parts'][number], options: { [key: string]: Json } = {}, behaviour: Behaviour = {}, meta: Partial<FakeMetaState> = {}) {
  trial = await trialOf({ ...subject, start: () => startFakeInstagram(meta, behaviour) }, { name: 'own', parts: [part], options, visible: 1 });
  fake = trial.fake as FakeInstagram;
  fake.state.now = trial.clock.now;
}

async function publish(...given: Parameters<typeof start>): Promise<Publication> {
  await start(...given);
  return publishOnce(trial);
}

const refusal = (code: number, subcode?: number): FakeAnswer => ({ status: 400, body: { error: { message: 'No', type: 'OAuthException', code, ...(subcode !== undefined && { error_subcode: subcode }) } } });
const callsTo = (path: RegExp) => fake.calls.filter((call) => path.test(`${call.method} ${call.path}`));
const publishCalls = () => callsTo(/media_publish$/u);
const containers = () => [...fake.containers.values()];
const account = '17841400000000001';
const picture = { text: 'Hello harbour', images: ['A boat'] };
const reel = { text: 'Short', videos: [{}] };
const day = 24 * 3_600_000;

describe('a picture', () => {
  it('is published with its words, description, people and place', async () => {
    const publication = await publish(picture, { collaborators: '@lighthouse, pier', tags: 'lighthouse\n@pier 20 80.5', location: '104000000000009', madeWithAi: true });
    expect(containers()).toMatchObject([{ kind: 'IMAGE', isPart: false, parameters: {
      caption: 'Hello harbour', alt_text: 'A boat', location_id: '104000000000009', collaborators: '["lighthouse","pier"]', is_ai_generated: 'true',
      user_tags: '[{"username":"lighthouse","x":0.333,"y":0.85},{"username":"pier","x":0.2,"y":0.805}]',
      image_url: expect.stringMatching(/^https:\/\/post\.example\/m\//u) as string,
    } }]);
    expect(fake.ledger).toEqual([{ id: fake.media[0]?.id, text: 'Hello harbour', media: [{ alt: 'A boat', kind: 'image' }] }]);
    expect(publication).toMatchObject({ status: 'published', failures: 0, remoteId: fake.media[0]?.id, url: `https://www.instagram.com/p/C${fake.media[0]?.id.slice(-8)}/` });
  });

  it('has nothing but itself where nothing else was given', async () => {
    await publish({ text: ' ', images: [''] });
    expect(Object.keys(containers()[0]?.parameters ?? {})).toEqual(['image_url']);
  });

  it('is out though its address cannot be asked for', async () => {
    await start(picture);
    fake.fault({ method: 'GET', path: /permalink/u, times: 9, kind: { answer: refusal(190, 460) } });
    expect(await publishOnce(trial)).toMatchObject({ status: 'published', failures: 0, remoteId: fake.media[0]?.id, url: 'https://www.instagram.com/harbour/' });
  });
});

describe('a carousel', () => {
  it('is made of its parts in their order, each with its own description, and counts as one', async () => {
    const publication = await publish({ text: 'Three', images: ['A boat', ''], videos: [{}] }, { collaborators: 'lighthouse', location: '104', tags: 'nobody' });
    const [one, two, three, whole] = containers();
    expect([one, two, three].map((part) => [part?.kind, part?.isPart, part?.parameters['alt_text'], part?.parameters['caption']])).toEqual([
      ['IMAGE', true, 'A boat', undefined], ['IMAGE', true, undefined, undefined], ['VIDEO', true, undefined, undefined],
    ]);
    expect(whole).toMatchObject({ kind: 'CAROUSEL', children: [one?.id, two?.id, three?.id], parameters: { caption: 'Three', location_id: '104', collaborators: '["lighthouse"]' } });
    expect(fake.ledger).toEqual([{ id: fake.media[0]?.id, text: 'Three', media: [{ alt: 'A boat', kind: 'image' }, { alt: '', kind: 'image' }, { alt: '', kind: 'video' }] }]);
    expect(publication).toMatchObject({ status: 'published', remoteId: fake.media[0]?.id });
    expect(publishCalls()).toHaveLength(1);
  });

  it('makes only that part again which could not be fetched', async () => {
    await start({ text: 'Six', images: ['1', '2', '3', '4', '5', '6'] });
    let n = 0;
    const latency = fake.latency;
    fake.latency = () => {
      if (containers().length === 3 && n++ === 0) fake.fault({ method: 'POST', path: /\/media\?/u, kind: { answer: refusal(9004, 2207052) } });
      return latency();
    };
    expect(await publishOnce(trial)).toMatchObject({ status: 'published', failures: 1 });
    expect(containers()).toHaveLength(7);
    expect(fake.ledger[0]?.media.map(({ alt }) => alt)).toEqual(['1', '2', '3', '4', '5', '6']);
  });
});

describe('a Reel', () => {
  it('goes up to the upload host and is shown in the feed too', async () => {
    const publication = await publish(reel, { format: 'reel', sound: 'Waves', tags: 'lighthouse 1 2', coverAt: 2.5 });
    expect(containers()).toMatchObject([{ kind: 'REELS', parameters: {
      caption: 'Short', upload_type: 'resumable', share_to_feed: 'true', audio_name: 'Waves', user_tags: '[{"username":"lighthouse"}]', thumb_offset: '2500',
    } }]);
    expect(fake.media).toMatchObject([{ media_product_type: 'REELS', caption: 'Short' }]);
    expect(publication.url).toMatch(/^https:\/\/www\.instagram\.com\/reel\//u);
    expect(callsTo(/video_url/u)).toEqual([]);
  });

  it('may be kept to its tab, carry a cover, and be a trial', async () => {
    await publish(reel, { format: 'reel', reelsTabOnly: true, trial: 'MANUAL', cover: 'any-picture', coverAt: 2 });
    expect(containers()[0]?.parameters).toMatchObject({ share_to_feed: 'false', trial_params: '{"graduation_strategy":"MANUAL"}', cover_url: 'https://post.example/m/any-picture' });
    expect(containers()[0]?.parameters).not.toHaveProperty('thumb_offset');
  });

  it('says what to do where the account may not post trials', async () => {
    expect(await publish(reel, { format: 'reel', trial: 'SS_PERFORMANCE' }, { trials: false })).toMatchObject({ status: 'failed', failure: { kind: 'rejected', code: '/2207081', fix: expect.stringContaining('trial') as string } });
  });
});

describe('a Story', () => {
  it('is a picture or a video, without words', async () => {
    const publication = await publish({ text: 'Left out', images: ['A boat'] }, { format: 'story', tags: 'lighthouse\npier 50 50' });
    expect(containers()[0]?.parameters).toMatchObject({ media_type: 'STORIES', user_tags: '[{"username":"lighthouse"},{"username":"pier","x":0.5,"y":0.5}]' });
    expect(containers()[0]?.parameters).not.toHaveProperty('caption');
    expect(fake.ledger).toEqual([{ id: fake.media[0]?.id, text: '', media: [{ alt: '', kind: 'image' }] }]);
    expect(publication.url).toBe(`https://www.instagram.com/stories/harbour/${fake.media[0]?.id}`);
    await trial.close();
    await publish({ text: '', videos: [{}] }, { format: 'story' });
    expect(fake.media).toMatchObject([{ media_type: 'VIDEO', media_product_type: 'STORY' }]);
  });
});

describe('what no kind of post is for', () => {
  it.each([
    ['nothing', { text: 'Hello' }, {}, 'no_media'],
    ['a single video in the feed', { text: '', videos: [{}] }, {}, 'single_video'],
    ['a Reel of a picture', { text: '', images: [''] }, { format: 'reel' }, 'no_video'],
  ] as const)('is refused without a call: %s', async (_name, part, options, code) => {
    expect(await publish(part as unknown as SubjectCase['parts'][number], options)).toMatchObject({ status: 'failed', failure: { kind: 'rejected', code } });
    expect(fake.calls).toEqual([]);
  });
});

describe('the connection', () => {
  it('stays when this account was not ticked the last time', async () => {
    await start(picture);
    const grant = { userId: fake.state.user.id, accounts: { '1': { username: 'other', name: 'Other', picture: null, pageId: '2', token: 'x' } } };
    await trial.test.store.connections.connect(trial.workspaceId, {
      id: 'unused', provider: 'instagram', accountId: account, accountName: 'Harbour', grant, expiresAt: null, now: trial.clock.now(),
    });
    expect(await publishOnce(trial)).toMatchObject({ status: 'failed', failure: { kind: 'rejected', code: 'account_not_allowed' } });
    expect(await trial.test.store.connections.list(trial.workspaceId)).toMatchObject([{ status: 'active' }]);
  });

  it.each([
    ['the app was removed', /content_publishing_limit/u, 190, 458, '190/458'],
    ['the 90 days are over', /\/media\?/u, 10, undefined, '10'],
    ['it ends in the middle', /media_publish/u, 190, 463, '190/463'],
  ])('needs reconnecting when %s', async (_name, path, code, subcode, told) => {
    await start(picture);
    fake.fault({ path, times: 99, kind: { answer: refusal(code, subcode) } });
    expect(await publishOnce(trial)).toMatchObject({ status: 'failed', failure: { kind: 'auth', code: told } });
    expect(await trial.test.store.connections.list(trial.workspaceId)).toMatchObject([{ status: 'needs_reconnect' }]);
    expect(fake.ledger).toEqual([]);
  });

  it('is not harmed by reads that it may not do', async () => {
    await start(picture, {}, { showsContainers: false });
    fake.fault({ path: /content_publishing_limit/u, kind: { answer: refusal(200) } });
    expect(await publishOnce(trial)).toMatchObject({ status: 'published', failures: 0 });
    expect(trial.clock.now() - Date.UTC(2026, 10, 24, 9)).toBeGreaterThanOrEqual(120_000);
  });
});

describe('the day\'s limit', () => {
  const put = (n: number, byApp = true) => {
    for (let i = 0; i < n; i += 1) fake.add({ accountId: account, caption: `${i}`, media_type: 'IMAGE', media_product_type: 'FEED', byApp });
  };

  it('is asked before anything is made, and waited for until there is room', async () => {
    await start(picture, {}, { quota: 3 });
    const began = trial.clock.now();
    put(1);
    trial.clock.advance(5 * 3_600_000);
    put(2);
    put(5, false);
    trial.clock.advance(3_600_000);
    const publication = await publishOnce(trial);
    expect(publication).toMatchObject({ status: 'published', failures: 0 });
    expect(publication.publishedAt).toBeGreaterThanOrEqual(began + day);
    // As soon as the oldest one no longer counts, to the eighth of an hour.
    expect(publication.publishedAt).toBeLessThan(began + day + 460_000);
    expect(containers()).toHaveLength(1);
    expect(callsTo(/content_publishing_limit/u).length).toBeLessThanOrEqual(10);
  });

  it('is what the account\'s own answer says, and 50 where it says nothing', async () => {
    await start(picture, {}, { quota: null });
    put(49);
    expect(await publishOnce(trial)).toMatchObject({ status: 'published', failures: 0 });
    await trial.close();
    await start(picture, {}, { quota: null });
    put(50);
    const publication = await publishOnce(trial);
    expect(publication.publishedAt).toBeGreaterThanOrEqual(Date.UTC(2026, 10, 25, 9));
  });

  it('is waited for as well when somebody else takes the last place meanwhile', async () => {
    await start(picture, {}, { quota: 2, processingLooks: 2 });
    put(1);
    trial.clock.advance(10 * 3_600_000);
    let n = 0;
    fake.latency = () => {
      if (containers().length === 1 && n++ === 0) put(1);
      return 0;
    };
    const publication = await publishOnce(trial);
    expect(publishCalls().map(({ status }) => status)).toEqual([400, 200]);
    expect(publication).toMatchObject({ status: 'published', failures: 0 });
    expect(publication.publishedAt).toBeLessThan(Date.UTC(2026, 10, 25, 9, 10));
    expect(publication.publishedAt).toBeGreaterThanOrEqual(Date.UTC(2026, 10, 25, 9));
  });
});

it('shows no token and no secret in what went wrong', async () => {
  const seen: string[] = [];
  for (const path of [/content_publishing_limit/u, /\/media\?/u, /ig-api-upload/u, /status_code/u, /media_publish/u]) {
    await start(reel, { format: 'reel' });
    const echo = fake.tokens.map(({ value }) => value).join(' ');
    // The upload host is sent the token alone.
    const body = path.source.startsWith('ig') ? { debug_info: { type: 'ProcessingFailedError', retriable: false, message: `echo ${echo}` } }
      : { error: { message: `echo ${echo} ${fake.state.app.secret}`, code: 100, type: 'OAuthException' } };
    fake.fault({ path, times: 99, kind: { answer: { status: 400, body } } });
    seen.push(JSON.stringify(await publishOnce(trial)), JSON.stringify(await trial.test.store.journal.attemptsOf(trial.workspaceId, trial.publicationId)));
    expect(seen.at(-2)).toContain('"failed"');
    for (const secret of [fake.state.app.secret, ...fake.tokens.map(({ value }) => value)]) expect(seen.join('\n').includes(secret)).toBe(false);
    await trial.close();
  }
  await start(picture);
});

// Meta's specifications lie beside the project and are not part of it.
describe.skipIf(!hasSpecs)('Meta\'s own specification (skipped where ../shared is absent)', () => {
  it.each(subject.cases)('takes every call, and every answer of the stand-in: $name', async ({ parts: [part], options }) => {
    const seen: Seen[] = [];
    const watch = (request: FakeRequest, answer: FakeAnswer) => {
      const [, , first = '', edge] = request.path.split('/');
      if (!request.path.startsWith('/v') || answer.status !== 200) return;
      const object = fake.containers.has(first) ? 'ShadowIGMediaBuilder' : fake.media.some(({ id }) => id === first) ? 'IGMedia' : 'IGUser';
      seen.push({ request, answer, object, edge });
    };
    await start(part ?? { text: '' }, { ...(options as { [key: string]: Json }), madeWithAi: true, location: '104' }, { processingLooks: 1 }, { watch });
    fake.fault({ method: 'POST', path: /media_publish/u, kind: { cut: 'after' } });
    expect(await publishOnce(trial)).toMatchObject({ status: 'published' });
    expect(seen.map(({ object, edge }) => `${object} ${edge ?? ''}`)).toEqual(expect.arrayContaining(['IGUser content_publishing_limit', 'IGUser media', 'ShadowIGMediaBuilder ', 'IGMedia ']));
    expect(seen.flatMap(misfitsOf)).toEqual([]);
  });
});

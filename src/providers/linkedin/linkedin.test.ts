import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { limitsOf } from '../../domain/capabilities.ts';
import { checkContent } from '../../domain/limits.ts';
import type { MediaFacts } from '../../domain/media.ts';
import type { LinkCard } from '../contract.ts';
import { check } from './check.ts';
import { startFakeLinkedin, type FakeLinkedIn } from './fake.ts';
import { lastSent, pageUrn, picture, postTo, video } from './fake/job.ts';
import { pageCapabilities, pageRule, profileCapabilities } from './limits.ts';
import { pageOptions, profileOptions, reshared } from './options.ts';

let fake: FakeLinkedIn;
beforeEach(async () => { fake = await startFakeLinkedin({ leastVideoBytes: 0 }); });
afterEach(() => fake.close());

const memberUrn = (): string => `urn:li:person:${fake.state.personId}`;
const paths = () => fake.calls.map(({ method, path }) => `${method} ${path.split('/').slice(0, 4).join('/').replace(/%3A.*/u, '')}`);

describe('what comes out', () => {
  it('is a text with everything that LinkedIn wants said', async () => {
    const { remoteId, url } = await postTo(fake, 'Hello (world) #news, @[Harbour Works](urn:li:organization:79988552)');
    expect(remoteId).toMatch(/^urn:li:share:\d+$/u);
    expect(url).toBe(`https://www.linkedin.com/feed/update/${remoteId}/`);
    expect(lastSent(fake)).toEqual({
      author: memberUrn(), commentary: 'Hello \\(world\\) {hashtag|\\#|news}, @[Harbour Works](urn:li:organization:79988552)', visibility: 'PUBLIC',
      distribution: { feedDistribution: 'MAIN_FEED', targetEntities: [], thirdPartyDistributionChannels: [] },
      lifecycleState: 'PUBLISHED', isReshareDisabledByAuthor: false,
    });
    expect(fake.ledger).toEqual([{ id: remoteId, text: 'Hello (world) #news, Harbour Works', media: [] }]);
    expect(fake.posts.posts.get(remoteId)?.shown).toMatchObject({ hashtags: ['news'], mentions: [{ name: 'Harbour Works', urn: pageUrn }], cut: false });
    expect(paths()).toEqual(['POST /rest/posts']);
  });

  it.each([['profile', 'CONNECTIONS'], ['page', 'LOGGED_IN']] as const)('of a %s can be for %s alone, and not to be reshared', async (as, visibility) => {
    await postTo(fake, 'Few', { as, options: { visibility, noReshare: true } as never });
    expect(lastSent(fake)).toMatchObject({ author: as === 'page' ? pageUrn : memberUrn(), visibility, isReshareDisabledByAuthor: true });
  });

  it('speaks the version that the operator set', async () => {
    fake.state.versions = ['202609'];
    await expect(postTo(fake, 'Old')).rejects.toMatchObject({ failure: { kind: 'transient', reached: false, message: expect.stringContaining('LINKEDIN_API_VERSION') as string } });
    await postTo(fake, 'New', { settings: { LINKEDIN_API_VERSION: '202609' } });
    expect(fake.ledger.map(({ text }) => text)).toEqual(['New']);
  });

  it('is one picture with its description, or several', async () => {
    await postTo(fake, 'One', { media: [picture('A dot')] });
    expect(lastSent(fake)?.content).toEqual({ media: { id: expect.stringMatching(/^urn:li:image:/u) as string, altText: 'A dot' } });
    await postTo(fake, '', { media: [picture(' Left '), picture()] });
    expect(lastSent(fake)?.content).toEqual({ multiImage: { images: [{ id: expect.any(String) as string, altText: 'Left' }, { id: expect.any(String) as string }] } });
    expect(fake.ledger.map(({ media }) => media.map(({ alt }) => alt))).toEqual([['A dot'], ['Left', '']]);
    expect([...fake.assets.assets.values()].every(({ body, owner }) => owner === memberUrn() && body?.subarray(1, 4).toString() === 'PNG')).toBe(true);
    // A profile may not ask about pictures, so it does not.
    expect(paths().filter((path) => path.startsWith('GET'))).toEqual([]);
  });

  it('of a page waits until its pictures are processed', async () => {
    fake.state.looks = 1;
    await postTo(fake, 'One', { as: 'page', media: [picture()] });
    expect(paths()).toEqual(['POST /rest/images', 'PUT /dms-uploads/C4E0001AQ_x-image/image', 'GET /rest/images/urn', 'POST /rest/posts']);
    fake.state.processingFails = true;
    await expect(postTo(fake, 'Two', { as: 'page', media: [picture()] })).rejects.toMatchObject({ failure: { kind: 'rejected', code: 'PROCESSING_FAILED' } });
  });

  it('of a profile comes back when LinkedIn is still at it', async () => {
    fake.state.looks = 2;
    await expect(postTo(fake, 'One', { media: [picture()] })).rejects.toMatchObject({ failure: { kind: 'transient', reached: false, code: 'MEDIA_ASSET_WAITING_UPLOAD' } });
    expect(fake.ledger).toEqual([]);
  });

  it('is a video with its title', async () => {
    const { remoteId } = await postTo(fake, 'Look', { media: [video()], options: { title: 'A clip' } });
    expect(remoteId).toMatch(/^urn:li:ugcPost:\d+$/u);
    expect(lastSent(fake)?.content).toEqual({ media: { id: expect.stringMatching(/^urn:li:video:/u) as string, title: 'A clip' } });
  });

  it('is a poll', async () => {
    await postTo(fake, 'Well?', { options: { format: 'poll', question: 'Tea?', option1: 'Yes', option2: 'No', option4: 'Later', duration: 'SEVEN_DAYS' } });
    expect(lastSent(fake)?.content).toEqual({ poll: {
      question: 'Tea?', options: [{ text: 'Yes' }, { text: 'No' }, { text: 'Later' }],
      settings: { duration: 'SEVEN_DAYS', voteSelectionType: 'SINGLE_VOTE', isVoterVisibleToAuthor: true },
    } });
  });

  it('is a reshare with a text', async () => {
    const [parent = ''] = fake.state.others;
    await postTo(fake, 'Worth reading: https://example.com', { options: { format: 'reshare', reshareOf: parent }, card });
    expect(lastSent(fake)).toMatchObject({ commentary: 'Worth reading: https://example.com', reshareContext: { parent } });
    expect(lastSent(fake)).not.toHaveProperty('content');
    await expect(postTo(fake, 'x', { options: { format: 'reshare', reshareOf: 'urn:li:share:99999' } })).rejects.toMatchObject({ failure: { kind: 'rejected', code: 'INVALID_URN_ID' } });
    await expect(postTo(fake, 'x', { options: { format: 'reshare', reshareOf: 'urn:li:activity:99999' } })).rejects.toMatchObject({ failure: { kind: 'rejected', code: 'no_original' } });
  });
});

const image = { type: 'image/jpeg' as const, size: 3, width: 1, height: 1, name: 'a.jpg', open: async function* () { yield Buffer.from('ffd8ff', 'hex'); } };
const card: LinkCard = { url: 'https://example.com/a', title: 'A page', description: 'About  it', image };

describe('a link', () => {
  it('has a card with title, description and picture', async () => {
    await postTo(fake, 'Read https://example.com/a and https://example.org/', { card });
    expect(lastSent(fake)?.content).toEqual({ article: {
      source: 'https://example.com/a', title: 'A page', description: 'About it', thumbnail: expect.stringMatching(/^urn:li:image:/u) as string,
    } });
  });

  it('has a card without a picture where there is none or LinkedIn refuses it', async () => {
    await postTo(fake, 'https://example.com/a', { card: { ...card, image: null, description: '' } });
    expect(lastSent(fake)?.content).toEqual({ article: { source: 'https://example.com/a', title: 'A page' } });
    fake.fault({ method: 'PUT', kind: { answer: { status: 415, body: '' } } });
    await postTo(fake, 'Again https://example.com/a', { card });
    expect(lastSent(fake)?.content).toEqual({ article: { source: 'https://example.com/a', title: 'A page', description: 'About it' } });
  });

  it('has words that are not too long', async () => {
    await postTo(fake, 'https://example.com/a', { card: { ...card, image: null, title: `${'x'.repeat(198)}👩‍👩‍👧`, description: 'y'.repeat(1000) } });
    const sent = lastSent(fake)?.content;
    const { title = '', description = '' } = sent && 'article' in sent ? sent.article : {};
    expect([title.length, title.isWellFormed(), description.length]).toEqual([200, true, 256]);
  });

  it.each([
    ['the page cannot be had', { }],
    ['a person wants none', { card, options: { noCard: true } }],
    ['there is a picture', { card, media: [picture()] }],
  ])('has no card where %s', async (_why, given) => {
    await postTo(fake, 'https://example.com/a', given);
    expect(lastSent(fake)?.content ?? {}).not.toHaveProperty('article');
  });
});

describe('a first comment', () => {
  const options = { firstComment: 'Read [more]' };

  it('follows a page\'s post, as plain text', async () => {
    const { remoteId } = await postTo(fake, 'Hello', { as: 'page', options });
    expect(fake.ledger).toMatchObject([{ id: remoteId, text: 'Hello' }, { text: 'Read [more]', replyTo: remoteId }]);
    expect(fake.posts.posts.get(remoteId)?.comments).toMatchObject([{ actor: pageUrn }]);
  });

  it('waits for LinkedIn to be ready, and says what it is when it is refused', async () => {
    fake.state.activityLooks = 1;
    await expect(postTo(fake, 'Hello', { as: 'page', options })).rejects.toMatchObject({ failure: { kind: 'transient', reached: false } });
    const denied = { status: 403, body: { status: 403, serviceErrorCode: 100, code: 'ACCESS_DENIED', message: 'Not enough permissions to access: socialActions.CREATE_COMMENTS' } };
    fake.fault({ path: /comments/u, kind: { answer: denied } });
    await expect(postTo(fake, 'Other', { as: 'page', options })).rejects.toMatchObject({ failure: { kind: 'rejected', message: expect.stringMatching(/^The post is out, but not its first comment\./u) as string } });
    fake.fault({ path: /comments/u, kind: { answer: { status: 401, body: { status: 401, serviceErrorCode: 65601, message: 'revoked' } } } });
    await expect(postTo(fake, 'Third', { as: 'page', options })).rejects.toMatchObject({ failure: { kind: 'auth' } });
  });

  it('is no option of a profile', () => {
    expect(profileOptions.parse(options)).not.toHaveProperty('firstComment');
  });
});

describe('what is checked before scheduling', () => {
  const file = (more: Partial<MediaFacts> = {}): MediaFacts => ({ kind: 'image', mediaId: 'm', alt: 'x', type: 'image/jpeg', bytes: 1000, width: 100, height: 100, animated: false, ...more } as MediaFacts);
  const film = (more: object = {}): MediaFacts => ({ kind: 'video', mediaId: 'v', alt: '', type: 'video/mp4', bytes: 1_000_000, width: 720, height: 1280, durationMs: 15_000, videoCodec: 'h264', audioCodec: 'aac', frameRate: 30, ...more });
  const says = (format: string, media: MediaFacts[], text = 'x') =>
    checkContent([{ text, media }], limitsOf(profileCapabilities, [], format), 'LinkedIn').filter(({ level }) => level !== 'warning').map(({ message }) => message);
  const many = (n: number) => Array.from({ length: n }, () => file());

  it.each([
    ['post', many(20), []], ['post', many(21), ['LinkedIn takes 20 pictures; this has 21.']],
    ['post', [film()], []], ['post', [film(), file()], ['LinkedIn takes pictures or a video, not both together.']],
    ['post', [film(), film()], ['LinkedIn takes 1 video; this has 2.']],
    ['post', [film({ durationMs: 2_000 })], [expect.stringContaining('at least 3 s')]],
    ['post', [film({ durationMs: 31 * 60_000 })], [expect.stringContaining('30:00 min')]],
    ['post', [film({ bytes: 500_000_001 })], [expect.stringContaining('500 MB')]],
    ['post', [film({ width: 2500, height: 1000 })], [expect.stringContaining('too wide')]],
    ['post', [film({ type: 'video/quicktime' })], [expect.stringContaining('MP4')]],
    ['document', many(300), []], ['document', many(301), [expect.stringContaining('300')]],
    ['document', [], ['LinkedIn needs a picture here.']], ['document', [film()], ['LinkedIn takes no videos here, only pictures.']],
    ['poll', many(1), ['LinkedIn takes no pictures.']], ['poll', [], []],
    ['reshare', [film()], ['LinkedIn takes no videos.']], ['reshare', [], []],
  ])('%s with %o', (format, media, expected) => { expect(says(format, media)).toEqual(expected); });

  it('counts 3,000 characters', () => {
    expect([says('post', [], 'x'.repeat(3000)), says('post', [], 'x'.repeat(3001))]).toEqual([[], ['LinkedIn takes 3000 characters; this has 3001.']]);
    expect(limitsOf(pageCapabilities, [], 'post')).toEqual(limitsOf(profileCapabilities, [], 'post'));
  });

  it('keeps the pictures of a document within 100 MB', () => {
    for (const count of [1, 20, 21, 300]) expect(pageRule(count).maxBytes * count).toBeLessThan(100_000_000);
  });

  const told = (options: object, text = 'x', media: MediaFacts[] = []) =>
    check({ options: pageOptions.parse(options), parts: [{ text, media }], composing: null }).map(({ field }) => field);
  const poll = { format: 'poll', question: 'Q', option1: 'A', option2: 'B' };

  it.each([
    [{}, []], [{ format: 'document', title: 'T' }, []], [{ format: 'document' }, ['option.title']],
    [poll, []], [{ ...poll, question: 'x'.repeat(141) }, ['option.question']], [{ ...poll, option3: 'x'.repeat(31) }, ['option.option3']],
    [{ ...poll, option3: 'A' }, ['option.option1']],
    [{ format: 'reshare', reshareOf: 'urn:li:activity:71234567890' }, ['option.reshareOf']], [{ format: 'reshare', reshareOf: 'urn:li:share:71234567890' }, []],
    [{ firstComment: 'x'.repeat(1251) }, ['option.firstComment']], [{ firstComment: 'x'.repeat(1250) }, []],
  ])('%o', (options, fields) => { expect(told(options)).toEqual(fields); });

  it('tells of a video that is too small and of a mention that is none', () => {
    expect(told({}, 'x', [film({ bytes: 74_999 })])).toEqual(['part.0.media']);
    expect(told({}, '@[A](urn:li:share:1)')).toEqual(['part.0']);
  });

  it.each([
    ['urn:li:share:7123456789', 'urn:li:share:7123456789'], ['https://www.linkedin.com/feed/update/urn:li:ugcPost:7123456789/', 'urn:li:ugcPost:7123456789'],
    ['https://www.linkedin.com/embed/feed/update/urn%3Ali%3Ashare%3A7123456789?x=1', 'urn:li:share:7123456789'],
    ['https://www.linkedin.com/posts/ada_news-share-7123456789-AbCd', 'urn:li:share:7123456789'],
    ['https://www.linkedin.com/posts/ada_news-ugcPost-7123456789-AbCd?x=1', 'urn:li:ugcPost:7123456789'],
    ['https://www.linkedin.com/posts/ada_news-activity-7123456789-AbCd', null], ['urn:li:activity:7123456789', null], ['hello', null],
  ])('finds the post that %s names', (typed, urn) => { expect(reshared(typed)).toBe(urn); });
});

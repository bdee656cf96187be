import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { limitsOf } from '../../domain/capabilities.ts';
import { checkContent, type DraftPart } from '../../domain/limits.ts';
import type { ImageFacts, VideoFacts } from '../../domain/media.ts';
import { optionsOf } from '../../actions/posts/options.ts';
import { isShown } from '../../domain/field.ts';
import { ProviderError, type Composing, type Problem } from '../contract.ts';
import { fakeIo } from '../fake/io.ts';
import { check } from './check.ts';
import { composing } from './creator.ts';
import { startFakeTikTok, type FakeTikTok } from './fake.ts';
import { capabilities } from './limits.ts';
import { tiktok } from './index.ts';
import { fields, options } from './options.ts';
import { noteReach } from './reach.ts';
import { accountOf, settings } from './subject.ts';

let fake: FakeTikTok;
beforeEach(async () => { fake = await startFakeTikTok(); });
afterEach(() => fake.close());

const ioOf = (audited = 'yes') => fakeIo({ upstreams: fake.upstreams, settings: { ...settings, TIKTOK_AUDITED: audited } });
const ask = (audited?: string) => composing(accountOf(fake).grant, { remoteId: 'x' }, ioOf(audited));
const minutes = 'After it is published, it may take a few minutes for the content to process and be visible on the profile.';
const brandedPrivate = 'Branded content visibility cannot be set to private.';

describe('what the composer is told', () => {
  it('is the account, its audiences in its own order, and its longest video', async () => {
    const told = await ask();
    expect(told.account).toEqual({ name: 'Harbour News (@harbour.news)', avatarUrl: fake.state.user.avatarUrl });
    expect(told.choices?.['privacy_level']?.map(({ value, label }) => [value, label])).toEqual([['PUBLIC_TO_EVERYONE', 'Everyone'], ['MUTUAL_FOLLOW_FRIENDS', 'Friends'], ['SELF_ONLY', 'Only me']]);
    expect(told.disabled).toEqual({});
    expect(told.limits).toEqual({ videos: { maxMs: 300_000 } });
    expect(told.notices).toEqual([minutes]);
    expect(limitsOf(capabilities, [told.limits ?? {}], 'video').videos).toMatchObject({ maxMs: 300_000, maxBytes: 4_000_000_000 });
    expect(limitsOf(capabilities, [told.limits ?? {}], 'photo').videos).toBeNull();
  });

  it('is what the account has turned off, with the reason', async () => {
    Object.assign(fake.state.creator, { private: true, commentOff: true });
    const told = await ask();
    expect(told.choices?.['privacy_level']?.map(({ label }) => label)).toEqual(['Followers', 'Friends', 'Only me']);
    expect(told.disabled).toEqual({
      comment: 'Comments are turned off in this account\'s TikTok settings.',
      duet: 'Duets are turned off in this account\'s TikTok settings, or the account is private.',
      stitch: 'Stitches are turned off in this account\'s TikTok settings, or the account is private.',
    });
  });

  it('is "Only me" alone while TikTok has not audited the app, and why', async () => {
    const told = await ask('no');
    expect(told.choices?.['privacy_level']?.map(({ value }) => value)).toEqual(['SELF_ONLY']);
    expect(told.disabled?.['brand_content_toggle']).toBe(brandedPrivate);
    expect(told.notices?.[1]).toMatch(/has not audited .*"Only me".*must be private/u);
    expect(told.notices?.[2]).toMatch(/public now\. Set it to private/u);
    fake.state.creator.private = true;
    expect((await ask('')).notices).toHaveLength(2);
  });

  it('bars "Only me" while the content is branded', async () => {
    const only = (await ask()).choices?.['privacy_level']?.find(({ value }) => value === 'SELF_ONLY');
    expect(only?.barred).toEqual({ by: { field: 'brand_content_toggle', is: true, and: { field: 'disclose', is: true } }, why: brandedPrivate });
  });

  it.each(['spam_risk_too_many_posts', 'spam_risk_user_banned_from_posting', 'reached_active_user_cap'])('is to try again later: %s', async (code) => {
    fake.state.blocked = code;
    expect(await ask()).toEqual({ blocked: expect.stringMatching(/Try again later\.$/u) });
  });

  it('is nothing when TikTok cannot be asked', async () => {
    fake.fault({ kind: { answer: { status: 503, body: '' } } });
    await expect(ask()).rejects.toBeInstanceOf(ProviderError);
  });

  it('is that photos are not taken from here, once TikTok has said so', async () => {
    const io = ioOf();
    await noteReach(false, io);
    expect((await composing(accountOf(fake).grant, null, io)).notices).toEqual([minutes, expect.stringMatching(/address has not been verified/u)]);
  });
});

describe('the fields', () => {
  const field = (name: string) => fields.find((one) => one.name === name);

  it('have TikTok\'s own words', () => {
    const said = (name: string) => field(name)?.help;
    expect(said('disclose')).toBe('Indicate whether this content promotes yourself, a brand, product or service.');
    expect(said('brand_organic_toggle')).toBe('You are promoting yourself or your own business. This content will be classified as Brand Organic.');
    expect(said('brand_content_toggle')).toBe('You are promoting another brand or a third party. This content will be classified as Branded Content.');
    expect(said('label_promotional')).toBe("Your photo/video will be labeled as 'Promotional content'");
    expect(said('label_paid')).toBe("Your photo/video will be labeled as 'Paid partnership'");
    expect(said('declaration')).toBe("By posting, you agree to TikTok's Music Usage Confirmation");
    expect(said('declaration_own')).toBe(said('declaration'));
    expect(said('declaration_branded')).toBe("By posting, you agree to TikTok's Branded Content Policy and Music Usage Confirmation");
    for (const one of fields) for (const { text } of one.links ?? []) expect(one.help).toContain(text);
    expect(field('declaration_branded')?.links?.map(({ url }) => url)).toEqual([
      'https://www.tiktok.com/legal/page/global/bc-policy/en', 'https://www.tiktok.com/legal/page/global/music-usage-confirmation/en',
    ]);
  });

  it('choose nothing for anybody', () => {
    expect(field('privacy_level')).toMatchObject({ kind: 'select', required: true, loads: true, placeholder: expect.any(String) });
    expect(options.parse({})).toMatchObject({ privacy_level: '', comment: false, duet: false, stitch: false, disclose: false, brand_organic_toggle: false, brand_content_toggle: false });
  });

  it('offer photos no duet and no stitch', () => {
    const shown = (format: string) => fields.filter(({ formats }) => !formats || formats.includes(format)).map(({ name }) => name);
    expect(shown('photo')).toEqual(expect.arrayContaining(['comment', 'title', 'auto_add_music', 'cover_number']));
    for (const name of ['duet', 'stitch', 'video_made_with_ai', 'cover_second']) expect(shown('photo')).not.toContain(name);
    for (const name of ['title', 'auto_add_music', 'cover_number']) expect(shown('video')).not.toContain(name);
  });

  /** The notes that stand there while this is ticked. */
  const notes = (...ticked: string[]) => fields.filter((field) => field.kind === 'note' && field.when && isShown(field, {
    fields, said: Object.fromEntries(ticked.map((name) => [name, 'on'])), format: 'video',
  })).map(({ name }) => name);

  it('declare what the disclosure makes of it', () => {
    expect(notes()).toEqual(['declaration']);
    expect(notes('disclose')).toEqual(['declaration_own']);
    expect(notes('disclose', 'brand_organic_toggle')).toEqual(['label_promotional', 'declaration_own']);
    expect(notes('disclose', 'brand_content_toggle')).toEqual(['label_paid', 'declaration_branded']);
    expect(notes('disclose', 'brand_organic_toggle', 'brand_content_toggle')).toEqual(['label_paid', 'declaration_branded']);
    expect(notes('brand_content_toggle')).toEqual(['declaration']);
  });
});

const film: VideoFacts = { kind: 'video', mediaId: 'v', alt: '', type: 'video/mp4', bytes: 1e6, width: 720, height: 1280, durationMs: 15_000, videoCodec: 'h264', audioCodec: 'aac', frameRate: 30 };
const photo: ImageFacts = { kind: 'image', mediaId: 'i', alt: '', type: 'image/jpeg', bytes: 1e5, width: 1080, height: 1350, animated: false };

/** What stands in the way of scheduling these options with this media, by the rules of the fields and those between options. */
function problems(said: Record<string, string>, told: Composing | null = usual, part: DraftPart = { text: '', media: [film] }) {
  const found: Problem[] = [];
  const chosen = { privacy_level: 'PUBLIC_TO_EVERYONE', ...said };
  const kept = optionsOf({ channelId: 'c', provider: tiktok, options: chosen }, { intent: 'schedule', zone: 'Europe/Berlin', composing: told, files: new Map() }, found);
  const more = check({ options: options.parse(kept), parts: [part], composing: told });
  return [...found.map(({ field, message }) => ({ field: field.replace('c.', ''), message, level: undefined })), ...more].map(({ field, message, level }) => `${level ?? 'stop'} ${field}: ${message}`);
}
let usual: Composing;

describe('what is checked before scheduling', () => {
  beforeEach(async () => { usual = await ask(); });

  it('is nothing where all is well', () => {
    expect(problems({ comment: 'on' })).toEqual([]);
  });

  it.each<[Record<string, string>, string[]]>([
    [{ privacy_level: '' }, ['stop option.privacy_level: Choose: Who can view this post.']],
    [{ disclose: 'on' }, ['stop option.disclose: You need to indicate if your content promotes yourself, a third party, or both.']],
    [{ disclose: 'on', brand_content_toggle: 'on', privacy_level: 'SELF_ONLY' }, [`stop option.privacy_level: ${brandedPrivate}`]],
    [{ disclose: 'on', brand_organic_toggle: 'on', brand_content_toggle: 'on', privacy_level: 'SELF_ONLY' }, [`stop option.privacy_level: ${brandedPrivate}`]],
    [{ privacy_level: 'FOLLOWER_OF_CREATOR' }, ['stop option.privacy_level: TikTok does not offer this under “Who can view this post”. Choose again.']],
    [{ cover_second: '16' }, ['stop option.cover_second: The video ends before this second.']],
    [{ format: 'photo' }, ['stop option.format: Choose "Video" to post a video on TikTok.']],
  ])('is %j', (said, expected) => expect(problems(said)).toEqual(expected));

  it('lets branded content out to everyone and to friends alone, and own brand to anybody', async () => {
    for (const privacy_level of ['PUBLIC_TO_EVERYONE', 'MUTUAL_FOLLOW_FRIENDS']) expect(problems({ disclose: 'on', brand_content_toggle: 'on', privacy_level })).toEqual([]);
    expect(problems({ disclose: 'on', brand_organic_toggle: 'on', privacy_level: 'SELF_ONLY' })).toEqual([]);
    // While the disclosure is off, what is below it does not count.
    expect(problems({ brand_content_toggle: 'on', privacy_level: 'SELF_ONLY' })).toEqual([]);
    fake.state.creator.private = true;
    expect(problems({ disclose: 'on', brand_content_toggle: 'on', privacy_level: 'FOLLOWER_OF_CREATOR' }, await ask())).toEqual(['stop option.privacy_level: Branded content can only be shown to everyone or to friends.']);
  });

  it('is what the account has turned off', async () => {
    Object.assign(fake.state.creator, { duetOff: true });
    expect(problems({ comment: 'on', duet: 'on' }, await ask())).toEqual(['stop option.duet: Duets are turned off in this account\'s TikTok settings, or the account is private.']);
    expect(problems({ disclose: 'on', brand_content_toggle: 'on', privacy_level: 'SELF_ONLY' }, await ask('no'))).toContain(`stop option.brand_content_toggle: ${brandedPrivate}`);
  });

  it('is that TikTok must have been asked', () => {
    expect(problems({}, null)).toEqual(['stop option.privacy_level: TikTok could not be asked what this account may post just now. Try again in a moment.']);
    expect(problems({}, { blocked: 'Try again later.' })).toEqual([]);
  });

  it('is what photos have and what they do not', () => {
    const photos: DraftPart = { text: '', media: [photo, photo] };
    expect(problems({ format: 'photo', title: 'x'.repeat(90), cover_number: '2' }, usual, photos)).toEqual([]);
    expect(problems({ format: 'photo', title: '🐈'.repeat(46), cover_number: '3' }, usual, photos)).toEqual([
      'stop option.title: TikTok takes 90 characters of title; this has 92.', 'stop option.cover_number: There are 2 photos to choose the cover from.',
    ]);
    expect(problems({}, usual, photos)).toEqual(['stop option.format: Choose "Photos" to post pictures on TikTok.']);
    expect(problems({}, usual, { text: '', media: [{ ...film, durationMs: 2000 }] })).toEqual(['warning part.0.media: TikTok may find a video of less than 3 seconds too short.']);
  });
});

describe('the limits', () => {
  const beyond = (part: DraftPart, format: string) => checkContent([part], limitsOf(capabilities, [], format), 'TikTok').map(({ message }) => message);

  it.each<[string, DraftPart, string, string[]]>([
    ['a caption of 2200 UTF-16 units', { text: `${'🐈'.repeat(1099)}ab`, media: [film] }, 'video', []],
    ['one more', { text: `${'🐈'.repeat(1100)}a`, media: [film] }, 'video', ['TikTok takes 2200 characters; this has 2201.']],
    ['a description of 4000', { text: 'x'.repeat(4000), media: [photo] }, 'photo', []],
    ['one more of those', { text: 'x'.repeat(4001), media: [photo] }, 'photo', ['TikTok takes 4000 characters; this has 4001.']],
    ['no media', { text: 'x', media: [] }, 'video', ['TikTok needs a video here.']],
    ['two videos', { text: '', media: [film, film] }, 'video', ['TikTok takes 1 video; this has 2.']],
    ['35 photos', { text: '', media: Array.from({ length: 35 }, () => photo) }, 'photo', []],
    ['36 photos', { text: '', media: Array.from({ length: 36 }, () => photo) }, 'photo', ['TikTok takes 35 pictures; this has 36.']],
    ['a photo among videos', { text: '', media: [photo] }, 'video', ['TikTok takes no pictures here, only video.']],
    ['too small', { text: '', media: [{ ...film, width: 359 }] }, 'video', ['The video is 359 pixels wide; TikTok needs 360.']],
    ['too large', { text: '', media: [{ ...film, height: 4097 }] }, 'video', ['The video is 720 by 4097 pixels; TikTok takes 4096 on a side.']],
    ['too long', { text: '', media: [{ ...film, durationMs: 601_000 }] }, 'video', ['The video lasts 10:01 min; TikTok takes 10:00 min.']],
    ['too slow', { text: '', media: [{ ...film, frameRate: 15 }] }, 'video', ['The video has 15 frames a second; TikTok takes 23 to 60.']],
    ['too heavy', { text: '', media: [{ ...film, bytes: 4_000_000_001 }] }, 'video', ['The video has 4 GB; TikTok takes 4 GB.']],
    ['of another codec', { text: '', media: [{ ...film, videoCodec: 'av1' }] }, 'video', ['The video has video in AV1; TikTok takes H.264, HEVC, VP8, VP9. Export it anew.']],
  ])('%s', (_, part, format, expected) => expect(beyond(part, format)).toEqual(expected));
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { phonePhoto, plain } from '../../media/samples/samples.ts';
import { sampleVideo } from '../../media/samples/video-samples.ts';
import { chatHouse, type ChatHouse } from '../../testing/chat.ts';
import { filled } from '../../providers/telegram/referee.ts';
import { savePost } from '../posts/save-post.ts';

let house: ChatHouse;
beforeEach(async () => { house = await chatHouse(); });
afterEach(() => house.close());

const jpeg = () => plain(64, 48).jpeg().toBuffer();
const photo = (bytes: Buffer) => ({ photo: [
  { ...house.fake.people.file(Buffer.from('too small to be taken')), width: 9, height: 6 }, { ...house.fake.people.file(bytes), width: 64, height: 48 },
] });
const video = (bytes: Buffer, more: object = {}) => ({ video: { ...house.fake.people.file(bytes, { file_name: 'clip.mp4', mime_type: 'video/mp4' }), width: 64, height: 48, duration: 1, ...more } });
const document = (bytes: Buffer, name: string, type?: string) => ({ document: house.fake.people.file(bytes, { file_name: name, ...(type && { mime_type: type }) }) });
const texts = async () => (await house.posts()).map(({ content }) => content.parts[0].text);
const labels = () => house.said().buttons.map(({ text }) => text);
const mediaOf = async () => (await house.posts()).map(({ content }) => content.parts[0].media.length);
const library = () => house.app.deps.store.media.latest(house.workspaceId, null, 100);

describe('a link', () => {
  it('is good once, and says where drafts go', async () => {
    const token = await house.link();
    expect(house.said().text).toMatch(/^Linked\. What you send here becomes a draft in “.+”, by Ada: /u);
    expect(await house.app.deps.store.intakeLinks.byRemote('telegram', String(house.person))).toMatchObject({ userId: house.userId, workspaceId: house.workspaceId, channelIds: [house.channelId] });
    house.command(`/start ${token}`, 7_770_002);
    await house.hear();
    expect(house.fake.people.said.at(-1)).toMatchObject({ chatId: 7_770_002, text: expect.stringContaining('no longer good') as string });
    expect(await house.app.deps.store.intakeLinks.byRemote('telegram', '7770002')).toBeUndefined();
  });

  it('is void after a quarter of an hour, and when another was made', async () => {
    const first = (await house.ada.post('/settings/intake/telegram/link')).body;
    const second = (await house.ada.post('/settings/intake/telegram/link')).body;
    const [a = '', b = ''] = [first, second].map((body) => /\?start=([\w-]{43})/u.exec(body)?.[1]);
    expect(a).not.toBe(b);
    house.command(`/start ${a}`);
    await house.hear();
    expect(house.said().text).toContain('no longer good');
    house.clock.advance(15 * 60_000);
    house.command(`/start ${b}`);
    await house.hear();
    expect(await house.app.deps.store.intakeLinks.byRemote('telegram', String(house.person))).toBeUndefined();
  });

  it('takes nothing in while its workspace is frozen, says so once, and works again afterwards', async () => {
    await house.link();
    await house.app.deps.store.people.hold(house.workspaceId, 'frozen', house.clock.now());
    house.tell({ text: 'Into the ice' });
    await house.hear();
    await house.hear();
    expect([house.said().text.startsWith('Your workspace is frozen, so nothing is taken in'), await texts()]).toEqual([true, []]);
    expect(house.fake.people.said.filter(({ text }) => text?.startsWith('Your workspace is frozen'))).toHaveLength(1);
    await house.app.deps.store.people.hold(house.workspaceId, 'frozen', null);
    house.tell({ text: 'Thawed' });
    await house.hear();
    expect(await texts()).toEqual(['Thawed']);
  });

  it('moves nobody who is linked elsewhere, whoever made the address', async () => {
    await house.link();
    const { signedUp } = await import('../../testing/app.ts');
    const eve = await signedUp(house.app, 'eve@example.org');
    await house.link(house.person, eve);
    expect(house.said().text).toContain('This chat is linked already');
    house.tell({ text: 'Still mine' });
    await house.hear();
    expect(await texts()).toEqual(['Still mine']);
  });

  it('replaces the one before of the same person, and keeps where drafts go', async () => {
    await house.link();
    const other = await house.channel('Other');
    await house.app.deps.store.intakeLinks.setChannels(house.workspaceId, (await house.app.deps.store.intakeLinks.byRemote('telegram', String(house.person)))?.id ?? '', [other]);
    await house.link(7_770_002);
    expect(await house.app.deps.store.intakeLinks.byRemote('telegram', String(house.person))).toBeUndefined();
    expect(await house.app.deps.store.intakeLinks.byRemote('telegram', '7770002')).toMatchObject({ channelIds: [other] });
  });
});

describe('what is sent', () => {
  beforeEach(() => house.link());

  it('becomes a draft, with what can be done next', async () => {
    house.tell({ text: 'Low tide at nine 🌊' });
    await house.hear();
    const [post] = await house.posts();
    expect(post).toMatchObject({ state: 'draft', authorId: house.userId, content: { parts: [{ text: 'Low tide at nine 🌊', media: [] }] }, variants: [{ channelId: house.channelId }] });
    expect(house.said().text).toBe(`Draft saved: “Low tide at nine 🌊”\nFor Sandbox.\nhttp://localhost:3000/posts/${post?.id}/edit`);
    expect(labels()).toEqual(['Next free slot', 'Publish now', 'Discard']);
  });

  it('is plain text, as a composer has it', async () => {
    const text = 'Bold 🌊 words, a link and https://a.example';
    house.tell({ text, entities: [
      { type: 'bold', offset: 0, length: 4 }, { type: 'text_link', offset: text.indexOf('a link'), length: 6, url: 'https://tides.example/now' },
      { type: 'url', offset: text.indexOf('https'), length: 17 }, { type: 'text_link', offset: text.indexOf('https'), length: 17, url: 'https://a.example/' },
    ] });
    await house.hear();
    expect(await texts()).toEqual(['Bold 🌊 words, a link (https://tides.example/now) and https://a.example']);
  });

  it.each<[string, () => Promise<object>, string]>([
    ['a photo, the largest there is', async () => photo(await jpeg()), 'image/jpeg'],
    ['a picture as a file', async () => document(await plain(30, 30).png().toBuffer(), 'quality.png', 'image/png'), 'image/png'],
    ['a file that does not say what it is', async () => document(await jpeg(), 'thing'), 'image/jpeg'],
    ['a video', async () => video(sampleVideo()), 'video/mp4'],
    ['an animation', async () => ({ animation: { ...house.fake.people.file(sampleVideo(), { mime_type: 'video/mp4' }), width: 64, height: 48, duration: 1 }, ...document(Buffer.from('for older programs'), 'a.mp4', 'video/mp4') }), 'video/mp4'],
  ])('may be %s', async (_, message, type) => {
    house.tell({ ...await message(), caption: 'With words' });
    await house.hear();
    expect(house.said().text).toContain('With 1 file.');
    expect(await texts()).toEqual(['With words']);
    expect((await library()).map((one) => one.type)).toEqual([type]);
    expect(await house.app.deps.storage.size({ id: (await library())[0]?.id ?? '', type: type as 'image/png' })).toBeGreaterThan(0);
  });

  it('loses what a photo tells of its maker', async () => {
    house.tell(document(await phonePhoto(), 'IMG_1.jpg', 'image/jpeg'));
    await house.hear();
    const [file] = await library();
    const path = house.app.deps.storage.path({ id: file?.id ?? '', type: 'image/jpeg' });
    const { readFileSync } = await import('node:fs');
    expect(readFileSync(path).includes('SecretCamera')).toBe(false);
  });

  it('may be nothing that a post can be made of, and is told so', async () => {
    const some = { file_id: 'x', file_unique_id: 'y', duration: 1 };
    const cases: [object, string][] = [
      [{ sticker: filled('Sticker', { file_id: 'x', file_unique_id: 'y', type: 'regular', width: 1, height: 1 }) }, 'Stickers'],
      [{ voice: some }, 'Voice messages'],
      [{ contact: { phone_number: '+1', first_name: 'x' } }, 'Contacts'],
      [{ location: { latitude: 1, longitude: 2 } }, 'Places'],
      [document(Buffer.from('%PDF-1.7'), 'plan.pdf', 'application/pdf'), 'This kind of file'],
    ];
    for (const [message, words] of cases) {
      house.tell(message as Record<string, unknown>);
      await house.hear();
      expect(house.said().text).toContain(words);
    }
    house.tell(document(Buffer.from('%PDF-1.7 and more'), 'hidden', 'application/octet-stream'));
    await house.hear();
    house.tell(document(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'drawing.svg', 'image/svg+xml'));
    await house.hear();
    expect(house.fake.people.said.slice(-2).map(({ text }) => text)).toEqual([expect.stringContaining('hidden: This is a PDF document.'), expect.stringContaining('drawing.svg: This is an SVG drawing.')]);
    expect(await house.posts()).toEqual([]);
    expect(await library()).toEqual([]);
  });

  it('may be 20 MB and no more: larger is answered clearly, and the rest is kept', async () => {
    const large = Buffer.alloc(21 * 1024 * 1024, 7);
    house.tell({ ...video(large), caption: 'The long film' });
    await house.hear();
    const asked = house.fake.calls.filter(({ path }) => path.endsWith('/getFile')).length;
    expect(asked).toBe(0);
    expect(house.said().text).toContain('clip.mp4 is larger than 20 MB, and bots are given no more. Add it here instead: http://localhost:3000/media');
    expect(await texts()).toEqual(['The long film']);
    // One whose size is not told is found out when it is asked for.
    house.tell({ video: { file_id: String(house.fake.people.file(large)['file_id']), file_unique_id: 'z', width: 1, height: 1, duration: 1 } });
    await house.hear();
    expect(house.said().text).toContain('and bots are given no more');
    expect(house.said().buttons).toEqual([]);
    expect(await mediaOf()).toEqual([0]);
  });
});

describe('an album', () => {
  beforeEach(() => house.link());
  const part = async (id: number, more: object = {}) => ({ ...photo(await jpeg()), message_id: id, media_group_id: 'g-1', ...more });

  it('is one draft, in the order in which it was sent, however it comes', async () => {
    house.tell(await part(103));
    await house.hear();
    expect(await house.posts()).toEqual([]);
    house.clock.advance(1_500);
    house.tell(await part(101, { caption: 'Three of them' }));
    await house.hear();
    house.clock.advance(1_500);
    house.tell(await part(102));
    await house.hear();
    expect(await house.posts()).toEqual([]);
    await house.settle();
    const [post, ...more] = await house.posts();
    expect(more).toEqual([]);
    expect(post?.content.parts[0]).toMatchObject({ text: 'Three of them', media: [{}, {}, {}] });
    const files = await library();
    const names = post?.content.parts[0].media.map(({ mediaId }) => files.find(({ id }) => id === mediaId)?.name);
    expect(names).toEqual(['photo-101.jpg', 'photo-102.jpg', 'photo-103.jpg']);
    expect(house.fake.people.said.filter(({ text }) => text.startsWith('Draft'))).toHaveLength(1);
  });

  it('takes in what comes late while nobody has touched the draft', async () => {
    house.tell(await part(101, { caption: 'Two' }));
    await house.settle();
    house.tell(await part(102));
    await house.settle();
    expect(await mediaOf()).toEqual([2]);
    expect(await texts()).toEqual(['Two']);
    expect(house.said().text).toContain('Draft brought up to date: “Two”\nWith 2 files.');

    const [post] = await house.posts();
    await savePost(house.deps, { ...house, role: 'owner' }, { postId: post?.id ?? '', version: post?.version ?? 0, intent: 'draft', content: { parts: [{ text: 'Mine now', media: [] }] }, channels: [], wall: '', zone: 'UTC' });
    house.tell(await part(103));
    await house.settle();
    expect(house.said().text).toContain('was changed or scheduled since, so what you sent was not added');
    expect(await texts()).toEqual(['Mine now']);
    expect(await library()).toHaveLength(2);
  });

  it('is no endless wait', async () => {
    for (let n = 0; n < 8; n += 1) {
      house.tell(await part(101 + n));
      await house.hear();
      house.clock.advance(1_900);
    }
    await house.hear();
    expect(await mediaOf()).toEqual([expect.any(Number)]);
    await house.settle();
    expect(await mediaOf()).toEqual([8]);
  });

  it('keeps what could be taken of it, and is not scheduled without the rest', async () => {
    house.tell(await part(101, { caption: '/next Two', caption_entities: [{ type: 'bot_command', offset: 0, length: 5 }] }));
    house.tell({ ...document(Buffer.from('not a picture at all'), 'odd', 'image/jpeg'), message_id: 102, media_group_id: 'g-1' });
    await house.settle();
    expect((await house.posts()).map(({ state }) => state)).toEqual(['draft']);
    expect(house.said().text).toMatch(/odd: This file is not a picture[\s\S]*It was not scheduled/u);
  });
});

describe('a message that is changed', () => {
  beforeEach(() => house.link());

  it('changes its draft while that is as it was sent, and is answered afterwards', async () => {
    const id = house.tell({ ...photo(await jpeg()), caption: 'Teh harbour' });
    await house.hear();
    house.fake.people.edit(house.person, id, { ...photo(await jpeg()), caption: 'The harbour' });
    await house.hear();
    expect(await texts()).toEqual(['The harbour']);
    expect(await mediaOf()).toEqual([1]);
    // The picture that was replaced is gone with its file.
    expect(await library()).toHaveLength(1);
    await house.press('Next free slot');
    house.fake.people.edit(house.person, id, { text: 'Too late' });
    await house.hear();
    expect(house.said().text).toContain('was changed or scheduled since');
    expect(await texts()).toEqual(['The harbour']);
  });

  it('counts in the order in which it was changed', async () => {
    const id = house.tell({ text: 'one' });
    await house.hear();
    const at = Math.floor(Date.now() / 1000);
    house.fake.people.edit(house.person, id, { text: 'three', edit_date: at + 20 });
    house.fake.people.edit(house.person, id, { text: 'two', edit_date: at + 10 });
    await house.hear();
    expect(await texts()).toEqual(['three']);
  });

  it('of which nothing is known any more is answered, once', async () => {
    house.fake.people.edit(house.person, 5, { text: 'from long ago' });
    await house.hear();
    expect(house.said().text).toContain('too old to change its draft');
    expect(await house.posts()).toEqual([]);
  });
});

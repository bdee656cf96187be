import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { phonePhoto, plain } from '../../media/samples.ts';
import { sampleVideo } from '../../media/video-samples.ts';
import { chatHouse, type ChatHouse } from '../../testing/chat.ts';
import { filled } from '../../providers/telegram/referee.ts';
import { savePost } from '../posts/save-post.ts';
import { gather } from './gather.ts';

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

describe('the next free slot', () => {
  beforeEach(() => house.link());

  it('is one press away, and pressing twice is pressing once', async () => {
    house.tell({ text: 'Out it goes' });
    await house.hear();
    const message = { ...house.said(), buttons: [...house.said().buttons] };
    await house.press('Next free slot');
    const [post] = await house.posts();
    expect(post).toMatchObject({ state: 'scheduled', version: 2 });
    expect(house.said().text).toMatch(/^Scheduled for \w{3},? \d+ \w{3}.* Berlin: Sandbox\.\nhttp:\/\/localhost:3000\/posts\//u);
    expect(house.fake.people.popped).toHaveLength(1);
    house.fake.people.press(message, 'Next free slot');
    house.fake.people.press(message, 'Discard');
    await house.hear();
    expect(await house.posts()).toMatchObject([{ state: 'scheduled', version: 2, at: post?.at }]);
    expect(house.fake.people.popped).toEqual([expect.stringContaining('Scheduled'), 'It was scheduled already.', 'It was changed since.']);
  });

  it('is where /next sends a text, an album, and the latest draft', async () => {
    house.tell({ text: '/next Right away', entities: [{ type: 'bot_command', offset: 0, length: 5 }] });
    await house.hear();
    expect(await house.posts()).toMatchObject([{ state: 'scheduled', content: { parts: [{ text: 'Right away' }] } }]);
    house.tell({ ...photo(await jpeg()), caption: 'A picture /next', caption_entities: [{ type: 'bot_command', offset: 10, length: 5 }] });
    await house.hear();
    house.clock.advance(1_000);
    house.tell({ text: 'And this' });
    await house.hear();
    house.command('/next');
    await house.hear();
    const posts = await house.posts();
    expect(posts.map(({ state }) => state)).toEqual(['scheduled', 'scheduled', 'scheduled']);
    expect(posts.map(({ content }) => content.parts[0].text).toSorted()).toEqual(['A picture', 'And this', 'Right away']);
    expect(new Set(posts.map(({ at }) => at)).size).toBe(3);
  });

  it('names in words what stands in the way, with the page to mend it', async () => {
    await house.app.deps.store.intakeLinks.setChannels(house.workspaceId, (await house.app.deps.store.intakeLinks.byRemote('telegram', String(house.person)))?.id ?? '', [await house.channel('Sky', 'bluesky')]);
    house.tell({ text: 'x'.repeat(301) });
    await house.hear();
    await house.press('Next free slot');
    const [post] = await house.posts();
    expect(post?.state).toBe('draft');
    expect(house.said().text).toBe(`It is still a draft. This stands in the way:\n· Bluesky takes 300 characters; this has 301.\nMend it here: http://localhost:3000/posts/${post?.id}/edit`);
  });

  it('wants a channel to be chosen: in the chat, by pressing', async () => {
    await house.channel('Second');
    house.command('/channels');
    await house.hear();
    expect(labels().toSorted()).toEqual(['– Second', '✓ Sandbox']);
    const before = house.said();
    await house.press('✓ Sandbox');
    expect(labels().toSorted()).toEqual(['– Sandbox', '– Second']);
    house.tell({ text: 'Nowhere yet' });
    await house.hear();
    expect(house.said().text).toContain('No channel is chosen yet: /channels');
    await house.press('Next free slot');
    expect(house.said().text).toContain('No channel is chosen yet');
    house.fake.people.press(before, '– Second');
    house.fake.people.press(before, '– Second');
    await house.hear();
    house.command('/next');
    await house.hear();
    expect(house.said().text).toContain(': Second.');
  });

  it('or now, after one question', async () => {
    house.tell({ text: 'At once' });
    await house.hear();
    await house.press('Publish now');
    expect((await house.posts())[0]?.state).toBe('draft');
    expect(labels()).toEqual(['Yes, publish now', 'Back']);
    await house.press('Back');
    expect(labels()).toContain('Publish now');
    await house.press('Publish now');
    await house.press('Yes, publish now');
    expect(await house.posts()).toMatchObject([{ state: 'scheduled', at: house.clock.now() }]);
  });

  it('or nowhere: discarding takes the files along', async () => {
    house.tell({ ...photo(await jpeg()), caption: 'Never mind' });
    await house.hear();
    expect(await library()).toHaveLength(1);
    await house.press('Discard');
    expect(await house.posts()).toEqual([]);
    expect(await library()).toEqual([]);
    expect(house.said()).toMatchObject({ text: 'Discarded. “Never mind”', buttons: [] });
  });
});

describe('a draft that was changed in the dashboard', () => {
  it('is sent from there: buttons and /next leave it alone', async () => {
    await house.link();
    house.tell({ text: 'As it was sent' });
    await house.hear();
    const message = { ...house.said(), buttons: [...house.said().buttons] };
    const [post] = await house.posts();
    await savePost(house.deps, { ...house, role: 'owner' }, { postId: post?.id ?? '', version: 1, intent: 'draft', content: { parts: [{ text: 'As it is now', media: [] }] }, channels: [], wall: '', zone: 'UTC' });
    for (const label of ['Next free slot', 'Publish now', 'Discard']) house.fake.people.press(message, label);
    house.command('/next');
    await house.hear();
    expect(await house.posts()).toMatchObject([{ state: 'draft', version: 2 }]);
    expect(house.fake.people.popped).toEqual(['It was changed since.', 'It was changed since.', 'It was changed since.']);
    expect(house.said().text).toContain('This draft was changed in Post Master since. Send it from there:');
  });
});

describe('buttons in other hands', () => {
  it('do nothing for strangers, nor for people of another workspace', async () => {
    await house.link();
    house.tell({ text: 'Mine' });
    await house.hear();
    const message = house.said();
    house.fake.people.press(message, 'Publish now', 666);
    await house.hear();
    const { signedUp } = await import('../../testing/app.ts');
    await house.link(666, await signedUp(house.app, 'eve@example.org'));
    for (const label of ['Next free slot', 'Discard', 'Publish now']) house.fake.people.press(message, label, 666);
    await house.hear();
    expect(await house.posts()).toMatchObject([{ state: 'draft', version: 1 }]);
    expect(house.fake.people.popped).toEqual(['This draft is gone.', 'This draft is gone.', 'This draft is gone.']);
  });
});

describe('commands', () => {
  beforeEach(() => house.link());

  it('list what is there', async () => {
    house.command('/drafts');
    house.command('/queue');
    await house.hear();
    expect(house.fake.people.said.slice(-2).map(({ text }) => text)).toEqual(['There are no drafts. Send something to make one.', 'Nothing is scheduled.']);
    house.tell({ text: 'One' });
    house.tell({ text: '/next Two', entities: [{ type: 'bot_command', offset: 0, length: 5 }] });
    await house.hear();
    house.command('/drafts@postmaster_bot');
    house.command('/queue');
    house.command('/help');
    house.command('/whatever');
    await house.hear();
    const [drafts, queue, help, unknown] = house.fake.people.said.slice(-4).map(({ text }) => text);
    expect(drafts).toMatch(/^The latest drafts:\n· “One” http/u);
    expect(queue).toMatch(/^What goes out next:\n· “Two” .* Berlin http/u);
    for (const name of ['next', 'drafts', 'queue', 'channels', 'stop', 'help']) expect(help).toContain(`/${name}: `);
    expect(unknown).toContain('/help');
  });

  it('end it: /stop forgets the number, and what comes afterwards is a stranger’s', async () => {
    house.command('/stop');
    house.tell({ text: 'Do not keep this' });
    await house.hear();
    expect(house.fake.people.said.slice(-2).map(({ text }) => text)).toEqual([expect.stringContaining('Unlinked.'), expect.stringContaining('only takes posts from people who have linked it')]);
    expect(await house.posts()).toEqual([]);
    expect(await house.app.deps.store.intakeLinks.isWanted('telegram', house.clock.now())).toBe(false);
  });
});

describe('the same news again', () => {
  beforeEach(() => house.link());

  it('makes one draft, one schedule and one answer', async () => {
    const before = house.fake.people.said.length;
    house.tell({ text: 'Once' });
    house.command('/help');
    const updates = [...house.fake.news.pending()];
    for (let n = 0; n < 3; n += 1) {
      await house.app.deps.store.connecting.putCursor('telegram', {}, 0);
      house.fake.news.again(updates);
      await house.hear();
    }
    expect(await texts()).toEqual(['Once']);
    expect(house.fake.people.said.length - before).toBe(2);
  });
});

describe('a platform in trouble', () => {
  beforeEach(() => house.link());
  const later = async (ms: number) => {
    house.clock.advance(ms);
    await house.hear();
  };

  it('is asked again, and a file that broke off leaves nothing behind', async () => {
    house.tell({ ...photo(await jpeg()), caption: 'In the end' });
    house.fake.fault({ path: /\/file\//u, kind: { cut: 'body' } });
    await house.hear();
    expect(await house.posts()).toEqual([]);
    house.fake.fault({ path: /getFile/u, kind: { answer: { status: 502, body: 'bad gateway' } } });
    await later(2_000);
    expect(await house.posts()).toEqual([]);
    house.fake.fault({ path: /\/file\//u, kind: { answer: { status: 429, body: { ok: false, error_code: 429, description: 'Too Many Requests: retry after 40', parameters: { retry_after: 40 } } } } });
    await later(10_000);
    await later(39_000);
    expect(await house.posts()).toEqual([]);
    house.fake.people.expirePaths();
    await later(1_001);
    expect(await mediaOf()).toEqual([1]);
    expect(await library()).toHaveLength(1);
    const { readdirSync } = await import('node:fs');
    expect(readdirSync(`${house.app.deps.config.dataDir}/media/tmp`)).toEqual([]);
  });

  it('is given up on after a quarter of an hour: the rest is kept, and it is said', async () => {
    house.tell({ ...photo(await jpeg()), caption: 'Without its picture' });
    house.fake.fault({ path: /getFile/u, times: 99, kind: { answer: { status: 500, body: 'down' } } });
    await house.hear();
    for (const ms of [2_000, 10_000, 30_000, 120_000, 300_000, 300_000]) await later(ms);
    expect(await texts()).toEqual(['Without its picture']);
    expect(house.said().text).toContain('could not be fetched from Telegram. Send it again.');
  });

  it('says its answer later, once, when it asks for patience', async () => {
    house.tell({ text: 'Slowly' });
    house.fake.slowDown(30);
    const before = house.fake.people.said.length;
    await house.hear();
    expect(await texts()).toEqual(['Slowly']);
    expect(house.fake.people.said).toHaveLength(before);
    await later(30_000);
    expect(house.fake.people.said).toHaveLength(before + 1);
    await later(600_000);
    expect(house.fake.people.said).toHaveLength(before + 1);
  });

  it('that has lost the person loses no draft', async () => {
    house.tell({ text: 'Blocked, and still a draft' });
    house.fake.fault({ path: /sendMessage/u, times: 9, kind: { answer: { status: 403, body: { ok: false, error_code: 403, description: 'Forbidden: bot was blocked by the user' } } } });
    await house.hear();
    expect(await texts()).toEqual(['Blocked, and still a draft']);
    expect(await gather(house.deps)).toBe(0);
  });
});

describe('someone who may no longer write', () => {
  it('is told so, and may still unlink', async () => {
    await house.link();
    const { default: Database } = await import('better-sqlite3');
    const sqlite = new Database(house.app.file);
    sqlite.prepare('update members set role = ?').run('viewer');
    house.tell({ text: 'May I?' });
    house.command('/next');
    await house.hear();
    expect(await house.posts()).toEqual([]);
    expect(house.fake.people.said.slice(-2).every(({ text }) => text.startsWith('You may no longer write'))).toBe(true);
    house.command('/stop');
    await house.hear();
    expect(house.said().text).toContain('Unlinked.');
    await house.app.deps.store.people.role(house.workspaceId, house.userId);
    sqlite.prepare('update members set role = ?').run('editor');
    await house.link();
    sqlite.pragma('foreign_keys = on');
    sqlite.prepare('delete from members').run();
    sqlite.close();
    expect(await house.app.deps.store.intakeLinks.isWanted('telegram', house.clock.now())).toBe(false);
  });
});


import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { plain } from '../../media/samples/samples.ts';
import { chatHouse, type ChatHouse } from '../../testing/chat.ts';
import { savePost } from '../posts/save-post.ts';

let house: ChatHouse;
beforeEach(async () => { house = await chatHouse(); });
afterEach(() => house.close());

const jpeg = () => plain(64, 48).jpeg().toBuffer();
const photo = (bytes: Buffer) => ({ photo: [
  { ...house.fake.people.file(Buffer.from('too small to be taken')), width: 9, height: 6 }, { ...house.fake.people.file(bytes), width: 64, height: 48 },
] });
const labels = () => house.said().buttons.map(({ text }) => text);
const library = () => house.app.deps.store.media.latest(house.workspaceId, null, 100);

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

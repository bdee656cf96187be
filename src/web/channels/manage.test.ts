import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { signedUp, testApp, type TestApp, type Visitor } from '../../testing/app.ts';
import { fakeClock, seedChannel, seedPost, type World } from '../../testing/world.ts';

let app: TestApp;
let ada: Visitor;
let world: World;
const clock = fakeClock();
const hour = 3_600_000;
const said = async () => /<p (?:class="flash"[^>]*|role="status")>([^<]*)/u.exec((await ada.get('/channels')).body)?.[1];

beforeEach(async () => {
  app = await testApp({}, clock.now);
  ada = await signedUp(app);
  const user = await app.deps.store.people.userByEmail('ada@example.org');
  const workspaceId = (await app.deps.store.people.workspacesOf(user?.id ?? ''))[0]?.id ?? '';
  const [sandbox] = await app.deps.store.channels.list(workspaceId);
  world = { userId: user?.id ?? '', workspaceId, connectionId: sandbox?.connectionId ?? '', channelId: sandbox?.id ?? '' };
});
afterEach(() => app.close());

const post = (text: string, at: number, options = {}, on = world) => seedPost(app.deps.store, on, 'sandbox', { parts: [{ text, media: [] }] }, options, at);
async function run(): Promise<void> {
  await app.deps.engine.tick();
  await app.deps.engine.idle();
}
const publication = async (id: string) => app.deps.store.publications.get(world.workspaceId, id);
const channel = () => app.deps.store.channels.get(world.workspaceId, world.channelId);
const added = async (name: string) => (await seedChannel(app.deps.store, 'sandbox', { grant: { page: name }, target: { remoteId: name, name, handle: '', url: null, avatarUrl: null } }, world)).channelId;

describe('a channel of the list', () => {
  it('says what went out, what is next and what waits', async () => {
    await post('Out already', clock.now());
    await run();
    await post('Comes next', clock.now() + hour);
    await post('Comes later', clock.now() + 2 * hour);
    const { body } = await ada.get('/channels');
    expect(body).toMatch(/Last: <time[^>]*>[^<]*<\/time> <a href="\/posts\/[\w-]+">Out already<\/a> · <a href="\/sandbox\//u);
    expect(body).toMatch(/Next: <time[^>]*>[^<]*<\/time> <a href="\/posts\/[\w-]+">Comes next<\/a>/u);
    expect(body).toContain('2 waiting');
    expect(body).toContain('2 posts wait for this channel. They are held, and go out if you connect it again within 30 days.');
  });

  it('is called what its people call it, there and wherever it is shown', async () => {
    const answer = await ada.post(`/channels/${world.channelId}`, { name: '  The   harbour ' });
    expect([answer.statusCode, answer.headers.location]).toEqual([303, `/channels#channel-${world.channelId}`]);
    expect((await ada.get('/channels')).body).toContain('Sandbox there');
    for (const url of ['/posts/new', '/calendar']) expect((await ada.get(url)).body, url).toContain('The harbour');
    await ada.post(`/channels/${world.channelId}`, { name: 'Sandbox' });
    expect((await channel())?.ownName).toBeNull();
  });

  it('gives back a name that is too long, unfolded', async () => {
    const answer = await ada.post(`/channels/${world.channelId}`, { name: 'x'.repeat(81) });
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toContain('A name takes at most 80 characters.');
    expect(answer.body).toContain('x'.repeat(81));
    expect(answer.body).toMatch(/<details class="channel-more" open/u);
    expect((await ada.post('/channels/nowhere', { name: 'x' })).statusCode).toBe(404);
  });
});

describe('pausing', () => {
  it('holds what comes due, says so, and lets it go', async () => {
    const { publicationId, postId } = await post('Waits', clock.now() + hour);
    await ada.post(`/channels/${world.channelId}/pause`);
    expect(await said()).toBe('Paused. What comes due here is held until you resume.');
    clock.advance(hour);
    await run();
    expect(await publication(publicationId)).toMatchObject({ status: 'scheduled', held: 'paused', begun: false });
    expect((await ada.get(`/posts/${postId}`)).body).toContain('Held: publishing on this channel is paused');
    expect((await ada.get('/posts?show=failed')).body).toContain('Held: publishing on this channel is paused');
    expect((await ada.get('/')).body).toContain('1 held');
    expect((await ada.get('/channels')).body).toMatch(/badge-plain">Paused</u);
    expect(await app.deps.store.everywhere.queueTotals(clock.now())).toMatchObject({ due: 0, held: 1 });
    await ada.post(`/channels/${world.channelId}/pause`);
    expect(await said()).toBe('Publishing on this channel is paused already.');
    await ada.post(`/channels/${world.channelId}/resume`);
    await run();
    expect(await publication(publicationId)).toMatchObject({ status: 'published' });
  });
});

describe('groups', () => {
  const make = async (name: string) => {
    await ada.post('/channels/groups', { name });
    return (await app.deps.store.groups.list(world.workspaceId)).find((group) => group.name === name)?.id ?? '';
  };

  it('are made, filled by selects, shown as headings, and deleted without their channels', async () => {
    const two = await added('Bakery');
    const [first, second] = [await make('Client Müller'), await make('Ours')];
    const page = await ada.get('/channels/groups');
    expect(page.body).toContain(`<select name="in.${two}" aria-label="Group of Bakery" form="sort-channels">`);
    await ada.post('/channels/groups/sort', { [`in.${two}`]: first, [`in.${world.channelId}`]: second, 'in.nowhere': first });
    expect(await said()).toBe('2 channels are in their new groups.');
    expect((await ada.post('/channels/groups/undo', { [`in.${two}`]: '', [`in.${world.channelId}`]: '', 'in.nowhere': second })).headers.location).toBe('/channels/groups');
    expect(await said()).toBe('Everything is where it was.');
    await ada.post('/channels/groups/sort', { [`in.${two}`]: first, [`in.${world.channelId}`]: second });
    await ada.post(`/channels/groups/${second}/move`, { to: 'up' });
    const headings = async () => [...(await ada.get('/channels')).body.matchAll(/<h2>([^<]*) <span class="help">(\d+)</gu)].map(([, name, n]) => `${name} ${n}`);
    expect(await headings()).toEqual(['Ours 1', 'Client Müller 1']);
    await ada.post(`/channels/${two}`, { name: '', group: second });
    expect(await headings()).toEqual(['Ours 2']);
    await ada.post(`/channels/groups/${second}/delete`);
    expect(await said()).toBe('Deleted. Its channels stay.');
    expect(await headings()).toEqual(['In no group 2']);
  });

  it('pass over a form that names more than there can be', async () => {
    const answer = await ada.post('/channels/groups/sort', Object.fromEntries(Array.from({ length: 40_000 }, (_, n) => [`in.${n}`, ''])));
    expect([answer.statusCode, answer.headers.location]).toEqual([303, '/channels/groups']);
  });

  it('give back what cannot be a name, beside its field', async () => {
    const id = await make('Client Müller');
    for (const [url, name, text] of [
      ['/channels/groups', 'CLIENT  müller', 'There is a group of this name already.'], ['/channels/groups', ' ', 'Give the group a name.'],
      [`/channels/groups/${id}`, 'y'.repeat(61), 'takes at most 60 characters'],
    ] as const) {
      const answer = await ada.post(url, { name });
      expect([answer.statusCode, answer.body.includes(text), answer.body.includes(`value="${name}"`)], url).toEqual([422, true, true]);
    }
    for (const verb of ['', '/delete', '/move']) expect((await ada.post(`/channels/groups/${world.channelId}${verb}`, { name: 'x', to: 'up' })).statusCode).toBe(404);
  });
});

describe('many channels', () => {
  it('can be searched by name, network and group', async () => {
    for (let n = 1; n <= 9; n += 1) await added(`Branch ${n}`);
    expect((await ada.get('/channels')).body).toContain('type="search"');
    const found = async (q: string) => ((await ada.get(`/channels?q=${encodeURIComponent(q)}`)).body.match(/id="channel-/gu) ?? []).length;
    expect([await found('branch 4'), await found('SANDBOX'), await found('nobody')]).toEqual([1, 10, 0]);
    expect((await ada.get('/channels?q=nobody')).body).toContain('No channel is called “nobody”.');
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { signedUp, testApp, type TestApp, type Visitor } from '../../testing/app.ts';
import { plainFamily } from '../../testing/family.ts';
import { fakeClock, seedChannel, seedPost, type World } from '../../testing/world.ts';

let app: TestApp;
let ada: Visitor;
let world: World;
const clock = fakeClock();

beforeEach(async () => {
  const [plain, two] = plainFamily();
  const target = { remoteId: 'one', name: 'Harbour', handle: '', url: null, avatarUrl: null };
  app = await testApp({ PLAINS_CLIENT_ID: 'id', PLAINS_CLIENT_SECRET: 'secret' }, clock.now, [
    { ...plain, targets: async () => [target], connect: { kind: 'form', help: '', fields: [{ name: 'token', label: 'Token', kind: 'password', required: true }], verify: async () => ({ account: { id: 'one', name: 'one' }, grant: { token: 'good' } }) } },
    { ...two, targets: async () => [target] },
  ]);
  ada = await signedUp(app);
  const user = await app.deps.store.people.userByEmail('ada@example.org');
  const workspaceId = (await app.deps.store.people.workspacesOf(user?.id ?? ''))[0]?.id ?? '';
  world = { userId: user?.id ?? '', workspaceId, connectionId: '', channelId: '' };
});
afterEach(() => app.close());

const said = async () => /<p class="flash"[^>]*>([^<]*)/u.exec((await ada.get('/channels')).body)?.[1];

/** A channel whose access is refused, with a post that is held and one that is for later. */
async function refused(provider: string): Promise<World> {
  const target = { remoteId: 'one', name: 'Harbour', handle: '', url: null, avatarUrl: null };
  const on = await seedChannel(app.deps.store, provider, { grant: { token: 'old' }, target }, world);
  await app.deps.store.connections.mark(on.workspaceId, on.connectionId, 1, 'needs_reconnect', clock.now());
  for (const at of [clock.now() - 1_000, clock.now() + 3_600_000]) await seedPost(app.deps.store, on, provider, { parts: [{ text: 'Hello', media: [] }] }, {}, at);
  return on;
}

/** What the network is told, and how it answers. */
async function consented(fields: Record<string, string>, answer: (state: string) => string) {
  const begun = await ada.post('/channels/connect/plain-two', fields);
  const url = String(begun.headers.location);
  return { url, answer: await ada.get(`/integrations/social/plain-two?${answer(new URL(url).searchParams.get('state') ?? '')}`) };
}

describe('connecting again', () => {
  it('comes back by consent to where one was, with a word on what goes on; the network hears nothing of it', async () => {
    const on = await refused('plain-two');
    const { url, answer } = await consented({ reconnect: on.connectionId, back: '/posts/42?x=1' }, (state) => `state=${state}&code=one`);
    expect(url).not.toContain('posts');
    expect([answer.statusCode, answer.headers.location]).toEqual([303, '/posts/42?x=1']);
    expect(await said()).toBe('Harbour is connected again. 1 post that was held goes out now. 1 post more goes out at the planned time.');
    expect((await app.deps.store.channels.get(on.workspaceId, on.channelId))?.connectionStatus).toBe('active');
  });

  it('promises nothing of what is more than a day late by then: that is not sent by itself', async () => {
    const on = await refused('plain-two');
    await seedPost(app.deps.store, on, 'plain-two', { parts: [{ text: 'Too late', media: [] }] }, {}, clock.now() - 25 * 3_600_000);
    await consented({ reconnect: on.connectionId, back: '/channels' }, (state) => `state=${state}&code=one`);
    expect(await said()).toBe('Harbour is connected again. 1 post that was held goes out now. 1 post more goes out at the planned time. 1 post is more than a day late and is not sent by itself: look at it.');
  });

  it('comes back by a form, which is filled in on the way', async () => {
    const on = await refused('plain');
    const first = await ada.post('/channels/connect/plain', { reconnect: on.connectionId, back: '/posts/42' });
    const form = String(first.headers.location);
    expect(form).toBe(`/channels/connect/plain?reconnect=${on.connectionId}&back=%2Fposts%2F42`);
    expect((await ada.get(form)).body).toMatch(/name="back" value="\/posts\/42"/u);
    const empty = await ada.post('/channels/connect/plain', { reconnect: on.connectionId, back: '/posts/42', token: '' });
    expect([empty.statusCode, empty.body.includes('Token is missing.'), /name="back" value="\/posts\/42"/u.test(empty.body)]).toEqual([422, true, true]);
    const done = await ada.post('/channels/connect/plain', { reconnect: on.connectionId, back: '/posts/42', token: 'good' });
    expect(done.headers.location).toBe('/posts/42');
    expect(await said()).toContain('Harbour is connected again.');
  });

  it.each(['https://evil.example/x', '//evil.example', '/\\evil.example', 'javascript:alert(1)'])('never leads to another place (%s)', async (back) => {
    const on = await refused('plain-two');
    const { answer } = await consented({ reconnect: on.connectionId, back }, (state) => `state=${state}&code=one`);
    expect(answer.headers.location).toBe('/');
  });

  it('says so where the network or the person there said no, or it is another account, with the way back', async () => {
    const on = await refused('plain-two');
    for (const [reply, text] of [
      ['error=access_denied&error_description=They+said+no', 'did not connect: They said no.'], ['code=another', 'You logged in as another, but this channel belongs to Harbour.'],
    ] as const) {
      const { answer } = await consented({ reconnect: on.connectionId, back: '/posts/42' }, (state) => `state=${state}&${reply}`);
      expect([answer.statusCode, answer.body.includes(text)], text).toEqual([422, true]);
      expect(answer.body).toContain('<a href="/posts/42">Back to where you were</a>');
    }
    expect((await app.deps.store.channels.get(on.workspaceId, on.channelId))?.connectionStatus).toBe('needs_reconnect');
  });

  it('uses a state up when it is refused: the same answer again changes nothing', async () => {
    const on = await refused('plain-two');
    let used = '';
    await consented({ reconnect: on.connectionId, back: '/posts/42' }, (state) => { used = state; return `state=${state}&error=access_denied`; });
    const again = await ada.get(`/integrations/social/plain-two?state=${used}&code=one`);
    expect([again.statusCode, again.body.includes('This connection was begun elsewhere')]).toEqual([422, true]);
  });

  it('begins from the banner of an access that ends', async () => {
    const on = await refused('plain-two');
    const { store } = app.deps;
    await store.connections.refreshed(on.workspaceId, on.connectionId, 1, { grant: { token: 'x' }, expiresAt: clock.now() + 86_400_000, now: clock.now() });
    await store.connections.mark(on.workspaceId, on.connectionId, 2, 'expiring', clock.now());
    const { body } = await ada.get('/posts?show=draft');
    const href = /<a href="(\/channels\/connect\/plain-two\?[^"]*)">Reconnect<\/a>/u.exec(body)?.[1]?.replaceAll('&amp;', '&') ?? '';
    expect(new URLSearchParams(href.split('?')[1]).get('back')).toBe('/posts?show=draft');
    expect((await ada.get(href)).body).toMatch(/name="back" value="\/posts\?show=draft"/u);
  });
});

describe('a page of this instance', () => {
  it('comes back as the very one that was asked for', async () => {
    await app.close();
    app = await testApp({}, clock.now);
    ada = await signedUp(app);
    const { store } = app.deps;
    const user = await store.people.userByEmail('ada@example.org');
    const workspaceId = (await store.people.workspacesOf(user?.id ?? ''))[0]?.id ?? '';
    await ada.post('/channels/connect/sandbox');
    const [first, second] = await store.channels.list(workspaceId);
    for (const { id } of [first, second].filter((one) => one !== undefined)) await ada.post(`/channels/${id}/disconnect`);
    await ada.post('/channels/connect/sandbox', { reconnect: first?.connectionId ?? '', back: '/calendar' });
    expect((await store.channels.list(workspaceId)).map(({ connectionStatus }) => connectionStatus)).toEqual(['active', 'revoked']);
  });
});

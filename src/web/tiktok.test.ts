import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import sharp from 'sharp';
import { approveAt } from '../providers/fake/oauth.ts';
import { startFakeTikTok, webhookCall, type FakeTikTok } from '../providers/tiktok/fake.ts';
import { plain } from '../media/samples.ts';
import { signedUp, testApp, type TestApp, type Visitor } from '../testing/app.ts';
import { freePort } from '../testing/program.ts';
import { seedPost } from '../testing/world.ts';

// TikTok with the rest of the house: the web, the engine and real files, over the strict fake.

let app: TestApp;
let fake: FakeTikTok;
let ada: Visitor;
let url: string;

beforeEach(async () => {
  const port = await freePort();
  url = `http://localhost:${port}`;
  fake = await startFakeTikTok({ redirectUris: [`${url}/integrations/social/tiktok`], verified: [`${url}/m/`], fetches: true, looks: 0 });
  app = await testApp({
    PUBLIC_URL: url, UPSTREAMS: [...fake.upstreams].map(([from, to]) => `${from}=${to}`).join(','),
    TIKTOK_CLIENT_ID: fake.state.client.id, TIKTOK_CLIENT_SECRET: fake.state.client.secret,
  });
  ada = await signedUp(app);
  await app.server.listen({ port, host: 'localhost' });
});
afterEach(async () => {
  // What fetched photos keeps its connections open.
  app.server.server.closeAllConnections();
  await app.close();
  await fake.close();
});

/** Connects as a person does; gives the channel. */
async function connected() {
  const consent = (await ada.post('/channels/connect/tiktok')).headers.location ?? '';
  const query = new URLSearchParams({ code: await approveAt(fake, consent), state: new URL(consent).searchParams.get('state') ?? '', scopes: 'user.info.basic,video.publish' });
  expect((await ada.get(`/integrations/social/tiktok?${query.toString()}`)).headers.location).toBe('/channels');
  const { people } = app.deps.store;
  const user = await people.userByEmail('ada@example.org');
  const [workspace] = await people.workspacesOf(user?.id ?? '');
  const workspaceId = workspace?.id ?? '';
  const channel = (await app.deps.store.channels.list(workspaceId)).find(({ provider }) => provider === 'tiktok');
  if (!channel) throw new Error('no channel');
  return { workspaceId, channel, world: { userId: user?.id ?? '', workspaceId, connectionId: channel.connectionId, channelId: channel.id } };
}

describe('TikTok in the house', () => {
  it('is connected, shown, taken off by TikTok\'s word, and revoked when it is disconnected', async () => {
    const { workspaceId, channel } = await connected();
    expect((await ada.get('/channels')).body).toContain('Harbour News');
    const told = webhookCall({ ...fake.state, now: Date.now }, 'authorization.removed', { reason: 1 });
    const call = (headers: object) => app.server.inject({ method: 'POST', url: '/hooks/tiktok', payload: told.body, headers: { 'content-type': 'application/json', ...headers } });
    expect((await call({ 'tiktok-signature': 't=1,s=00' })).statusCode).toBe(400);
    expect((await app.deps.store.channels.get(workspaceId, channel.id))?.connectionStatus).toBe('active');
    expect((await call(told.headers)).statusCode).toBe(200);
    expect((await app.deps.store.channels.get(workspaceId, channel.id))?.connectionStatus).toBe('needs_reconnect');
    await connected();
    await ada.post(`/channels/${channel.id}/disconnect`);
    expect(fake.oauth.tokens.every(({ revoked }) => revoked)).toBe(true);
    for (const secret of [fake.state.client.secret, ...fake.oauth.tokens.map(({ access }) => access)]) expect(app.logged()).not.toContain(secret);
  });

  it('has a card that tells the operator everything, and tests the key', async () => {
    const { body } = await ada.get('/settings/networks/tiktok');
    for (const text of [`${url}/integrations/social/tiktok`, `${url}/hooks/tiktok`, `${url}/m/`, 'name="TIKTOK_AUDITED"', 'video.publish']) expect(body, text).toContain(text);
    expect(body).not.toMatch(/\{(?:callback|url|name)/u);
    await ada.post('/settings/networks/tiktok/test');
    expect((await ada.get('/settings/networks/tiktok')).body).toContain('TikTok accepts the client key and secret. Not counted as audited');
    expect((await ada.get('/privacy')).body).toContain('Apps and services permissions');
  });

  it('fetches photos from here, made right for it', async () => {
    const { workspaceId, world } = await connected();
    // Too large on both sides, and a kind that TikTok does not take.
    await ada.upload('/media', [{ name: 'files', filename: 'large.png', bytes: await plain(2400, 1600).png().toBuffer() }]);
    const [media] = await app.deps.store.media.latest(workspaceId, null, 10);
    const { store, engine } = app.deps;
    const { publicationId } = await seedPost(store, world, 'tiktok',
      { parts: [{ text: 'Boats', media: [{ mediaId: media?.id ?? '', alt: '' }] }] }, { format: 'photo', privacy_level: 'SELF_ONLY' }, Date.now());
    await engine.tick();
    await engine.idle();
    expect(await store.publications.get(workspaceId, publicationId)).toMatchObject({ status: 'published', failure: null });
    const [photo = ''] = (fake.made.posts[0]?.source['photo_images'] ?? []) as string[];
    const { format, width, height } = await sharp(Buffer.from(await (await fetch(photo)).arrayBuffer())).metadata();
    expect({ format, width, height }).toEqual({ format: 'jpeg', width: 1620, height: 1080 });
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../lib/ids.ts';
import type { Provider } from '../../providers/contract.ts';
import { signedUp, testApp, type TestApp, type Visitor } from '../../testing/app.ts';
import { plainFamily } from '../../testing/family.ts';

let app: TestApp;
let ada: Visitor;
let workspaceId: string;
let told: number;

beforeEach(async () => {
  told = 0;
  const [plain, two] = plainFamily();
  const parted: Provider = { ...two, without: (grant) => grant };
  app = await testApp({ PLAINS_CLIENT_ID: 'id', PLAINS_CLIENT_SECRET: 'secret' }, Date.now, [{ ...plain, revoke: async () => { told += 1; } }, parted]);
  ada = await signedUp(app);
  const user = await app.deps.store.people.userByEmail('ada@example.org');
  workspaceId = (await app.deps.store.people.workspacesOf(user?.id ?? ''))[0]?.id ?? '';
});
afterEach(() => app.close());

async function connected(provider: string, account: string, names: string[], expiresAt: number | null = null): Promise<string> {
  const { store } = app.deps;
  const { id } = await store.connections.connect(workspaceId, { id: newId(Date.now()), provider, accountId: account, accountName: account, grant: { token: 'x' }, expiresAt, now: Date.now() });
  await store.channels.put(workspaceId, names.map((name) => ({ id: newId(Date.now()), connectionId: id, provider, remoteId: name, name, handle: '', url: null, avatarUrl: null, limits: {}, createdAt: Date.now() })));
  return id;
}
const channelOf = async (name: string) => (await app.deps.store.channels.list(workspaceId)).find((channel) => channel.name === name);
const flashOf = async () => /<p class="flash"[^>]*>([^<]*)/u.exec((await ada.get('/channels')).body)?.[1];

describe('disconnecting', () => {
  it('says before what goes along, and does it', async () => {
    await connected('plain', 'one', ['News', 'Sports']);
    await connected('plain-two', 'two', ['Photos', 'Films']);
    const { body } = await ada.get('/channels');
    expect(body).toContain('Disconnecting this also disconnects Sports: they share one access.');
    expect(body).toContain('Disconnecting this also disconnects News: they share one access.');
    expect(body).not.toMatch(/also disconnects (?:Photos|Films)/u);
    await ada.post(`/channels/${(await channelOf('News'))?.id ?? ''}/disconnect`);
    expect(await flashOf()).toBe('Disconnected. The access is deleted here and revoked at Plain.');
    expect((await channelOf('Sports'))?.connectionStatus).toBe('revoked');
    await ada.post(`/channels/${(await channelOf('Photos'))?.id ?? ''}/disconnect`);
    expect(await flashOf()).toContain('the other channels of this account stay');
    expect((await channelOf('Films'))?.connectionStatus).toBe('active');
  });

  it('says why the network was not told', async () => {
    await connected('plain', 'one', ['News']);
    await connected('plain-two', 'one', ['Photos']);
    await ada.post(`/channels/${(await channelOf('News'))?.id ?? ''}/disconnect`);
    expect(await flashOf()).toContain('stays allowed at Plain, because the same account is connected on this instance once more');
    expect(told).toBe(0);
  });

  it('offers the way back to the very channel', async () => {
    const id = await connected('plain-two', 'two', ['Photos', 'Films']);
    const photos = (await channelOf('Photos'))?.id ?? '';
    await ada.post(`/channels/${photos}/disconnect`);
    expect((await ada.get('/channels')).body).toContain(`name="reconnect" value="${photos}"`);
    const begun = await ada.post('/channels/connect/plain-two', { reconnect: photos });
    expect([begun.statusCode, String(begun.headers.location).startsWith('https://plain.test/authorize?state=')]).toEqual([303, true]);
    expect(id).not.toBe(photos);
  });

  it('works for an account of which nothing was chosen', async () => {
    const id = await connected('plain', 'empty', []);
    const { body } = await ada.get('/channels');
    expect(body).toContain('Connected, nothing chosen yet');
    expect(body).toContain(`href="/channels/pick/${id}"`);
    await ada.post(`/channels/unused/${id}/disconnect`);
    expect((await ada.get('/channels')).body).not.toContain('nothing chosen yet');
    expect(told).toBe(1);
  });
});

describe('an access that ends', () => {
  const day = 86_400_000;
  const expiring = async (account: string, names: string[], expiresAt: number) => {
    const id = await connected('plain', account, names, expiresAt);
    await app.deps.store.connections.mark(workspaceId, id, 1, 'expiring', Date.now());
  };

  it('is announced on every page seven days ahead, once per account, and beside its channels before that', async () => {
    await expiring('soon', ['News', 'Sports'], Date.now() + 6 * day);
    await expiring('later', ['Kitchen'], Date.now() + 9 * day);
    for (const url of ['/', '/posts', '/settings', '/channels']) {
      const { body } = await ada.get(url);
      expect(body.match(/class="banner"/gu)?.length, url).toBe(1);
      expect(body.replaceAll(/<[^>]+>/gu, ''), url).toMatch(/Access to (?:News and Sports|Sports and News) ends on \w{3} \d+ \w{3}.* Berlin\. Reconnect/u);
    }
    expect((await ada.get('/channels')).body.match(/Access ends on/gu)?.length).toBe(3);
  });

  it('is not announced while it renews itself', async () => {
    await connected('plain', 'busy', ['News'], Date.now() + day);
    expect((await ada.get('/')).body).not.toContain('class="banner"');
  });
});

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { signedUp, testApp, type TestApp, type Visitor } from '../../testing/app.ts';
import { fakeClock, seedChannel, start } from '../../testing/world.ts';

// Pictures of accounts come through our own origin.

const clock = fakeClock();
const asked: string[] = [];
const pages: Record<string, { type: string; body: Buffer | string }> = {};
const site = createServer((request, response) => {
  asked.push(`${request.url} ${request.headers.cookie ?? 'no cookie'}`);
  const page = pages[request.url ?? ''];
  response.writeHead(page ? 200 : 404, { 'content-type': page?.type ?? 'text/plain' }).end(page?.body ?? '');
});
let app: TestApp;
let ada: Visitor;
let world: { userId: string; workspaceId: string };
beforeAll(async () => {
  await new Promise<void>((resolve) => { site.listen(0, '127.0.0.1', resolve); });
  app = await testApp({ UPSTREAMS: `https://pictures.example=http://127.0.0.1:${(site.address() as AddressInfo).port}` }, clock.now);
  ada = await signedUp(app);
  const userId = (await app.deps.store.people.userByEmail('ada@example.org'))?.id ?? '';
  world = { userId, workspaceId: (await app.deps.store.people.workspacesOf(userId))[0]?.id ?? '' };
  pages['/ada.png'] = { type: 'image/png', body: await sharp({ create: { width: 900, height: 900, channels: 3, background: '#3a6ea5' } }).png().toBuffer() };
});
afterAll(async () => {
  await app.close();
  site.close();
});

let n = 0;
async function channel(avatarUrl: string | null): Promise<string> {
  n += 1;
  const { channelId } = await seedChannel(app.deps.store, 'plain', { grant: {}, target: { remoteId: `r${n}`, name: 'Ada Lovelace', handle: '', url: null, avatarUrl } }, world);
  return channelId;
}

it('gives the account’s picture, small, asked for once an hour and without a cookie', async () => {
  const id = await channel('https://pictures.example/ada.png');
  const [first, second] = await Promise.all([ada.get(`/channels/${id}/picture`), ada.get(`/channels/${id}/picture`)]);
  expect([first.statusCode, first.headers['cache-control'], second.statusCode]).toEqual([200, 'private, max-age=3600', 200]);
  expect(await sharp(first.rawPayload).metadata()).toMatchObject({ width: 128, height: 128 });
  expect(asked).toEqual(['/ada.png no cookie']);
  clock.advance(61 * 60_000);
  await ada.get(`/channels/${id}/picture`);
  expect(asked).toHaveLength(2);
  expect((await ada.get('/channels')).body).toContain(`src="/channels/${id}/picture"`);
});

it.each([
  ['it is gone', 'https://pictures.example/gone.png'],
  ['it is a page', 'https://pictures.example/page'],
  ['it holds scripts', 'https://pictures.example/drawing.svg'],
  ['its address leads inside', 'https://127.0.0.1/ada.png'],
  ['its address is none', 'javascript:alert(1)'],
  ['there is none', null],
])('shows initials when %s', async (_, url) => {
  pages['/page'] = { type: 'text/html', body: '<p>hello' };
  pages['/drawing.svg'] = { type: 'image/svg+xml', body: '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>' };
  const answer = await ada.get(`/channels/${await channel(url)}/picture`);
  expect([answer.statusCode, answer.headers['content-type']?.startsWith('text/html')]).toEqual([404, true]);
});

it('is for members alone, and ends with the connection', async () => {
  const id = await channel('https://pictures.example/ada.png');
  const grace = await signedUp(app, 'grace@example.org');
  expect((await grace.get(`/channels/${id}/picture`)).statusCode).toBe(404);
  const found = await app.deps.store.channels.get(world.workspaceId, id);
  await app.deps.store.connections.mark(world.workspaceId, found?.connectionId ?? '', 1, 'revoked', start);
  expect((await ada.get(`/channels/${id}/picture`)).statusCode).toBe(404);
});

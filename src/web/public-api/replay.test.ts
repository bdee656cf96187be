import type { AddressInfo } from 'node:net';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiClient, type ApiClient } from '../../testing/api.ts';
import { testApp, type TestApp } from '../../testing/app.ts';

// The calls of Postiz's n8n node (0.2.17) and of its Node SDK, as they go over the wire: method, path, headers, body.

let app: TestApp;
let ada: ApiClient;
let host: string;
let channel: string;

beforeAll(async () => {
  app = await testApp({ API_LIMIT: '0', API_CALLS: '0' });
  ada = await apiClient(app);
  channel = (await app.deps.store.channels.list(ada.workspaceId))[0]?.id ?? '';
  await app.server.listen({ host: '127.0.0.1', port: 0 });
  host = `http://127.0.0.1:${(app.server.server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  // This side keeps its connections for longer than anybody waits here.
  app.server.server.closeAllConnections();
  await app.close();
});

const png = () => sharp({ create: { width: 20, height: 20, channels: 3, background: '#336699' } }).png().toBuffer();

describe('the n8n node', () => {
  // Its credential holds a host, to which it adds the path; people who host Postiz end theirs with /api.
  const node = async (method: string, path: string, body?: object) => {
    const answer = await fetch(`${host}/api/public/v1${path}`, {
      method, headers: { accept: 'application/json', Authorization: ada.key, ...(body && { 'content-type': 'application/json' }) }, ...(body && { body: JSON.stringify(body) }),
    });
    return { status: answer.status, json: await answer.json() as unknown };
  };

  it('tests its credential, lists channels, makes, lists and deletes a post', async () => {
    expect(await node('GET', '/is-connected')).toEqual({ status: 200, json: { connected: true } });
    expect(await node('GET', '/integrations')).toMatchObject({ status: 200, json: [{ id: channel, identifier: 'sandbox' }] });
    const date = new Date(Date.now() + 3_600_000).toISOString();
    const made = await node('POST', '/posts', {
      type: 'schedule', shortLink: true, date, tags: [], posts: [{ integration: { id: channel }, value: [{ content: 'From a workflow', image: [] }], group: 'a1b2c3', settings: { __type: 'sandbox' } }],
    });
    expect(made).toEqual({ status: 201, json: [{ postId: expect.any(String) as string, integration: channel }] });
    const list = await node('GET', `/posts?startDate=${encodeURIComponent(new Date(Date.now() - 1000).toISOString())}&endDate=${encodeURIComponent(new Date(Date.now() + 7_200_000).toISOString())}`);
    expect(list).toMatchObject({ status: 200, json: { posts: [{ content: 'From a workflow', state: 'QUEUE' }] } });
    const [{ postId }] = made.json as [{ postId: string }];
    expect(await node('DELETE', `/posts/${postId}`)).toEqual({ status: 200, json: { id: postId } });
  });

  it('uploads, and is told plainly that there are no made-up videos', async () => {
    const form = new FormData();
    form.append('file', new Blob([new Uint8Array(await png())], { type: 'image/png' }), 'from-n8n.png');
    const answer = await fetch(`${host}/api/public/v1/upload`, { method: 'POST', headers: { Authorization: ada.key }, body: form });
    expect([answer.status, await answer.json()]).toEqual([201, expect.objectContaining({ id: expect.any(String) as string, name: 'from-n8n.png', path: expect.stringMatching(/\.png$/u) as string })]);
    for (const [path, body] of [['/generate-video', { type: 'veo3', output: 'vertical', customParams: {} }], ['/video/function', { identifier: 'image-text-slides', functionName: 'loadVoices', params: {} }]] as const) {
      expect(await node('POST', path, body)).toMatchObject({ status: 501, json: { message: expect.stringContaining('makes no videos') as string } });
    }
  });

  it('shows a person the sentence when something is wrong', async () => {
    expect(await node('POST', '/posts', { type: 'now', date: '', shortLink: false, tags: [], posts: [{ integration: { id: channel }, value: [{ content: 'x'.repeat(501), image: [] }], settings: {} }] }))
      .toMatchObject({ status: 400, json: { message: 'Sandbox takes 500 characters; this has 501.' } });
  });
});

describe('the Node SDK', () => {
  const json = { 'Content-Type': 'application/json' };
  const call = async (path: string, init: RequestInit = {}) => fetch(`${host}/public/v1${path}`, { ...init, headers: { ...(init.body instanceof FormData ? {} : json), Authorization: ada.key } });

  it('post, postList, upload, integrations and deletePost', async () => {
    const form = new FormData();
    // It sends the ending in place of the name.
    form.append('file', new Blob([new Uint8Array(await png())], { type: 'image/png' }), 'png');
    const file = await (await call('/upload', { method: 'POST', body: form })).json() as { id: string; path: string };
    const [integration] = await (await call('/integrations')).json() as { id: string }[];
    const date = new Date(Date.now() + 5_400_000).toISOString();
    const made = await (await call('/posts', { method: 'POST', body: JSON.stringify({
      type: 'schedule', date, shortLink: false, tags: [{ value: 'launch', label: 'launch' }], order: '1', creationMethod: 'API',
      posts: [{ integration: { id: integration?.id }, value: [{ content: '<p>One</p>', image: [{ id: file.id, path: file.path }] }, { content: '<p>Two</p>', image: [], delay: 1 }], settings: { __type: 'sandbox' } }],
    }) })).json() as { postId: string }[];
    const query = new URLSearchParams({ startDate: date, endDate: date });
    expect(await (await call(`/posts?${query.toString()}`)).json()).toMatchObject({ posts: [{ id: made[0]?.postId, content: 'One', publishDate: date }] });
    const gone = await call(`/posts/${made[0]?.postId}`, { method: 'DELETE' });
    expect([gone.status, gone.headers.get('content-type')]).toEqual([200, 'application/json; charset=utf-8']);
    expect(await (await call(`/posts?${query.toString()}`)).json()).toEqual({ posts: [] });
  });
});

describe('a connection that breaks', () => {
  it('in the middle of a post makes nothing', async () => {
    const controller = new AbortController();
    const body = new ReadableStream({
      start(stream) { stream.enqueue(new TextEncoder().encode('{"type":"now","posts":[{"integration":{"id":"')); setTimeout(() => controller.abort(), 50); },
    });
    await fetch(`${host}/public/v1/posts`, { method: 'POST', headers: { Authorization: ada.key, 'content-type': 'application/json' }, body, duplex: 'half', signal: controller.signal } as RequestInit).catch(() => null);
    expect((await app.deps.store.posts.latest(ada.workspaceId, null, null, 10))).toEqual([]);
    expect((await fetch(`${host}/healthz`)).status).toBe(200);
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { providers } from '../../providers/all.ts';
import { ProviderError, type Provider } from '../../providers/contract.ts';
import { signedUp, testApp, type TestApp, type Visitor } from '../../testing/app.ts';
import { plainProvider, startPlain } from '../../testing/plain.ts';
import { joined } from '../../testing/team.ts';
import { fakeClock, seedChannel, seedPost, type World } from '../../testing/world.ts';

// What a person sees of each way in which a post can fail, on the real app with networks that fail so.

let app: TestApp;
let ada: Visitor;
let world: World;
let clock: ReturnType<typeof fakeClock>;
let fake: Awaited<ReturnType<typeof startPlain>>;
/** What the plain network throws instead of publishing; null lets it publish. */
let trouble: ProviderError | null;

beforeEach(async () => {
  clock = fakeClock();
  trouble = null;
  fake = await startPlain();
  const plain = plainProvider({ canLook: false });
  const failing: Provider = {
    ...plain,
    publish: async (job, steps, io) => (trouble ? steps.once('post-1', async () => { throw trouble ?? new Error('nothing'); }) : plain.publish(job, steps, io)),
  };
  app = await testApp({ UPSTREAMS: [...fake.upstreams].map(([from, to]) => `${from}=${to}`).join(',') }, clock.now, [...providers, failing]);
  ada = await signedUp(app);
  const user = await app.deps.store.people.userByEmail('ada@example.org');
  const workspaceId = (await app.deps.store.people.workspacesOf(user?.id ?? ''))[0]?.id ?? '';
  const person = { userId: user?.id ?? '', workspaceId };
  world = await seedChannel(app.deps.store, 'plain', { grant: { token: 'good' }, target: { remoteId: '1', name: 'Harbour', handle: '', url: 'https://plain.test/harbour', avatarUrl: null } }, person);
});
afterEach(async () => {
  await app.close();
  await fake.close();
});

async function run(): Promise<void> {
  await app.deps.engine.tick();
  await app.deps.engine.idle();
}

async function published(text = 'Hello'): Promise<{ page: () => Promise<string>; id: string; postId: string }> {
  const { postId, publicationId } = await seedPost(app.deps.store, world, 'plain', { parts: [{ text, media: [] }] }, {}, clock.now());
  await run();
  return { id: publicationId, postId, page: async () => (await ada.get(`/posts/${postId}`)).body };
}

const primaries = (html: string) => [...html.matchAll(/class="button primary[^"]*"[^>]*>([^<]*)</gu)].map(([, words]) => words).filter((words) => words !== '');
const inCards = (html: string) => /<ul class="cards">.*<\/ul>/su.exec(html)?.[0] ?? '';
const statusOf = async (id: string) => (await app.deps.store.publications.get(world.workspaceId, id))?.status;
const evidence = { method: 'POST', url: 'https://plain.test/posts', status: 422, requestId: 'req-42', body: '{"error":"too rude"}', at: 0 };

describe('a post that failed', () => {
  it('says that the network refuses it, and leads to changing it', async () => {
    trouble = new ProviderError({ kind: 'rejected', code: '422', message: 'Plain finds this too rude.', fix: 'Say it kindly.', evidence });
    const { page, postId } = await published();
    const html = inCards(await page());
    for (const text of ['Not published', 'Plain finds this too rude.', 'Say it kindly.', 'Since ', 'req-42', 'status 422', 'too rude&quot;']) expect(html, text).toContain(text);
    expect(primaries(html)).toEqual(['Change it as a new post']);
    expect(html).toContain(`href="/posts/new?from=${postId}&amp;channel=${world.channelId}"`);
    expect(html).not.toContain('good');
  });

  it('says that the access ended, and whoever may not mend that is told who can', async () => {
    trouble = new ProviderError({ kind: 'auth', code: '401', message: 'Plain no longer accepts this connection.' });
    const { page, postId } = await published();
    expect(primaries(inCards(await page()))).toEqual(['Reconnect the channel']);
    const bob = await joined(app, ada, 'bob@example.org', 'editor');
    const seen = inCards((await bob.get(`/posts/${postId}`)).body);
    expect(seen).toContain('An admin of this workspace can reconnect the channel.');
    expect(primaries(seen)).toEqual(['See who that is']);
  });

  it('waits by itself where the network asks to, and asks nobody for anything', async () => {
    trouble = new ProviderError({ kind: 'rate_limited', code: '429', message: 'Plain asks to wait.', retryAt: clock.now() + 120_000, scope: 'channel' });
    const { page, id } = await published();
    expect(inCards(await page())).toContain('The network asks to wait, next try in 2 min');
    expect(primaries(inCards(await page()))).toEqual([]);
    trouble = null;
    clock.advance(121_000);
    await run();
    expect([await statusOf(id), fake.ledger.length]).toEqual(['published', 1]);
  });

  it('is tried again once the network had its trouble often enough', async () => {
    trouble = new ProviderError({ kind: 'transient', code: 'refused', message: 'Plain could not be reached.', reached: false });
    const { page, id } = await published();
    for (const minutes of [1, 5, 30]) {
      clock.advance(minutes * 60_000 + 1_000);
      await run();
    }
    expect([await statusOf(id), primaries(inCards(await page()))]).toEqual(['failed', ['Try again']]);
    expect(inCards(await page())).toContain('Tried 4 times.');
    trouble = null;
    await ada.post(`/publications/${id}/retry`);
    await run();
    expect([await statusOf(id), fake.ledger.length]).toEqual(['published', 1]);
  });

  it.each(['timeout', '503'])('is unconfirmed where the answer was lost (%s): a person looks, and decides', async (code) => {
    trouble = new ProviderError({ kind: 'transient', code, message: 'Plain did not answer.', reached: true });
    const { page, id } = await published();
    expect(await statusOf(id)).toBe('unconfirmed');
    const html = inCards(await page());
    for (const text of ['Unconfirmed: it may be out', 'href="https://plain.test/harbour"', 'Check on Plain', 'It is not there: publish again']) expect(html, text).toContain(text);
    expect(primaries(html)).toEqual(['It is there']);
    trouble = null;
    await ada.post(`/publications/${id}/again`);
    await run();
    expect([await statusOf(id), fake.ledger.length]).toEqual(['published', 1]);
  });
});

describe('trying again what failed on a channel', () => {
  it('takes those that were chosen and need no change, and no others', async () => {
    trouble = new ProviderError({ kind: 'rejected', code: '422', message: 'Too rude.', fix: 'Say it kindly.' });
    const rude = await published('Rude');
    trouble = new ProviderError({ kind: 'auth', code: '401', message: 'No longer accepted.' });
    const one = await published('One');
    await app.deps.store.connections.connect(world.workspaceId, { id: 'x', provider: 'plain', accountId: '1', accountName: 'Harbour', grant: { token: 'good' }, expiresAt: null, now: clock.now() });
    const two = await published('Two');
    await app.deps.store.connections.connect(world.workspaceId, { id: 'x', provider: 'plain', accountId: '1', accountName: 'Harbour', grant: { token: 'good' }, expiresAt: null, now: clock.now() });
    trouble = null;
    const url = `/channels/${world.channelId}`;
    const { body } = await ada.get(`${url}/failed`);
    expect(new Set([...body.matchAll(/name="publication" value="([\w-]+)"/gu)].map(([, id]) => id))).toEqual(new Set([one.id, two.id]));
    expect(body).toMatch(/These need a change first:.*Rude/su);
    expect((await ada.post(`${url}/retry`)).statusCode).toBe(422);
    await ada.post(`${url}/retry`, { publication: [one.id, rude.id, 'nowhere'] });
    expect((await ada.get(`${url}/failed`)).body).toContain('1 post is tried again now.');
    await run();
    expect([await statusOf(one.id), await statusOf(two.id), await statusOf(rude.id)]).toEqual(['published', 'failed', 'failed']);
    expect(fake.ledger.map(({ text }) => text)).toEqual(['One']);
  });
});

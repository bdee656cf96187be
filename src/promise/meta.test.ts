import { afterEach, describe, expect, it } from 'vitest';
import { subject as facebook } from '../providers/meta/facebook/subject.ts';
import { subject as instagram } from '../providers/meta/instagram/subject.ts';
import type { FakeWorld } from '../providers/meta/fake/world.ts';
import type { FakePlatform } from '../providers/fake/server.ts';
import type { Subject } from '../providers/subject.ts';
import { expectAsked, expectForgotten, expectNowhere } from '../testing/promise/promise-checks.ts';
import { connectedWorld, pathsOf, type ConnectedWorld } from '../testing/promise/promise-network.ts';

// Meta (sentences 9 to 14), with the real adapters against a strict Graph API. 12's account deletion is not in here.

let connected: ConnectedWorld | undefined;
afterEach(async () => {
  await connected?.close();
  connected = undefined;
});

const world = (fake: FakePlatform) => fake as FakePlatform & Pick<FakeWorld, 'state' | 'tokens'>;
async function connect(subject: Subject, input?: Record<string, string>) {
  connected = await connectedWorld(subject, { ...(input && { input }) });
  return connected;
}
const both = [['facebook', facebook], ['instagram', instagram]] as const;

describe('promise 09: what Meta is asked for', () => {
  it('promise 09: for Pages', async () => {
    await expectAsked(await connect(facebook), facebook, ['pages_show_list', 'pages_read_engagement', 'pages_manage_posts']);
  });

  it('promise 09: for Instagram', async () => {
    await expectAsked(await connect(instagram), instagram, ['pages_show_list', 'pages_read_engagement', 'instagram_basic', 'instagram_content_publish']);
  });

  it.each(both)('promise 09: business_management only where a person says that the Pages are in a business, %s', async (_name, subject) => {
    const { asked } = await connect(subject, { business: 'on' });
    expect(asked).toContain('business_management');
    expect(subject.provider.setup?.scopes.map(({ scope }) => scope).toSorted()).toEqual([
      'business_management', 'instagram_basic', 'instagram_content_publish', 'pages_manage_posts', 'pages_read_engagement', 'pages_show_list',
    ]);
  });
});

describe('promise 10: what is kept of Meta', () => {
  it('promise 10: of a Page its token, id, name and picture, and nothing else of the account', async () => {
    const one = await connect(facebook);
    await one.publish();
    const grants = await one.grants();
    expect(grants.flatMap((grant) => pathsOf(grant, ['pages']))).toEqual(['pages.*.name', 'pages.*.picture', 'pages.*.token', 'userId']);
    const [page] = world(one.fake).state.pages;
    expect(await one.known()).toEqual(expect.arrayContaining([
      { accountId: '218471', accountName: 'Ada Lovelace' },
      { remoteId: page?.id, name: page?.name, handle: 'Page', url: `https://www.facebook.com/${page?.id}`, avatarUrl: `https://scontent.test/${page?.id}.jpg` },
    ]));
    await expectNowhere(one, page?.username ?? '', 'ADVERTISE', 'ANALYZE', 'MODERATE', 'Brand');
  });

  it('promise 10: of an Instagram account the same, with its name there', async () => {
    const one = await connect(instagram);
    await one.publish();
    expect((await one.grants()).flatMap((grant) => pathsOf(grant, ['accounts']))).toEqual([
      'accounts.*.name', 'accounts.*.pageId', 'accounts.*.picture', 'accounts.*.token', 'accounts.*.username', 'userId',
    ]);
    await expectNowhere(one, 'ADVERTISE', 'ANALYZE', 'followers', 'followers_count', 'insights');
  });
});

describe('promise 11: the person’s own token', () => {
  it.each(both)('promise 11: is exchanged for the tokens of the Pages and is kept nowhere, %s', async (_name, subject) => {
    const one = await connect(subject);
    await one.publish();
    const tokens = world(one.fake).tokens;
    const own = tokens.filter(({ kind }) => kind === 'user').map(({ value }) => value);
    expect(own.length).toBeGreaterThanOrEqual(2);
    await expectNowhere(one, ...own);
    const opened = JSON.stringify(await one.grants());
    const pages = tokens.filter(({ kind, value }) => kind === 'page' && opened.includes(value));
    expect(pages.length).toBeGreaterThan(0);
    // Long-lived: those of Pages have no end.
    expect(pages.map(({ expiresAt }) => expiresAt)).toEqual(pages.map(() => null));
  });
});

describe('promise 12: disconnecting', () => {
  it.each(both)('promise 12: deletes all tokens at once and every id of the platform within 30 days, from every byte, %s', async (_name, subject) => {
    const one = await connect(subject);
    const published = await one.publish();
    expect(published.status).toBe('published');
    const ids = [...world(one.fake).state.pages.flatMap(({ id, instagram: account }) => [id, ...(account ? [account.id] : [])]), world(one.fake).state.user.id]
      .filter((id) => one.world.scan(id).length > 0);
    expect(ids.length).toBeGreaterThan(0);
    await expectForgotten(one);
    for (const id of ids) expect(one.world.scan(id), id).toEqual([]);
    // That it went out, and when, stays: it is the person's own record.
    expect(await one.world.app.deps.store.publications.get(one.actor.workspaceId, published.id)).toMatchObject({ status: 'published', publishedAt: published.publishedAt });
  });

  it('promise 12: takes the app off the account at Meta with its last Page', async () => {
    const one = await connect(facebook);
    expect(await one.disconnectAll()).toEqual(['parted', 'revoked']);
    expect(world(one.fake).tokens.filter(({ dead }) => dead === null)).toEqual([]);
  });

  it('promise 12: of one Page alone leaves nothing of it while the others stay', async () => {
    const one = await connect(facebook);
    const { store } = one.world.app.deps;
    const [first, second] = await store.channels.list(one.actor.workspaceId);
    const token = (await one.grants()).map((grant) => (grant as { pages: Record<string, { token: string }> }).pages[first?.remoteId ?? '']?.token)[0] ?? '';
    const { disconnect } = await import('../actions/channels/disconnect.ts');
    expect(await disconnect(one.world.app.deps, one.actor, first?.id ?? '')).toBe('parted');
    await expectNowhere(one, token);
    one.world.days(30);
    await one.world.prune();
    await expectNowhere(one, first?.remoteId ?? '', first?.avatarUrl ?? '');
    expect((await store.channels.list(one.actor.workspaceId)).map(({ remoteId }) => remoteId)).toEqual([second?.remoteId]);
  });
});

describe('promise 13: deletion', () => {
  it('promise 13: has a page with instructions and the callback that Meta asks for', async () => {
    const { world: { app } } = await connect(facebook);
    const page = await app.server.inject({ url: '/data-deletion' });
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain('Facebook');
    expect(page.body).toMatch(/disconnect/iu);
    // An unsigned call is heard and refused; what a signed one does is in the tests of the hooks.
    const unsigned = await app.server.inject({ method: 'POST', url: '/hooks/meta/data-deletion', headers: { 'content-type': 'application/x-www-form-urlencoded' }, payload: 'signed_request=a.b' });
    expect(unsigned.statusCode).toBeGreaterThanOrEqual(400);
    expect(unsigned.statusCode).not.toBe(404);
  });
});

describe('promise 14: what can be published', () => {
  it('promise 14: images and videos to Pages; images, videos, Reels and carousels to Instagram', () => {
    const of = (subject: Subject) => ({ formats: subject.provider.capabilities.formats?.map(({ value }) => value) ?? [], images: subject.provider.capabilities.images !== null, videos: subject.provider.capabilities.videos !== null });
    expect(of(facebook)).toMatchObject({ images: true, videos: true });
    expect(of(instagram)).toMatchObject({ images: true, videos: true, formats: expect.arrayContaining(['reel']) as string[] });
    expect(instagram.cases.map(({ name }) => name)).toEqual(expect.arrayContaining(['a picture', 'a carousel of a picture and a video', 'a Reel']));
    expect(facebook.cases.map(({ name }) => name)).toEqual(expect.arrayContaining(['two pictures', 'a video']));
  });

  it.each([...facebook.cases.filter(({ name }) => ['two pictures', 'a video'].includes(name)).map((of) => ['facebook', of, facebook] as const),
    ...instagram.cases.filter(({ name }) => ['a picture', 'a carousel of a picture and a video', 'a Reel'].includes(name)).map((of) => ['instagram', of, instagram] as const)])(
    'promise 14: %s takes $name', async (_network, of, subject) => {
      const one = await connect({ ...subject, cases: [of] });
      expect(await one.publish()).toMatchObject({ status: 'published', failure: null });
    });
});

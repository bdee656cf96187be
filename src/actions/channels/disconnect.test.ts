import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { Person } from '../../domain/actor.ts';
import type { Deps } from '../../deps.ts';
import { readConfig } from '../../config.ts';
import { newId } from '../../lib/ids.ts';
import { ProviderError, type Provider } from '../../providers/contract.ts';
import { fakeIo } from '../../providers/fake/io.ts';
import { registryOf } from '../../providers/index.ts';
import { bootEngine, quiet } from '../../testing/drive.ts';
import { familySetup, plainFamily } from '../../testing/family.ts';
import { testStore, type TestStore } from '../../testing/store.ts';
import { fakeClock, seedPerson, seedPost } from '../../testing/world.ts';
import { disconnect, disconnectUnused, goingAlong } from './disconnect.ts';
import { keepConnected } from './keep-connected.ts';

const grant = z.object({ pages: z.record(z.string(), z.string()) });
type Grant = z.infer<typeof grant>;

let test: TestStore;
let actor: Person;
let revoked: Grant[];
const clock = fakeClock();

/** A network whose grant has one token per page; `parted` says whether it can be parted. */
function network({ parted, id = 'plain', down = false, mute = false }: { parted: boolean; id?: string; down?: boolean; mute?: boolean }): Provider {
  return {
    ...plainFamily()[0], id, grant, hooks: {},
    targets: async (of) => Object.keys((of as Grant).pages).map((remoteId) => ({ remoteId, name: `Page ${remoteId}`, handle: '', url: null, avatarUrl: null })),
    ...(!mute && {
      revoke: async (of: unknown) => {
        if (down) throw new ProviderError({ kind: 'transient', code: 'down', message: 'down', reached: false });
        revoked.push(of as Grant);
      },
    }),
    ...(parted && {
      without: (of: unknown, remoteId: string) => {
        const pages = Object.fromEntries(Object.entries((of as Grant).pages).filter(([page]) => page !== remoteId));
        return Object.keys(pages).length > 0 ? { pages } : null;
      },
    }),
  };
}

const deps = (...providers: Provider[]): Pick<Deps, 'store' | 'settings' | 'providers' | 'io' | 'config' | 'now' | 'log'> =>
  ({ store: test.store, settings: { get: () => undefined, origin: () => null, save: async () => {} }, providers: registryOf(providers), io: () => fakeIo({ now: clock.now }), config: readConfig({}), now: clock.now, log: quiet });

const tokens = (...pages: string[]): Grant => ({ pages: Object.fromEntries(pages.map((page) => [page, `token-${page}`])) });

/** Connects an account and puts these of its pages up. Gives the channels' ids. */
async function connected(provider: Provider, who: Person, reaches: string[], picked = reaches, account = 'ada'): Promise<string[]> {
  const { store } = test;
  const { id } = await store.connections.connect(who.workspaceId, {
    id: newId(clock.now()), provider: provider.id, accountId: account, accountName: account, grant: tokens(...reaches), expiresAt: null, now: clock.now(),
  });
  const rows = picked.map((remoteId) => ({ id: newId(clock.now()), connectionId: id, provider: provider.id, remoteId, name: `Page ${remoteId}`, handle: '', url: null, avatarUrl: null, limits: {}, createdAt: clock.now() }));
  await store.channels.put(who.workspaceId, rows);
  return rows.map((row) => row.id);
}

async function person(): Promise<Person> {
  return { ...(await seedPerson(test.store)), role: 'owner', sessionId: 's' };
}

const standings = async (who = actor) => Object.fromEntries((await test.store.channels.list(who.workspaceId)).map(({ remoteId, connectionStatus }) => [remoteId, connectionStatus]));

async function held(who = actor): Promise<Grant | undefined> {
  const [connection] = await test.store.connections.list(who.workspaceId);
  return (await test.store.connections.grant(who.workspaceId, connection?.id ?? ''))?.grant as Grant | undefined;
}

beforeEach(async () => {
  test = testStore();
  revoked = [];
  actor = await person();
});
afterEach(() => test.close());

describe('a grant that can be parted', () => {
  const provider = network({ parted: true });

  it('loses one channel and keeps the others; the last one ends it and is told to the network', async () => {
    const [a = '', b = '', c = ''] = await connected(provider, actor, ['a', 'b', 'c']);
    expect(await disconnect(deps(provider), actor, a)).toBe('parted');
    expect(await held()).toEqual(tokens('b', 'c'));
    expect(await standings()).toEqual({ a: 'revoked', b: 'active', c: 'active' });
    expect(await disconnect(deps(provider), actor, a)).toBe('deleted');
    expect(await held()).toEqual(tokens('b', 'c'));
    await disconnect(deps(provider), actor, b);
    expect(revoked).toEqual([]);
    expect(await disconnect(deps(provider), actor, c)).toBe('revoked');
    expect(await held()).toBeUndefined();
    expect(revoked).toEqual([tokens('c')]);
    expect(await standings()).toEqual({ a: 'revoked', b: 'revoked', c: 'revoked' });
  });

  it('ends with the last channel also when it reaches places that nobody chose', async () => {
    const [a = ''] = await connected(provider, actor, ['a', 'b', 'c'], ['a']);
    expect(await disconnect(deps(provider), actor, a)).toBe('revoked');
    expect(await held()).toBeUndefined();
  });

  it('is parted from what a refresh has stored meanwhile', async () => {
    const [a = '', b = ''] = await connected(provider, actor, ['a', 'b']);
    const [connection] = await test.store.connections.list(actor.workspaceId);
    const fresh = { pages: { a: 'fresh-a', b: 'fresh-b' } };
    let raced = false;
    const racing: Provider = {
      ...provider,
      without: (of, remoteId) => {
        if (!raced) void test.store.connections.refreshed(actor.workspaceId, connection?.id ?? '', 1, { grant: fresh, expiresAt: null, now: clock.now() });
        raced = true;
        return provider.without?.(of, remoteId) ?? null;
      },
    };
    expect(await disconnect(deps(racing), actor, a)).toBe('parted');
    expect(await held()).toEqual({ pages: { b: 'fresh-b' } });
    expect(b).not.toBe('');
  });

  it('holds what waits on the channel that was disconnected, and sends the rest', async () => {
    const [a = '', b = ''] = await connected(provider, actor, ['a', 'b']);
    const of = (channelId: string) => seedPost(test.store, { ...actor, connectionId: '', channelId }, 'plain', { parts: [{ text: channelId, media: [] }] }, {}, clock.now());
    const [onA, onB] = [await of(a), await of(b)];
    await disconnect(deps(provider), actor, a);
    const sent: string[] = [];
    const sending: Provider = { ...provider, publish: async ({ target }) => (sent.push(target.remoteId), { remoteId: 'r', url: null }) };
    const engine = bootEngine({ store: test.store, providers: [sending], io: () => fakeIo({ now: clock.now }), clock });
    await engine.tick();
    await engine.idle();
    expect(sent).toEqual(['b']);
    expect(await test.store.publications.get(actor.workspaceId, onA.publicationId)).toMatchObject({ status: 'scheduled', held: 'disconnected' });
    expect(await test.store.publications.get(actor.workspaceId, onB.publicationId)).toMatchObject({ status: 'published' });
    expect(await test.store.publications.queueState(actor.workspaceId, clock.now())).toMatchObject({ due: 0, held: 1 });
    expect(await test.store.channels.remove(actor.workspaceId, a, clock.now())).toBe(true);
    expect(await test.store.channels.remove(actor.workspaceId, b, clock.now())).toBe(false);
    expect(await test.store.publications.get(actor.workspaceId, onA.publicationId)).toMatchObject({ status: 'canceled' });
  });

  describe('that comes back', () => {
    const back = (reconnect: string | null, ...pages: string[]) =>
      keepConnected(deps(provider), actor.workspaceId, provider, { account: { id: 'ada', name: 'ada' }, grant: tokens(...pages) }, reconnect);
    const connectionId = async () => (await test.store.connections.list(actor.workspaceId))[0]?.id ?? '';

    it('brings the channel that was asked for', async () => {
      const [a = ''] = await connected(provider, actor, ['a', 'b']);
      await disconnect(deps(provider), actor, a);
      expect(await back(a, 'a', 'b')).toMatchObject({ ok: true, targets: 1 });
      expect(await standings()).toEqual({ a: 'active', b: 'active' });
      expect(await held()).toEqual(tokens('a', 'b'));
    });

    it('does not bring, with the others, what was disconnected on purpose, nor its part of the access', async () => {
      const [a = ''] = await connected(provider, actor, ['a', 'b', 'c']);
      await disconnect(deps(provider), actor, a);
      await test.store.connections.mark(actor.workspaceId, await connectionId(), 2, 'needs_reconnect', clock.now());
      expect(await back(await connectionId(), 'a', 'b', 'c')).toMatchObject({ ok: true });
      expect(await standings()).toEqual({ a: 'revoked', b: 'active', c: 'active' });
      expect(await held()).toEqual(tokens('b', 'c'));
    });

    it('brings all channels that went together', async () => {
      const whole = network({ parted: false });
      const [a = ''] = await connected(whole, actor, ['a', 'b']);
      await disconnect(deps(whole), actor, a);
      expect(await standings()).toEqual({ a: 'revoked', b: 'revoked' });
      await back(await connectionId(), 'a', 'b');
      expect(await standings()).toEqual({ a: 'active', b: 'active' });
    });

    it('does not bring back what was removed, until it is picked', async () => {
      const whole = network({ parted: false });
      const [a = '', b = ''] = await connected(whole, actor, ['a', 'b']);
      await disconnect(deps(whole), actor, a);
      await test.store.channels.remove(actor.workspaceId, b, clock.now());
      expect(await back(null, 'a', 'b')).toMatchObject({ ok: true, targets: 2 });
      expect(await standings()).toEqual({ a: 'active' });
    });

    it('is refused for another account', async () => {
      const [a = ''] = await connected(provider, actor, ['a', 'b']);
      await disconnect(deps(provider), actor, a);
      const other = await keepConnected(deps(provider), actor.workspaceId, provider, { account: { id: 'eve', name: 'eve' }, grant: tokens('a') }, a);
      expect(other).toMatchObject({ ok: false });
      expect(await test.store.connections.list(actor.workspaceId)).toHaveLength(1);
    });
  });
});

describe('a grant that is one for all its channels', () => {
  const provider = network({ parted: false });

  it('ends with any of them, and says so before', async () => {
    const [a = ''] = await connected(provider, actor, ['a', 'b', 'c']);
    await connected(provider, actor, ['z'], ['z'], 'eve');
    const channels = await test.store.channels.list(actor.workspaceId);
    const first = channels.find(({ id }) => id === a);
    if (!first) throw new Error('the channel is gone');
    expect(goingAlong(first, channels, provider).map(({ remoteId }) => remoteId).sort()).toEqual(['b', 'c']);
    expect(goingAlong(first, channels, network({ parted: true }))).toEqual([]);
    expect(await disconnect(deps(provider), actor, a)).toBe('revoked');
    expect(await standings()).toEqual({ a: 'revoked', b: 'revoked', c: 'revoked', z: 'active' });
  });
});

describe('telling the network', () => {
  it('is left out while the same account is in use in another workspace or at a network of the family', async () => {
    const plain = network({ parted: false });
    const two = network({ parted: false, id: 'plain-two' });
    const other = await person();
    const [mine = ''] = await connected(plain, actor, ['a']);
    const [theirs = ''] = await connected(plain, other, ['b']);
    const [cousin = ''] = await connected(two, other, ['c']);
    expect(await disconnect(deps(plain, two), actor, mine)).toBe('shared');
    expect(await held()).toBeUndefined();
    expect(await disconnect(deps(plain, two), other, theirs)).toBe('shared');
    expect(revoked).toEqual([]);
    expect(await disconnect(deps(plain, two), other, cousin)).toBe('revoked');
    expect(revoked).toEqual([tokens('c')]);
  });

  it('is not left out for another account, an unrelated network, or a connection that is dead', async () => {
    const plain = network({ parted: false });
    const stranger: Provider = { ...network({ parted: false, id: 'stranger' }), setup: { ...familySetup, id: 'other' } };
    const other = await person();
    const [mine = ''] = await connected(plain, actor, ['a']);
    await connected(plain, other, ['b'], ['b'], 'eve');
    await connected(stranger, other, ['c']);
    const dead = await person();
    await connected(plain, dead, ['d']);
    const [connection] = await test.store.connections.list(dead.workspaceId);
    await test.store.connections.mark(dead.workspaceId, connection?.id ?? '', 1, 'needs_reconnect', clock.now());
    expect(await disconnect(deps(plain, stranger), actor, mine)).toBe('revoked');
  });

  it('may fail or be impossible: the access is deleted all the same', async () => {
    const down = network({ parted: false, down: true });
    const [a = ''] = await connected(down, actor, ['a']);
    expect(await disconnect(deps(down), actor, a)).toBe('deleted');
    expect(await held()).toBeUndefined();
    const mute = network({ parted: false, mute: true });
    const other = await person();
    const [b = ''] = await connected(mute, other, ['b']);
    expect(await disconnect(deps(mute), other, b)).toBe('deleted');
    expect(await held(other)).toBeUndefined();
  });
});

describe('an account of which nothing was chosen', () => {
  it('can be disconnected; one with channels cannot be this way, nor one of another workspace', async () => {
    const provider = network({ parted: true });
    await connected(provider, actor, ['a', 'b'], []);
    const [connection] = await test.store.connections.list(actor.workspaceId);
    const id = connection?.id ?? '';
    expect(await disconnectUnused(deps(provider), await person(), id)).toBeUndefined();
    expect(await disconnectUnused(deps(provider), actor, id)).toBe('revoked');
    expect(await held()).toBeUndefined();
    const other = await person();
    await connected(provider, other, ['a']);
    const [used] = await test.store.connections.list(other.workspaceId);
    expect(await disconnectUnused(deps(provider), other, used?.id ?? '')).toBeUndefined();
    expect(await held(other)).toEqual(tokens('a'));
  });

  it('and a channel of another workspace is not found', async () => {
    const provider = network({ parted: true });
    const [a = ''] = await connected(provider, actor, ['a']);
    expect(await disconnect(deps(provider), await person(), a)).toBeUndefined();
    expect(await held()).toEqual(tokens('a'));
  });
});

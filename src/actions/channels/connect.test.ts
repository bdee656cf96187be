import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Person } from '../../domain/actor.ts';
import type { Deps } from '../../deps.ts';
import { readConfig } from '../../config.ts';
import type { Provider, Target } from '../../providers/contract.ts';
import { fakeIo } from '../../providers/fake/io.ts';
import { registryOf } from '../../providers/index.ts';
import { plainProvider } from '../../testing/plain.ts';
import type { Settings } from '../../settings.ts';
import { quiet } from '../../testing/drive.ts';
import { testStore, type TestStore } from '../../testing/store.ts';
import { fakeClock, seedPerson } from '../../testing/world.ts';
import { beginConnecting, finishConnecting, hearBot, missingSetting } from './connect.ts';
import { disconnect } from './disconnect.ts';

const target = (remoteId: string): Target => ({ remoteId, name: `Page ${remoteId}`, handle: '', url: null, avatarUrl: null });

/** The plain network, connected in whatever way the test is about. Its accounts and pages are what the input says. */
const reaching = (pages: readonly string[]) => async () => pages.map(target);
const plain = plainProvider({ canLook: true });
const byForm: Provider = {
  ...plain, targets: reaching(['1']),
  connect: { kind: 'form', help: '', fields: [{ name: 'account', label: 'Account', kind: 'text' }], verify: async ({ account = '' }) => ({ account: { id: account, name: account }, grant: { token: 'good' } }) },
};
const byOAuth: Provider = {
  ...plain, targets: reaching(['1']),
  connect: {
    kind: 'oauth2', fields: [],
    authorizeUrl: async ({ state, codeChallenge }) => ({ url: `https://plain.test/authorize?state=${state}&code_challenge=${codeChallenge}`, memo: { kept: 'memo' } }),
    exchange: async ({ code, memo, codeVerifier }) => ({ account: { id: code, name: code }, grant: { token: `${JSON.stringify(memo)} ${codeVerifier.length}` } }),
  },
};

const noSettings: Settings = { get: () => undefined, origin: () => null, save: async () => {} };

let test: TestStore;
let actor: Person;
const clock = fakeClock();

beforeEach(async () => {
  test = testStore();
  actor = { ...(await seedPerson(test.store)), role: 'owner', sessionId: 'session-1' };
});
afterEach(() => test.close());

const deps = (provider: Provider): Pick<Deps, 'store' | 'settings' | 'providers' | 'io' | 'config' | 'now' | 'log'> =>
  ({ store: test.store, settings: noSettings, providers: registryOf([provider]), io: () => fakeIo({ now: clock.now }), config: readConfig({}), now: clock.now, log: quiet });

describe('connecting by a form', () => {
  it('makes the channel at once when there is one place, and asks when there are several', async () => {
    expect(await beginConnecting(deps(byForm), actor, byForm, { account: 'ada' }, null)).toMatchObject({ ok: true, kept: { targets: 1 } });
    expect(await test.store.channels.list(actor.workspaceId)).toMatchObject([{ name: 'Page 1' }]);
    const many = { ...byForm, targets: reaching(['2', '3']) };
    expect(await beginConnecting(deps(many), actor, many, { account: 'eve' }, null)).toMatchObject({ ok: true, kept: { targets: 2 } });
    expect(await test.store.channels.list(actor.workspaceId)).toHaveLength(1);
  });

  it('brings the same account back, and no other', async () => {
    await beginConnecting(deps(byForm), actor, byForm, { account: 'ada' }, null);
    const [channel] = await test.store.channels.list(actor.workspaceId);
    await disconnect(deps(byForm), actor, channel?.id ?? '');
    const other = await beginConnecting(deps(byForm), actor, byForm, { account: 'eve' }, channel?.connectionId ?? '');
    expect(other).toMatchObject({ ok: false, problems: [{ message: expect.stringContaining('You logged in as eve, but this channel belongs to ada') as string }] });
    expect((await test.store.channels.list(actor.workspaceId))[0]?.connectionStatus).toBe('revoked');
    await beginConnecting(deps(byForm), actor, byForm, { account: 'ada' }, channel?.connectionId ?? '');
    expect(await test.store.channels.list(actor.workspaceId)).toMatchObject([{ id: channel?.id, connectionStatus: 'active' }]);
  });

  it('says what the operator has not set', async () => {
    const setup = {
      id: 'plain', name: 'Plain', settings: [{ env: 'PLAIN_TOKEN', label: '', help: '', secret: true }, { env: 'PLAIN_EXTRA', label: '', help: '', secret: false, optional: true as const }],
      cost: '', approvalDays: 0, steps: [], console: { label: '', url: 'https://plain.test' }, scopes: [],
    };
    const unset = { ...byForm, setup };
    expect(await beginConnecting(deps(unset), actor, unset, {}, null)).toMatchObject({ ok: false, problems: [{ message: expect.stringContaining('PLAIN_TOKEN') as string }] });
    const either = { ...unset, setup: { ...setup, settings: [{ env: 'PLAIN_OWN', or: 'PLAIN_TOKEN', label: '', help: '', secret: true }] } };
    const set = (...names: string[]) => missingSetting({ settings: { ...deps(either).settings, get: (name) => (names.includes(name) ? 'x' : undefined) } }, either);
    expect([set(), set('PLAIN_OTHER'), set('PLAIN_OWN'), set('PLAIN_TOKEN')]).toEqual(['PLAIN_OWN', 'PLAIN_OWN', undefined, undefined]);
  });
});

describe('connecting by consent', () => {
  const begin = async () => {
    const begun = await beginConnecting(deps(byOAuth), actor, byOAuth, {}, null);
    if (!begun.ok || begun.next !== 'consent') throw new Error('no consent page');
    return new URL(begun.url).searchParams.get('state') ?? '';
  };
  const finish = (who: Person, state: string) => finishConnecting(deps(byOAuth), who, byOAuth, { state, code: 'ada' });

  it('ends once, with the verifier and the memo that began it', async () => {
    const state = await begin();
    expect(state.length).toBeGreaterThanOrEqual(43);
    expect(await finish(actor, state)).toMatchObject({ ok: true });
    const [channel] = await test.store.channels.list(actor.workspaceId);
    expect(await test.store.connections.grant(actor.workspaceId, channel?.connectionId ?? '')).toMatchObject({ grant: { token: '{"kept":"memo"} 43' } });
    expect(await finish(actor, state)).toMatchObject({ ok: false });
  });

  it('is refused in another session, another workspace, and after ten minutes', async () => {
    expect(await finish({ ...actor, sessionId: 'session-2' }, await begin())).toMatchObject({ ok: false });
    const eve = await seedPerson(test.store);
    expect(await finish({ ...actor, ...eve }, await begin())).toMatchObject({ ok: false });
    const late = await begin();
    clock.advance(10 * 60 * 1000);
    expect(await finish(actor, late)).toMatchObject({ ok: false });
    expect(await test.store.channels.list(actor.workspaceId)).toEqual([]);
  });
});

describe('connecting through a bot', () => {
  const byBot = (said: string[]): Provider => ({
    ...plain, targets: reaching(['1']),
    connect: {
      kind: 'bot', steps: [], bot: async () => ({ id: 'b', name: 'Bot', url: 'https://plain.test/bot' }),
      updates: async (cursor) => ({
        cursor: Number(cursor) + said.length,
        claims: said.map((code) => ({ code, connected: { account: { id: '1', name: 'Chat' }, grant: { token: 'good' } } })),
        heard: [],
      }),
    },
  });

  it('links the chat in which the code is said, once, and moves on', async () => {
    const begun = await beginConnecting(deps(byBot([])), actor, byBot([]), {}, null);
    if (!begun.ok || begun.next !== 'code') throw new Error('no code');
    expect(await hearBot(deps(byBot(['WRONG'])), byBot(['WRONG']))).toBe(0);
    const heard = byBot([begun.code]);
    // Everything can be made, and then the cursor is not stored: the same news comes again.
    const dying = { ...deps(heard), store: { ...test.store, connecting: { ...test.store.connecting, take: () => Promise.reject(new Error('died')) } } };
    await expect(hearBot(dying, heard)).rejects.toThrow('died');
    expect(await hearBot(deps(heard), heard)).toBe(1);
    expect(await hearBot(deps(heard), heard)).toBe(0);
    expect(await test.store.channels.list(actor.workspaceId)).toHaveLength(1);
    expect(await test.store.connecting.cursor('plain')).toBe(3);
  });
});

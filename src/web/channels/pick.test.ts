import { afterEach, expect, it } from 'vitest';
import { newId } from '../../lib/ids.ts';
import type { Provider, Target } from '../../providers/contract.ts';
import { signedUp, testApp, type TestApp, type Visitor } from '../../testing/app.ts';
import { ownerOf } from '../../testing/calendar.ts';
import { plainProvider } from '../../testing/plain.ts';

let app: TestApp;
afterEach(() => app.close());

/** An account that reaches so many places, connected, with nothing chosen yet; gives where they are chosen. */
async function connected(places: number, env: Record<string, string> = {}): Promise<{ ada: Visitor; path: string; channels: () => Promise<string[]> }> {
  const targets: Target[] = Array.from({ length: places }, (_, n) => ({ remoteId: `r${n}`, name: `Client ${n + 1}`, handle: '', url: null, avatarUrl: null }));
  const network: Provider = { ...plainProvider({ canLook: false }), targets: async () => targets };
  app = await testApp(env, Date.now, [network]);
  const ada = await signedUp(app);
  const { workspaceId } = await ownerOf(app.deps.store);
  const connection = await app.deps.store.connections.connect(workspaceId, { id: newId(Date.now()), provider: 'plain', accountId: '1', accountName: 'Agency', grant: { token: 'good' }, expiresAt: null, now: Date.now() });
  return { ada, path: `/channels/pick/${connection.id}`, channels: async () => (await app.deps.store.channels.list(workspaceId)).map(({ name }) => name).toSorted() };
}

it('takes the places that are chosen, or all of them by one press', async () => {
  const { ada, path, channels } = await connected(5);
  const nothing = await ada.post(path);
  expect([nothing.statusCode, nothing.body.includes('Choose at least one.')]).toEqual([422, true]);
  await ada.post(path, { target: ['r1', 'r3', 'nowhere'] });
  expect(await channels()).toEqual(['Client 2', 'Client 4']);
  expect((await ada.get(path)).body).toContain('Use all 5');
  await ada.post(path, { all: 'yes' });
  expect(await channels()).toHaveLength(5);
});

it('offers no such press where there are few', async () => {
  const { ada, path } = await connected(3);
  expect((await ada.get(path)).body).not.toContain('Use all');
});

it('gives back what was chosen where the plan has no room for it', async () => {
  const { ada, path, channels } = await connected(120, { STRIPE_SECRET_KEY: 'sk_test_x', STRIPE_WEBHOOK_SECRET: 'whsec_x', STRIPE_PRICES: 'plus:price_1' });
  const refused = await ada.post(path, { all: 'yes' });
  expect(refused.statusCode).toBe(422);
  expect(refused.body.match(/name="target" value="r\d+" checked/gu)).toHaveLength(120);
  expect(await channels()).toEqual([]);
});

import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Actor } from '../../domain/actor.ts';
import { trialLimits } from '../../domain/billing/plan.ts';
import { loadSettings, type Settings } from '../../settings.ts';
import { testStore, type TestStore } from '../../testing/store.ts';
import { fakeClock, seedChannel, seedPost, type FakeClock, type World } from '../../testing/world.ts';
import { deletePost, deletePosts, restorePost } from './bin.ts';
import { undo } from './undo.ts';

let test: TestStore;
let world: World;
let clock: FakeClock;
let ada: Actor;
beforeEach(async () => {
  test = testStore();
  clock = fakeClock();
  world = await seedChannel(test.store, 'plain', { grant: {}, target: { remoteId: 'r1', name: 'One', handle: '@one', url: null, avatarUrl: null } });
  ada = { userId: world.userId, workspaceId: world.workspaceId, role: 'editor' };
});
afterEach(() => test.close());

const hour = 3_600_000;
/** Where subscriptions are sold, and where they are not. */
async function deps(sold = false): Promise<{ store: TestStore['store']; settings: Settings; now: () => number }> {
  const environment = (name: string) => (sold ? { STRIPE_SECRET_KEY: 'sk_test_x', STRIPE_WEBHOOK_SECRET: 'whsec_x', STRIPE_PRICES: 'plus:price_x' }[name] : undefined);
  return { store: test.store, settings: await loadSettings({ store: test.store, environment, names: [] }), now: clock.now };
}
const scheduled = async () => (await seedPost(test.store, world, 'plain', { parts: [{ text: 'Hello', media: [] }] }, {}, clock.now() + hour)).postId;
const stateOf = async (id: string) => (await test.store.posts.get(world.workspaceId, id))?.state;

it('says that a post is back as a draft whose time has come meanwhile', async () => {
  const here = await deps();
  const [one, two] = [await scheduled(), await scheduled()];
  const first = await deletePost(here, ada, one);
  expect(first.ok && await undo(here, ada, first.undo ?? '')).toEqual({ ok: true, said: 'It is back.' });
  const [late, both] = [await deletePost(here, ada, one), await deletePosts(here, ada, [two, await scheduled()])];
  clock.advance(2 * hour);
  expect(late.ok && await undo(here, ada, late.undo ?? '')).toEqual({ ok: true, said: 'It is back as a draft: nothing of it goes out by itself.' });
  expect(await undo(here, ada, both.undo ?? '')).toEqual({ ok: true, said: 'They are back. 2 of them are drafts now: nothing of them goes out by itself.' });
  expect(await stateOf(one)).toBe('draft');
});

it('is no way past the number of posts that a plan lets wait', async () => {
  const here = await deps(true);
  const ids: string[] = [];
  for (let n = 0; n < trialLimits.scheduled; n += 1) ids.push(await scheduled());
  const [first = '', second = ''] = ids;
  const gone = await deletePosts(here, ada, [first, second]);
  // One place was taken since by another post.
  await scheduled();
  expect(await restorePost(here, ada, first)).toEqual({ ok: true, state: 'scheduled' });
  expect(await undo(here, ada, gone.undo ?? '')).toMatchObject({ ok: true });
  expect([await stateOf(first), await stateOf(second)]).toEqual(['scheduled', 'draft']);
});

it('is written into the log with what is done, also of many', async () => {
  const here = await deps();
  const ids = [await scheduled(), await scheduled()];
  await deletePosts(here, ada, ids);
  const deleted = (await test.store.audit.page(world.workspaceId, { limit: 9 })).filter(({ kind }) => kind === 'post.deleted');
  expect(deleted).toHaveLength(2);
  for (const about of ids) expect(deleted).toContainEqual(expect.objectContaining({ about, who: world.userId }));
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mostLabels } from '../../domain/posts/label.ts';
import { seedAt, seedLabel, seedPlace } from '../../testing/calendar.ts';
import { testStore, type TestStore } from '../../testing/store.ts';
import { seedPerson, start, type World } from '../../testing/world.ts';

let test: TestStore;
let world: World;
beforeEach(async () => {
  test = testStore();
  world = await seedPlace(test.store, await seedPerson(test.store), 'plain', 'One');
});
afterEach(() => test.close());

const post = (labelIds: string[] = []) => seedAt(test.store, world, [{ channelId: world.channelId, provider: 'plain' }], { text: 'Hi', wall: '2026-11-27T09:00', labelIds });

describe('labels', () => {
  it('are told apart by their names, whatever their capitals', async () => {
    const { labels } = test.store;
    const spring = await seedLabel(test.store, world, 'Spring', 'green');
    const other = await seedLabel(test.store, world, 'Autumn', 'amber');
    expect(await labels.add(world.workspaceId, { id: 'l9', name: 'sPRING', color: 'teal', createdAt: start })).toBe('taken');
    expect(await labels.change(world.workspaceId, other, { name: 'SPRING', color: 'teal' })).toBe('taken');
    expect(await labels.change(world.workspaceId, spring, { name: 'spring', color: 'teal' })).toBe('saved');
    expect(await labels.list(world.workspaceId)).toEqual([{ id: other, name: 'Autumn', color: 'amber' }, { id: spring, name: 'spring', color: 'teal' }]);
  });

  it('belong to one workspace', async () => {
    const { labels } = test.store;
    const mine = await seedLabel(test.store, world, 'Spring', 'green');
    const stranger = await seedPerson(test.store);
    const theirs = await seedLabel(test.store, stranger, 'Spring', 'green');
    expect(await labels.change(stranger.workspaceId, mine, { name: 'x', color: 'teal' })).toBe('gone');
    expect(await labels.remove(stranger.workspaceId, mine)).toBe(false);
    const id = await post([mine, theirs]);
    expect(await labels.ofPost(world.workspaceId, id)).toEqual([mine]);
    expect(await labels.put(stranger.workspaceId, [{ id, labelIds: [theirs] }])).toEqual([]);
    expect(await labels.mark(stranger.workspaceId, [id], theirs, true)).toEqual([]);
    await labels.put(world.workspaceId, [{ id, labelIds: [theirs] }]);
    expect(await labels.ofPost(world.workspaceId, id)).toEqual([]);
  });

  it('are put on and taken off together, and tell what was', async () => {
    const { labels } = test.store;
    const [a, b] = [await seedLabel(test.store, world, 'A', 'green'), await seedLabel(test.store, world, 'B', 'plum')];
    const [one, two] = [await post([a]), await post()];
    expect(await labels.mark(world.workspaceId, [one, two], a, true)).toEqual([{ id: two, labelIds: [] }]);
    expect(await labels.mark(world.workspaceId, [one], b, true)).toEqual([{ id: one, labelIds: [a] }]);
    expect(await labels.counts(world.workspaceId)).toEqual(new Map([[a, 2], [b, 1]]));
    expect(await labels.mark(world.workspaceId, [one, two], a, false)).toHaveLength(2);
    expect(await labels.remove(world.workspaceId, b)).toBe(true);
    expect(await labels.ofPost(world.workspaceId, one)).toEqual([]);
  });

  it('have an end to their number', async () => {
    for (let n = 0; n < mostLabels; n += 1) await seedLabel(test.store, world, `Label ${n}`, 'gray');
    expect(await test.store.labels.add(world.workspaceId, { id: 'more', name: 'More', color: 'gray', createdAt: start })).toBe('too_many');
  });
});

describe('twins', () => {
  const minute = 60_000;
  const noon = Date.parse('2026-11-27T11:00Z');
  const at = (text: string, wall: string, state: 'scheduled' | 'draft' | 'canceled' = 'scheduled', place = world) =>
    seedAt(test.store, place, [{ channelId: place.channelId, provider: 'plain' }], { text, wall, state });
  const asked = { postId: null, get channelId() { return world.channelId; }, at: noon };

  it('are the nearest post beside one in time on a channel, not the post itself', async () => {
    const id = await at('x', '2026-11-27T12:04');
    await at('y', '2026-11-27T11:56', 'draft');
    await at('z', '2026-11-27T12:01', 'canceled');
    const { twins } = test.store;
    expect(await twins.beside(world.workspaceId, asked, 5 * minute)).toEqual({ postId: id, channelId: world.channelId, at: noon + 4 * minute });
    expect(await twins.beside(world.workspaceId, { ...asked, channelId: world.channelId, postId: id }, 5 * minute)).toBeUndefined();
    expect(await twins.beside(world.workspaceId, asked, 3 * minute)).toBeUndefined();
    const other = await seedPlace(test.store, world, 'plain', 'Other');
    expect(await twins.beside(world.workspaceId, { ...asked, channelId: other.channelId }, 5 * minute)).toBeUndefined();
    expect(await twins.beside((await seedPerson(test.store)).workspaceId, asked, 5 * minute)).toBeUndefined();
  });

  it('say the same within days, however it is spaced', async () => {
    const id = await at('Good   morning\n harbour', '2026-12-05T09:00');
    const { twins } = test.store;
    const saying = (text: string, days: number) => twins.saying(world.workspaceId, { parts: [{ text, media: [] }] }, asked, days * 24 * 60 * minute);
    expect(await saying('Good morning harbour ', 14)).toMatchObject({ postId: id });
    expect(await saying('Good morning, harbour', 14)).toBeUndefined();
    expect(await saying('Good morning harbour', 3)).toBeUndefined();
    expect(await saying('  ', 14)).toBeUndefined();
  });
});

describe('the pulse', () => {
  it('beats anew when something of the workspace changes, and for that workspace alone', async () => {
    const { pulse, moving, people, queue } = test.store;
    const stranger = await seedPerson(test.store);
    const id = await post();
    const seen = new Set<string>();
    const theirs = await pulse.of(stranger.workspaceId, start);
    const changed = async (what: string) => {
      const now = await pulse.of(world.workspaceId, start);
      expect(seen.has(now), what).toBe(false);
      seen.add(now);
      expect(await pulse.of(world.workspaceId, start), what).toBe(now);
    };
    await changed('at first');
    const before = await pulse.beat();
    await moving.move(world.workspaceId, [{ id, version: null, moment: { at: start + 60_000, zone: 'UTC', wall: 'x' } }], { userId: null, now: Date.now() + 1 });
    expect(await pulse.beat()).not.toBe(before);
    await changed('moved');
    const [claimed] = await queue.claimDue({ boot: 'b', now: start + 60_000, until: start + 90_000, limit: 9, attemptId: () => 'a1' });
    await changed('claimed');
    if (claimed) await queue.settle(claimed.lease, { outcome: 'later', failure: null, change: { status: 'scheduled', dueAt: start + 120_000, reason: 'backing_off', failures: 1 } }, start);
    await changed('put off');
    await seedPlace(test.store, world, 'plain', 'Two');
    await changed('connected');
    await people.hold(world.workspaceId, 'frozen', start);
    await changed('frozen');
    expect(await pulse.of(stranger.workspaceId, start)).toBe(theirs);
  });
});

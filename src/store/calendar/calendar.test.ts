import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dayPiece } from '../../domain/time/days.ts';
import type { PostState } from '../../domain/post.ts';
import { openSqlite } from '../index.ts';
import { end, seedAt, seedLabel, seedPlace, zone } from '../../testing/calendar.ts';
import { testStore, type TestStore } from '../../testing/store.ts';
import { seedPerson, start, type World } from '../../testing/world.ts';
import { rowsByIds } from './cards.ts';
import { shareOf } from './spans.ts';
import { noFilter, type PostFilter } from './filter.ts';

let test: TestStore;
let one: World;
let two: World;
beforeEach(async () => {
  test = testStore();
  const person = await seedPerson(test.store);
  one = await seedPlace(test.store, person, 'plain', 'One');
  two = await seedPlace(test.store, person, 'plain', 'Two');
});
afterEach(() => test.close());

const at = (text: string, wall: string | null, places: World[] = [one], more: { state?: PostState; labelIds?: string[] } = {}) =>
  seedAt(test.store, one, places.map(({ channelId }) => ({ channelId, provider: 'plain' })), { text, wall, ...more });
const spans = (dates: string[], limit: number, filter: PostFilter = noFilter) => test.store.calendar.spans(one.workspaceId, dates.map((date) => dayPiece(date, zone)), { each: limit, together: 100 }, filter);
const find = (asked: Partial<Parameters<TestStore['store']['calendar']['find']>[1]>) =>
  test.store.calendar.find(one.workspaceId, { text: '', filter: noFilter, deleted: false, before: null, limit: 50, ...asked });
const said = (cards: readonly { excerpt: string }[]) => cards.map(({ excerpt }) => excerpt);

describe('days', () => {
  it('give their first posts in order and count all, in the zone', async () => {
    for (const [text, wall] of [['c', '2026-11-27T12:00'], ['a', '2026-11-27T00:00'], ['b', '2026-11-27T09:00'], ['d', '2026-11-27T23:59'], ['next', '2026-11-28T00:00']] as const) await at(text, wall);
    const [before, day, after] = await spans(['2026-11-26', '2026-11-27', '2026-11-28'], 3);
    expect(before).toEqual({ cards: [], count: 0 });
    expect([said(day?.cards ?? []), day?.count]).toEqual([['a', 'b', 'c'], 4]);
    expect([said(after?.cards ?? []), after?.count]).toEqual([['next'], 1]);
  });

  it('are another workspace\'s alone', async () => {
    await at('mine', '2026-11-27T12:00');
    const other = await seedPerson(test.store);
    expect(await test.store.calendar.spans(other.workspaceId, [dayPiece('2026-11-27', zone)], { each: 3, together: 9 }, noFilter)).toEqual([{ cards: [], count: 0 }]);
    expect(await test.store.calendar.cards(other.workspaceId, [(await find({}))[0]?.id ?? ''])).toEqual([]);
  });

  it('are narrowed by channel, label and state, counts included', async () => {
    const label = await seedLabel(test.store, one, 'Spring', 'green');
    await at('both', '2026-11-27T08:00', [one, two], { labelIds: [label] });
    await at('first', '2026-11-27T09:00');
    await at('draft', '2026-11-27T10:00', [two], { state: 'draft' });
    await at('canceled', '2026-11-27T11:00', [two], { state: 'canceled' });
    end(test.file, await at('out', '2026-11-27T12:00'), 'published');
    end(test.file, await at('failed', '2026-11-27T13:00', [two]), 'failed', 'Too wide.');
    end(test.file, await at('doubt', '2026-11-27T14:00', [two]), 'unconfirmed');
    const day = async (filter: Partial<PostFilter>, limit = 1) => (await spans(['2026-11-27'], limit, { ...noFilter, ...filter }))[0];
    expect(said((await day({ channelId: one.channelId }, 9))?.cards ?? [])).toEqual(['both', 'first', 'out']);
    expect((await day({ channelId: two.channelId }))?.count).toBe(5);
    expect(said((await day({ labelId: label }, 9))?.cards ?? [])).toEqual(['both']);
    for (const [state, expected] of [['draft', ['draft']], ['scheduled', ['both', 'first']], ['published', ['out']], ['attention', ['failed', 'doubt']], ['canceled', ['canceled']]] as const) {
      expect(said((await day({ state }, 9))?.cards ?? []), state).toEqual(expected);
    }
    expect(said((await day({ state: 'scheduled', channelId: two.channelId }, 9))?.cards ?? [])).toEqual(['both']);
    await test.store.groups.add(one.workspaceId, { id: 'g', name: 'A client', createdAt: start }, { userId: null, now: start });
    await test.store.groups.put(one.workspaceId, [{ channelId: one.channelId, groupId: 'g' }], { userId: null, now: start });
    expect(said((await day({ groupId: 'g' }, 9))?.cards ?? [])).toEqual(['both', 'first', 'out']);
    expect([await day({ groupId: 'g', channelId: two.channelId }), await day({ groupId: 'other' })].map((found) => found?.count)).toEqual([1, 0]);
  });

  it('hold what waits on a channel that must be reconnected, and all of a workspace that is held', async () => {
    await at('held', '2026-11-27T09:00', [two]);
    await at('free', '2026-11-27T10:00');
    const sqlite = openSqlite(test.file);
    sqlite.prepare("update connections set status = 'needs_reconnect' where id = ?").run(two.connectionId);
    sqlite.close();
    const attention = async () => said((await spans(['2026-11-27'], 9, { ...noFilter, state: 'attention' }))[0]?.cards ?? []);
    expect(await attention()).toEqual(['held']);
    expect((await find({}))[1]).toMatchObject({ excerpt: 'held', status: 'needs_attention', places: [{ held: 'needs_reconnect' }], movable: true });
    expect(await test.store.publications.queueState(one.workspaceId, start)).toMatchObject({ waiting: 2, held: 1 });
    await test.store.people.hold(one.workspaceId, 'frozen', start);
    expect(await attention()).toEqual(['held', 'free']);
    expect(await test.store.publications.queueState(one.workspaceId, Date.parse('2027-01-01'))).toMatchObject({ waiting: 2, held: 2, due: 0, oldestDueAt: null });
  });

  it('count in the index, and read no row that is not shown', async () => {
    await at('x', '2026-11-27T09:00');
    const sqlite = openSqlite(test.file);
    const plan = sqlite.prepare("explain query plan select count(*) n from posts p where p.workspace_id = 'w' and p.deleted_at is null and p.at >= 1 and p.at < 2").all() as { detail: string }[];
    const queue = sqlite.prepare("explain query plan select count(*) from publications where workspace_id = 'w' and status = 'scheduled'").all() as { detail: string }[];
    const rows = sqlite.prepare(`explain query plan ${rowsByIds}`).all('w', '[]') as { detail: string }[];
    sqlite.close();
    expect(plan[0]?.detail).toContain('COVERING INDEX posts_workspace_at');
    expect(queue[0]?.detail).toContain('COVERING INDEX publications_workspace');
    expect(rows[0]?.detail).toContain('(id=?)');
  });
});

describe('cards', () => {
  it('say what they say, where to, and whether they may move', async () => {
    const label = await seedLabel(test.store, one, 'Spring', 'green');
    const id = await at('\n Hello \n\tthere\nyou, and you ', '2026-11-27T09:00', [one, two], { labelIds: [label] });
    expect((await test.store.calendar.cards(one.workspaceId, [id, 'nothing']))).toMatchObject([
      { id, version: 1, state: 'scheduled', status: 'scheduled', excerpt: 'Hello there you, and you', thumb: null, labelIds: [label], movable: true },
    ]);
    // Both were made in the same moment: either may be first.
    expect((await test.store.calendar.cards(one.workspaceId, [id]))[0]?.places.map(({ channelId }) => channelId).sort()).toEqual([one.channelId, two.channelId].sort());
    end(test.file, id, 'failed', 'Too wide.');
    expect((await test.store.calendar.cards(one.workspaceId, [id]))[0]).toMatchObject({ status: 'failed', movable: false, places: [{ message: 'Too wide.' }, { message: 'Too wide.' }] });
  });
});

describe('the room there is', () => {
  it('is shared: each span shows its most, fewer where all together would be too many, and one at least', () => {
    const room = { each: 3, together: 9 };
    expect([[3, 3, 3], [9, 0, 1], [3, 3, 4, 1], [9, 9, 9, 9, 9], Array.from({ length: 50 }, () => 2)].map((counts) => shareOf(counts, room))).toEqual([3, 3, 2, 1, 1]);
  });

  it('is kept over all spans while every post is counted', async () => {
    for (const wall of ['2026-11-27T09:00', '2026-11-27T10:00', '2026-11-27T11:00', '2026-11-28T09:00', '2026-11-28T10:00', '2026-11-30T09:00']) await at(wall, wall);
    const days = ['2026-11-27', '2026-11-28', '2026-11-29', '2026-11-30'].map((date) => dayPiece(date, zone));
    const found = await test.store.calendar.spans(one.workspaceId, days, { each: 3, together: 4 }, noFilter);
    expect(found.map(({ count, cards }) => [count, ...said(cards)])).toEqual([[3, '2026-11-27T09:00'], [2, '2026-11-28T09:00'], [0], [1, '2026-11-30T09:00']]);
  });
});

describe('finding', () => {
  it('reads the words of posts and of their channels\' own versions, in any case, and nothing else of them', async () => {
    await at('Über die Brücke', null, [one], { state: 'draft' });
    await at('Say "hello" \\ 100%', '2026-11-27T09:00');
    const own = await at('base', '2026-11-27T10:00');
    const sqlite = openSqlite(test.file);
    // As an older version left it: its words were never put down.
    sqlite.prepare('update posts set words = null where id = ?').run(own);
    sqlite.prepare('update variants set content = ? where post_id = ?').run(JSON.stringify({ parts: [{ text: 'Only for Two', media: [] }] }), own);
    sqlite.close();
    for (const [text, expected] of [['über', ['Über die Brücke']], ['BRÜCKE', ['Über die Brücke']], ['"hello" \\', ['Say "hello" \\ 100%']], ['%', ['Say "hello" \\ 100%']], ['only for', ['base']], ['media', []], ['parts', []]] as const) {
      expect(said(await find({ text })), text).toEqual(expected);
    }
  });

  it('takes accents, capitals and space as people type them, in any script, from the middle of a word', async () => {
    const texts = ['Straße am  Ærø-Kai\nzweite Zeile', 'Café Ångström', 'ΑΘΉΝΑ σήμερα', 'Київ Йога', 'سَلام عليكم', 'שָׁלוֹם', '東京タワー', 'İstanbul ışık'];
    for (const text of texts) await at(text, '2026-11-27T09:00');
    const cases: [typed: string, found: number][] = [['STRASSE', 0], ['aero', 0], ['kai zweite', 0], ['cafe ang', 1], ['CAFÉ', 1], ['αθηνα', 2], ['киів', 3], ['йога', 3], ['سلام', 4], ['שלום', 5], ['京タ', 6], ['istanbul isik', 7]];
    for (const [typed, n] of cases) expect(said(await find({ text: typed })), typed).toEqual([texts[n]?.replaceAll(/\s+/gu, ' ')]);
    expect(await find({ text: 'cafestrom' })).toEqual([]);
  });

  it('takes signs for what they are, and passes over what nobody can see', async () => {
    await at('What? *Now* [or] ne\u0000ver-ever', '2026-11-27T09:00');
    for (const text of ['what? *now* [or', '?', '*', '[', ']', '] ne ver-e', 'r-e']) expect(await find({ text }), text).toHaveLength(1);
    for (const text of ['wh*t', 'w?at', '[a-z]', '[*]', '[^x]', 'ne*ver']) expect(await find({ text }), text).toEqual([]);
  });

  it('reads one workspace alone, what was written last, and nothing that is gone', async () => {
    const other = await seedPlace(test.store, await seedPerson(test.store), 'plain', 'Three');
    const theirs = await seedAt(test.store, other, [], { text: 'A secret garden', wall: null, state: 'draft' });
    const ours = await at('A secret harbour', null, [one], { state: 'draft' });
    expect(said(await find({ text: 'secret' }))).toEqual(['A secret harbour']);
    await test.store.posts.save(one.workspaceId, {
      id: ours, authorId: one.userId, state: 'draft', content: { parts: [{ text: 'Nothing to hide', media: [] }] }, moment: null, version: 1, now: start,
      variants: [{ channelId: one.channelId, provider: 'plain', publicationId: 'x', options: {}, content: { parts: [{ text: 'Open to ÁLL', media: [] }] } }],
    });
    expect([await find({ text: 'secret' }), said(await find({ text: 'hide' })), said(await find({ text: 'to all' }))]).toEqual([[], ['Nothing to hide'], ['Nothing to hide']]);
    await test.store.posts.remove(other.workspaceId, theirs);
    const sqlite = openSqlite(test.file);
    expect(sqlite.prepare("select id from posts where words like '%secret%' or content like '%secret%'").all()).toEqual([]);
    sqlite.close();
  });

  it('goes on behind a post, the latest touched first', async () => {
    for (const text of ['1', '2', '3', '4', '5']) await at(text, '2026-11-27T09:00');
    const first = await find({ limit: 2 });
    const rest = await find({ before: { updatedAt: first[1]?.updatedAt ?? 0, id: first[1]?.id ?? '' } });
    expect(new Set([...said(first), ...said(rest)])).toEqual(new Set(['1', '2', '3', '4', '5']));
    expect(rest).toHaveLength(3);
  });
});

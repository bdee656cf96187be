import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { signedUp, testApp, type TestApp, type Visitor } from '../../testing/app.ts';
import { readPage } from '../../testing/composing/html.ts';
import { end, ownerOf, seedAt, seedLabel, seedPlace, told, zone, type Owner } from '../../testing/calendar.ts';
import { fakeClock, start, type FakeClock } from '../../testing/world.ts';

let app: TestApp;
let ada: Visitor;
let clock: FakeClock;
let owner: Owner;
let channelId: string;
beforeEach(async () => {
  clock = fakeClock();
  app = await testApp({}, clock.now);
  ada = await signedUp(app);
  owner = await ownerOf(app.deps.store);
  channelId = (await seedPlace(app.deps.store, owner, 'sandbox', 'Harbour')).channelId;
});
afterEach(() => app.close());

const post = (text: string, wall: string | null, more: Partial<Parameters<typeof seedAt>[3]> = {}) => seedAt(app.deps.store, owner, [{ channelId, provider: 'sandbox' }], { text, wall, ...more });
const saved = async (id: string) => (await app.deps.store.calendar.cards(owner.workspaceId, [id]))[0];
const page = async (path: string) => (await ada.get(path)).body;
const undoIn = (html: string) => /name="id" value="([^"]+)"/u.exec(html)?.[1] ?? '';

describe('the calendar', () => {
  it('shows a month with its cards, the zone, and the way to what does not fit', async () => {
    for (const n of [1, 2, 3, 4, 5]) await post(`Post ${n}`, `2026-11-27T1${n}:00`);
    const html = await page('/calendar');
    expect(html).toMatch(/November 2026 <span class="help">Berlin time/u);
    expect(html.match(/class="chip /gu)).toHaveLength(3);
    expect(html).toContain('>2 more</a>');
    expect(html).toContain('view=day&amp;on=2026-11-27');
    expect((await page('/calendar?view=day&on=2026-11-27')).match(/class="chip /gu)).toHaveLength(5);
  });

  it('keeps older addresses, and takes nonsense for none', async () => {
    expect(await page('/calendar?month=2026-12')).toContain('December 2026');
    for (const query of ['month=x', 'on=2026-02-31', 'view=year', 'on=999999-01-01', 'channel=x&label=%00&state=up', 'view=list&after=x.y', 'on=2026-11-24&on=2026-11-25']) {
      const answer = await ada.get(`/calendar?${query}`);
      expect([answer.statusCode, answer.body.includes('November 2026') || answer.body.includes('From Tue 24 Nov')], query).toEqual([200, true]);
    }
  });

  it('folds hours away in which nothing is, and shows them when asked', async () => {
    await post('Early', '2026-11-27T03:30');
    const week = await page('/calendar?view=week&on=2026-11-27');
    expect(week).toContain('data-hour="2026-11-27T03:00"');
    expect(week).not.toContain('data-hour="2026-11-27T04:00"');
    expect(week).toMatch(/data-hour="2026-11-24T10:00"><span class="now-line at-0">/u);
    expect((await page('/calendar?view=week&on=2026-11-27&hours=all')).match(/data-hour=/gu)).toHaveLength(7 * 24);
  });

  it('has every hour of a day on which the clocks change, and each post once', async () => {
    clock.set(Date.UTC(2026, 9, 20));
    for (const wall of ['2026-10-25T01:30', '2026-10-25T02:30', '2026-10-25T03:30']) await post(wall, wall);
    // The hour that comes twice, the second time.
    const at = Date.UTC(2026, 9, 25, 1, 30);
    const id = await post('again', '2026-10-25T05:00');
    await app.deps.store.moving.move(owner.workspaceId, [{ id, version: null, moment: { at, zone, wall: '2026-10-25T02:30' } }], { userId: null, now: clock.now() });
    const html = await page('/calendar?view=day&on=2026-10-25');
    expect(html.match(/class="chip /gu)).toHaveLength(4);
    expect(html.match(/>02:30</gu)).toHaveLength(2);
    clock.set(Date.UTC(2027, 2, 20));
    expect((await ada.get('/calendar?view=week&on=2027-03-28')).statusCode).toBe(200);
  });

  it('says by shape and word how a post stands, and why', async () => {
    end(app.file, await post('Out', '2026-11-24T08:00'), 'published');
    end(app.file, await post('Not out', '2026-11-24T08:10'), 'failed', 'The picture is too wide.');
    await post('A draft', '2026-11-25T08:20', { state: 'draft' });
    const html = await page('/calendar');
    expect(html).toMatch(/chip edge-published[\s\S]*?Published/u);
    expect(html).toMatch(/chip edge-failed[\s\S]*?The picture is too wide\./u);
    expect(html).toMatch(/chip edge-draft[\s\S]*?Draft/u);
    // What is out stays where it is: no handle to move it by.
    expect(html.match(/data-wall=/gu)).toHaveLength(1);
  });

  it('shows one post of each hour in a week in which much is planned, counts the others, and leads to them', async () => {
    for (let n = 0; n < 100; n += 1) await post(`Busy ${n}`, `2026-11-${25 + (n % 5)}T${String(6 + (n % 16)).padStart(2, '0')}:${String(n % 60).padStart(2, '0')}`);
    for (let n = 0; n < 3; n += 1) await post(`Same hour ${n}`, `2026-11-27T11:0${n}`);
    const html = await page('/calendar?view=week&on=2026-11-27');
    expect(html).toContain('class="hours crowded');
    const hours = html.split('data-hour="').slice(1);
    expect(Math.max(...hours.map((hour) => hour.split('class="chip ').length - 1))).toBe(1);
    const shown = html.split('class="chip ').length - 1;
    const more = [...html.matchAll(/class="more"[^>]*>\+(\d+)</gu)].reduce((sum, [, n]) => sum + Number(n), 0);
    expect(shown + more).toBe(103);
    const href = /data-hour="2026-11-27T11:00".*?class="more" href="([^"]+)" aria-label="\d more, Fri 27 Nov 11:00"/u.exec(html)?.[1]?.replaceAll('&amp;', '&') ?? '';
    expect(await page(href)).toMatch(/row-text">Same hour 0/u);
    expect(html).toContain(`data-wall="2026-11-27T`);
  });

  it('says what comes into an empty one, and that a filter is why', async () => {
    expect(await page('/calendar?view=week')).toContain('Nothing is planned in this week.');
    await post('Here', '2026-11-27T10:00');
    expect(await page('/calendar')).not.toContain('nothing-here');
    expect(await page('/calendar?state=canceled')).toContain('No post here fits the filters.');
    expect(await page('/calendar?view=list&on=2026-12-01')).toContain('Nothing from Tue 1 Dec on.');
  });

  it('lists what is scheduled in the order it goes out, page by page, and what is searched as it was touched', async () => {
    for (let n = 59; n >= 0; n -= 1) await post(`Waits ${n}.`, `2026-12-${String(1 + Math.floor(n / 10)).padStart(2, '0')}T1${n % 10}:00`);
    await post('A draft', '2026-12-01T08:00', { state: 'draft' });
    const said = (html: string) => [...html.matchAll(/row-text">Waits (\d+)\./gu)].map(([, n]) => Number(n));
    const html = await page('/posts?show=scheduled');
    expect(said(html)).toEqual(Array.from({ length: 50 }, (_, n) => n));
    expect(html).not.toContain('A draft');
    const further = /href="([^"]+)">Later posts/u.exec(html)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const second = await page(further);
    expect([said(second), second.includes('Later posts')]).toEqual([[50, 51, 52, 53, 54, 55, 56, 57, 58, 59], false]);
    // The tabs begin at the first page.
    expect(second).toContain('href="/posts?show=draft"');
    expect(said(await page('/posts?show=scheduled&q=waits')).slice(0, 2)).toEqual([0, 1]);
    expect(said(await page('/posts?show=scheduled&q=waits+5')).at(0)).toBe(5);
    expect((await ada.get('/posts?show=scheduled&after=x.y')).statusCode).toBe(200);
  });

  it('begins a post by the plus of a day, for what is left of the present one', async () => {
    // It is ten in Berlin.
    const html = await page('/calendar');
    expect(html).toContain('href="/posts/new?at=2026-11-24T09:00"');
    expect(await page('/posts/new?at=2026-11-24T09:00')).toContain('value="2026-11-24T11:00"');
    expect(await page('/posts/new?at=2026-11-25T09:00')).toContain('value="2026-11-25T09:00"');
    expect(await page('/calendar?view=week')).toMatch(/class="column-head">.*?href="\/posts\/new\?at=2026-11-25T09:00"/u);
  });

  it('begins a post for what it is narrowed to', async () => {
    const { store } = app.deps;
    const by = { userId: owner.userId, now: start };
    const [choir, bakery] = [await seedPlace(store, owner, 'mastodon', 'Choir'), await seedPlace(store, owner, 'bluesky', 'Bakery')];
    await store.groups.add(owner.workspaceId, { id: '01900000-0000-7000-8000-000000000009', name: 'Clients', createdAt: start }, by);
    await store.groups.put(owner.workspaceId, [choir, bakery].map(({ channelId: id }) => ({ channelId: id, groupId: '01900000-0000-7000-8000-000000000009' })), by);
    const label = await seedLabel(store, owner, 'Spring', 'green');
    const begun = async (query: string) => {
      const href = /class="add" href="([^"]+)"/u.exec(await page(`/calendar?on=2026-12-01&${query}`))?.[1]?.replaceAll('&amp;', '&') ?? '';
      const form = readPage(await page(href));
      return [choir, bakery, { channelId }].map(({ channelId: id }) => form.sent('channel').includes(id)).concat(form.sent('label').includes(label));
    };
    expect(await begun('')).toEqual([false, false, false, false]);
    expect(await begun(`channel=${bakery.channelId}&state=draft`)).toEqual([false, true, false, false]);
    expect(await begun('group=01900000-0000-7000-8000-000000000009')).toEqual([true, true, false, false]);
    expect(await begun(`group=01900000-0000-7000-8000-000000000009&channel=${choir.channelId}&label=${label}`)).toEqual([true, false, false, true]);
  });

  it('filters by links that keep the view', async () => {
    const label = await seedLabel(app.deps.store, owner, 'Spring', 'green');
    await post('Labelled', '2026-11-27T10:00', { labelIds: [label] });
    await post('Plain', '2026-11-27T11:00');
    const html = await page(`/calendar?view=week&on=2026-11-27&label=${label}`);
    expect(html).toContain('Labelled');
    expect(html).not.toContain('>Plain<');
    expect(html).toContain(`href="/calendar?view=week&amp;on=2026-12-04&amp;label=${label}"`);
    expect(html).toContain('href="/calendar?view=week&amp;on=2026-11-27">Clear filters');
  });
});

describe('moving', () => {
  it('obeys the rules of scheduling, says the zone, and can be undone once', async () => {
    const id = await post('Movable', '2026-11-27T10:00');
    const refused = await ada.post(`/posts/${id}/move`, { version: '1', wall: '2026-11-24T09:00' });
    expect(refused.statusCode).toBe(422);
    expect(refused.body).toContain('This time is past');
    expect(refused.body).toContain('value="2026-11-24T09:00"');
    expect((await ada.post(`/posts/${id}/move`, { version: '1', wall: 'soon' })).statusCode).toBe(422);
    const html = await told(ada, `/posts/${id}/move`, { version: '1', wall: '2026-11-28T10:30', back: '/calendar?view=week&on=2026-11-28' });
    expect(html).toContain('Moved to Sat 28 Nov 10:30 Berlin.');
    const undo = { id: undoIn(html), back: '/calendar' };
    expect(await told(ada, '/posts/undo', undo)).toContain('Moved back.');
    expect(await saved(id)).toMatchObject({ at: Date.UTC(2026, 10, 27, 9), version: 3 });
    expect(await told(ada, '/posts/undo', undo)).toContain('There is nothing left to undo.');
  });

  it('takes its time from a draft again that had none', async () => {
    const id = await post('An idea', null, { state: 'draft' });
    const html = await told(ada, `/posts/${id}/move`, { version: '1', wall: '2026-11-28T10:30', back: '/calendar' });
    expect((await saved(id))?.at).toBe(Date.UTC(2026, 10, 28, 9, 30));
    expect(await told(ada, '/posts/undo', { id: undoIn(html), back: '/calendar' })).toContain('Moved back.');
    expect(await saved(id)).toMatchObject({ at: null, state: 'draft', version: 3 });
  });

  it('leads nowhere but to pages of ours', async () => {
    const id = await post('Movable', '2026-11-27T10:00');
    for (const back of ['https://evil.example/', '//evil.example', '/\\evil.example']) {
      expect((await ada.post(`/posts/${id}/move`, { wall: '2026-11-28T10:00', back })).headers.location).toBe(`/posts/${id}`);
    }
  });

  it('says what the clocks do to the new time', async () => {
    const id = await post('Movable', '2026-11-27T10:00');
    expect(await told(ada, `/posts/${id}/move`, { wall: '2027-03-28T02:30' })).toContain('02:30 does not exist that day');
  });

  it('is not undone where it was moved again, and not into the past', async () => {
    const id = await post('Movable', '2026-11-24T10:02');
    const first = undoIn(await told(ada, `/posts/${id}/move`, { wall: '2026-11-28T10:00' }));
    const second = undoIn(await told(ada, `/posts/${id}/move`, { wall: '2026-11-29T10:00' }));
    expect(await told(ada, '/posts/undo', { id: first, back: '/' })).toContain('It has changed meanwhile');
    expect(await told(ada, '/posts/undo', { id: second, back: '/' })).toContain('Moved back.');
    const late = await post('Soon', '2026-11-24T10:02');
    const third = undoIn(await told(ada, `/posts/${late}/move`, { wall: '2026-11-28T10:00' }));
    clock.set(start + 10 * 60_000);
    expect(await told(ada, '/posts/undo', { id: third, back: '/' })).toContain('its time is past');
    expect(await saved(late)).toMatchObject({ version: 2, at: Date.UTC(2026, 10, 28, 9) });
  });
});

describe('the bin', () => {
  it('is where deleted posts can be found, taken back, and ended', async () => {
    const id = await post('Thrown away', '2026-11-27T10:00');
    expect(await told(ada, `/posts/${id}/delete`, {})).toContain('It can be taken back for 30 days.');
    for (const path of ['/calendar', '/posts', '/', '/posts?q=thrown']) expect(await page(path), path).not.toContain('>Thrown away');
    for (const path of [`/posts/${id}`, `/posts/${id}/edit`, `/posts/${id}/move`]) expect((await ada.get(path)).statusCode, path).toBe(404);
    // An old link says what became of it, and leads back.
    for (const path of [`/posts/${id}`, `/posts/${id}/edit`]) expect((await ada.get(path)).body, path).toMatch(/This post was deleted[\s\S]*Thrown away[\s\S]*Take it back/u);
    expect(await page('/posts?show=deleted')).toContain('Thrown away');
    expect(await told(ada, `/posts/${id}/restore`, {})).toContain('scheduled as it was');
    await told(ada, `/posts/${id}/delete`, {});
    clock.set(Date.UTC(2026, 10, 28));
    expect(await told(ada, `/posts/${id}/restore`, {})).toContain('It is back as a draft');
    expect(await told(ada, `/posts/${id}/empty-out`, {})).toContain('It is no longer in the bin.');
    await told(ada, `/posts/${id}/delete`, {});
    expect(await told(ada, `/posts/${id}/empty-out`, {})).toContain('Deleted for good.');
    expect(await saved(id)).toBeUndefined();
    expect((await ada.get(`/posts/${id}`)).body).toContain('There is nothing at this address.');
  });
});

describe('several at once', () => {
  it('move as they can, and say by count and reason why others stay', async () => {
    const [a, b] = [await post('a', '2026-11-27T10:00'), await post('b', '2026-11-28T11:15')];
    const out = await post('out', '2026-11-23T10:00');
    end(app.file, out, 'published');
    const timeless = await post('no time', null, { state: 'draft' });
    const html = await told(ada, '/posts/bulk', { act: 'move_to', date: '2026-12-01', post: [a, b, out, timeless], back: '/posts' });
    for (const part of ['2 posts moved.', '1 stayed: being published or out.', '1 stayed: no time yet.']) expect(html).toContain(part);
    expect([(await saved(a))?.at, (await saved(b))?.at]).toEqual([Date.UTC(2026, 11, 1, 9), Date.UTC(2026, 11, 1, 10, 15)]);
    expect(await told(ada, '/posts/undo', { id: undoIn(html), back: '/posts' })).toContain('They are back where they were.');
    expect([(await saved(a))?.at, (await saved(b))?.at]).toEqual([Date.UTC(2026, 10, 27, 9), Date.UTC(2026, 10, 28, 10, 15)]);
    // The hour on the wall stays when days go over the change of the clocks.
    const spring = await post('spring', '2027-03-27T10:00');
    await told(ada, '/posts/bulk', { act: 'move_by', days: '1', hours: '0', post: [spring], back: '/posts' });
    expect((await saved(spring))?.at).toBe(Date.UTC(2027, 2, 28, 8));
    expect(await told(ada, '/posts/bulk', { act: 'move_by', days: '-60', hours: '', post: [a], back: '/posts' })).toContain('No post moved. 1 stayed: their time would be past.');
  });

  it('say what is missing beside its field, with what was chosen', async () => {
    const id = await post('a', '2026-11-27T10:00');
    const cases: [fields: Record<string, string>, message: string][] = [
      [{ act: 'move_by', days: '0', hours: '0', post: id }, 'Say by how many days or hours.'], [{ act: 'move_by', days: 'x', post: id }, 'Days are a whole number'],
      [{ act: 'move_by', hours: '99', post: id }, 'Hours are a whole number'], [{ act: 'move_to', date: '2026-02-31', post: id }, 'Choose a day.'], [{ act: 'delete' }, 'Choose posts first'],
      [{ act: 'label_on', label: 'x', post: id }, 'Choose a label.'], [{ act: 'fly', post: id }, 'Choose what to do'],
    ];
    for (const [fields, message] of cases) {
      const answer = await ada.post('/posts/bulk', fields);
      expect([answer.statusCode, answer.body.includes(message)], message).toEqual([422, true]);
      if ('post' in fields) expect(answer.body).toMatch(/name="post" value="[^"]+" checked/u);
    }
    expect(await saved(id)).toMatchObject({ version: 1 });
  });

  it('are labelled and deleted with one way back each', async () => {
    const label = await seedLabel(app.deps.store, owner, 'Spring', 'green');
    const ids = [await post('a', '2026-11-27T10:00'), await post('b', '2026-11-28T11:00')];
    const labelled = await told(ada, '/posts/bulk', { act: 'label_on', label, post: ids, back: '/posts' });
    expect(labelled).toContain('2 posts labelled.');
    await told(ada, '/posts/undo', { id: undoIn(labelled), back: '/' });
    expect((await saved(ids[0] ?? ''))?.labelIds).toEqual([]);
    const deleted = await told(ada, '/posts/bulk', { act: 'delete', post: ids, back: '/posts' });
    expect(deleted).toContain('2 posts deleted.');
    expect(await told(ada, '/posts/undo', { id: undoIn(deleted), back: '/' })).toContain('They are back.');
    expect(await saved(ids[1] ?? '')).toMatchObject({ status: 'scheduled', movable: true });
  });
});

describe('scheduling', () => {
  it('warns of the same text and of another post beside it, and can be taken back', async () => {
    await post('The same words', '2026-11-30T10:00');
    await post('Another', '2026-11-27T10:02');
    const html = await told(ada, '/posts', { intent: 'schedule', channel: channelId, 'part.0.text': 'The  same words', at: '2026-11-27T10:00' });
    expect(html).toContain('The same text goes to Harbour on 2026-11-30 10:00.');
    expect(html).toContain('Another post goes to Harbour at 10:02.');
    expect(await told(ada, '/posts/undo', { id: undoIn(html), back: '/posts?show=draft' })).toContain('It is a draft again.');
    // The log says who did it, as it says who scheduled it.
    expect((await app.deps.store.audit.page(owner.workspaceId, { limit: 2 })).map(({ kind, who }) => [kind, who])).toEqual([['post.unscheduled', owner.userId], ['post.scheduled', owner.userId]]);
  });
});

describe('a planted cookie', () => {
  it('puts no form on a page that leads elsewhere', async () => {
    for (const action of ['https://evil.example/undo', '/settings/password', '//evil.example/undo', '/posts/undo?x=1']) {
      ada.cookies.set('flash', encodeURIComponent(JSON.stringify({ text: 'Hi', undo: { action, fields: {} } })));
      expect(await page('/posts'), action).not.toContain('>Undo</button>');
    }
    ada.cookies.set('flash', 'x');
    expect((await ada.get('/posts')).statusCode).toBe(200);
  });
});

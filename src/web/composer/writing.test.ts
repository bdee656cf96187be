import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../lib/ids.ts';
import { signedUp } from '../../testing/app.ts';
import { stage, type Stage } from '../../testing/composing/stage.ts';

// What the composer asks for while somebody writes, and what of it there is without scripts.

let on: Stage;
beforeAll(async () => { on = await stage(); });
afterAll(() => on.app.close());

const json = { accept: 'application/json' };
const asked = async <T>(url: string) => (await on.ada.get(url, json)).json<T>();

describe('people to mention', () => {
  it('are those whom the channel’s network knows', async () => {
    expect(await asked(`/posts/mentions/${on.rich}?q=gra`)).toEqual({ people: [{ name: 'Grace Hopper', handle: '@grace', text: '@grace' }, { name: 'Grain Boats', handle: '@grain.boats', text: '@grain.boats' }] });
    expect(await asked(`/posts/mentions/${on.rich}?q=@grain`)).toMatchObject({ people: [{ text: '@grain.boats' }] });
  });

  it.each([['the network has none', () => `${on.sandbox}?q=gra`], ['nothing is typed', () => `${on.rich}?q=`], ['the network fails', () => `${on.rich}?q=trouble`], ['there is no such channel', () => `${newId(1)}?q=gra`], ['that is no channel', () => 'x?q=gra']])('are nobody where %s', async (_name, rest) => {
    expect(await asked(`/posts/mentions/${rest()}`)).toEqual({ people: [] });
  });

  it('are nobody where the network never answers', async () => {
    expect(await asked(`/posts/mentions/${on.rich}?q=nowhere`)).toEqual({ people: [] });
  }, 20_000);

  it('are not looked up for another workspace, nor more often than somebody types', async () => {
    const eve = await signedUp(on.app, 'eve3@example.org');
    expect((await eve.get(`/posts/mentions/${on.rich}?q=gra`, json)).statusCode).toBe(404);
    const answers: number[] = [];
    for (let n = 0; n < 125; n += 1) answers.push((await on.ada.get(`/posts/mentions/${on.rich}?q=`, json)).statusCode);
    expect([answers.slice(0, 100).every((status) => status === 200), answers.at(-1)]).toEqual([true, 429]);
  });
});

describe('pages that are linked to', () => {
  it('are not fetched from inside, and a picture that nobody was shown is not there', async () => {
    expect(await asked('/posts/links?url=http%3A%2F%2F127.0.0.1%2F')).toEqual({ card: null });
    expect((await on.ada.get('/posts/links/abcdefgh/picture')).statusCode).toBe(404);
  });
});

describe('the days of a month', () => {
  it('say how many posts they have, each in the workspace’s own zone', async () => {
    for (const at of ['2026-12-24T00:00', '2026-12-24T23:59', '2026-12-31T12:00', '2027-01-01T00:30']) await on.page({ intent: 'schedule', 'part.0.text': `At ${at}`, channel: on.sandbox, at });
    expect(await asked('/posts/days?month=2026-12')).toEqual({ days: { '2026-12-24': 2, '2026-12-31': 1, '2027-01-01': 1 } });
    expect((await on.ada.get('/posts/days?month=2026-13')).statusCode).toBe(422);
  });
});

describe('a time', () => {
  it('comes with what the clocks do to it, on the page and while it is chosen', async () => {
    const gap = '02:30 does not exist that day in Europe/Berlin: the clocks go forward. It becomes 03:30.';
    expect(await asked('/posts/moment?at=2027-03-28T02:30')).toEqual({ note: gap });
    expect(await asked('/posts/moment?at=2026-12-01T10:00')).toEqual({ note: null });
    expect(await asked('/posts/moment?at=soon')).toEqual({ note: null });
    expect((await on.page({ intent: 'refresh', 'part.0.text': 'x', at: '2027-03-28T02:30' })).body).toContain(gap);
  });

  it('that is none comes back as it was typed', async () => {
    const { status, sent, text } = await on.page({ intent: 'schedule', 'part.0.text': 'x', channel: on.sandbox, at: 'when the tide is high' });
    expect([status, sent('at'), text('id', 'problem-wall')]).toEqual([422, ['when the tide is high'], 'Choose a date and time.']);
  });

  it('at which another post goes to the same place is told while one writes, and so is a text that was said before', async () => {
    await on.page({ intent: 'schedule', 'part.0.text': 'The ferry sails at nine', channel: on.sandbox, at: '2026-12-05T10:00' });
    const keep = async (text: string, at: string) => (await on.ada.post('/posts/autosaves', { autosave: newId(on.now()), 'part.0.text': text, channel: on.sandbox, at })).json<{ twins: { field: string; message: string; level: string }[] }>().twins;
    expect(await keep('Something else', '2026-12-05T10:02')).toEqual([expect.objectContaining({ field: 'wall', level: 'warning', message: 'Another post goes to Sandbox at 10:00.' })]);
    expect(await keep('The ferry  sails at nine', '2026-12-06T18:00')).toEqual([expect.objectContaining({ field: 'part.0', message: 'The same text goes to Sandbox on 2026-12-05 10:00.' })]);
    expect([await keep('Something else', '2026-12-06T18:00'), await keep('Something else', '')]).toEqual([[], []]);
  });
});

describe('sets of hashtags', () => {
  it('are made, put into a post and removed without a script', async () => {
    const { statusCode, headers } = await on.ada.post('/posts/hashtags', { name: 'Harbor walks', tags: '#harbor sea, night' });
    expect([statusCode, headers.location]).toEqual([303, '/posts/hashtags']);
    const [set] = await on.app.deps.store.hashtags.sets(on.workspaceId);
    expect(set).toMatchObject({ name: 'Harbor walks', tags: ['harbor', 'sea', 'night'] });
    const field = `${on.rich}.part.0`;
    const written = await on.page({ intent: `tags:part.0:${set?.id ?? ''}`, 'part.0.text': 'Out again #Sea', channel: on.rich });
    expect(written.sent('part.0.text')).toEqual(['Out again #Sea #harbor #night']);
    const own = await on.page({ intent: `tags:${field}:${set?.id ?? ''}`, 'part.0.text': 'For all', channel: on.rich, [`own.${on.rich}`]: 'on', [`own.${on.rich}.part.0`]: 'Mine' });
    expect([own.sent('part.0.text'), own.sent(`own.${on.rich}.part.0`)]).toEqual([['For all'], ['Mine\n\n#harbor #sea #night']]);
    expect((await on.ada.get('/posts/hashtags')).body).toContain('#harbor #sea #night');
    await on.ada.post(`/posts/hashtags/${set?.id ?? ''}/remove`);
    expect(await on.app.deps.store.hashtags.sets(on.workspaceId)).toEqual([]);
  });

  it.each([
    [{ name: '', tags: 'sea' }, 'name', 'Give the set a name.'],
    [{ name: 'x'.repeat(41), tags: 'sea' }, 'name', 'The name of a set takes at most 40 characters.'],
    [{ name: 'Sea', tags: '' }, 'tags', 'Write the tags that belong to the set.'],
    [{ name: 'Sea', tags: 'sea 2026' }, 'tags', '“2026” cannot be a tag. Use letters, digits and underscores, with one letter at least.'],
    [{ name: 'Sea', tags: Array.from({ length: 61 }, (_, n) => `t${n}x`).join(' ') }, 'tags', 'A set takes at most 60 tags.'],
  ])('are refused with what was typed: %j', async (typed, field, message) => {
    const refused = await on.ada.post('/posts/hashtags', typed);
    expect([refused.statusCode, refused.body.includes(`>${message}<`), refused.body.includes(`value="${typed.name}"`)]).toEqual([422, true, typed.name !== '']);
    expect((await on.ada.post('/posts/hashtags', typed, json)).json()).toMatchObject({ problems: [{ field, message }] });
  });

  it('come with the tags that were used before, for the script', async () => {
    await on.page({ intent: 'draft', 'part.0.text': 'By #boat', channel: on.sandbox });
    const { used, sets } = await asked<{ used: { tag: string; posts: number }[]; sets: unknown[] }>('/posts/hashtags');
    expect([used[0], sets]).toEqual([{ tag: 'boat', posts: 1 }, []]);
  });

  it('are not somebody else’s to remove', async () => {
    await on.ada.post('/posts/hashtags', { name: 'Mine', tags: 'mine' });
    const [set] = await on.app.deps.store.hashtags.sets(on.workspaceId);
    const eve = await signedUp(on.app, 'eve4@example.org');
    await eve.post(`/posts/hashtags/${set?.id ?? ''}/remove`);
    expect(await on.app.deps.store.hashtags.sets(on.workspaceId)).toHaveLength(1);
  });
});

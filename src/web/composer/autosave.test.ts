import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../lib/ids.ts';
import { signedUp } from '../../testing/app.ts';
import { stage, type Fields, type Stage } from '../../testing/composing/stage.ts';

let on: Stage;
beforeAll(async () => { on = await stage(); });
afterAll(() => on.app.close());

const typed = (id: string, text: string, more: Fields = {}): Fields => ({ autosave: id, 'part.0.text': text, channel: on.sandbox, at: '2026-12-01T10:00', ...more });
const keep = async (fields: Fields) => on.ada.post('/posts/autosaves', fields);

describe('what is typed', () => {
  it('is kept, offered on the next page, taken up whole, and gone once it is saved', async () => {
    const id = newId(on.now());
    const kept = await keep(typed(id, 'Half a sent', { 'part.1.text': 'and a second part', 'part.1.wait': '5' }));
    expect([kept.statusCode, kept.json()]).toEqual([200, { at: on.now(), others: [], savedMeanwhile: null, twins: [] }]);
    expect((await on.ada.get('/posts/new')).body).toContain('<q>Half a sent</q>');
    const again = await on.opened(`/posts/new?resume=${id}`);
    expect([again.sent('part.0.text'), again.sent('part.1.text'), again.sent('part.1.wait'), again.sent('channel'), again.sent('at'), again.sent('autosave')])
      .toEqual([['Half a sent'], ['and a second part'], ['5'], [on.sandbox], ['2026-12-01T10:00'], [id]]);
    const { to } = await on.page(typed(id, 'Half a sentence', { intent: 'draft' }));
    expect((await on.savedAs(to))?.content.parts[0].text).toBe('Half a sentence');
    expect((await on.ada.get('/posts/new')).body).not.toContain('Half a sent');
  });

  it('keeps its page’s id when a button only changes the page', async () => {
    const id = newId(on.now());
    expect((await on.page(typed(id, 'On we go', { intent: 'add_part' }))).sent('autosave')).toEqual([id]);
  });

  it('stays when saving is refused, and is thrown away when asked', async () => {
    const id = newId(on.now());
    await keep(typed(id, 'Not for saving'));
    expect((await on.page(typed(id, 'x'.repeat(600), { intent: 'schedule' }))).status).toBe(422);
    expect((await on.ada.get('/posts/new')).body).toContain('Not for saving');
    expect((await on.ada.post(`/posts/autosaves/${id}/drop`)).headers.location).toBe('/posts/new');
    expect((await on.ada.get('/posts/new')).body).not.toContain('Not for saving');
  });

  it('is nothing to keep while nothing is written', async () => {
    const id = newId(on.now());
    await keep(typed(id, 'a'));
    await keep(typed(id, ' '));
    expect((await on.ada.get('/posts/new')).body).not.toContain('Not saved yet');
  });

  it('of a post is kept beside it: who saved meanwhile is told, and it changes nothing', async () => {
    const { to } = await on.page(typed(newId(on.now()), 'As saved', { intent: 'draft' }));
    const post = await on.savedAs(to);
    const id = newId(on.now());
    const answer = await keep(typed(id, 'As typed', { post: post?.id ?? '', version: '1' }));
    expect(answer.json()).toMatchObject({ savedMeanwhile: null });
    await on.page(typed(newId(on.now()), 'As saved by Grace', { intent: 'draft', version: '1' }), `/posts/${post?.id}`);
    expect((await keep(typed(id, 'As typed on', { post: post?.id ?? '', version: '1' }))).json()).toMatchObject({ savedMeanwhile: on.now() });
    expect((await on.savedAs(to))?.content.parts[0].text).toBe('As saved by Grace');
    expect((await on.ada.get(to)).body).toContain('<q>As typed on</q>');
    expect((await on.opened(`${to}?resume=${id}`)).sent('part.0.text')).toEqual(['As typed on']);
  });

  it('is refused politely where it cannot be kept', async () => {
    expect((await keep(typed('not an id', 'x'))).statusCode).toBe(422);
    expect((await keep(typed(newId(on.now()), 'x', { post: newId(1) }))).statusCode).toBe(404);
  });

  it('is nobody else’s', async () => {
    const id = newId(on.now());
    await keep(typed(id, 'Between me and me'));
    const grace = await signedUp(on.app, 'grace@example.org');
    expect((await grace.get(`/posts/new?resume=${id}`)).body).not.toContain('Between me and me');
    await grace.post(`/posts/autosaves/${id}/drop`);
    expect((await on.ada.get('/posts/new')).body).toContain('Between me and me');
  });

  it('of a post that is deleted meanwhile becomes a new post', async () => {
    const { to } = await on.page(typed(newId(on.now()), 'As saved', { intent: 'draft' }));
    const postId = (await on.savedAs(to))?.id ?? '';
    await on.ada.post(`/posts/${postId}/delete`);
    const again = await on.page(typed(newId(on.now()), 'Written on it all the same', { intent: 'draft', version: '1' }), `/posts/${postId}`);
    expect([again.status, again.sent('part.0.text'), again.sent('version'), again.sent('at')]).toEqual([422, ['Written on it all the same'], [], ['2026-12-01T10:00']]);
    expect(again.body).toContain('What you wrote is here as a new post');
    const saved = await on.savedAs((await on.page(typed(again.sent('autosave')[0] ?? '', 'Written on it all the same', { intent: 'draft' }))).to);
    expect([saved?.content.parts[0].text, saved?.id === postId]).toEqual(['Written on it all the same', false]);
  });
});

describe('a page that is sent twice', () => {
  const count = async () => (await on.app.deps.store.posts.latest(on.workspaceId, null, null, 100)).length;

  it.each(['draft', 'schedule', 'now'])('makes one post: %s', async (intent) => {
    const form = typed(newId(on.now()), `Twice, ${intent}`, { intent, label: [] });
    const before = await count();
    const both = await Promise.all([on.page(form), on.page(form)]);
    const third = await on.page(form);
    expect([new Set([...both, third].map(({ to }) => to)).size, [...both, third].map(({ status }) => status), await count()]).toEqual([1, [303, 303, 303], before + 1]);
  });

  it('makes another where somebody went back and wrote on, chose another time, or another network', async () => {
    const id = newId(on.now());
    const form = typed(id, 'Once', { intent: 'schedule' });
    const first = await on.page(form);
    const others = [await on.page({ ...form, 'part.0.text': 'Once more' }), await on.page({ ...form, at: '2026-12-02T10:00' }), await on.page({ ...form, intent: 'draft', channel: [] })];
    expect(new Set([first, ...others].map(({ to }) => to)).size).toBe(4);
    expect((await on.savedAs(first.to))?.content.parts[0].text).toBe('Once');
  });

  it('makes another where the first lies in the bin or is somebody else’s', async () => {
    const id = newId(on.now());
    const form = typed(id, 'Thrown away', { intent: 'draft' });
    await on.ada.post(`/posts/${(await on.savedAs((await on.page(form)).to))?.id}/delete`);
    const again = await on.page(form);
    expect([again.status, (await on.savedAs(again.to))?.content.parts[0].text]).toEqual([303, 'Thrown away']);
    const eve = await signedUp(on.app, 'eve@example.org');
    const hers = await eve.post('/posts', { autosave: (await on.savedAs(again.to))?.id ?? '', 'part.0.text': 'Eve’s', intent: 'draft', at: '' });
    expect([hers.statusCode, (await on.savedAs(again.to))?.content.parts[0].text]).toEqual([303, 'Thrown away']);
  });
});

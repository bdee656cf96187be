import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { password, signedUp, testApp, visitor, type TestApp, type Visitor } from '../../testing/app.ts';
import { linkIn } from '../../testing/team.ts';

let app: TestApp;
let operator: Visitor;
let eve: Visitor;
beforeEach(async () => {
  app = await testApp();
  operator = await signedUp(app, 'operator@example.org');
  eve = await signedUp(app, 'eve@example.org');
});
afterEach(() => app.close());
const idOf = async (email: string) => (await app.deps.store.people.userByEmail(email))?.id ?? '';

describe('people of the instance', () => {
  it('are listed with where they are, and sought', async () => {
    const { body } = await operator.get('/settings/people');
    for (const part of ['2 accounts', 'eve@example.org', 'Runs this instance', 'In Ada’s workspace (owner)']) expect(body).toContain(part);
    const sought = (await operator.get('/settings/people?seek=eve%40')).body;
    expect(sought).not.toContain('operator@example.org');
    expect((await operator.get('/settings/people?seek=nobody')).body).toContain('Nobody is called that');
  });

  it('are suspended: out at once, refused with a sentence that only the password brings, held, and let in again', async () => {
    const id = await idOf('eve@example.org');
    await operator.post(`/settings/people/${id}/suspend`);
    expect((await eve.get('/posts')).statusCode).toBe(303);
    const back = visitor(app);
    const refused = await back.post('/login', { email: 'eve@example.org', password });
    expect([refused.statusCode, refused.body.includes('This account is suspended')]).toEqual([422, true]);
    expect((await back.post('/login', { email: 'eve@example.org', password: 'wrong' })).body).not.toContain('suspended');
    const [workspace] = await app.deps.store.people.workspacesOf(id);
    expect(workspace?.suspendedAt).not.toBeNull();
    expect((await operator.get('/settings/people')).body).toContain('Suspended since');
    await operator.post(`/settings/people/${id}/unsuspend`);
    expect((await back.post('/login', { email: 'eve@example.org', password })).statusCode).toBe(303);
  });

  it('cannot log in while the suspension is being said', async () => {
    const [suspended, came] = await Promise.all([
      operator.post(`/settings/people/${await idOf('eve@example.org')}/suspend`), visitor(app).post('/login', { email: 'eve@example.org', password }),
    ]);
    expect(suspended.statusCode).toBe(303);
    const stale = visitor(app);
    const token = (came.cookies as { name: string; value: string }[]).find(({ name }) => name === 'session')?.value;
    if (token) stale.cookies.set('session', encodeURIComponent(token));
    expect((await stale.get('/posts')).statusCode).toBe(303);
  });

  it('come by invitation, with a workspace of their own', async () => {
    const page = await operator.post('/settings/people/invite', { email: 'new@example.org' });
    const link = linkIn(page.body);
    const fresh = visitor(app);
    expect((await fresh.get(link)).body).toContain('A workspace of your own comes with the account');
    await fresh.post(`${link}/join`, { name: 'New', password, zone: 'Asia/Tokyo' });
    expect(await app.deps.store.people.workspacesOf(await idOf('new@example.org'))).toMatchObject([{ name: 'New’s workspace', zone: 'Asia/Tokyo', role: 'owner' }]);
    expect((await fresh.get('/channels')).body).toContain('Sandbox');
    expect((await operator.post('/settings/people/invite', { email: 'new@example.org' })).body).toContain('There is an account with this e-mail already');
    expect((await operator.get('/settings/log/instance')).body.replaceAll(/<[^>]+>/gu, '')).toContain('New made an account by invitation.');
  });
});

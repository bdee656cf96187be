import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { signedUp, testApp, type TestApp, type Visitor } from '../../testing/app.ts';

let app: TestApp;
let ada: Visitor;
let home: string;

beforeEach(async () => {
  app = await testApp();
  ada = await signedUp(app);
  home = (await places())[0]?.id ?? '';
});
afterEach(() => app.close());

const places = async () => {
  const user = await app.deps.store.people.userByEmail('ada@example.org');
  return app.deps.store.people.workspacesOf(user?.id ?? '');
};
const make = (name: string) => ada.post('/workspaces', { name, zone: 'Asia/Tokyo' });
const nameIn = (body: string) => /Workspace: <\/span>([^<]*)/u.exec(body)?.[1];

describe('another workspace', () => {
  it('is made, with a channel to try things on, and is the one that is looked at', async () => {
    expect((await make('')).body).toContain('Give the workspace a name');
    expect((await make('Kitchen')).headers.location).toBe('/');
    expect(nameIn((await ada.get('/')).body)).toBe('Kitchen');
    expect((await ada.get('/channels')).body).toContain('Sandbox');
    expect((await places()).map(({ name, role }) => [name, role])).toEqual([['Ada’s workspace', 'owner'], ['Kitchen', 'owner']]);
  });

  it('shares nothing with the first', async () => {
    const made = await ada.post('/posts', { intent: 'draft', 'part.0.text': 'Words of home' });
    await make('Kitchen');
    expect((await ada.get('/posts')).body).not.toContain('Words of home');
    const post = String(made.headers.location).replace('/edit', '');
    for (const path of [post, `${post}/edit`]) {
      const answer = await ada.get(path);
      expect([answer.statusCode, answer.body.includes('This post is in another workspace'), answer.body.includes('Words of home')]).toEqual([409, true, false]);
      expect(answer.body).toContain(`name="next" value="${path}"`);
    }
    expect((await ada.post(`${post}/delete`)).statusCode).toBe(303);
    expect((await ada.post('/workspaces/switch', { workspace: home, next: post })).headers.location).toBe(post);
    expect((await ada.get(post)).body).toContain('Words of home');
    // For whoever is not a member there is nothing at this address.
    expect((await (await signedUp(app, 'eve@example.org')).get(post)).statusCode).toBe(404);
  });

  it('is looked at by its members alone, and leads nowhere else', async () => {
    const eve = await signedUp(app, 'eve@example.org');
    expect((await eve.post('/workspaces/switch', { workspace: home, next: '/settings' })).headers.location).toBe('/');
    expect((await eve.get('/')).body).toContain('You are no longer in that workspace');
    await make('Kitchen');
    expect((await ada.post('/workspaces/switch', { workspace: home, next: 'https://evil.example' })).headers.location).toBe('/');
    expect(nameIn((await ada.get('/')).body)).toBe('Ada’s workspace');
  });

  it('gets no form that was opened in another', async () => {
    const opened = await ada.token();
    await make('Kitchen');
    const cookie = [...ada.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const send = (token: string) => app.server.inject({
      method: 'POST', url: '/posts', headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({ _csrf: token, intent: 'draft', 'part.0.text': 'meant for home' }).toString(),
    });
    const refused = await send(opened);
    expect([refused.statusCode, refused.body.includes('in another workspace')]).toEqual([403, true]);
    expect((await send(await ada.token())).statusCode).toBe(303);
  });

  it('is where the next log-in begins when it was looked at last', async () => {
    await make('Kitchen');
    await ada.get('/');
    await app.deps.store.members.seen((await places())[1]?.id ?? '', (await app.deps.store.people.userByEmail('ada@example.org'))?.id ?? '', Date.now());
    await ada.post('/logout');
    await ada.post('/login', { email: 'ada@example.org', password: 'a walk along the harbour' });
    expect(nameIn((await ada.get('/')).body)).toBe('Kitchen');
  });
});

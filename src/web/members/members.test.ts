import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tokenHash } from '../../lib/secrets/tokens.ts';
import { password, signedUp, testApp, visitor, type TestApp, type Visitor } from '../../testing/app.ts';
import { deliverMails } from '../../actions/mails/deliver-mails.ts';
import { startMailBox } from '../../testing/smtp.ts';
import { joined, linkIn } from '../../testing/team.ts';
import { fakeClock, type FakeClock } from '../../testing/world.ts';

let app: TestApp;
let ada: Visitor;
let clock: FakeClock;
const day = 86_400_000;

beforeEach(async () => {
  clock = fakeClock(Date.now());
  app = await testApp({ REGISTRATION: 'first' }, clock.now);
  ada = await signedUp(app);
});
afterEach(() => app.close());

const store = () => app.deps.store;
const userOf = async (email: string) => (await store().people.userByEmail(email))?.id ?? '';
const placeOf = async () => (await store().people.workspacesOf(await userOf('ada@example.org')))[0]?.id ?? '';
const rolesOf = async () => (await store().members.list(await placeOf())).map(({ email, role }) => `${email.split('@')[0]} ${role}`);
const flashOf = async (visit: Visitor, url = '/settings/members') => /<p class="flash"[^>]*>([^<]*)/u.exec((await visit.get(url)).body)?.[1];
const invite = async (email: string, role = 'editor') => linkIn((await ada.post('/settings/members/invite', { email, role })).body);

describe('inviting', () => {
  it('shows the link once, lists who is invited, and refuses with what was typed', async () => {
    const made = await ada.post('/settings/members/invite', { email: ' Bob@Example.org ', role: 'editor' });
    expect(made.body).toMatch(/bob@example\.org is invited/u);
    const link = linkIn(made.body);
    const page = (await ada.get('/settings/members')).body;
    expect(page).toContain('bob@example.org');
    expect(page).not.toContain(link);
    for (const [fields, said] of [
      [{ email: 'not an address', role: 'editor' }, 'does not look like an e-mail address'], [{ email: 'c@example.org', role: 'owner' }, 'Choose a role from the list'],
      [{ email: 'ada@example.org', role: 'viewer' }, 'is a member already'], [{ email: 'bob@example.org', role: 'viewer' }, 'invited a moment ago'],
    ] as const) {
      const refused = await ada.post('/settings/members/invite', fields);
      expect([refused.statusCode, refused.body.includes(said)], said).toEqual([422, true]);
      expect(refused.body).toContain(`value="${fields.email}"`);
    }
  });

  it('ends with 50 that wait for an answer', async () => {
    for (let n = 0; n < 50; n += 1) expect((await ada.post('/settings/members/invite', { email: `p${n}@example.org`, role: 'viewer' })).statusCode).toBe(200);
    const refused = await ada.post('/settings/members/invite', { email: 'more@example.org', role: 'viewer' });
    expect([refused.statusCode, refused.body.includes('50 invitations wait')]).toEqual([422, true]);
  });

  it('mails a link of its own, which proves the address; the shown one does not', async () => {
    const box = await startMailBox();
    await app.deps.settings.save([{ name: 'SMTP_URL', value: box.url }], { userId: await userOf('ada@example.org'), now: clock.now() });
    const shown = await invite('bob@example.org');
    await deliverMails({ ...app.deps, boot: 'one' });
    const mailed = /\/invitations\/[\w-]{43}/u.exec(box.mailTo('bob@example.org').text ?? '')?.[0] ?? '';
    await box.close();
    expect(mailed).not.toBe(shown);
    expect(box.mailTo('bob@example.org').text).toMatch(/Ada invites you to the workspace “Ada’s workspace” at Post Master, as editor/u);
    const bob = visitor(app);
    expect((await bob.post(`${mailed}/join`, { name: 'Bob', password, zone: 'UTC' })).statusCode).toBe(303);
    expect(await store().people.userByEmail('bob@example.org')).toMatchObject({ emailVerifiedAt: clock.now() });
    await joined(app, ada, 'eve@example.org', 'viewer');
    expect(await store().people.userByEmail('eve@example.org')).toMatchObject({ emailVerifiedAt: null });
    for (const path of [shown, mailed]) for (const text of [path, path.slice(13)]) expect(app.logged()).not.toContain(text);
  });

  it('can be renewed, after which the first link is dead, and taken back', async () => {
    const first = await invite('bob@example.org');
    const [open] = await store().invitations.list(await placeOf());
    await ada.post(`/settings/members/invitations/${open?.id ?? ''}/renew`);
    expect(await flashOf(ada)).toContain('Wait a minute');
    clock.advance(61_000);
    const second = linkIn((await ada.post(`/settings/members/invitations/${open?.id ?? ''}/renew`)).body);
    expect([(await visitor(app).get(first)).statusCode, (await visitor(app).get(second)).statusCode]).toEqual([410, 200]);
    await ada.post(`/settings/members/invitations/${open?.id ?? ''}/revoke`);
    expect((await visitor(app).get(second)).statusCode).toBe(410);
    expect((await ada.get('/settings/members')).body).not.toContain('bob@example.org');
  });
});

describe('an invitation', () => {
  it('makes an account although registration is closed, in that workspace alone, with that role', async () => {
    const link = await invite('bob@example.org');
    const bob = visitor(app);
    expect((await bob.get('/signup')).statusCode).toBe(403);
    const page = (await bob.get(link)).body;
    expect(page).toContain('Join “Ada’s workspace”');
    expect(page).toContain('Ada invites you as editor');
    const refused = await bob.post(`${link}/join`, { name: '', password: 'short' });
    expect([refused.statusCode, refused.body.includes('Tell us your name'), refused.body.includes('Use 8 characters or more')]).toEqual([422, true, true]);
    expect((await bob.post(`${link}/join`, { name: 'Bob', password, email: 'other@example.org' })).headers.location).toBe('/');
    expect(await rolesOf()).toEqual(['ada owner', 'bob editor']);
    expect((await store().people.workspacesOf(await userOf('bob@example.org'))).map(({ role }) => role)).toEqual(['editor']);
    expect((await bob.get('/posts/new')).statusCode).toBe(200);
    expect((await visitor(app).get(link)).statusCode).toBe(410);
    expect((await visitor(app).post(`${link}/join`, { name: 'Eve', password })).statusCode).toBe(410);
  });

  it('leads who has an account through log-in to accepting, and changes nothing when it is looked at', async () => {
    const bob = await joined(app, ada, 'bob@example.org', 'viewer');
    await bob.post('/workspaces', { name: 'Bob’s own', zone: 'UTC' });
    await ada.post(`/settings/members/${await userOf('bob@example.org')}/remove`);
    clock.advance(61_000);
    const link = await invite('bob@example.org', 'admin');
    const out = visitor(app);
    expect((await out.get(link)).body).toContain(`href="/login?next=${link}"`);
    expect((await out.post('/login', { email: 'bob@example.org', password, next: link })).headers.location).toBe(link);
    const page = await out.get(link);
    expect(page.body).toContain('You are logged in as bob, bob@example.org.');
    expect(await rolesOf()).toEqual(['ada owner']);
    await out.post(link);
    expect(await rolesOf()).toEqual(['ada owner', 'bob admin']);
    expect((await out.get('/')).body).toContain('Ada’s workspace');
  });

  it('that another person opens says for whom it was made, and is not used up by who is in already', async () => {
    const link = await invite('bob@example.org');
    const own = await ada.get(link);
    expect(own.body).toContain('The invitation was made for bob@example.org');
    await ada.post(link);
    expect((await visitor(app).get(link)).statusCode).toBe(200);
    expect(await rolesOf()).toEqual(['ada owner']);
  });

  it('accepted twice at once lets one in', async () => {
    const link = await invite('bob@example.org');
    const [one, two] = [visitor(app), visitor(app)];
    const ends = await Promise.all([one, two].map((visit) => visit.post(`${link}/join`, { name: 'Bob', password })));
    expect(ends.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([303, 422]);
    expect(await rolesOf()).toEqual(['ada owner', 'bob editor']);
  });

  it('is over after seven days, and its row after thirty-seven', async () => {
    const link = await invite('bob@example.org');
    clock.advance(7 * day - 1);
    expect((await visitor(app).get(link)).statusCode).toBe(200);
    clock.advance(1);
    expect((await visitor(app).get(link)).statusCode).toBe(410);
    expect((await ada.get('/settings/members')).body).toContain('expired');
    expect(await store().invitations.opened(tokenHash(link.slice(13)), clock.now() - 8 * day)).toBeDefined();
  });
});

describe('managing members', () => {
  it('changes roles at once, and a removed member is out in the middle of their work', async () => {
    const bob = await joined(app, ada, 'bob@example.org', 'editor');
    const id = await userOf('bob@example.org');
    expect((await bob.get('/posts/new')).statusCode).toBe(200);
    await ada.post(`/settings/members/${id}/role`, { role: 'viewer' });
    expect((await bob.get('/posts/new')).statusCode).toBe(403);
    await ada.post(`/settings/members/${id}/remove`);
    expect((await bob.get('/posts')).headers.location).toBe('/login?next=%2Fposts');
    expect((await bob.post('/posts', { intent: 'draft', 'part.0.text': 'too late' })).statusCode).toBe(303);
    expect(await store().posts.latest(await placeOf(), null, null, 9)).toEqual([]);
    // An account is never locked out of itself: the next log-in finds a workspace of its own.
    bob.cookies.delete('session');
    await bob.post('/login', { email: 'bob@example.org', password });
    expect((await bob.get('/')).body).toContain('bob’s workspace');
    expect((await bob.get('/channels')).body).toContain('Sandbox');
  });

  it('refuses with a sentence what a role does not allow, whatever the page offered', async () => {
    const bob = await joined(app, ada, 'bob@example.org', 'admin');
    const owner = await userOf('ada@example.org');
    await bob.post(`/settings/members/${owner}/remove`);
    expect(await flashOf(bob)).toContain('Your role here does not allow this');
    await bob.post(`/settings/members/${owner}/role`, { role: 'viewer' });
    await bob.post(`/settings/members/${await userOf('bob@example.org')}/role`, { role: 'owner' });
    expect(await flashOf(bob)).toContain('Choose a role from the list');
    expect(await rolesOf()).toEqual(['ada owner', 'bob admin']);
    await ada.post('/settings/members/leave');
    expect(await flashOf(ada)).toContain('A workspace needs an owner');
    expect((await ada.get('/settings/members')).body).toContain('You are its only owner');
  });

  it('hands the ownership over with the password alone', async () => {
    await joined(app, ada, 'bob@example.org', 'editor');
    const to = await userOf('bob@example.org');
    const wrong = await ada.post('/settings/members/hand-over', { to, password: 'wrong' });
    expect([wrong.statusCode, wrong.body.includes('not your present password')]).toEqual([422, true]);
    expect((await ada.post('/settings/members/hand-over', { to: '', password })).body).toContain('Choose a member.');
    expect(await rolesOf()).toEqual(['ada owner', 'bob editor']);
    await ada.post('/settings/members/hand-over', { to, password });
    expect(await rolesOf()).toEqual(['bob owner', 'ada admin']);
    await ada.post('/settings/members/leave');
    // Her last workspace: she has one of her own before she is out, and her session goes on.
    expect((await ada.get('/')).body).toContain('Ada’s workspace');
    expect((await store().people.workspacesOf(await userOf('ada@example.org'))).map(({ role }) => role)).toEqual(['owner']);
  });

  it('slows guessing at the password down', async () => {
    await joined(app, ada, 'bob@example.org', 'editor');
    const to = await userOf('bob@example.org');
    for (let n = 0; n < 5; n += 1) await ada.post('/settings/members/hand-over', { to, password: 'wrong' });
    expect((await ada.post('/settings/members/hand-over', { to, password })).body).toContain('Too many tries');
    expect(await rolesOf()).toEqual(['ada owner', 'bob editor']);
  });
});

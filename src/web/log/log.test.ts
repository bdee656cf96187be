import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { password, signedUp, testApp, visitor, type TestApp, type Visitor } from '../../testing/app.ts';
import { joined } from '../../testing/team.ts';

let app: TestApp;
let ada: Visitor;
beforeEach(async () => {
  app = await testApp();
  ada = await signedUp(app);
});
afterEach(() => app.close());

const idOf = async (email: string) => (await app.deps.store.people.userByEmail(email))?.id ?? '';
/** The sentences of the log, the latest first, without their times. */
const said = async (url = '/settings/log') => Array.from((await ada.get(url)).body.matchAll(/<li><span class="row-time">.*?<\/span><p>(.*?)<\/p><\/li>/gu), ([, text]) => (text ?? '').replaceAll(/<[^>]+>/gu, ''));

describe('the log', () => {
  it('says in sentences what members did', async () => {
    const bob = await joined(app, ada, 'bob@example.org', 'editor');
    const [channel] = await app.deps.store.channels.list((await app.deps.store.people.workspacesOf(await idOf('ada@example.org')))[0]?.id ?? '');
    const made = await bob.post('/posts', { intent: 'schedule', 'part.0.text': 'Hello harbour', channel: channel?.id ?? '', at: '2027-01-01T10:00' });
    expect(made.statusCode, made.body.slice(0, 4_000)).toBe(303);
    const post = String(made.headers.location);
    await ada.post(`${post}/cancel`);
    await ada.post('/settings/workspace', { name: 'Harbour', zone: 'Europe/Paris' });
    await ada.post(`/settings/members/${await idOf('bob@example.org')}/role`, { role: 'viewer' });
    await ada.post(`/channels/${channel?.id ?? ''}/disconnect`);
    await ada.post(`/settings/members/${await idOf('bob@example.org')}/remove`);
    expect(await said()).toEqual([
      'Ada removed bob.', 'Ada disconnected Sandbox.', 'Ada made bob viewer, who was editor.', 'Ada changed settings: name and time zone.', 'Ada canceled Hello harbour.',
      'bob scheduled Hello harbour for Fri 1 Jan 2027 10:00 Paris.', 'bob joined as editor.', 'Ada invited bob@example.org as editor.',
    ]);
  });

  it('is narrowed by person and by kind, and goes on where a page ends', async () => {
    const bob = await joined(app, ada, 'bob@example.org', 'admin');
    for (let n = 0; n < 60; n += 1) await bob.post('/settings/workspace', { name: `Name ${n}`, zone: 'Europe/Berlin' });
    expect(await said()).toHaveLength(50);
    const next = /href="(\/settings\/log\?[^"]*before=[^"]*)"/u.exec((await ada.get('/settings/log')).body)?.[1]?.replaceAll('&amp;', '&') ?? '';
    expect(await said(next)).toHaveLength(12);
    expect(await said(`/settings/log?area=members&who=${await idOf('ada@example.org')}`)).toEqual(['Ada invited bob@example.org as admin.']);
    expect(await said('/settings/log?area=channels')).toEqual([]);
    expect((await ada.get('/settings/log?area=channels')).body).toContain('Nothing like that is in the log');
  });

  it('says of a new browser, with a mail to its person; the first one and a known one are not news', async () => {
    const mails = async () => (await app.deps.store.mails.list([], 99)).map(({ kind }) => kind).filter((kind) => kind !== 'verify');
    const other = visitor(app);
    await ada.post('/logout');
    await ada.post('/login', { email: 'ada@example.org', password });
    expect(await mails()).toEqual([]);
    await other.post('/login', { email: 'ada@example.org', password }, { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' });
    await other.post('/logout');
    await other.post('/login', { email: 'ada@example.org', password });
    expect(await mails()).toEqual(['new_sign_in']);
    expect(await said('/settings/log?area=access')).toEqual(['Ada logged in from a new device: Firefox on Linux.']);
    const device = other.cookies.get('device') ?? '';
    expect(device).toHaveLength(43);
    expect(app.logged()).not.toContain(device);
  });

  it('of the instance is the operator’s: settings by name, never by value', async () => {
    await ada.post('/settings/instance', { name: 'Harbour', operator: 'The Harbour Company', email: 'ops@example.org', address: '' });
    const [entry] = await said('/settings/log/instance');
    expect(entry).toBe('Ada changed settings of the instance: INSTANCE_NAME, OPERATOR_NAME, OPERATOR_EMAIL, and OPERATOR_ADDRESS.');
    expect(await said()).toEqual([]);
    const eve = await signedUp(app, 'eve@example.org');
    expect((await eve.get('/settings/log/instance')).statusCode).toBe(403);
    expect((await eve.get('/settings/log')).body).toContain('Nothing yet');
  });
});

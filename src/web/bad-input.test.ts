import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { providers } from '../providers/all.ts';
import { password, signedUp, testApp, visitor, type TestApp, type Visitor } from '../testing/app.ts';
import { plainFamily } from '../testing/family.ts';

let app: TestApp;
let ada: Visitor;
let channelId: string;
let workspaceId: string;

beforeAll(async () => {
  // Nothing listens there: whatever passes for an address is refused at once.
  app = await testApp({ UPSTREAMS: 'https://bsky.social=http://127.0.0.1:1' }, Date.now, [...providers, ...plainFamily()]);
  ada = await signedUp(app);
  const user = await app.deps.store.people.userByEmail('ada@example.org');
  workspaceId = (await app.deps.store.people.workspacesOf(user?.id ?? ''))[0]?.id ?? '';
  channelId = (await app.deps.store.channels.list(workspaceId))[0]?.id ?? '';
});
afterAll(() => app.close());

/** Empty, huge, wrong-typed and hostile. */
const nasty: string[] = [
  '', ' ', '\0', 'a\0b', '\u202Eevil', '\uD800', 'x'.repeat(100_000), '💣'.repeat(5_000), '-1', '1e999', 'NaN', '[object Object]', '__proto__', 'constructor',
  '"><script>alert(1)</script>', '<img src=x onerror=alert(1)>', 'javascript:alert(1)', '{{7*7}}', '${7*7}', `'; drop table users; --`, '%00', '%ff', '../../etc/passwd',
  'http://169.254.169.254/', 'file:///etc/passwd', '\r\nset-cookie: a=b', '0'.repeat(400), '2026-02-30T10:00', '9999-99-99T99:99', 'ﷺ'.repeat(1_000),
];

const forms: [url: string, fields: string[]][] = [
  ['/signup', ['name', 'email', 'password', 'zone']],
  ['/login', ['email', 'password', 'next']],
  ['/posts/hashtags', ['name', 'tags']],
  ['/posts', ['intent', 'part.0.text', 'part.1.text', 'part.999.text', 'part.0.media', 'alt.x', 'channel', 'own.x', 'own.x.part.0', 'option.x.ending', 'at', 'zone', 'version', 'tab', 'view', 'target', 'pick', 'crop.target', 'crop.media', 'crop.for', 'crop.where', 'ratio']],
  ...['up', 'move', 'attach', 'replace', 'own_on', 'library', 'crop', 'cropped', 'picked', 'ask', 'clear'].map((intent): [string, string[]] => [`/posts?${intent}`, [`intent=${intent}`]]),
  ['/settings/workspace', ['name', 'zone']],
  ['/settings/password', ['current', 'password']],
  ['/settings/sessions/x/end', ['id']],
  ['/publications/x/confirm', ['url']],
  ['/posts/x', ['intent', 'part.0.text']],
  ['/posts/x/cancel', ['id']],
  ['/media/x/delete', ['id']],
  ['/media/x/crop', ['x', 'width', 'for', 'ratio']],
  ['/channels/pick/x', ['target']],
  ['/channels/x/disconnect', ['id']],
  ['/channels/unused/x/disconnect', ['id']],
  ['/settings/networks/plains', ['PLAINS_CLIENT_ID', 'PLAINS_CLIENT_SECRET', 'PLAINS_VERSION', 'PATH']],
  ['/settings/networks/__proto__', ['id']],
  ['/settings/networks/plains/remove', ['id']],
  ['/login/code', ['code', 'next']],
  ['/settings/security/begin', ['password']],
  ['/settings/security/confirm', ['code']],
  ['/settings/security/off', ['password']],
  ['/workspaces', ['name', 'zone']],
  ['/workspaces/switch', ['workspace', 'next']],
  ['/settings/members/invite', ['email', 'role']],
  ['/settings/members/hand-over', ['to', 'stay', 'password']],
  ['/settings/members/x/role', ['role']],
  ['/settings/members/x/remove', ['id']],
  ['/settings/members/invitations/x/renew', ['id']],
  ['/settings/people/invite', ['email']],
  ['/settings/people/x/suspend', ['id']],
  ['/settings/people/x/reset-link', ['password']],
  ['/settings/people/x/two-factor-off', ['password']],
  ['/setup/go', ['from', 'to']],
  ['/setup/workspace', ['name', 'zone']],
  ['/setup/operator', ['name', 'operator', 'email', 'address']],
  ['/setup/checklist/undo', ['back']],
  ['/invitations/x', ['id']],
  ['/invitations/x/join', ['name', 'password', 'zone']],
  ...['link', 'unlink', 'channels'].map((act): [string, string[]] => [`/settings/intake/telegram/${act}`, ['channel']]),
  ['/settings/intake/__proto__/link', ['channel']],
  ['/settings/instance', ['name', 'operator', 'email', 'address']],
  ...['checkout', 'portal', 'change', 'cancel', 'resume', 'keep'].map((deed): [string, string[]] => [`/settings/billing/${deed}`, ['intent', 'price', 'reckoned']]),
  ['/settings/subscribers/x/free', ['id']],
  ['/settings/subscribers/set-up', ['STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET', 'STRIPE_PRICES', 'TRIAL_DAYS', 'PATH']],
  ...['sandbox', 'bluesky', 'mastodon', 'telegram', 'nowhere', '__proto__'].map((id): [string, string[]] => [`/channels/connect/${id}`, ['reconnect', 'identifier', 'password', 'instance', 'service']]),
];

describe('whatever is sent', () => {
  it.each(forms)('%s answers without a 5xx and runs nothing', async (url, fields) => {
    const visit = url === '/login' || url === '/signup' ? visitor(app) : ada;
    for (const value of nasty) {
      for (const field of fields) {
        const [name = '', prefix] = field.split('=');
        const answer = await visit.post(url, { name: 'Ada', email: 'x@example.org', channel: channelId, [name]: prefix === undefined ? value : `${prefix}:${value}:${value}:${value}:${value}` });
        expect(answer.statusCode, `${url} ${field}=${JSON.stringify(value.slice(0, 40))}`).toBeLessThan(500);
        expect(/<script>alert|<img src=x/u.test(answer.body), `${url} ${field}`).toBe(false);
        if (url === '/signup' && visit.cookies.has('session')) visit.cookies.delete('session');
      }
    }
  }, 240_000);

  it('answers every odd address without a 5xx', async () => {
    for (const path of ['/posts/', '/posts/%00', '/posts/..%2f..%2f', '/posts/x/edit', '/media/..%2fsecret.key', '/media/x/thumb', '/calendar?month=x', '/calendar?month=9999-12', '/calendar?month=0000-01',
      '/calendar?month=2026-01&month=2', '/posts?before=x.y', '/posts?show=__proto__', '/posts/new?at=x', '/posts/new?from=x&channel=__proto__', '/posts/library?before=x&id=y', '/posts/composing/__proto__', '/media/x/crop?for=1e999-x', '/integrations/social/sandbox?state=x&code=y', '/integrations/social/nowhere', '/sandbox/x', `/posts/${'x'.repeat(5_000)}`,
      '/assets/..%2f..%2fpackage.json', '/assets/%2e%2e/manifest.json', '/channels/connect/x?reconnect=1', '/data-deletion/%00', '/data-deletion/__proto__', `/data-deletion/${'x'.repeat(500)}`, '/data-deletion?code[]=x', '/data-deletion?code=..%2f..%2f', '/m/', '/m/x.y', '/m/x.y.z', '/m/..%2f..%2fsecret.key', `/m/${'x'.repeat(5_000)}`, '/settings/networks/x', '/settings/networks/__proto__', '/settings/networks/%00', '/settings/log?who=x&area=__proto__&before=9e9', '/settings/log?who[]=x', '/settings/people?seek=%25%5C&skip=-1', '/settings/people?skip=9999999', '/invitations/x', '/invitations/%00', '/invitations/..%2f..', '/settings/billing', '/settings/billing/change?price[]=x', '/pricing?x=y', '/media?before=x', '/?a[b]=c', '//evil.example', '/constructor', '/__proto__']) {
      expect((await ada.get(path)).statusCode, path).toBeLessThan(500);
    }
  });

  it('answers bodies of the wrong kind without a 5xx', async () => {
    const cookie = [...ada.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    for (const [type, payload] of [
      ['application/json', '{"a":'], ['application/json', '[]'], ['text/plain', 'x'], ['application/xml', '<x/>'], ['multipart/form-data', 'x'], ['multipart/form-data; boundary=x', '--x\r\n'],
      ['multipart/form-data; boundary=x', '--x\r\ncontent-disposition: form-data; name="__proto__"\r\n\r\ny\r\n--x--\r\n'], ['application/x-www-form-urlencoded', 'a'.repeat(2_000_000)], ['', 'x'],
    ] as const) {
      const answer = await app.server.inject({ method: 'POST', url: '/posts', headers: { cookie, ...(type && { 'content-type': type }) }, payload });
      expect(answer.statusCode, `${type} ${payload.slice(0, 20)}`).toBeGreaterThanOrEqual(400);
      expect(answer.statusCode, `${type} ${payload.slice(0, 20)}`).toBeLessThan(500);
    }
  });
});

describe('a refused form', () => {
  it('gives back what was typed, with the problem beside its field', async () => {
    const answer = await visitor(app).post('/signup', { name: 'Grace "G" <b>', email: 'not-an-address', password: 'x' });
    expect(answer.statusCode).toBe(422);
    expect(/value="Grace &quot;G&quot; &lt;b(>|&gt;)"/u.test(answer.body)).toBe(true);
    expect(answer.body).toMatch(/name="email"[^>]*aria-describedby="problem-email"[^>]*aria-invalid="true"/u);
    expect(answer.body).not.toContain('value="x"');
  });

  it('of the composer keeps every text, picture, choice and time', async () => {
    const uploaded = await ada.upload('/media', [{ name: 'media', filename: 'a.png', bytes: await dot() }], {}, { accept: 'application/json' });
    const mediaId = uploaded.json<{ media: { id: string }[] }>().media[0]?.id ?? '';
    const long = 'word '.repeat(200);
    const answer = await ada.post('/posts', {
      intent: 'schedule', 'part.0.text': long, 'part.1.text': 'second', 'part.0.media': mediaId, [`alt.${mediaId}`]: 'A dot', channel: channelId,
      [`own.${channelId}`]: 'on', [`own.${channelId}.part.0`]: 'own words', [`option.${channelId}.ending`]: 'slow', at: '2020-01-01T10:00',
    });
    expect(answer.statusCode).toBe(422);
    for (const kept of [long, 'second', mediaId, 'A dot</textarea>', 'own words', 'value="2020-01-01T10:00"', 'selected value="slow"', 'This time is past']) {
      expect(answer.body.includes(kept), kept).toBe(true);
    }
    expect(await app.deps.store.posts.latest(workspaceId, 'scheduled', null, 9)).toEqual([]);
  });

  it('says what each network would refuse before it is scheduled', async () => {
    const answer = await ada.post('/posts', { intent: 'schedule', 'part.0.text': 'x'.repeat(501), channel: channelId, at: '2099-01-01T10:00' });
    expect(answer.body).toContain('Sandbox takes 500 characters; this has 501.');
    const nowhere = await ada.post('/posts', { intent: 'schedule', 'part.0.text': 'x', at: '2027-01-01T10:00' });
    expect(nowhere.body).toContain('Choose where it shall go.');
  });

  it('tells the second of two editors, and loses neither text', async () => {
    const made = await ada.post('/posts', { intent: 'draft', 'part.0.text': 'first' });
    const url = String(made.headers.location).replace('/edit', '');
    expect((await ada.post(url, { intent: 'draft', 'part.0.text': 'one editor', version: '1' })).statusCode).toBe(303);
    const second = await ada.post(url, { intent: 'draft', 'part.0.text': 'another editor', version: '1' });
    expect(second.statusCode).toBe(422);
    expect(second.body).toContain('another editor');
    expect(second.body).toContain('Somebody else saved this post');
    expect((await ada.get(`${url}/edit`)).body).toContain('one editor');
  });
});

describe('uploads', () => {
  const cases: [name: string, bytes: () => Promise<Buffer> | Buffer, filename: string][] = [
    ['empty', () => Buffer.alloc(0), 'a.png'],
    ['text called a picture', () => Buffer.from('hello'), 'a.png'],
    ['a page called a picture', () => Buffer.from('<html><script>alert(1)</script>'), 'a.jpg'],
    ['SVG', () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'), 'a.svg'],
    ['SVG called a picture', () => Buffer.from('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'), 'a.png'],
    ['a cut-off picture', async () => (await photo()).subarray(0, -500), 'a.jpg'],
    ['a picture that claims 60,000 pixels a side', async () => huge(await dot()), 'a.png'],
    ['a program', () => Buffer.from('MZ\u0090\0'), 'a.exe'],
  ];
  it.each(cases)('%s is refused with a sentence', async (_name, bytes, filename) => {
    const file = [{ name: 'media', filename, bytes: await bytes(), type: 'image/png' }];
    const json = await ada.upload('/media', file, {}, { accept: 'application/json' });
    expect(json.statusCode).toBe(422);
    expect(json.json<{ problems: { message: string }[] }>().problems[0]?.message).toMatch(/\w+.*\./u);
    const page = await ada.upload('/media', file);
    expect(page.statusCode).toBe(422);
    const post = await ada.upload('/posts', file.map((one) => ({ ...one, name: 'part.0.files' })), { intent: 'draft', 'part.0.text': 'kept words' });
    expect(post.statusCode).toBe(422);
    expect(post.body).toContain('kept words');
  });

  it('too large a file is refused before it is read whole', async () => {
    const answer = await ada.upload('/media', [{ name: 'media', filename: 'a.jpg', bytes: Buffer.concat([await photo(), Buffer.alloc(26_000_000)]) }], {}, { accept: 'application/json' });
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toContain('25 MB');
  });

  it('what is taken in is served to its workspace alone, as a picture and nothing else', async () => {
    const hostile = '../../<script>"\u202Egpj.png';
    const answer = await ada.upload('/media', [{ name: 'media', filename: hostile.replaceAll('"', '%22'), bytes: await photo(), type: 'text/html' }], {}, { accept: 'application/json' });
    const { media } = answer.json<{ media: { id: string; name: string }[] }>();
    expect(media[0]?.name).not.toMatch(/[/\\\u202E]/u);
    const file = await ada.get(`/media/${media[0]?.id ?? ''}`);
    expect(file.headers).toMatchObject({ 'content-type': 'image/jpeg', 'x-content-type-options': 'nosniff', 'content-security-policy': "default-src 'none'; sandbox" });
    expect((await sharp(file.rawPayload).metadata()).exif).toBeUndefined();
    expect((await visitor(app).get(`/media/${media[0]?.id ?? ''}`)).statusCode).toBe(303);
  });
});

describe('secrets', () => {
  it('reach neither the log nor a page', async () => {
    const visit = await signedUp(app, 'canary@example.org');
    await visit.post('/logout');
    await visit.post('/login', { email: 'canary@example.org', password: 'canary-wrong-password' });
    await visit.post('/login', { email: 'canary@example.org', password });
    await visit.get('/posts?secret=canary-in-the-query');
    const session = visit.cookies.get('session') ?? '';
    expect(session.length).toBeGreaterThan(40);
    for (const secret of ['canary-wrong-password', 'canary-in-the-query', password, session]) {
      expect(app.logged()).not.toContain(secret);
      expect((await visit.get('/settings')).body).not.toContain(secret);
    }
  });
});

const dot = () => sharp({ create: { width: 8, height: 8, channels: 3, background: '#123456' } }).png().toBuffer();
const photo = () => sharp({ create: { width: 400, height: 300, channels: 3, background: '#3a6ea5' } })
  .withExif({ IFD0: { Copyright: 'Ada', Make: 'Camera' }, IFD3: { GPSLatitudeRef: 'N' } }).jpeg().toBuffer();

/** Writes another size into a PNG's header. */
function huge(png: Buffer): Buffer {
  const copy = Buffer.from(png);
  copy.writeUInt32BE(60_000, 16);
  copy.writeUInt32BE(60_000, 20);
  return copy;
}

import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer, request as httpRequest, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { backup } from '../../commands/backup.ts';
import { createAssets } from '../../lib/assets.ts';
import { password, signedUp, testApp, visitor, type TestApp, type Visitor } from '../../testing/app.ts';
import { builtAssets } from '../../testing/program.ts';
import { startMailBox } from '../../testing/smtp.ts';
import { joined } from '../../testing/team.ts';

let app: TestApp;
const open: { close(): unknown }[] = [];
afterEach(async () => {
  await app.close();
  for (const one of open.splice(0)) await one.close();
});

const root = join(import.meta.dirname, '../../..');
const publicUrl = 'https://post.example';
const words = (body: string) => body.replaceAll(/<[^>]+>/gu, ' ').replaceAll('&amp;', '&').replaceAll(/\s+/gu, ' ');
const stepsIn = (body: string) => [...body.matchAll(/<li class="is-(\w+)"><a href="\/setup\/(\w+)"/gu)].map(([, state, step]) => `${step} ${state}`);

/** What stands in front of the instance: passes everything on, and of the forwarded headers what `says` gives. */
async function proxy(to: () => string, says: (from: IncomingHttpHeaders) => Record<string, string>): Promise<string> {
  const server: Server = createServer((incoming, answer) => {
    const headers = Object.fromEntries(Object.entries(incoming.headers).filter(([name]) => !name.startsWith('x-forwarded')));
    const onward = httpRequest(new URL(incoming.url ?? '/', to()), { method: incoming.method, headers: { ...headers, ...says(incoming.headers) } }, (came) => {
      answer.writeHead(came.statusCode ?? 502, came.headers);
      came.pipe(answer);
    });
    onward.on('error', () => answer.writeHead(502).end());
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  open.push({ close: () => new Promise((resolve) => { server.closeAllConnections(); server.close(resolve); }) });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const everything = ({ host = '' }: IncomingHttpHeaders) => ({ host, 'x-forwarded-for': '203.0.113.9', 'x-forwarded-proto': 'https', 'x-forwarded-host': host });

/** An instance with a proxy in front, and the operator's browser, whose requests look as if they came through it. */
async function behind(says: typeof everything, env: Record<string, string> = {}) {
  app = await testApp({ PUBLIC_URL: publicUrl, TRUST_PROXY: '1', UPSTREAMS: `${publicUrl}=http://127.0.0.1:9`, ...env });
  const inside = await app.server.listen({ host: '127.0.0.1', port: 0 });
  (app.deps.config.upstreams as Map<string, string>).set(publicUrl, await proxy(() => inside, says));
  const ada = await signedUp(app);
  const came = { ...says({ host: 'post.example' }), origin: publicUrl, 'sec-fetch-site': 'same-origin', referer: `${publicUrl}/setup/address` };
  return {
    ada,
    look: async () => {
      expect((await ada.post('/setup/address/check', {}, came)).statusCode).toBe(303);
      return words((await ada.get('/setup/address', came)).body);
    },
  };
}

describe('the steps', () => {
  it('are those that concern a person: of the instance for whoever runs it, of a workspace by role', async () => {
    app = await testApp();
    const fresh = visitor(app);
    const made = await fresh.post('/signup', { name: 'Ada', email: 'ada@example.org', password, zone: 'Europe/Berlin' });
    expect([made.statusCode, made.headers.location]).toEqual([303, '/setup']);
    expect((await fresh.get('/setup')).headers.location).toBe('/setup/workspace');
    expect(stepsIn((await fresh.get('/setup/workspace')).body).map((one) => one.split(' ')[0])).toEqual(['workspace', 'address', 'operator', 'mail', 'networks', 'media', 'backup', 'post']);

    const eve = await signedUp(app, 'eve@example.org');
    expect((await eve.get('/setup')).headers.location).toBe('/setup/workspace');
    expect(stepsIn((await eve.get('/setup/workspace')).body)).toEqual(['workspace open', 'networks open', 'post open']);
    expect((await eve.get('/setup/address')).statusCode).toBe(403);
    expect((await eve.get('/setup/networks')).body).not.toContain('/settings/networks/');
    const editor = await joined(app, fresh, 'editor@example.org', 'editor');
    expect((await editor.get('/setup')).headers.location).toBe('/setup/post');
    const viewer = await joined(app, fresh, 'viewer@example.org', 'viewer');
    expect((await viewer.get('/setup')).headers.location).toBe('/');
  });

  it('remember where one left off and what was left out, for each person', async () => {
    app = await testApp();
    const ada = await signedUp(app);
    expect((await ada.post('/setup/workspace', { name: '', zone: 'Europe/Berlin' })).statusCode).toBe(422);
    expect((await ada.post('/setup/workspace', { name: 'Harbour', zone: 'Asia/Tokyo' })).headers.location).toBe('/setup/address');
    expect((await ada.post('/setup/go', { from: 'address', to: 'skip' })).headers.location).toBe('/setup/operator');
    expect((await ada.get('/setup')).headers.location).toBe('/setup/operator');
    const steps = stepsIn((await ada.get('/setup/operator')).body);
    expect(steps.slice(0, 3)).toEqual(['workspace done', 'address skipped', 'operator open']);
    // A look at another step moves nothing.
    await ada.get('/setup/backup');
    expect((await ada.get('/setup')).headers.location).toBe('/setup/operator');
    expect((await ada.get('/settings/networks')).body).toContain('You are setting things up. Next: Who runs it.');
    expect((await ada.get('/posts')).body).not.toContain('You are setting things up');
    expect((await ada.post('/setup/go', { from: 'post', to: 'next' })).headers.location).toBe('/');
    expect((await ada.get('/settings/networks')).body).not.toContain('You are setting things up');
    expect((await ada.post('/setup/go', { from: 'nonsense', to: 'next' })).headers.location).toBe('/setup');
  });

  it('say that there is no mail, and what came of a test once there is', async () => {
    app = await testApp();
    const ada = await signedUp(app);
    expect((await ada.get('/setup/mail')).body).toContain('Without it everything is published all the same.');
    const refused = await ada.post('/setup/mail', { smtp: 'nonsense', from: 'not an address' });
    expect([refused.statusCode, refused.body.includes('value="not an address"')]).toEqual([422, true]);
    const box = await startMailBox();
    open.push(box);
    await ada.post('/setup/mail', { smtp: box.url, from: 'posts@harbour.example' });
    await ada.post('/setup/mail/test');
    const page = await ada.get('/setup/mail');
    expect(words(page.body)).toContain('The mail server took a mail to ada@example.org.');
    expect(stepsIn(page.body)).toContain('mail done');
    expect(box.mailTo('ada@example.org', /test mail/u).text).toContain('so mails work');
  });

  it('know of a backup by the backup itself', async () => {
    app = await testApp();
    const ada = await signedUp(app);
    expect(words((await ada.get('/setup/backup')).body)).toContain('No backup has been made yet.');
    await backup(app.deps.config, createAssets(app.dir), [join(app.dir, 'one.backup')]);
    const page = await ada.get('/setup/backup');
    expect(words(page.body)).toContain('The last backup was made');
    expect(page.body).toContain(app.dir);
    expect(stepsIn(page.body)).toContain('backup done');
  });

  it('give commands for a backup that work from wherever they are called, as cron calls them too', async () => {
    app = await testApp({}, Date.now, undefined, builtAssets());
    const { body } = await (await signedUp(app)).get('/setup/backup');
    const line = (name: string) => new RegExp(`id="field-${name}" value="([^"]*)"`, 'u').exec(body)?.[1] ?? '';
    const script = join(root, 'scripts/postmaster');
    expect(existsSync(script)).toBe(true);
    const nightly = line('nightly').replace('30 3 * * * ', '').replaceAll('\\%', '%');
    for (const [command, name] of [[line('command'), /^post-master\.backup$/u], [nightly, /^post-master-\d{4}-\d\d-\d\d\.backup$/u]] as const) {
      const home = mkdtempSync(join(tmpdir(), 'postmaster-home-'));
      // The script would look whether to build anew, under the feet of other tests.
      const ran = spawnSync('sh', ['-c', command.replace(` ${script} `, ` '${process.execPath}' '${join(root, 'dist/main.js')}' `)], { cwd: '/', env: { PATH: '/usr/bin:/bin', HOME: home }, encoding: 'utf8' });
      expect([ran.status, ran.stderr], command).toEqual([0, '']);
      expect(readdirSync(home)[0]).toMatch(name);
      rmSync(home, { recursive: true });
    }
  }, 60_000);

  it('call the container where the program came as an image', async () => {
    app = await testApp();
    expect((await (await signedUp(app)).get('/setup/backup')).body).toContain(`docker exec post-master postmaster backup ${app.dir}/post-master.backup`);
  });
});

describe('the address, behind a proxy', () => {
  it('is good in every point where the proxy passes everything on, and the call from outside is ours', async () => {
    const { ada, look } = await behind(everything);
    const said = await look();
    for (const text of [`Your browser uses ${publicUrl}, and so do all links and callbacks.`, 'The connection is encrypted.', 'It says who comes: you have the address 203.0.113.9.', `A call to ${publicUrl} came back to this instance.`]) expect(said).toContain(text);
    expect(said).not.toContain('To do');
    const steps = stepsIn((await ada.get('/setup/address')).body);
    expect(steps).toContain('address done');
    expect(steps).toContain('media done');
  });

  it('is told to have a proxy speak that keeps silent, with lines to copy', async () => {
    const { ada, look } = await behind(({ host = '' }) => ({ host } as ReturnType<typeof everything>));
    const said = await look();
    expect(said).toContain('A proxy answers for this server and does not say who comes.');
    expect((await ada.get('/setup/address')).body).toContain('proxy_set_header X-Forwarded-Proto $scheme;');
    expect(stepsIn((await ada.get('/setup/address')).body)).toContain('address open');
  });

  it('is told to listen where TRUST_PROXY is off', async () => {
    const { look } = await behind(everything, { TRUST_PROXY: 'off' });
    expect(await look()).toContain('says who comes, and this server does not listen');
  });

  it('sees how the proxy passes things on even when the browser came another way', async () => {
    const { ada } = await behind(({ host = '' }) => ({ ...everything({ host }), 'x-forwarded-proto': 'http' }));
    await ada.post('/setup/address/check', {}, { host: 'localhost:3000', origin: 'http://localhost:3000' });
    const said = words((await ada.get('/setup/address')).body);
    expect(said).toContain(`Open ${publicUrl} and look at this page there`);
    expect(said).toContain('The proxy passes https on as http.');
  });

  it('is not believed of a stranger who answers in our place', async () => {
    const { look } = await behind(everything);
    const stranger = createServer((_request, answer) => { answer.writeHead(200, { 'content-type': 'text/plain' }).end('hello'); });
    await new Promise<void>((resolve) => { stranger.listen(0, '127.0.0.1', resolve); });
    open.push({ close: () => new Promise((resolve) => { stranger.close(resolve); }) });
    (app.deps.config.upstreams as Map<string, string>).set(publicUrl, `http://127.0.0.1:${(stranger.address() as AddressInfo).port}`);
    expect(await look()).toContain(`Something else answers at ${publicUrl}.`);
  });

  it('is said to be unreachable when nobody answers', async () => {
    const { look } = await behind(everything);
    (app.deps.config.upstreams as Map<string, string>).set(publicUrl, 'http://127.0.0.1:9');
    expect(await look()).toMatch(/Look at the proxy and the name.s DNS/u);
  });

  it('of a private network is called by nobody, and what that means is said', async () => {
    app = await testApp({ PUBLIC_URL: 'https://post.lan' });
    const ada = await signedUp(app);
    await ada.post('/setup/address/check', {}, { origin: 'https://post.lan', host: 'post.lan' });
    const said = words((await ada.get('/setup/address')).body);
    expect(said).toMatch(/https:\/\/post\.lan is an address of your own network: nobody outside reaches it\. .* and \w+ fetch pictures and videos from this instance and cannot here/u);
    expect(words((await ada.get('/setup/media')).body)).toContain('Networks that fetch media need PUBLIC_URL');
  });

  it('that hides it from the first form is told of by its page, with what to do', async () => {
    app = await testApp();
    const answer = await visitor(app).post('/signup', { name: 'Ada', email: 'ada@example.org', password }, { origin: publicUrl, host: '127.0.0.1:3000' });
    expect(answer.statusCode).toBe(403);
    expect(answer.body).toContain('have it send the Host header, or set PUBLIC_URL');
    expect(await app.deps.store.people.countUsers()).toBe(0);
  });

  it('is looked at anew once it is another one', async () => {
    const { look } = await behind(everything);
    await look();
    expect([...(await app.deps.store.settings.checks()).keys()]).toEqual([`address:${publicUrl}`, `media:${publicUrl}`]);
  });

  it('answers calls of its own once, and to everybody else there is nothing', async () => {
    const { look } = await behind(everything);
    await look();
    const nonces = [...app.logged().matchAll(/setup\/echo\/([\w:-]+)/gu)].map(([, nonce]) => nonce);
    expect(new Set(nonces)).toEqual(new Set([':nonce']));
    expect((await visitor(app).get('/setup/echo/guessed')).statusCode).toBe(404);
  });
});

describe('the checklist', () => {
  const list = (body: string) => [...body.matchAll(/<li class="is-(done|open)"><span class="checklist-mark"[^>]*>[^<]*<\/span><(?:a|span)[^>]*>([^<]+)/gu)].map(([, state, item]) => `${item}: ${state}`);
  const home = async (visit: Visitor) => list((await visit.get('/')).body);

  it('asks each for what they can do, and believes the data alone', async () => {
    app = await testApp();
    const ada = await signedUp(app);
    expect(await home(ada)).toEqual([
      'Connect a channel: open', 'Write the first post and give it a time: open', 'See it published: open', 'Invite somebody: open',
      'Have the public address checked: open', 'Have mail work: open', 'Say who runs this instance: open', 'Make a backup: open',
    ]);
    const editor = await joined(app, ada, 'editor@example.org', 'editor');
    expect((await home(editor)).map((one) => one.split(':')[0])).toEqual(['Write the first post and give it a time', 'See it published']);
    const viewer = await joined(app, ada, 'viewer@example.org', 'viewer');
    expect(await home(viewer)).toEqual([]);
    expect(await home(ada)).toContain('Invite somebody: done');
    await ada.post('/settings/instance', { name: '', operator: 'Harbour', email: 'hello@harbour.example', address: '' });
    expect(await home(ada)).toContain('Say who runs this instance: done');
    await editor.post('/posts', { intent: 'now', 'part.0.text': 'Words', channel: await sandbox() });
    expect(await home(editor)).toEqual(['Write the first post and give it a time: done', 'See it published: open']);
    await app.deps.engine.tick();
    await expect.poll(() => home(editor)).toEqual([]);
    expect((await editor.get('/')).body).toContain('Everything is done. You can put this list away.');
  });

  it('stays away for whoever put it away, in this workspace, until they have it back', async () => {
    app = await testApp();
    const ada = await signedUp(app);
    const admin = await joined(app, ada, 'admin@example.org', 'admin');
    const away = await ada.post('/setup/checklist/put-away');
    expect(away.headers.location).toBe('/');
    const after = await ada.get('/');
    expect(after.body).not.toContain('id="getting-started"');
    expect(after.body).toContain('action="/setup/checklist/undo"');
    expect((await admin.get('/')).body).toContain('id="getting-started"');
    await ada.post('/setup/checklist/undo', { back: '/' });
    expect((await ada.get('/')).body).toContain('id="getting-started"');
  });

  async function sandbox(): Promise<string> {
    const ada = await app.deps.store.people.userByEmail('ada@example.org');
    const [workspace] = await app.deps.store.people.workspacesOf(ada?.id ?? '');
    return (await app.deps.store.channels.list(workspace?.id ?? ''))[0]?.id ?? '';
  }
});

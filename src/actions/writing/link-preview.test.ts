import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createSend } from '../../lib/net-guard.ts';
import { createStorage } from '../../media/storage.ts';
import { leadsTo, startSite, type Site } from '../../testing/site.ts';
import { fakeClock, type FakeClock } from '../../testing/world.ts';
import { createLinkPreviews, type LinkPreviews } from './link-preview.ts';

let site: Site;
let directory: string;
let clock: FakeClock;
let previews: LinkPreviews;

beforeAll(async () => { site = await startSite(); });
afterAll(() => site.close());
beforeEach(async () => {
  [site.pages, site.asked, clock] = [{}, [], fakeClock()];
  directory = await mkdtemp(join(tmpdir(), 'preview-'));
  previews = createLinkPreviews({ send: createSend(site.upstreams), storage: createStorage(directory), now: clock.now });
});
afterEach(async () => rm(directory, { recursive: true, force: true }));

const of = (path: string, workspace = 'w') => previews.of(workspace, `https://site.example${path}`);

describe('what a page says of itself', () => {
  it('comes with a small picture that only its workspace is given, and leaves nothing on disk', async () => {
    site.pages['/'] = '<meta property="og:title" content="The ferry"><meta name="twitter:description" content="When it leaves"><meta property="og:image" content="/pic.png">';
    site.pages['/pic.png'] = await sharp({ create: { width: 2400, height: 1200, channels: 3, background: '#3a6ea5' } }).png().toBuffer();
    const preview = await of('/');
    expect(preview).toMatchObject({ title: 'The ferry', description: 'When it leaves', host: 'site.example' });
    const bytes = await previews.picture('w', preview?.picture ?? '');
    expect(bytes && await sharp(bytes).metadata()).toMatchObject({ format: 'jpeg', width: 600, height: 300 });
    expect(bytes?.length).toBeLessThan(60_000);
    expect(await previews.picture('another', preview?.picture ?? '')).toBeNull();
    expect(await readdir(join(directory, 'tmp')).catch(() => [])).toEqual([]);
  });

  it('is asked for once an hour, however many ask at once, and by each workspace for itself', async () => {
    site.pages['/'] = '<title>T</title>';
    await Promise.all([of('/'), of('/'), of('/')]);
    clock.advance(59 * 60_000);
    await of('/');
    expect(site.asked).toHaveLength(1);
    await of('/', 'another');
    clock.advance(60_000);
    await of('/');
    expect(site.asked).toHaveLength(3);
  });

  it('stays text, whatever a page says', async () => {
    site.pages['/'] = `<title>${'<script>alert(1)</script>'.repeat(3)}</title><meta property="og:title" content="&lt;img src=x onerror=alert(1)&gt; \u202Eevil\0"><meta property="og:description" content="${'x'.repeat(50_000)}"><meta property="og:image" content="javascript:alert(1)">`;
    const preview = await of('/');
    expect(preview).toEqual({ title: '<img src=x onerror=alert(1)> evil', description: expect.stringMatching(/^x{499}…$/u), host: 'site.example', picture: null });
  });
});

describe('a page that cannot be had', () => {
  it.each([
    ['is one of this machine', 'http://127.0.0.1/'], ['is one of a network inside', 'https://10.0.0.1/'], ['is where clouds keep their secrets', 'http://169.254.169.254/latest/meta-data/'],
    ['is no page of the web', 'file:///etc/passwd'], ['is code', 'javascript:alert(1)'], ['carries a name and a password', 'https://ada:secret@site.example/'], ['is nothing', 'not an address'],
  ])('%s', async (_name, url) => {
    expect([await previews.of('w', url), site.asked]).toEqual([null, []]);
  });

  it.each(['http://127.0.0.1/', 'https://[::1]/', 'https://192.168.1.1/admin', 'http://169.254.169.254/'])('leads to %s', async (location) => {
    site.pages['/'] = leadsTo(location);
    expect([await of('/'), site.asked]).toEqual([null, ['/']]);
  });

  it('leads in circles', async () => {
    site.pages['/'] = leadsTo('/');
    expect(await of('/')).toBeNull();
    expect(site.asked.length).toBeLessThanOrEqual(4);
  });

  it('never ends: what stands in its first half a megabyte counts', async () => {
    const stopped = Promise.withResolvers<void>();
    let sent = 0;
    site.pages['/'] = (_, response) => {
      response.writeHead(200, { 'content-type': 'text/html' });
      response.write('<title>Long</title>');
      const more = () => { if (!response.destroyed && response.write('x'.repeat(65_536))) { sent += 65_536; setImmediate(more); } else if (!response.destroyed) response.once('drain', more); };
      response.on('close', () => stopped.resolve());
      more();
    };
    expect(await of('/')).toMatchObject({ title: 'Long' });
    await stopped.promise;
    expect(sent).toBeLessThan(8_000_000);
  });

  it('never answers: nobody waits longer than five seconds', async () => {
    site.pages['/'] = () => undefined;
    expect(await of('/')).toBeNull();
  }, 20_000);

  it('is no page, or refuses', async () => {
    site.pages['/pic'] = Buffer.from('not a picture');
    site.pages['/no'] = (_, response) => response.writeHead(403, { 'content-type': 'text/html' }).end('<title>No</title>');
    expect([await of('/pic'), await of('/no'), await of('/nowhere')]).toEqual([null, null, null]);
  });
});

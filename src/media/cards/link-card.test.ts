import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ImageRule } from '../../domain/capabilities.ts';
import { createSend } from '../../lib/net-guard.ts';
import { fetchLinkCard } from './link-card.ts';
import { decodeHtml, pageMeta } from './page-meta.ts';
import { noise, plain } from '../samples/samples.ts';
import { leadsTo, startSite, type Site, type SitePage } from '../../testing/site.ts';
import { createStorage, type MediaStorage } from '../storage.ts';

const rule: ImageRule = { max: 1, types: ['image/jpeg'], maxBytes: 1_000_000 };
let site: Site;
let directory: string;
let storage: MediaStorage;

beforeAll(async () => { site = await startSite(); });
afterAll(() => site.close());
beforeEach(async () => {
  [site.pages, site.asked] = [{}, []];
  directory = await mkdtemp(join(tmpdir(), 'card-'));
  storage = createStorage(directory);
});
afterEach(async () => rm(directory, { recursive: true, force: true }));

const card = async (url = 'https://site.example/', timeoutMs?: number) =>
  fetchLinkCard({ send: createSend(site.upstreams), storage, ...(timeoutMs === undefined ? {} : { timeoutMs }) }, url, rule);

describe('a card', () => {
  test('has title, description and a picture made right for the rule', async () => {
    site.pages['/'] = { body: '<head><meta property="og:title" content="A &amp; B"><meta property="og:description" content="Words"><meta property="og:image" content="/pic?x=1&amp;y=2"></head>' };
    site.pages['/pic?x=1&y=2'] = { type: 'image/png', body: await plain(2400, 1200).png().toBuffer() };
    const found = await card('https://site.example/#part');
    expect(found).toMatchObject({ url: 'https://site.example/#part', title: 'A & B', description: 'Words', image: { type: 'image/jpeg', width: 1200, height: 600, name: 'image.jpg' } });
    const chunks: Uint8Array[] = [];
    for await (const chunk of found?.image?.open() ?? []) chunks.push(chunk);
    expect(Buffer.concat(chunks)).toHaveLength(found?.image?.size ?? -1);
    expect(await sharp(Buffer.concat(chunks)).metadata()).toMatchObject({ format: 'jpeg', width: 1200 });
    expect(await readdir(join(directory, 'tmp'))).toEqual([]);
  });

  test('does without a picture that cannot be had', async () => {
    site.pages['/'] = { body: '<title>T</title><meta property="og:image" content="/pic">' };
    const wide = await plain(1000, 10).png().toBuffer();
    for (const pic of [undefined, { body: '<html>' }, { type: 'image/png', body: Buffer.alloc(11_000_000) }, leadsTo('http://169.254.169.254:80/'), { type: 'image/png', body: '' }]) {
      if (pic) site.pages['/pic'] = pic;
      expect(await card()).toEqual({ url: 'https://site.example/', title: 'T', description: '', image: null });
    }
    site.pages['/pic'] = { type: 'image/png', body: wide };
    const strict = await fetchLinkCard({ send: createSend(site.upstreams), storage }, 'https://site.example/', { ...rule, maxRatio: 20 });
    expect(strict?.image).toBeNull();
    for (const image of ['http://127.0.0.1/x', 'file:///etc/passwd', 'data:image/png;base64,AAAA', 'http://[', 'javascript:alert(1)']) {
      site.pages['/'] = { body: `<title>T</title><meta property="og:image" content="${image}">` };
      expect((await card())?.image).toBeNull();
    }
    expect(await readdir(join(directory, 'tmp'))).toEqual([]);
  });

  test('a picture is never passed on with what its file says beside it', async () => {
    site.pages['/'] = { body: '<title>T</title><meta property="og:image" content="/pic">' };
    site.pages['/pic'] = { type: 'text/plain', body: await noise(50, 50).withExif({ IFD0: { Artist: 'Jane Doe' } }).jpeg().toBuffer() };
    const found = await card();
    for await (const chunk of found?.image?.open() ?? []) expect(Buffer.from(chunk).includes('Jane')).toBe(false);
    expect(found?.image).toMatchObject({ width: 50, height: 50 });
  });

  test('a page that is built to take the house’s time is not read to its end', async () => {
    site.pages['/'] = { body: `<title>T</title>${'<b>'.repeat(30_000)}<meta property="og:title" content="far down">` };
    expect(await card()).toMatchObject({ title: 'T' });
    // What is merely long is.
    site.pages['/'] = { body: `<title>T</title>${'<p>word'.repeat(30_000)}<meta property="og:title" content="far down">` };
    expect(await card()).toMatchObject({ title: 'far down' });
  });

  test('an http address is asked by https', async () => {
    site.pages['/'] = { body: '<title>T</title>' };
    expect(await card('http://site.example/')).toMatchObject({ url: 'http://site.example/', title: 'T' });
  });
});

describe('redirects', () => {
  test('three are followed, and the picture is found from where they end', async () => {
    site.pages = { '/': leadsTo('/a', 301), '/a': leadsTo('https://site.example/b', 307), '/b': leadsTo('/deep/c', 308) };
    site.pages['/deep/c'] = { body: '<title>T</title><meta property="og:image" content="pic.jpg">' };
    site.pages['/deep/pic.jpg'] = { body: await plain(10, 10).jpeg().toBuffer() };
    expect(await card()).toMatchObject({ url: 'https://site.example/', title: 'T', image: { width: 10 } });
  });

  test('four are not', async () => {
    site.pages = { '/': leadsTo('/a'), '/a': leadsTo('/b'), '/b': leadsTo('/c'), '/c': leadsTo('/d'), '/d': { body: '<title>T</title>' } };
    expect(await card()).toBeNull();
    expect(site.asked).toEqual(['/', '/a', '/b', '/c']);
  });

  test.each(['http://127.0.0.1:1/', 'https://127.0.0.1/', 'https://localhost/', 'https://[::1]/', 'https://169.254.169.254/', 'file:///etc/passwd', 'http://', '//10.0.0.1/'])(
    'one to %s ends the journey', async (location) => {
      site.pages['/'] = leadsTo(location);
      expect(await card()).toBeNull();
      expect(site.asked).toEqual(['/']);
    },
  );
});

describe('null', () => {
  test.each<[string, SitePage]>([
    ['a page without words', { body: '<p>hello</p><meta property="og:image" content="/x.png">' }],
    ['an empty page', { body: '' }],
    ['a missing page', { status: 404, body: '<title>Not found</title>' }],
    ['an error', { status: 500, body: '<title>Oops</title>' }],
    ['a picture', { type: 'image/png', body: 'x' }],
    ['JSON', { type: 'application/json', body: '{"title":"x"}' }],
    ['packed text that nobody asked for', { headers: { 'content-encoding': 'gzip' }, body: gzipSync('<title>T</title>') }],
    ['a redirect to nowhere', { status: 302 }],
    ['a connection that is cut', (_request, response) => void response.socket?.destroy()],
    ['a connection that is cut in the middle', (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html', 'content-length': '1000' });
      response.write('<title>T</title>', () => response.socket?.destroy());
    }],
  ])('for %s', async (_name, page) => {
    site.pages['/'] = page;
    expect(await card()).toBeNull();
  });

  test.each(['', 'nonsense', 'ftp://site.example/', 'https://127.0.0.1/', 'http://localhost:8080/'])('for the address %j', async (url) => {
    expect(await card(url)).toBeNull();
    expect(site.asked).toEqual([]);
  });

  test('for a page that never ends its answer', async () => {
    site.pages['/'] = (_request, response) => void response.writeHead(200, { 'content-type': 'text/html' }).write('<title>T</title>');
    expect(await card('https://site.example/', 200)).toBeNull();
  });
});

test('of a page only the first megabyte is read', async () => {
  let closed: () => void = () => undefined;
  const hungUp = new Promise<void>((resolve) => { closed = resolve; });
  site.pages['/'] = (_request, response) => {
    response.on('close', closed).writeHead(200, { 'content-type': 'text/html' });
    response.write('<title>T</title>');
    const more = () => {
      while (!response.destroyed && response.write('x'.repeat(100_000)));
    };
    response.on('drain', more);
    more();
  };
  expect(await card()).toMatchObject({ title: 'T' });
  await hungUp;
});

describe('reading a page', () => {
  test.each<[string, string, { title?: string; description?: string; image?: string }]>([
    ['Open Graph before all', '<title>c</title><meta name="twitter:title" content="b"><meta property="og:title" content="a">', { title: 'a' }],
    ['Twitter before plain HTML', '<title>c</title><meta name="twitter:title" content="b">', { title: 'b' }],
    ['plain HTML', '<title>c</title><meta name="description" content="d">', { title: 'c', description: 'd' }],
    ['the first of several', '<meta property="og:title" content="1"><meta property="og:title" content="2">', { title: '1' }],
    ['an empty one counts for nothing', '<meta property="og:title" content=" "><title>c</title>', { title: 'c' }],
    ['a name where a property should be', '<meta name="OG:Title" content="a">', { title: 'a' }],
    ['entities', '<title>Fish &amp; Chips &#8211; &eacute;</title>', { title: 'Fish & Chips – é' }],
    ['line breaks and spaces', '<title>\n  a\n\tb&nbsp;c  </title>', { title: 'a b c' }],
    ['characters that turn or hide text', '<meta property="og:title" content="a\u202Eb\u200B\uFEFFc">', { title: 'abc' }],
    ['tags in a title are text', '<title><b>x</b></title>', { title: '<b>x</b>' }],
    ['a drawing\'s title comes too late', '<title>page</title><svg><title>icon</title></svg>', { title: 'page' }],
    ['a page that breaks off', '<meta property="og:title" content="a"><meta property="og:desc', { title: 'a' }],
    ['metas in the body', '<body><meta property="og:title" content="a">', { title: 'a' }],
    ['the secure picture first', '<meta property="og:image" content="http://a"><meta property="og:image:secure_url" content="https://b">', { image: 'https://b' }],
    ['Twitter\'s picture', '<meta name="twitter:image:src" content="/t.png">', { image: '/t.png' }],
    ['scripts are not read', '<script>"<title>no</title>"</script><title>yes</title>', { title: 'yes' }],
  ])('%s', (_name, html, expected) => {
    expect(pageMeta(html)).toEqual({ title: '', description: '', image: '', ...expected });
  });

  test('long texts end in an ellipsis, between characters as people see them', () => {
    const family = '👩‍👩‍👧';
    const { title, description } = pageMeta(`<title>${family.repeat(300)}</title><meta name="description" content="${'word '.repeat(400)}">`);
    expect(title).toBe(`${family.repeat(199)}…`);
    expect(description.endsWith('word…')).toBe(true);
    expect(description.length).toBeLessThanOrEqual(500);
  });
});

describe('the encoding of a page', () => {
  const latin = (text: string) => Buffer.from(text, 'latin1');
  test.each<[string, Buffer, string, string]>([
    ['UTF-8 by the header', Buffer.from('é'), 'text/html; charset=UTF-8', 'é'],
    ['Latin 1 by the header', latin('é'), 'text/html; charset=iso-8859-1', 'é'],
    ['by the page', latin('<meta charset="windows-1252">é'), 'text/html', '<meta charset="windows-1252">é'],
    ['by the page, the old way', latin('<meta http-equiv=Content-Type content="text/html; charset=latin1">é'), 'text/html', '<meta http-equiv=Content-Type content="text/html; charset=latin1">é'],
    ['UTF-8 unsaid', Buffer.from('é'), 'text/html', 'é'],
    ['Latin 1 unsaid', latin('caf\u00E9 \u00FC'), 'text/html', 'café ü'],
    ['a name nobody knows', Buffer.from('é'), 'text/html; charset=klingon', 'é'],
    ['Shift JIS', Buffer.from('93fa967b', 'hex'), 'text/html; charset=Shift_JIS', '日本'],
    ['cut in the middle of a letter', Buffer.from('aé').subarray(0, 2), 'text/html', 'a'],
  ])('%s', (_name, bytes, contentType, text) => {
    expect(decodeHtml(bytes, contentType)).toBe(text);
  });
});

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { hostname } from 'node:os';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { BlockedAddressError, createSend, isPublicAddress, type Resolve } from './net-guard.ts';

describe('addresses', () => {
  test.each([
    // IPv4, IANA special-purpose registry
    '0.0.0.0', '0.1.2.3', '10.0.0.1', '10.255.255.255', '100.64.0.1', '100.127.255.255', '127.0.0.1', '127.255.255.254', '169.254.0.1',
    '169.254.169.254', '172.16.0.1', '172.31.255.255', '192.0.0.8', '192.0.2.1', '192.88.99.1', '192.168.0.1', '198.18.0.1', '198.19.255.255',
    '198.51.100.7', '203.0.113.9', '224.0.0.1', '239.255.255.250', '240.0.0.1', '255.255.255.255', '100.100.100.200', '168.254.1.1.', '1.2.3',
    // IPv6
    '::', '::1', '::ffff:127.0.0.1', '::ffff:7f00:1', '::ffff:8.8.8.8', '::ffff:a9fe:a9fe', '::127.0.0.1', '::7f00:1', '64:ff9b::7f00:1',
    '64:ff9b::808:808', '64:ff9b:1::1', '100::1', '2001::1', '2001:0:4136:e378:8000:63bf:3fff:fdd2', '2001:10::1', '2001:20::1', '2001:db8::1',
    '2002:7f00:1::', '2002:a9fe:a9fe::1', '3fff::1', '5f00::1', 'fc00::1', 'fd00:ec2::254', 'fe80::1', 'fe80::1%eth0', 'fec0::1', 'ff02::1',
    '2606:4700:4700::1111%eth0',
    // no addresses
    '', 'localhost', 'example.com', '127.1', '2130706433', '0x7f000001', '0177.0.0.1', '[::1]', '8.8.8.8:443', ' 8.8.8.8',
  ])('%j is not public', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  test.each([
    '1.1.1.1', '8.8.8.8', '9.255.255.255', '11.0.0.0', '100.63.255.255', '100.128.0.0', '126.255.255.255', '128.0.0.1', '169.253.255.255',
    '169.255.0.0', '172.15.255.255', '172.32.0.0', '192.167.255.255', '192.169.0.0', '198.17.255.255', '198.20.0.0', '223.255.255.255',
    '2001:200::1', '2001:4860:4860::8888', '2606:4700:4700::1111', '2a00:1450:4001:800::200e', '2003::1', '3ffe:ffff::1',
  ])('%s is public', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });
});

describe('sending', () => {
  let server: Server;
  let port: number;
  let answer: (request: IncomingMessage, response: ServerResponse) => void;
  const seen: { url: string | undefined; host: string | undefined }[] = [];

  beforeAll(async () => {
    server = createServer((request, response) => {
      seen.push({ url: request.url, host: request.headers.host });
      answer(request, response);
    });
    await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
    ({ port } = server.address() as AddressInfo);
  });
  beforeEach(() => {
    seen.length = 0;
    answer = (_request, response) => void response.end('ok');
  });
  afterAll(() => void server.close());

  const get = async (url: string, upstreams?: ReadonlyMap<string, string>, resolve?: Resolve) =>
    createSend(upstreams, resolve)(new URL(url), { method: 'GET', signal: AbortSignal.timeout(5000) });

  test.each([
    'http://example.com/', 'http://8.8.8.8/', 'http://127.0.0.1/', 'ftp://example.com/', 'file:///etc/passwd', 'data:text/plain,x', 'gopher://127.0.0.1/',
    'ws://example.com/', 'unix:/var/run/docker.sock',
  ])('%s: only https leaves', async (url) => {
    await expect(get(url)).rejects.toThrow(BlockedAddressError);
  });

  test.each([
    ['plain', 'https://127.0.0.1/'], ['short', 'https://127.1/'], ['decimal', 'https://2130706433/'], ['hex', 'https://0x7f000001/'],
    ['dotted hex', 'https://0x7f.0x0.0x0.0x1/'], ['octal', 'https://0177.0.0.1/'], ['long octal', 'https://017700000001/'], ['zero', 'https://0/'],
    ['trailing dot', 'https://127.0.0.1./'], ['other port', 'https://127.0.0.1:8443/'], ['full-width digits', 'https://１２７.０.０.１/'],
    ['circled digits', 'https://①②⑦.⓪.⓪.①/'], ['ideographic dots', 'https://127。0。0。1/'], ['percent-encoded', 'https://%31%32%37.0.0.1/'],
    ['userinfo that looks public', 'https://8.8.8.8@127.0.0.1/'], ['userinfo with a password', 'https://example.com:443@10.0.0.1/'],
    ['backslash', 'https://10.0.0.1\\@8.8.8.8/'], ['fragment', 'https://10.0.0.1#@8.8.8.8/'], ['tab inside', 'https://127.0\t.0.1/'],
    ['metadata', 'https://169.254.169.254/latest/meta-data/'], ['metadata in decimal', 'https://2852039166/'], ['Alibaba metadata', 'https://100.100.100.200/'],
    ['private', 'https://192.168.1.1/'], ['broadcast', 'https://255.255.255.255/'],
    ['IPv6 loopback', 'https://[::1]/'], ['IPv6 any', 'https://[::]/'], ['IPv4-mapped', 'https://[::ffff:127.0.0.1]/'],
    ['IPv4-mapped in hex', 'https://[::ffff:a9fe:a9fe]/'], ['IPv4-compatible', 'https://[::127.0.0.1]/'], ['NAT64', 'https://[64:ff9b::169.254.169.254]/'],
    ['6to4', 'https://[2002:7f00:1::]/'], ['Teredo', 'https://[2001:0:7f00:1::]/'], ['unique local', 'https://[fd00:ec2::254]/'], ['link-local', 'https://[fe80::1]/'],
    ['written out', 'https://[0000:0000:0000:0000:0000:0000:0000:0001]/'],
  ])('%s: %s is blocked before a byte leaves', async (_name, url) => {
    await expect(get(url)).rejects.toThrow(BlockedAddressError);
  });

  test.each(['https://localhost/', 'https://localhost./', 'https://LOCALHOST/', 'https://ｌｏｃａｌｈｏｓｔ/', `https://${hostname()}/`])(
    '%s: a name of this machine is blocked', async (url) => {
      // Some resolvers do not know some of these names at all, which is as good.
      await expect(get(url.replace(/\/$/u, `:${port}/`))).rejects.toThrow(/public address|ENOTFOUND|EAI_AGAIN/u);
      expect(seen).toEqual([]);
    },
  );

  test.each<[string, string[]]>([
    ['the loopback', ['127.0.0.1']],
    ['the metadata service', ['169.254.169.254']],
    ['a public and a private address', ['8.8.8.8', '10.0.0.1']],
    ['an IPv4-mapped address', ['::ffff:127.0.0.1']],
    ['a link-local address with its zone', ['fe80::1%eth0']],
    ['NAT64', ['64:ff9b::a00:1']],
    ['nothing at all', []],
  ])('a name that leads to %s is blocked', async (_name, addresses) => {
    const resolve: Resolve = (_hostname, _options, callback) =>
      callback(null, addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })));
    await expect(get(`https://rebind.example:${port}/`, undefined, resolve)).rejects.toThrow(/does not lead to a public address/u);
    expect(seen).toEqual([]);
  });

  test('an international name is looked up in its ASCII form', async () => {
    const asked: string[] = [];
    const resolve: Resolve = (name, _options, callback) => {
      asked.push(name);
      callback(null, [{ address: '10.0.0.1', family: 4 }]);
    };
    await expect(get('https://bücher.example/', undefined, resolve)).rejects.toThrow(BlockedAddressError);
    expect(asked).toEqual(['xn--bcher-kva.example']);
  });

  test('each connection asks anew, so that a name which was public once is not trusted twice', async () => {
    let asked = 0;
    const resolve: Resolve = (_name, _options, callback) => {
      asked += 1;
      callback(null, [{ address: '127.0.0.1', family: 4 }]);
    };
    const send = createSend(new Map(), resolve);
    for (let i = 0; i < 3; i += 1) await expect(send(new URL('https://a.example/'), { method: 'GET' })).rejects.toThrow(BlockedAddressError);
    expect(asked).toBe(3);
  });

  test('a failed look-up stays what it is', async () => {
    const resolve: Resolve = (_name, _options, callback) => callback(Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' }), []);
    await expect(get('https://a.example/', undefined, resolve)).rejects.toHaveProperty('code', 'ENOTFOUND');
  });

  describe('with a stand-in', () => {
    const standIn = () => new Map([['https://platform.example', `http://127.0.0.1:${port}`]]);

    test('path, query and the Host header arrive', async () => {
      const response = await get('https://platform.example/a%20b?c=d&e', standIn());
      expect(response.statusCode).toBe(200);
      expect(await response.body.text()).toBe('ok');
      expect(seen).toEqual([{ url: '/a%20b?c=d&e', host: 'platform.example' }]);
    });

    test.each(['//elsewhere.example/x', '//169.254.169.254/latest', '/\\elsewhere.example/', '/http://elsewhere.example/'])(
      'a path like %s stays at the stand-in', async (path) => {
        const response = await get(`https://platform.example${path}`, standIn());
        await response.body.dump();
        expect(seen).toEqual([{ url: new URL(`https://platform.example${path}`).pathname, host: 'platform.example' }]);
      },
    );

    test.each([
      'https://platform.example:8443/', 'https://platform.example.evil.example/', 'https://platform.example@127.0.0.1/', 'http://platform.example/',
      'https://sub.platform.example/', 'https://platform.example./',
    ])('%s is another origin', async (url) => {
      const resolve: Resolve = (_name, _options, callback) => callback(null, [{ address: '127.0.0.1', family: 4 }]);
      await expect(get(url, standIn(), resolve)).rejects.toThrow(BlockedAddressError);
      expect(seen).toEqual([]);
    });

    test.each(['http://10.0.0.1', 'http://elsewhere.example', 'http://127.0.0.1.evil.example', 'http://localhost.evil.example', 'http://169.254.169.254'])(
      'a stand-in at %s is refused', async (upstream) => {
        await expect(get('https://platform.example/', new Map([['https://platform.example', upstream]]))).rejects.toThrow(/not a loopback/u);
      },
    );

    test.each([301, 302, 303, 307, 308])('a %i is an answer, not a journey', async (status) => {
      answer = (_request, response) => void response.writeHead(status, { location: `http://127.0.0.1:${port}/secret` }).end();
      const response = await get('https://platform.example/', standIn());
      await response.body.dump();
      expect(response.statusCode).toBe(status);
      expect(response.headers['location']).toContain('/secret');
      expect(seen).toHaveLength(1);
    });
  });
});

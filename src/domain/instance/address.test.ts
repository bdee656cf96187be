import { describe, expect, it } from 'vitest';
import { arrivalFindings, type Arrival, type Told } from './address.ts';

const publicUrl = 'https://post.example';
const told: Told = { publicUrl, trusts: true, port: 3000 };
/** As it comes through a proxy that does everything right. */
const right: Arrival = {
  origin: publicUrl, protocol: 'https', host: 'post.example', ip: '203.0.113.9', remote: '127.0.0.1',
  forwarded: { for: '203.0.113.9', proto: 'https', host: 'post.example' },
};
const silent = { for: undefined, proto: undefined, host: undefined };

const bad = (arrival: Partial<Arrival>, over: Partial<Told> = {}) =>
  arrivalFindings({ ...right, ...arrival }, { ...told, ...over }).filter(({ good }) => !good).map(({ label, said }) => `${label}: ${said}`);

describe('what a request shows of the address', () => {
  it('is nothing but good behind a proxy that passes everything on', () => {
    const findings = arrivalFindings(right, told);
    expect(findings.map(({ label, good }) => [label, good])).toEqual([['Public address', true], ['HTTPS', true], ['Cookies', true], ['Proxy', true]]);
    expect(findings.at(-1)?.said).toContain('203.0.113.9');
  });

  it.each<[name: string, arrival: Partial<Arrival>, over: Partial<Told>, found: RegExp[]]>([
    ['a proxy that says nothing', { protocol: 'http', host: '127.0.0.1:3000', ip: '127.0.0.1', forwarded: silent }, {}, [/^Proxy: A proxy answers for this server and does not say who comes/u]],
    ['a proxy that nobody listens to', { protocol: 'http', ip: '127.0.0.1' }, { trusts: false }, [/^Proxy: The proxy at 127\.0\.0\.1 says who comes, and this server does not listen/u]],
    ['another proxy than the one that is trusted', { ip: '10.0.0.7', remote: '10.0.0.7', protocol: 'http' }, {}, [/^Proxy: The proxy at 10\.0\.0\.7 says who comes/u]],
    ['a proxy that leaves the protocol out', { protocol: 'http', forwarded: { ...right.forwarded, proto: undefined } }, {}, [/^Proxy: .* X-Forwarded-Proto/u]],
    ['a proxy that asks by a name of its own', { host: '127.0.0.1:3000', forwarded: { ...right.forwarded, host: undefined } }, {}, [/^Proxy: The proxy passes the host on as 127\.0\.0\.1:3000 and not as post\.example/u]],
    ['a proxy that leaves the address out', { forwarded: { ...right.forwarded, for: undefined } }, {}, [/^Proxy: .* X-Forwarded-For/u]],
    ['another address than was said', { origin: 'https://other.example', host: 'other.example' }, {}, [/^Public address: Your browser uses https:\/\/other\.example, while links and callbacks begin with https:\/\/post\.example\. Set PUBLIC_URL/u]],
    ['https in front of what was told http', {}, { publicUrl: 'http://post.example' }, [/^Public address/u, /^Cookies: .* Set it to https:\/\/post\.example/u]],
    ['plain http on one machine', { origin: 'http://localhost:3000', protocol: 'http', host: 'localhost:3000', forwarded: silent, ip: '127.0.0.1' }, { publicUrl: 'http://localhost:3000', trusts: false }, [/^HTTPS: Plain http on this machine alone/u]],
    ['plain http for everybody', { origin: 'http://192.168.1.5:3000', protocol: 'http', host: '192.168.1.5:3000', forwarded: silent }, { publicUrl: 'http://192.168.1.5:3000', trusts: false }, [/^HTTPS: Plain http: passwords travel in the open/u]],
    ['trust where there is no proxy', { origin: 'http://localhost:3000', protocol: 'http', host: 'localhost:3000', forwarded: silent }, { publicUrl: 'http://localhost:3000' }, [/^HTTPS/u, /^Proxy: TRUST_PROXY is on, and no proxy/u]],
    ['the machine itself, while the world has another way in', { origin: 'http://localhost:3000', protocol: 'http', host: 'localhost:3000', forwarded: silent }, { trusts: false }, [/^Public address: .* Open https:\/\/post\.example/u, /^HTTPS/u]],
  ])('tells of %s', (_name, arrival, over, found) => {
    const all = bad(arrival, over);
    expect(all).toHaveLength(found.length);
    for (const [n, one] of found.entries()) expect(all[n]).toMatch(one);
  });

  it('gives lines to copy with everything that is to be done elsewhere', () => {
    const proxy = arrivalFindings({ ...right, forwarded: silent, protocol: 'http' }, told).at(-1);
    expect(proxy?.copy?.map(({ text }) => text)).toEqual([expect.stringContaining('proxy_set_header X-Forwarded-Proto $scheme;'), 'post.example {\n\treverse_proxy 127.0.0.1:3000\n}']);
    expect(arrivalFindings({ ...right, protocol: 'http', ip: '127.0.0.1' }, { ...told, trusts: false }).at(-1)?.copy).toEqual([{ label: 'Where the server is started', text: 'TRUST_PROXY=1' }]);
  });

  it('believes nothing of an address that the browser does not tell', () => {
    expect(arrivalFindings({ ...right, origin: null }, told)[0]).toMatchObject({ good: true, said: expect.stringContaining('Press Check now') as string });
  });
});

import { lookup as dnsLookup, type LookupAddress, type LookupAllOptions } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import type { Agent, Dispatcher, request } from 'undici';

export type SendOptions = Omit<Dispatcher.RequestOptions, 'path' | 'origin' | 'method'> & { method: Dispatcher.HttpMethod };
export type Send = (url: URL, options: SendOptions) => Promise<Dispatcher.ResponseData>;

/** As `dns.lookup` with `all`: every address of a name. */
export type Resolve = (
  hostname: string, options: LookupAllOptions, callback: (error: Error | null, addresses: LookupAddress[]) => void,
) => void;

/** Thrown before a byte leaves when an address is not public. */
export class BlockedAddressError extends Error {
  readonly code = 'EBLOCKED';
}

/**
 * One outbound HTTP call to a public address, or to the loopback stand-in that `upstreams` names for its origin.
 * Every address a name resolves to is checked, and the connection goes to the address that was checked, so a name that
 * changes between look-up and connect gains nothing. Redirects are never followed. Sockets are not reused: a request on
 * a connection that the other side is just closing would leave us in doubt for nothing.
 */
export function createSend(upstreams: ReadonlyMap<string, string> = new Map(), resolve: Resolve = dnsLookup): Send {
  // Loaded with the first call: a scheduler that waits all night does without its megabytes.
  let loading: Promise<{ request: typeof request; guarded: Agent; loopback: Agent }> | undefined;
  const load = async () => {
    // The default export: in the bundle a CommonJS module has no other.
    const { default: undici } = await import('undici');
    return {
      request: undici.request,
      guarded: new undici.Agent({ pipelining: 0, connect: { timeout: 10_000, lookup: publicLookup(resolve) } }),
      loopback: new undici.Agent({ pipelining: 0, connect: { timeout: 10_000 } }),
    };
  };
  return async (url, options) => {
    loading ??= load();
    const { request, guarded, loopback } = await loading;
    const upstream = upstreams.get(url.origin);
    if (upstream !== undefined) {
      const target = loopbackTarget(upstream, url);
      return request(target, { ...options, headers: { ...asRecord(options.headers), host: url.host }, dispatcher: loopback });
    }
    if (url.protocol !== 'https:') throw new BlockedAddressError('Only https addresses are reached from here.');
    const host = url.hostname.replace(/^\[|\]$/gu, '');
    if (isIP(host) !== 0 && !isPublicAddress(host)) throw new BlockedAddressError(`${host} is not a public address.`);
    return request(url, { ...options, dispatcher: guarded });
  };
}

/**
 * The same path and query at the stand-in. Set part by part: `new URL('//elsewhere/', upstream)` would take the first
 * segment of such a path for a host.
 */
function loopbackTarget(upstream: string, url: URL): URL {
  const target = new URL(upstream);
  if (!/^(?:127\.\d+\.\d+\.\d+|\[::1\]|localhost)$/u.test(target.hostname)) {
    throw new BlockedAddressError(`${target.hostname} is not a loopback address.`);
  }
  target.pathname = url.pathname;
  target.search = url.search;
  return target;
}

/** Special-purpose ranges (IANA registries for IPv4 and IPv6), none of which a platform lives in. */
const notPublic = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8], ['10.0.0.0', 8], ['100.64.0.0', 10], ['127.0.0.0', 8], ['169.254.0.0', 16], ['172.16.0.0', 12],
  ['192.0.0.0', 24], ['192.0.2.0', 24], ['192.88.99.0', 24], ['192.168.0.0', 16], ['198.18.0.0', 15],
  ['198.51.100.0', 24], ['203.0.113.0', 24], ['224.0.0.0', 4], ['240.0.0.0', 4],
] as const) notPublic.addSubnet(net, bits, 'ipv4');

/** Global unicast, less what is carved out of it for documentation, tunnels and translation. */
const globalUnicast = new BlockList();
globalUnicast.addSubnet('2000::', 3, 'ipv6');
const carvedOut = new BlockList();
for (const [net, bits] of [['2001::', 23], ['2001:db8::', 32], ['2002::', 16], ['3fff::', 20]] as const) {
  carvedOut.addSubnet(net, bits, 'ipv6');
}

/** False for everything that is not an IP address, and for one with a zone (`%eth0`): those are of one link only. */
export function isPublicAddress(address: string): boolean {
  if (address.includes('%')) return false;
  const family = isIP(address);
  if (family === 4) return !notPublic.check(address, 'ipv4');
  if (family === 6) return globalUnicast.check(address, 'ipv6') && !carvedOut.check(address, 'ipv6');
  return false;
}

function publicLookup(resolve: Resolve): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, '', 0);
      const refused = addresses.find(({ address }) => !isPublicAddress(address));
      const first = addresses[0];
      if (refused || !first) {
        return callback(new BlockedAddressError(`${hostname} does not lead to a public address.`), '', 0);
      }
      if (options.all) return callback(null, addresses);
      callback(null, first.address, first.family);
    });
  };
}

function asRecord(headers: SendOptions['headers']): Record<string, string> {
  return (headers ?? {}) as Record<string, string>;
}

import type { Finding } from '../channels/finding.ts';
import { addressTexts as t } from '../texts/refusals/address.ts';

/** How a request of a browser arrived. */
export interface Arrival {
  /** The origin in the browser's own address bar, as it says itself; null when it does not say. */
  origin: string | null;
  /** As the server reads them, forwarded headers counted where they are trusted. */
  protocol: string;
  host: string;
  ip: string;
  /** The other end of the line: the proxy, where there is one. */
  remote: string;
  /** Headers that a proxy adds, as they came. */
  forwarded: { for: string | undefined; proto: string | undefined; host: string | undefined };
}

/** What this instance was told at its start. */
export interface Told {
  publicUrl: string;
  /** Whether forwarded headers count at all. */
  trusts: boolean;
  port: number;
}

/** How the address of an instance stands, seen from one request. Pure. */
export function arrivalFindings(arrival: Arrival, told: Told): Finding[] {
  const { origin } = arrival;
  const secure = origin?.startsWith('https:') ?? arrival.protocol === 'https';
  return [
    addressFinding(origin, told.publicUrl),
    httpsFinding(secure, origin ?? `${arrival.protocol}://${arrival.host}`, told),
    ...(secure ? [cookieFinding(origin, told.publicUrl)] : []),
    proxyFinding(arrival, told, secure),
  ];
}

function addressFinding(origin: string | null, publicUrl: string): Finding {
  const { label } = t.address;
  if (origin === null) return { label, good: true, said: t.address.unknown(publicUrl) };
  if (origin === publicUrl) return { label, good: true, said: t.address.good(publicUrl) };
  // Whoever looks from the machine itself sees nothing of the way that others come.
  if (isOwnMachine(origin) && !isOwnMachine(publicUrl)) return { label, good: false, said: t.address.openPublic(origin, publicUrl) };
  return { label, good: false, said: t.address.other(origin, publicUrl), copy: [{ label: t.address.copy, text: `PUBLIC_URL=${origin}` }] };
}

function httpsFinding(secure: boolean, origin: string, { port }: Told): Finding {
  const { label } = t.https;
  if (secure) return { label, good: true, said: t.https.good };
  return { label, good: false, said: isOwnMachine(origin) ? t.https.local : t.https.open, copy: [{ label: t.https.caddy, text: caddyFor(isOwnMachine(origin) ? 'https://post.example.org' : origin, port) }] };
}

function cookieFinding(origin: string | null, publicUrl: string): Finding {
  const good = publicUrl.startsWith('https:');
  return { label: t.cookies.label, good, said: good ? t.cookies.good : t.cookies.bad(origin ?? publicUrl.replace(/^http:/u, 'https:')) };
}

/** The first thing that is wrong between the proxy and here: the rest follows from it. */
function proxyFinding({ origin, protocol, host, ip, remote, forwarded }: Arrival, { publicUrl, trusts, port }: Told, secure: boolean): Finding {
  const { label } = t.proxy;
  const url = origin ?? publicUrl;
  const copy = [{ label: t.proxy.nginx, text: nginxFor(port) }, { label: t.proxy.caddy, text: caddyFor(url, port) }];
  const bad = (said: string): Finding => ({ label, good: false, said, copy });
  const speaks = forwarded.for !== undefined || forwarded.proto !== undefined || forwarded.host !== undefined;
  // This server itself speaks no TLS: where the browser does, something stands in front.
  if (!speaks && secure) return bad(t.proxy.silent);
  const meant = URL.parse(url)?.host;
  const strange = origin !== null && meant !== undefined && host !== meant;
  if (!speaks) return strange ? bad(t.proxy.wrongHost(host, meant)) : trusts ? { label, good: false, said: t.proxy.noneTrusted } : { label, good: true, said: t.proxy.none };
  // Trusted in general, and not this one: then what it says was not heard.
  const unheard = forwarded.for !== undefined && ip === remote && forwarded.for.split(',').at(-1)?.trim() !== ip;
  if (!trusts || unheard) return { label, good: false, said: t.proxy.untrusted(remote), copy: [{ label: t.address.copy, text: t.proxy.trust }] };
  if (secure && protocol !== 'https') return bad(t.proxy.wrongProtocol);
  if (strange) return bad(t.proxy.wrongHost(host, meant));
  if (forwarded.for === undefined) return bad(t.proxy.noAddress);
  return { label, good: true, said: t.proxy.good(ip) };
}

export function isOwnMachine(url: string): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(URL.parse(url)?.hostname ?? '');
}

export function caddyFor(url: string, port: number): string {
  return `${URL.parse(url)?.hostname ?? 'post.example.org'} {\n\treverse_proxy 127.0.0.1:${port}\n}`;
}

export function nginxFor(port: number): string {
  return [
    'client_max_body_size 0;',
    'location / {',
    `    proxy_pass http://127.0.0.1:${port};`,
    '    proxy_set_header Host $host;',
    '    proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;',
    '    proxy_set_header X-Forwarded-Proto $scheme;',
    '    proxy_buffering off;',
    '}',
  ].join('\n');
}

/** What is said of the address of an instance, and of what stands in front of it. */
export const addressTexts = {
  address: {
    label: 'Public address',
    good: (url: string) => `Your browser uses ${url}, and so do all links and callbacks.`,
    other: (origin: string, url: string) => `Your browser uses ${origin}, while links and callbacks begin with ${url}. Set PUBLIC_URL where the server is started, then restart it.`,
    openPublic: (origin: string, url: string) => `Your browser uses ${origin}. Open ${url} and look at this page there, so that the whole way is seen.`,
    unknown: (url: string) => `Links and callbacks begin with ${url}. Press Check now to compare it with what your browser uses.`,
    copy: 'Where the server is started',
  },
  https: {
    label: 'HTTPS',
    good: 'The connection is encrypted.',
    local: 'Plain http on this machine alone. That is fine to look around; most networks take https only, so put a proxy with a certificate in front before others come.',
    open: 'Plain http: passwords travel in the open, and most networks take https only. Put a proxy with a certificate in front.',
    caddy: 'Caddy, which gets the certificate by itself (Caddyfile)',
  },
  cookies: {
    label: 'Cookies',
    good: 'They are sent over https alone.',
    bad: (origin: string) => `They may also travel over http, because PUBLIC_URL does not begin with https. Set it to ${origin}.`,
  },
  proxy: {
    label: 'Proxy',
    none: 'Nothing stands in front of this server.',
    noneTrusted: 'TRUST_PROXY is on, and no proxy stands in front: whoever comes may claim any address. Take TRUST_PROXY away, or let people reach this server through the proxy only.',
    silent: 'A proxy answers for this server and does not say who comes. Have it pass on the host, the protocol and the address.',
    untrusted: (remote: string) => `The proxy at ${remote} says who comes, and this server does not listen: to it everybody has the address ${remote}, so that one person who mistypes a password slows everybody down. Set TRUST_PROXY where the server is started, then restart it.`,
    good: (ip: string) => `It says who comes: you have the address ${ip}.`,
    noAddress: 'The proxy does not pass on the address of whoever comes. Have it send X-Forwarded-For.',
    wrongProtocol: 'The proxy passes https on as http. Have it send X-Forwarded-Proto.',
    wrongHost: (came: string, meant: string) => `The proxy passes the host on as ${came} and not as ${meant}. Have it send the Host it was asked for.`,
    trust: 'TRUST_PROXY=1',
    nginx: 'nginx, in the server block',
    caddy: 'Caddy (Caddyfile); it passes all of that on by itself',
  },
  outside: {
    label: 'Reached from outside',
    good: (url: string) => `A call to ${url} came back to this instance.`,
    stranger: (url: string) => `Something else answers at ${url}. Look where its name leads, and what the proxy does with it.`,
    local: (url: string) => `${url} is an address of your own network: nobody outside reaches it.`,
    pulls: (networks: string) => `That is fine to look around. ${networks} fetch pictures and videos from this instance and cannot here; the other networks work.`,
    plain: (url: string) => `${url} is plain http, which networks do not call. Give it https first.`,
  },
  crossSite: {
    sentence: 'This form came from another address than the one this server knows.',
    fix: 'Open the page here and send it again. If you did, the proxy in front does not pass on the host it was asked for: have it send the Host header, or set PUBLIC_URL where the server is started.',
  },
} as const;

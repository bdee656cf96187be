import { arrivalFindings, isOwnMachine, type Arrival } from '../../domain/instance/address.ts';
import type { Finding } from '../../domain/channels/finding.ts';
import { addressTexts as t } from '../../domain/texts/refusals/address.ts';
import type { Deps } from '../../deps.ts';
import { isPublic, type MediaUrls } from '../../media/public-url.ts';
import type { CameBack, Echo } from './echo.ts';
import { look, lookAtMedia, patience } from './self-check.ts';

type CheckDeps = Pick<Deps, 'store' | 'config' | 'providers' | 'io' | 'now'> & { urls: MediaUrls; echo: Echo };

const listed = new Intl.ListFormat('en');

/** Where the answer to a call to ourselves is fetched; the nonce follows. */
export const echoPath = '/setup/echo/';

/** Under which names the results are kept: of this very address, so that another one is looked at anew. */
export const addressCheck = (publicUrl: string) => `address:${publicUrl}`;
export const mediaCheck = (publicUrl: string) => `media:${publicUrl}`;

/** What one request shows of the address, without asking anybody. */
export function seenFrom({ config }: Pick<Deps, 'config'>, arrival: Arrival): Finding[] {
  return arrivalFindings(arrival, { publicUrl: config.publicUrl, trusts: config.trustProxy !== false, port: config.port });
}

/** Looks at the address from a browser's request and from outside, media included, and keeps what was seen. */
export async function checkAddress(deps: CheckDeps, arrival: Arrival): Promise<void> {
  const { store, config: { publicUrl }, now } = deps;
  const { finding, came } = await outside(deps);
  const seen = seenFrom(deps, arrival);
  // The browser came another way: how the proxy passes things on shows the call that took the public one.
  const proxy = came && arrival.origin !== publicUrl ? seenFrom(deps, { ...came, origin: publicUrl }).at(-1) : undefined;
  await store.settings.putCheck(addressCheck(publicUrl), [...(proxy ? [...seen.slice(0, -1), proxy] : seen), finding], now());
  await checkMedia(deps);
}

/** Fetches a signed test picture as a network would, and keeps what was seen. */
export async function checkMedia({ store, config: { publicUrl }, io, urls, now }: Omit<CheckDeps, 'providers' | 'echo'>): Promise<void> {
  await store.settings.putCheck(mediaCheck(publicUrl), [await lookAtMedia(io('instance', '').http, urls)], now());
}

/** Calls this instance at its public address, by the rules of every outbound call. */
async function outside({ config: { publicUrl, upstreams }, providers, io, echo }: CheckDeps): Promise<{ finding: Finding; came: CameBack | null }> {
  const { label } = t.outside;
  if (!isPublic(publicUrl) && !upstreams.has(publicUrl)) {
    const pulling = [...new Set(providers.all.filter(({ setup }) => setup?.pulls).map(({ name }) => name))];
    const said = [publicUrl.startsWith('http:') && !isOwnMachine(publicUrl) ? t.outside.plain(publicUrl) : t.outside.local(publicUrl), t.outside.pulls(listed.format(pulling))].join(' ');
    return { finding: { label, good: false, said }, came: null };
  }
  const call = echo.ask();
  const finding = await look(label, async () => {
    const { text } = await io('instance', '').http({ method: 'GET', url: `${publicUrl}${echoPath}${call.nonce}`, timeoutMs: patience, headers: { accept: 'text/plain' } });
    return text === call.answer ? null : t.outside.stranger(publicUrl);
  }, t.outside.good(publicUrl));
  return { finding, came: call.cameBack() };
}

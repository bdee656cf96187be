import type { Finding } from '../../domain/channels/finding.ts';
import { instanceOf, missingOf } from '../../domain/instance/instance.ts';
import { instanceRefusals as t } from '../../domain/texts/refusals/instance.ts';
import type { Deps } from '../../deps.ts';
import { isPublic, type MediaUrls } from '../../media/public-url.ts';
import { testPicture } from '../../media/samples/test-picture.ts';
import { ProviderError } from '../../providers/contract.ts';
import type { Http } from '../../providers/http.ts';
import { missingSettings, type SetupGroup } from '../../providers/setups.ts';
import { reachOf } from './set-up.ts';

/** No single look from outside takes longer (ms). */
export const patience = 8_000;

/** Pages that name who runs the instance. */
const naming = ['/privacy', '/terms', '/data-deletion'];

/** What can be told without asking anybody: what is still missing before people, platforms and reviewers come. */
export function standingFindings({ config, settings }: Pick<Deps, 'config' | 'settings'>, { setup }: SetupGroup): Finding[] {
  const { publicUrl } = config;
  const missing = missingSettings(setup, settings.get);
  const unnamed = missingOf(settings.get);
  const findings = [
    finding(t.publicAddress, isPublic(publicUrl), t.addressFine(publicUrl), t.addressNotPublic(publicUrl)),
    finding(t.callbacksFinding, publicUrl.startsWith('https:'), t.callbacksSecure, t.callbacksPlain),
    finding(t.fieldsFinding, missing.length === 0, t.settingsComplete, t.settingsMissing(missing.map(({ label }) => label).join(', '))),
  ];
  if (!setup.review) return findings;
  return [...findings, finding(
    t.operatorFinding, unnamed.length === 0, t.operatorNamed, t.operatorMissing(unnamed.map(({ label }) => label.toLowerCase()).join(', ')),
  )];
}

/**
 * Looks at this instance through its public address, as a platform or a reviewer would, and keeps what was seen. Each look
 * goes by the rules of every outbound call: https, a public address, no redirects.
 */
export async function checkReach(deps: Pick<Deps, 'store' | 'config' | 'settings' | 'io' | 'now'> & { urls: MediaUrls }, { setup }: SetupGroup): Promise<void> {
  const { config: { publicUrl }, io, urls } = deps;
  const { http } = io(setup.id, '');
  const { operator } = instanceOf(deps.settings.get);
  const pages = setup.review ? [...new Set([...naming, ...setup.review.pages.map(({ path }) => path)])] : [];
  const findings = await Promise.all([
    look(t.answersFinding, async () => {
      const { json } = await http({ method: 'GET', url: `${publicUrl}/healthz`, timeoutMs: patience });
      const well = typeof json === 'object' && json !== null && 'status' in json && json.status === 'ok';
      return well ? null : t.answersOther;
    }, t.answersWell(publicUrl)),
    lookAtMedia(http, urls),
    ...pages.map((path) => look(t.pageFinding(path), async () => {
      const { text } = await http({ method: 'GET', url: `${publicUrl}${path}`, timeoutMs: patience, headers: { accept: 'text/html' } });
      if (!naming.includes(path)) return null;
      return operator !== undefined && plain(text).includes(operator) ? null : t.pageWithoutOperator;
    }, naming.includes(path) ? t.pageWithOperator : t.pageOpens)),
  ]);
  await deps.store.settings.putCheck(reachOf(setup.id), findings, deps.now());
}

/** Whether media can be fetched by the addresses that networks are given. */
export function lookAtMedia(http: Http, urls: MediaUrls): Promise<Finding> {
  return look(t.mediaFinding, async () => {
    const url = urls.urlOf(testPicture.media);
    if (url === null) return t.mediaUnreachable;
    const answer = await http({ method: 'GET', url, timeoutMs: patience, headers: { accept: '*/*' } });
    const whole = answer.header('content-type') === testPicture.type && answer.text === testPicture.bytes.toString('utf8');
    return whole ? null : t.mediaChanged;
  }, t.mediaWell);
}

/** `act` gives what is wrong, or null. */
export async function look(label: string, act: () => Promise<string | null>, good: string): Promise<Finding> {
  try {
    const wrong = await act();
    return { label, good: wrong === null, said: wrong ?? good };
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    const { code, message } = error.failure;
    return { label, good: false, said: code === 'EBLOCKED' ? t.addressPrivate : t.lookAtProxy(message) };
  }
}

function finding(label: string, good: boolean, right: string, wrong: string): Finding {
  return { label, good, said: good ? right : wrong };
}

/** Undoes what rendering escapes. */
function plain(html: string): string {
  return html.replaceAll('&lt;', '<').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
}

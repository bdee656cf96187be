import { rich } from '../words/rich.tsx';
import type { Instance } from '../../domain/instance/instance.ts';
import { termsTexts as t } from '../../domain/texts/promise/terms.ts';
import type { Registry } from '../../providers/index.ts';
import { NetworkLinks, networkTexts } from './networks.tsx';
import { Contact, operatorName, Whom } from './operator.tsx';

export function TermsPage({ instance, providers }: { instance: Instance; providers: Registry }) {
  const links = networkTexts(providers).flatMap(({ privacy }) => privacy?.links ?? []);
  return (
    <>
      <p>{t.intro(operatorName(instance), instance.name)}</p>

      <h2>{t.whatItDoes}</h2>
      <p>{t.whatItDoesText(instance.name)}</p>

      <h2>{t.yourAccount}</h2>
      <p>{t.yourAccountText}</p>

      <h2>{t.whatYouPublish}</h2>
      <p>{t.whatYouPublishText(instance.name)}</p>

      <h2>{t.notAllowed}</h2>
      <ul class="bullets">
        <li>{t.notAllowedLaw}</li>
        <li>{t.notAllowedSpam}</li>
        <li>{t.notAllowedLimits}</li>
      </ul>

      <h2>{t.networks}</h2>
      <p>{t.networksText(instance.name)}</p>
      <NetworkLinks links={links} />

      <h2>{t.noMore}</h2>
      <p>{t.noMoreText}</p>

      <h2>{t.changes}</h2>
      <p>{rich(t.changesText, { privacy: (words) => <a href="/privacy">{words}</a> })}</p>

      <h2>{t.contact}</h2>
      <p>{rich(t.writeTo, { whom: <Whom instance={instance} /> })}</p>
      <Contact instance={instance} />
    </>
  );
}

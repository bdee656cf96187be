import { rich } from '../words/rich.tsx';
import type { Instance } from '../../domain/instance.ts';
import { keepText, retention } from '../../domain/retention.ts';
import { privacyPolicy as t } from '../../domain/texts/promise/privacy.ts';
import type { Registry } from '../../providers/index.ts';
import { NetworkPrivacy, networkTexts } from './networks.tsx';
import { Contact, operatorName, Whom } from './operator.tsx';

/** The privacy policy: fixed facts in words, keep-times and networks from data. */
export function PrivacyPage({ instance, providers }: { instance: Instance; providers: Registry }) {
  const who = operatorName(instance);
  return (
    <>
      <p>{t.intro(instance.name)}</p>

      <h2>{t.whoAnswers}</h2>
      <Contact instance={instance} />

      <h2>{t.whatIsKept}</h2>
      <dl class="keeping">{retention.map((one) => <div><dt>{one.what}</dt><dd>{keepText(one)}</dd></div>)}</dl>
      <p>{t.atItsEnd}</p>

      <h2>{t.accounts}</h2>
      <p>{t.accountsText}</p>
      <p>{t.never}</p>
      {networkTexts(providers).map((network) => <NetworkPrivacy network={network} />)}

      <h2>{t.payments}</h2>
      <p>{t.paymentsText}</p>

      <h2>{t.youAndSite}</h2>
      <p>{t.youAndSiteText}</p>
      <p>{t.mails}</p>

      <h2>{t.rights}</h2>
      <p>{rich(t.rightsText, { whom: <Whom instance={instance} /> })}</p>
      <p><a href="/data-deletion">{t.howToDelete}</a></p>

      <h2>{t.where}</h2>
      <p>{t.whereText(who)}</p>

      <h2>{t.children}</h2>
      <p>{t.childrenText}</p>

      <h2>{t.changes}</h2>
      <p>{t.changesText}</p>
    </>
  );
}

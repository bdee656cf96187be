import { rich } from '../words/rich.tsx';
import type { Instance } from '../../domain/instance/instance.ts';
import { keepText, retention } from '../../domain/promise/retention.ts';
import { privacyPolicy as t } from '../../domain/texts/promise/privacy.ts';
import type { Registry } from '../../providers/index.ts';
import { NetworkPrivacy, networkTexts } from './networks.tsx';
import { Contact, operatorName, Whom } from './operator.tsx';

const contents = [
  { id: 'who', words: t.whoAnswers },
  { id: 'kept', words: t.whatIsKept },
  { id: 'accounts', words: t.accounts },
  { id: 'payments', words: t.payments },
  { id: 'site', words: t.youAndSite },
  { id: 'rights', words: t.rights },
  { id: 'where', words: t.where },
  { id: 'children', words: t.children },
  { id: 'changes', words: t.changes },
] as const;

/** The privacy policy: fixed facts in words, keep-times and networks from data. */
export function PrivacyPage({ instance, providers }: { instance: Instance; providers: Registry }) {
  const who = operatorName(instance);
  return (
    <>
      <p>{t.intro(instance.name)}</p>

      <nav class="on-this-page" aria-label={t.onThisPage}>{contents.map(({ id, words }) => <a href={`#policy-${id}`}>{words}</a>)}</nav>

      <h2 id="policy-who">{t.whoAnswers}</h2>
      <Contact instance={instance} />

      <h2 id="policy-kept">{t.whatIsKept}</h2>
      <dl class="keeping">{retention.map((one) => <div><dt>{one.what}</dt><dd>{keepText(one)}</dd></div>)}</dl>
      <p>{t.atItsEnd}</p>

      <h2 id="policy-accounts">{t.accounts}</h2>
      <p>{t.accountsText}</p>
      <p>{t.never}</p>
      <p>{t.writingText}</p>
      {networkTexts(providers).map((network) => <NetworkPrivacy network={network} />)}

      <h2 id="policy-payments">{t.payments}</h2>
      <p>{t.paymentsText}</p>

      <h2 id="policy-site">{t.youAndSite}</h2>
      <p>{t.youAndSiteText}</p>
      <p>{t.mails}</p>

      <h2 id="policy-rights">{t.rights}</h2>
      <p>{rich(t.rightsText, { whom: <Whom instance={instance} /> })}</p>
      <p><a href="/data-deletion">{t.howToDelete}</a></p>

      <h2 id="policy-where">{t.where}</h2>
      <p>{t.whereText(who)}</p>

      <h2 id="policy-children">{t.children}</h2>
      <p>{t.childrenText}</p>

      <h2 id="policy-changes">{t.changes}</h2>
      <p>{t.changesText}</p>
    </>
  );
}

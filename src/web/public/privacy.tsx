import type { Instance } from '../../domain/instance.ts';
import { keepText, retention } from '../../domain/retention.ts';
import type { Registry } from '../../providers/index.ts';
import { NetworkPrivacy, networkTexts } from './networks.tsx';
import { Contact, operatorName, WriteTo } from './operator.tsx';

/** The privacy policy: fixed facts in words, keep-times and networks from data. */
export function PrivacyPage({ instance, providers }: { instance: Instance; providers: Registry }) {
  const who = operatorName(instance);
  return (
    <>
      <p>{instance.name} publishes what you write to the accounts you connect, at the time you choose. This page says what that needs to know of you, and what becomes of it.</p>

      <h2>Who answers for it</h2>
      <Contact instance={instance} />

      <h2>What is kept, and how long</h2>
      <dl class="keeping">{retention.map((one) => <div><dt>{one.what}</dt><dd>{keepText(one)}</dd></div>)}</dl>
      <p>What reaches its end is securely deleted, or made anonymous for good.</p>

      <h2>The accounts you connect</h2>
      <p>Each network is asked for the least that publishing needs. Of an account only the access to it and what it is known by are kept. Access is encrypted in the database, used for nothing but what you ask for, renewed by itself so that scheduled posts succeed, and shared with nobody. When you disconnect a channel or delete your account it is deleted, at once and within 30 days at the very most; the ids of that account go with it.</p>
      <p>Never, from any network: followers, friends, private messages, advertising or audience data. Nothing is used for advertising or sold, and no person reads it unless you allow it or security calls for it.</p>
      {networkTexts(providers).map((network) => <NetworkPrivacy network={network} />)}

      <h2>Payments</h2>
      <p>Where this instance takes payments, card details go from your browser to Stripe directly. Card numbers and codes never reach this server. Kept of a payment: your customer id at Stripe, the subscription with its state and plan, the brand and last four digits of the card, the billing e-mail address, invoices and receipts.</p>

      <h2>You and this site</h2>
      <p>Passwords are stored as hashes alone. Whoever logs in has a session, in a cookie that only this site reads. IP addresses and logs serve security, finding faults and planning capacity; never advertising, never sale.</p>
      <p>Mails to you are about your own things: a post that went out or did not, a new password, receipts, notices. There is no newsletter.</p>

      <h2>Your rights</h2>
      <p>You may see your data, have it corrected, have it deleted, take it with you, have its use restricted, object to a use, and withdraw a consent. <WriteTo instance={instance} />; where it is needed you are asked to show that it is you. You have an answer within 30 days. You may also complain to a data protection authority, in particular where you live or work.</p>
      <p><a href="/data-deletion">How to have your data deleted</a></p>

      <h2>Where, and how safely</h2>
      <p>Data is processed on the servers of {who}, which may stand in another country than yours; then with the safeguards that the law asks for. Should data ever get into wrong hands, those concerned and the authorities are told as the law requires.</p>

      <h2>Children</h2>
      <p>This service is not directed at children under 13, or under 16 where the law says so. Data of a child is deleted as soon as it is known to be one’s.</p>

      <h2>Changes</h2>
      <p>A change that matters is mailed to every account and shown in the dashboard at least 14 days before it takes effect. The date since when this page holds stands at its top.</p>
    </>
  );
}

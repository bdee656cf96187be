import type { Instance } from '../../domain/instance/instance.ts';
import { keepText, retention } from '../../domain/promise/retention.ts';
import { publicTexts as t } from '../../domain/texts/promise/public.ts';
import type { Registry } from '../../providers/index.ts';
import type { DeletionRequest } from '../../store/everywhere.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { dayText, clockText } from '../words/time.tsx';
import { rich } from '../words/rich.tsx';
import { networkTexts } from './networks.tsx';
import { Contact, Whom } from './operator.tsx';

/** How to have data deleted: all of it, or that of one network. */
export function DeletionPage({ instance, providers }: { instance: Instance; providers: Registry }) {
  const account = retention.find(({ id }) => id === 'account');
  const networks = networkTexts(providers);
  const own = networks.filter(({ privacy, calls }) => privacy?.revokeAt !== undefined || calls);
  const others = networks.filter((network) => !own.includes(network));
  const purged = account ? keepText({ ...account, said: t.purged }) : '';
  return (
    <>
      <h2>{t.oneAccount}</h2>
      <p>{rich(t.oneAccountHow, { name: instance.name, channels: (words) => <a href="/channels">{words}</a>, strong: (words) => <strong>{words}</strong>, strong2: (words) => <strong>{words}</strong> })}</p>
      <p>{t.atNetworks}</p>
      <dl class="keeping">
        {own.map(({ title, privacy, calls }) => (
          <div>
            <dt>{title}</dt>
            <dd>
              {privacy?.revokeAt ? <a href={privacy.revokeAt.url} rel="noopener noreferrer">{privacy.revokeAt.label}</a> : t.revokeThere}
              {calls && <p class="help">{t.networkCalls}</p>}
            </dd>
          </div>
        ))}
        {others.length > 0 && <div><dt>{others.map(({ title }) => title).join(', ')}</dt><dd>{t.revokeThere}</dd></div>}
      </dl>

      <h2>{t.wholeAccount}</h2>
      <p>{rich(t.wholeAccountHow, { privacy: (words) => <a href="/settings/privacy">{words}</a>, strong: (words) => <strong>{words}</strong>, purged })}</p>
      <p>{rich(t.cannotLogIn, { whom: <Whom instance={instance} /> })}</p>
      <Contact instance={instance} />

      <h2>{t.follow}</h2>
      <form method="get" action="/data-deletion" class="follow">
        <TextField name="code" label={t.followCode} problems={[]} autocomplete="off" required />
        <Button>{t.look}</Button>
      </form>
    </>
  );
}

/** What became of one request that a network passed on. */
export function DeletionRequestPage({ asked, network, instance }: { asked: DeletionRequest; network: string; instance: Instance }) {
  const { connections, channels, askedAt, code } = asked;
  return (
    <>
      {connections > 0
        ? <p>{t.deletedHere(connections, channels)}</p>
        : <p>{t.nothingKept}</p>}
      <dl class="keeping">
        <div><dt>{t.askedThrough}</dt><dd>{network}</dd></div>
        <div><dt>{t.askedAndDone}</dt><dd><time dateTime={new Date(askedAt).toISOString()}>{t.utc(dayText(askedAt, 'UTC'), clockText(askedAt, 'UTC'))}</time></dd></div>
        <div><dt>{t.code}</dt><dd><code>{code}</code></dd></div>
      </dl>
      <p>{rich(t.staysOut, { whom: <Whom instance={instance} /> })}</p>
    </>
  );
}

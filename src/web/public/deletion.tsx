import type { Instance } from '../../domain/instance.ts';
import { keepText, retention } from '../../domain/retention.ts';
import type { Registry } from '../../providers/index.ts';
import type { DeletionRequest } from '../../store/everywhere.ts';
import { dayText, clockText } from '../words/time.tsx';
import { networkTexts } from './networks.tsx';
import { Contact, WriteTo } from './operator.tsx';

/** How to have data deleted: all of it, or that of one network. */
export function DeletionPage({ instance, providers }: { instance: Instance; providers: Registry }) {
  const account = retention.find(({ id }) => id === 'account');
  return (
    <>
      <h2>One connected account</h2>
      <p>Log in to {instance.name}, open <a href="/channels">Channels</a> and press <strong>Disconnect</strong> beside it. Its access is deleted at once, and the network is told where it can be told. Then press <strong>Remove</strong> to take the channel out of the list.</p>
      <p>You can also take access away at the network itself:</p>
      <dl class="keeping">
        {networkTexts(providers).map(({ title, privacy, calls }) => (
          <div>
            <dt>{title}</dt>
            <dd>
              {privacy?.revokeAt ? <a href={privacy.revokeAt.url} rel="noopener noreferrer">{privacy.revokeAt.label}</a> : 'In the settings of your account there, among connected apps or app passwords'}
              {calls && '. The network tells us, and when you ask for deletion there it gives you a code with which you can follow it here.'}
            </dd>
          </div>
        ))}
      </dl>

      <h2>Your whole account here</h2>
      <p>Log in, open <a href="/settings/privacy">Settings, Privacy</a> and press <strong>Delete your account</strong>. You can undo it while it waits, or have it deleted at once. {account && keepText({ ...account, said: 'It is purged within {0}.' })} </p>
      <p><WriteTo instance={instance} /> from the e-mail address of your account if you can no longer log in. You have an answer within 30 days.</p>
      <Contact instance={instance} />

      <h2>Follow a request</h2>
      <form method="get" action="/data-deletion" class="follow">
        <label for="field-code">Code that the network gave you</label>
        <input id="field-code" name="code" autocomplete="off" required />
        <button class="button">Look</button>
      </form>
    </>
  );
}

/** What became of one request that a network passed on. */
export function DeletionRequestPage({ asked, network, instance }: { asked: DeletionRequest; network: string; instance: Instance }) {
  const { connections, channels, askedAt, code } = asked;
  const channelText = channels === 1 ? '1 channel' : `${channels} channels`;
  return (
    <>
      {connections > 0
        ? <p>The access to the account, its ids, its name, the address of its picture, and the ids and addresses of posts are deleted here: {connections === 1 ? '1 connection' : `${connections} connections`} with {channelText}. What was waiting to be published there is stopped.</p>
        : <p>Of this account nothing was kept here when the request came.</p>}
      <dl class="keeping">
        <div><dt>Asked through</dt><dd>{network}</dd></div>
        <div><dt>Asked and done</dt><dd><time dateTime={new Date(askedAt).toISOString()}>{dayText(askedAt, 'UTC')} {clockText(askedAt, 'UTC')} UTC</time></dd></div>
        <div><dt>Code</dt><dd><code>{code}</code></dd></div>
      </dl>
      <p>Posts that are out stay at the network until you delete them there. <WriteTo instance={instance} /> if you have a question.</p>
    </>
  );
}

import type { Problem } from '../../domain/limits.ts';
import type { Field, Provider, Target } from '../../providers/contract.ts';
import type { Registry } from '../../providers/index.ts';
import type { Channel } from '../../store/channels.ts';
import type { Connection } from '../../store/connections.ts';
import { ChannelName, Mark } from '../parts/channel.tsx';
import { ActionButton, FieldProblems, Form, ProblemList, TextField } from '../parts/form.tsx';
import { safeHref } from '../parts/links.ts';
import { Time } from '../parts/time.tsx';
import type { View } from '../page.tsx';

const standings: Record<Channel['connectionStatus'], string> = {
  active: 'Connected', expiring: 'Ends soon', needs_reconnect: 'Must be reconnected', revoked: 'Disconnected',
};

export function ChannelList({ channels, providers, ready, page, problems }: {
  channels: readonly Channel[]; providers: Registry; ready: readonly Provider[]; page: View; problems: readonly Problem[];
}) {
  const waiting = providers.all.filter((provider) => !ready.includes(provider));
  return (
    <>
      <div class="page-head"><h1>Channels</h1></div>
      <ProblemList problems={problems} />
      {channels.length === 0 && <p class="empty">No channel yet. Connect one below: those that need no approval are ready in a minute.</p>}
      <ul class="rows">{channels.map((channel) => <ChannelRow channel={channel} provider={providers.get(channel.provider)} page={page} />)}</ul>
      <section>
        <h2>Connect</h2>
        <ul class="networks">
          {ready.map((provider) => (
            <li>
              <Form action={`/channels/connect/${provider.id}`} csrf={page.csrf}>
                <button class="network"><Mark provider={provider.id} /> <span>{provider.name}</span></button>
              </Form>
            </li>
          ))}
        </ul>
        {waiting.map(({ name, setup }) => (
          <p class="help">{name} is not set up on this instance. Whoever runs it sets {(setup?.settings ?? []).map(({ env, help }) => <><code>{env}</code>: {help} </>)}</p>
        ))}
      </section>
    </>
  );
}

function ChannelRow({ channel, provider, page }: { channel: Channel; provider: Provider | undefined; page: View }) {
  const { csrf, workspace } = page;
  const { connectionStatus: status, expiresAt, connectionId } = channel;
  const place = safeHref(channel.url);
  return (
    <li class={`row channel edge-${status}`} id={`channel-${channel.id}`}>
      <span class="row-text"><ChannelName channel={channel} provider={provider} /></span>
      <span class={status === 'active' ? 'standing' : 'standing needs-you'}>{standings[status]}{status === 'expiring' && expiresAt !== null && <> <Time at={expiresAt} zone={workspace.zone} /></>}</span>
      <span class="buttons">
        {place && <a class="button quiet small" href={place} rel="noopener noreferrer">Look</a>}
        {(status === 'needs_reconnect' || status === 'revoked' || status === 'expiring') && (
          <ActionButton action={`/channels/connect/${channel.provider}`} csrf={csrf} kind="primary" fields={{ reconnect: connectionId }}>Reconnect</ActionButton>
        )}
        {status === 'revoked'
          ? <ActionButton action={`/channels/${channel.id}/remove`} csrf={csrf}>Remove</ActionButton>
          : <ActionButton action={`/channels/${channel.id}/disconnect`} csrf={csrf}>Disconnect</ActionButton>}
      </span>
    </li>
  );
}

export function ConnectForm({ provider, fields, typed, problems, csrf }: {
  provider: Provider; fields: readonly Field[]; typed: Record<string, string>; problems: readonly Problem[]; csrf: string;
}) {
  return (
    <div class="narrow">
      <h1><Mark provider={provider.id} /> Connect {provider.name}</h1>
      {provider.connect.kind === 'form' && <p class="lead">{provider.connect.help}</p>}
      <ProblemList problems={problems.filter(({ field }) => !fields.some(({ name }) => name === field))} />
      <Form action={`/channels/connect/${provider.id}`} csrf={csrf}>
        {typed['reconnect'] && <input type="hidden" name="reconnect" value={typed['reconnect']} />}
        {fields.length === 0 && <p>There is nothing to fill in.</p>}
        {fields.map(({ name, label, help, kind, placeholder, required }) => (
          <TextField
            name={name} label={label} help={help} placeholder={placeholder} required={required} value={typed[name] ?? ''} problems={problems}
            type={kind === 'password' ? 'password' : 'text'} autocomplete="off"
          />
        ))}
        <div class="buttons"><button class="button primary">Connect</button> <a class="button quiet" href="/channels">Back</a></div>
      </Form>
    </div>
  );
}

export function LinkCode({ provider, code, bot }: { provider: Provider; code: string; bot: { name: string; url: string } }) {
  const steps = provider.connect.kind === 'bot' ? provider.connect.steps : [];
  const link = safeHref(bot.url);
  return (
    <div class="narrow">
      <h1><Mark provider={provider.id} /> Connect {provider.name}</h1>
      <ol class="steps">{steps.map((step) => <li>{step.replaceAll('{bot}', bot.name).replaceAll('{code}', code)}</li>)}</ol>
      <p class="code" data-code><code>{code}</code></p>
      <p class="help">The code is good for ten minutes and for one chat. {link && <a href={link} rel="noopener noreferrer">Open {bot.name}</a>}</p>
      <p><a class="button primary" href="/channels">I have done this</a></p>
    </div>
  );
}

export function PickTargets({ connection, provider, targets, problems, csrf }: {
  connection: Connection; provider: Provider; targets: readonly Target[]; problems: readonly Problem[]; csrf: string;
}) {
  return (
    <div class="narrow">
      <h1><Mark provider={provider.id} /> Where to publish</h1>
      <p class="lead">{connection.accountName} reaches these.</p>
      <Form action={`/channels/pick/${connection.id}`} csrf={csrf}>
        <FieldProblems field="target" problems={problems} />
        <ul class="rows">
          {targets.map(({ remoteId, name, handle }) => (
            <li class="row"><label class="check"><input type="checkbox" name="target" value={remoteId} /> {name} <span class="handle">{handle}</span></label></li>
          ))}
        </ul>
        <button class="button primary">Use these</button>
      </Form>
    </div>
  );
}

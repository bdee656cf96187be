import { goingAlong } from '../../actions/channels/disconnect.ts';
import type { Problem } from '../../domain/limits.ts';
import type { Field, Provider, Target } from '../../providers/contract.ts';
import type { Registry } from '../../providers/index.ts';
import type { SetupGroup } from '../../providers/setups.ts';
import type { Channel } from '../../store/channels.ts';
import type { Connection } from '../../store/connections.ts';
import { Avatar, Mark } from '../ui/avatar.tsx';
import { ActionButton } from '../ui/button.tsx';
import { CheckField, FieldProblems, TextField } from '../ui/field.tsx';
import { Form, ProblemList } from '../ui/form.tsx';
import { safeHref } from '../words/links.ts';
import { For } from '../frame/role.tsx';
import { Time } from '../words/time.tsx';
import { listText } from '../words/words.ts';
import type { View } from '../page.tsx';

const standings: Record<Channel['connectionStatus'], string> = {
  active: 'Connected', expiring: 'Ends on', needs_reconnect: 'Must be reconnected', revoked: 'Disconnected',
};

export interface ChannelListProps {
  channels: readonly Channel[];
  /** Accounts that are connected and of which no channel was chosen. */
  unused: readonly Connection[];
  providers: Registry;
  /** The networks that people can connect. */
  ready: readonly Provider[];
  /** What this person could set up for everybody, because they run the instance. */
  toSetUp: readonly SetupGroup[];
  page: View;
  problems: readonly Problem[];
}

export function ChannelList({ channels, unused, providers, ready, toSetUp, page, problems }: ChannelListProps) {
  return (
    <>
      <div class="page-head"><h1>Channels</h1></div>
      <ProblemList problems={problems} />
      {channels.length === 0 && <p class="empty">No channel yet. An admin connects them here: those that need no approval are ready in a minute.</p>}
      <ul class="rows">
        {channels.map((channel) => <ChannelRow channel={channel} channels={channels} provider={providers.get(channel.provider)} page={page} />)}
        {unused.map((connection) => <UnusedRow connection={connection} provider={providers.get(connection.provider)} csrf={page.csrf} />)}
      </ul>
      <For role="admin"><section>
        <h2>Connect</h2>
        <ul class="networks">
          {ready.map((provider) => (
            <li>
              <Form action={`/channels/connect/${provider.id}`} csrf={page.csrf}>
                <button class="network"><Mark provider={provider.id} /> <span>{provider.name}</span></button>
              </Form>
              {isOptional(provider) && <a class="help" href={`/channels/connect/${provider.id}`}>Options for {provider.name}</a>}
            </li>
          ))}
        </ul>
        {toSetUp.length > 0 && (
          <p class="set-up-links">
            <span class="help">Only you see these, because you run this instance:</span>
            {toSetUp.map(({ setup }) => <a class="button quiet small" href={`/settings/networks/${setup.id}`}>Set up {setup.name}</a>)}
          </p>
        )}
      </section></For>
    </>
  );
}

function ChannelRow({ channel, channels, provider, page }: { channel: Channel; channels: readonly Channel[]; provider: Provider | undefined; page: View }) {
  const { csrf, workspace } = page;
  const { connectionStatus: status, expiresAt, connectionId } = channel;
  const place = safeHref(channel.url);
  const along = goingAlong(channel, channels, provider);
  return (
    <li class={`row channel edge-${status}`} id={`channel-${channel.id}`}>
      <span class="row-text who"><Avatar channel={{ ...channel, network: provider?.name ?? channel.provider, pictured: channel.avatarUrl !== null }} /> <span><span class="channel-title">{channel.name}</span> <span class="handle">{channel.handle}</span></span></span>
      <span class={status === 'active' ? 'standing' : 'standing needs-you'}>{expiresAt === null && status === 'expiring' ? 'Ends soon' : standings[status]}{status === 'expiring' && expiresAt !== null && <> <Time at={expiresAt} zone={workspace.zone} /></>}</span>
      <span class="buttons">
        {place && <a class="button quiet small" href={place} rel="noopener noreferrer">Look</a>}
        <For role="admin">{(status === 'needs_reconnect' || status === 'revoked' || status === 'expiring') && (
          <ActionButton action={`/channels/connect/${channel.provider}`} csrf={csrf} kind="primary" fields={{ reconnect: channel.disconnectedAlone ? channel.id : connectionId }}>Reconnect</ActionButton>
        )}
        {status === 'revoked'
          ? <ActionButton action={`/channels/${channel.id}/remove`} csrf={csrf}>Remove</ActionButton>
          : <ActionButton action={`/channels/${channel.id}/disconnect`} csrf={csrf}>Disconnect</ActionButton>}</For>
      </span>
      {status !== 'revoked' && along.length > 0 && (
        <For role="admin"><span class="row-note help">Disconnecting this also disconnects {listText(along.map(({ name }) => name))}: they share one access.</span></For>
      )}
    </li>
  );
}

function UnusedRow({ connection: { id, accountName, provider: providerId }, provider, csrf }: { connection: Connection; provider: Provider | undefined; csrf: string }) {
  return (
    <li class="row channel" id={`connection-${id}`}>
      <span class="row-text"><span class="channel-name"><Mark provider={providerId} name={provider?.name ?? providerId} /> {accountName}</span></span>
      <span class="standing">Connected, nothing chosen yet</span>
      <span class="buttons">
        <For role="admin">
          <a class="button primary" href={`/channels/pick/${id}`}>Choose</a>
          <ActionButton action={`/channels/unused/${id}/disconnect`} csrf={csrf}>Disconnect</ActionButton>
        </For>
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
        {fields.map((field) => <ConnectField field={field} value={typed[field.name] ?? ''} problems={problems} />)}
        <div class="buttons"><button class="button primary">Connect</button> <a class="button quiet" href="/channels">Back</a></div>
      </Form>
    </div>
  );
}

function ConnectField({ field: { name, label, help, kind, placeholder, required }, value, problems }: { field: Field; value: string; problems: readonly Problem[] }) {
  if (kind === 'checkbox') return <CheckField name={name} label={label} help={help} checked={value !== ''} problems={problems} />;
  return (
    <TextField
      name={name} label={label} help={help} placeholder={placeholder} required={required} value={value} problems={problems}
      type={kind === 'password' ? 'password' : 'text'} autocomplete="off"
    />
  );
}

/** True where connecting asks nothing that must be answered, and yet something may be chosen. */
function isOptional({ connect }: Provider): boolean {
  const fields = connect.kind === 'oauth2' || connect.kind === 'form' ? connect.fields : [];
  return fields.length > 0 && !fields.some(({ required }) => required);
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

import { goingAlong } from '../../actions/channels/disconnect.ts';
import { longestChannelName } from '../../actions/channels/manage.ts';
import type { Group } from '../../domain/channels/group.ts';
import type { Problem } from '../../domain/limits.ts';
import { keepDays } from '../../domain/promise/retention.ts';
import { channelTexts as t } from '../../domain/texts/pages/channels.ts';
import type { Provider } from '../../providers/contract.ts';
import type { ChannelLife, Glimpse } from '../../store/channels/channel-lives.ts';
import type { Channel } from '../../store/channels.ts';
import { For } from '../frame/role.tsx';
import type { View } from '../page.tsx';
import { Avatar } from '../ui/avatar.tsx';
import { Badge } from '../ui/badge.tsx';
import { ActionButton, Button, Buttons } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { Form } from '../ui/form.tsx';
import { SelectField } from '../ui/select.tsx';
import { safeHref } from '../words/links.ts';
import { rich } from '../words/rich.tsx';
import { clockText, dayText, Time } from '../words/time.tsx';
import { listText } from '../words/words.ts';
import { isConnected, reconnectFields } from './ways.ts';

export interface ChannelRowProps {
  channel: Channel;
  /** All that are in sight. */
  channels: readonly Channel[];
  provider: Provider | undefined;
  life: ChannelLife;
  groups: readonly Group[];
  page: View;
  /** What is wrong with what was typed for it; it is unfolded then. */
  typed: { name: string; problems: readonly Problem[] } | null;
}

/** A channel: who it is, how it stands, what went out and comes next, and what can be done about it. */
export function ChannelRow(props: ChannelRowProps) {
  const { channel, provider, life, page, typed } = props;
  const { id, name, networkName, ownName, handle, connectionStatus: status } = channel;
  const network = provider?.name ?? channel.provider;
  return (
    <li class={`row channel edge-${status}`} id={`channel-${id}`}>
      <span class="channel-who">
        <Avatar channel={{ ...channel, network, pictured: channel.avatarUrl !== null && status !== 'revoked' }} />
        <span class="channel-names">
          <span class="channel-title">{name}</span>
          <span class="handle">{t.networkAndName(network, handle)}{ownName !== null && <>, {t.calledThere(networkName)}</>}</span>
        </span>
      </span>
      <span class="channel-state"><Standing channel={channel} page={page} /></span>
      <span class="channel-life">
        <Line sentence={t.lastOut} none={t.neverOut} glimpse={life.last} zone={page.workspace.zone} see={safeHref(life.last?.url)} />
        <Line sentence={t.nextOut} none={t.nothingNext} glimpse={life.next} zone={page.workspace.zone} />
        <Counts id={id} life={life} />
      </span>
      <span class="buttons">
        <For role="admin">
          {status !== 'active' && (
            <ActionButton action={`/channels/connect/${channel.provider}`} csrf={page.csrf} kind="primary" small fields={reconnectFields(channel, '/channels')}>{t.reconnect}</ActionButton>
          )}
          {isConnected(channel) && channel.pausedAt !== null && <ActionButton action={`/channels/${id}/resume`} csrf={page.csrf} kind="primary" small>{t.resume}</ActionButton>}
        </For>
      </span>
      <details class="channel-more" open={typed !== null}>
        <summary aria-label={t.manageNamed(name)}>{t.manage}</summary>
        <More {...props} network={network} />
      </details>
    </li>
  );
}

function Standing({ channel: { connectionStatus, pausedAt, expiresAt }, page: { workspace } }: { channel: Channel; page: View }) {
  if (connectionStatus === 'revoked') return <Badge>{t.off}</Badge>;
  if (connectionStatus === 'needs_reconnect') return <Badge tone="bad">{t.needsReconnect}</Badge>;
  if (workspace.frozenAt !== null) return <Badge tone="bad">{t.heldFrozen}</Badge>;
  if (workspace.unpaidAt !== null) return <Badge tone="bad">{t.heldUnpaid}</Badge>;
  if (pausedAt !== null) return <Badge>{t.paused}</Badge>;
  if (connectionStatus === 'active') return <Badge tone="good">{t.connected}</Badge>;
  return <Badge tone="bad">{expiresAt === null ? t.endsSoon : rich(t.ends, { day: dayText(expiresAt, workspace.zone) })}</Badge>;
}

function Line({ sentence, none, glimpse, zone, see }: { sentence: string; none: string; glimpse: Glimpse | null; zone: string; see?: string | undefined }) {
  if (glimpse === null) return <span class="channel-line help">{none}</span>;
  const when = <time dateTime={new Date(glimpse.at).toISOString()}>{dayText(glimpse.at, zone)} {clockText(glimpse.at, zone)}</time>;
  return (
    <span class="channel-line">
      {rich(sentence, { when })} <a href={`/posts/${glimpse.postId}`}>{glimpse.excerpt || t.withoutWords}</a>{see && <> · <a href={see} rel="noopener noreferrer">{t.seeIt}</a></>}
    </span>
  );
}

function Counts({ id, life: { waiting, failed, unconfirmed } }: { id: string; life: ChannelLife }) {
  if (waiting + failed + unconfirmed === 0) return null;
  return (
    <span class="channel-line channel-counts">
      {waiting > 0 && <a href={`/posts?show=scheduled&channel=${id}`}>{t.waiting(waiting)}</a>}
      {failed > 0 && <a class="needs-you" href={`/channels/${id}/failed`}>{t.failed(failed)}</a>}
      {unconfirmed > 0 && <a class="needs-you" href="/unconfirmed">{t.unconfirmed(unconfirmed)}</a>}
    </span>
  );
}

function More({ channel, channels, provider, life, groups, page: { csrf, workspace }, typed, network }: ChannelRowProps & { network: string }) {
  const { id, ownName, groupId, accountName, connectionStatus: status, expiresAt, pausedAt } = channel;
  const place = safeHref(channel.url);
  return (
    <div class="channel-settings">
      <For role="admin">
        <Form action={`/channels/${id}`} csrf={csrf} class="channel-form">
          <TextField name="name" label={t.ownName} help={t.ownNameHelp(network)} value={typed?.name ?? ownName ?? ''} placeholder={channel.networkName} maxLength={longestChannelName} problems={typed?.problems ?? []} autocomplete="off" id={`name-${id}`} />
          {groups.length > 0 && (
            <SelectField name="group" label={t.group} value={groupId ?? ''} problems={[]} id={`group-${id}`} options={[{ value: '', label: t.noGroup }, ...groups.map((group) => ({ value: group.id, label: group.name }))]} />
          )}
          <Button small>{t.save}</Button>
        </Form>
      </For>
      <section>
        <h3>{t.mayHeading}</h3>
        <p class="help">{t.connectedAs(accountName)} {isConnected(channel) && (expiresAt === null || status === 'active' ? t.accessLasts : rich(t.accessEnds, { day: <Time at={expiresAt} zone={workspace.zone} /> }))}</p>
        <May provider={provider} network={network} />
        {place && <p><a href={place} rel="noopener noreferrer">{t.look(network)}</a></p>}
      </section>
      <For role="admin">
        {isConnected(channel) && (
          <section>
            <h3>{t.pauseHeading}</h3>
            <p class="help">{pausedAt === null ? t.pauseHelp : rich(t.pausedSince, { when: <Time at={pausedAt} zone={workspace.zone} /> })} {t.tooLate}</p>
            {pausedAt === null
              ? <ActionButton action={`/channels/${id}/pause`} csrf={csrf} kind="plain" small>{t.pause}</ActionButton>
              : <ActionButton action={`/channels/${id}/resume`} csrf={csrf} kind="plain" small>{t.resume}</ActionButton>}
          </section>
        )}
        <section>
          <h3>{status === 'revoked' ? t.remove : t.disconnect}</h3>
          <Leaving channel={channel} channels={channels} provider={provider} waiting={life.waiting} />
          <Buttons>
            {status === 'revoked'
              ? <ActionButton action={`/channels/${id}/remove`} csrf={csrf} kind="danger" small>{t.remove}</ActionButton>
              : <ActionButton action={`/channels/${id}/disconnect`} csrf={csrf} kind="danger" small>{t.disconnect}</ActionButton>}
          </Buttons>
        </section>
      </For>
    </div>
  );
}

/** What becomes of what waits, said before. */
function Leaving({ channel, channels, provider, waiting }: { channel: Channel; channels: readonly Channel[]; provider: Provider | undefined; waiting: number }) {
  if (channel.connectionStatus === 'revoked') return waiting > 0 ? <p class="help">{t.removeWaiting(waiting)}</p> : null;
  const along = goingAlong(channel, channels, provider);
  return (
    <>
      <p class="help">{t.disconnectHelp} {waiting > 0 ? t.disconnectWaiting(waiting, keepDays('connections', 'disconnected')) : t.disconnectNothing}</p>
      {along.length > 0 && <p class="help">{t.along(listText(along.map(({ name }) => name)))}</p>}
    </>
  );
}

/** What was asked for when it was connected, in words. */
function May({ provider, network }: { provider: Provider | undefined; network: string }) {
  const scopes = provider?.setup?.scopes ?? [];
  if (scopes.length === 0) return provider ? <p>{t.mayBy[provider.connect.kind]}</p> : null;
  return (
    <details class="channel-may">
      <summary>{t.mayLead(network)}</summary>
      <ul class="bullets">{scopes.map(({ why }) => <li>{why}</li>)}</ul>
    </details>
  );
}

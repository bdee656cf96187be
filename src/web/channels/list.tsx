import type { Group } from '../../domain/channels/group.ts';
import type { Problem } from '../../domain/limits.ts';
import { channelTexts as t } from '../../domain/texts/pages/channels.ts';
import type { Provider } from '../../providers/contract.ts';
import type { Registry } from '../../providers/index.ts';
import type { SetupGroup } from '../../providers/setups.ts';
import { quietLife, type ChannelLife } from '../../store/channels/channel-lives.ts';
import type { Channel } from '../../store/channels.ts';
import type { Connection } from '../../store/channels/connections.ts';
import { For } from '../frame/role.tsx';
import type { View } from '../page.tsx';
import { Mark } from '../ui/avatar.tsx';
import { Badge } from '../ui/badge.tsx';
import { ActionButton, Button, ButtonLink } from '../ui/button.tsx';
import { Empty } from '../ui/empty.tsx';
import { ProblemList } from '../ui/form.tsx';
import { PageHead } from '../ui/page-head.tsx';
import { ChannelRow } from './row.tsx';
import { ConnectTiles } from './tiles.tsx';

/** From so many channels on there is a field to search them by. */
const many = 9;

export interface ChannelListProps {
  channels: readonly Channel[];
  lives: ReadonlyMap<string, ChannelLife>;
  groups: readonly Group[];
  /** What is searched for; empty is everything. */
  words: string;
  /** Accounts that are connected and of which no channel was chosen. */
  unused: readonly Connection[];
  providers: Registry;
  /** The networks that people can connect. */
  ready: readonly Provider[];
  /** What this person could set up for everybody, because they run the instance. */
  toSetUp: readonly SetupGroup[];
  page: View;
  problems: readonly Problem[];
  /** What was typed for one channel and refused. */
  typed: { id: string; name: string; problems: readonly Problem[] } | null;
}

export function ChannelList(props: ChannelListProps) {
  const { channels, groups, words, unused, providers, ready, toSetUp, page, problems } = props;
  const shown = channels.filter((channel) => says(channel, props, words.toLowerCase()));
  return (
    <>
      <PageHead title={t.title}>
        <For role="admin">
          {channels.length > 0 && <ButtonLink href="/channels/groups">{t.groups}</ButtonLink>}
          {channels.length > 0 && <ButtonLink href="#connect" kind="primary">{t.connectOne}</ButtonLink>}
        </For>
      </PageHead>
      <ProblemList problems={problems} />
      {(channels.length >= many || words !== '') && <Search words={words} found={shown.length} of={channels.length} />}
      {channels.length === 0 && <Empty>{t.none}</Empty>}
      {channels.length > 0 && shown.length === 0 && <Empty action={<ButtonLink href="/channels">{t.showAll}</ButtonLink>}>{t.foundNone(words)}</Empty>}
      {groups.map((group) => <Rows {...props} heading={group.name} shown={shown.filter(({ groupId }) => groupId === group.id)} />)}
      <Rows {...props} heading={groups.length > 0 ? t.inNoGroup : null} shown={shown.filter(({ groupId }) => groupId === null)} />
      {unused.length > 0 && words === '' && (
        <ul class="rows channel-rows">{unused.map((connection) => <UnusedRow connection={connection} provider={providers.get(connection.provider)} csrf={page.csrf} />)}</ul>
      )}
      <For role="admin"><ConnectTiles ready={ready} toSetUp={toSetUp} csrf={page.csrf} /></For>
    </>
  );
}

function says({ name, networkName, handle, provider, groupId }: Channel, { providers, groups }: Pick<ChannelListProps, 'providers' | 'groups'>, words: string): boolean {
  return [name, networkName, handle, providers.get(provider)?.name ?? provider, groups.find(({ id }) => id === groupId)?.name ?? ''].some((text) => text.toLowerCase().includes(words));
}

function Search({ words, found, of }: { words: string; found: number; of: number }) {
  return (
    <form method="get" action="/channels" role="search" class="search channel-search">
      <label class="visually-hidden" for="search">{t.search}</label>
      <input type="search" id="search" name="q" value={words} placeholder={t.searchFor} data-search />
      <Button>{t.searchGo}</Button>
      {words !== '' && <span class="help" role="status">{t.found(found, of)}</span>}
    </form>
  );
}

function Rows({ heading, shown, lives, typed, channels, providers, groups, page }: ChannelListProps & { heading: string | null; shown: readonly Channel[] }) {
  if (shown.length === 0) return null;
  return (
    <section class="channel-group">
      {heading !== null && <h2>{heading} <span class="help">{shown.length}</span></h2>}
      <ul class="rows channel-rows">
        {shown.map((channel) => (
          <ChannelRow channel={channel} channels={channels} provider={providers.get(channel.provider)} life={lives.get(channel.id) ?? quietLife} groups={groups} page={page} typed={typed?.id === channel.id ? typed : null} />
        ))}
      </ul>
    </section>
  );
}

function UnusedRow({ connection: { id, accountName, provider: providerId }, provider, csrf }: { connection: Connection; provider: Provider | undefined; csrf: string }) {
  return (
    <li class="row channel" id={`connection-${id}`}>
      <span class="channel-who"><Mark provider={providerId} name={provider?.name ?? providerId} /> <span class="channel-title">{accountName}</span></span>
      <span class="channel-state"><Badge>{t.unused}</Badge></span>
      <span class="buttons">
        <For role="admin">
          <ButtonLink kind="primary" small href={`/channels/pick/${id}`}>{t.choose}</ButtonLink>
          <ActionButton action={`/channels/unused/${id}/disconnect`} csrf={csrf} small>{t.disconnect}</ActionButton>
        </For>
      </span>
    </li>
  );
}

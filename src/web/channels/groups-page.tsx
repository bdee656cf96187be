import { longestGroup, type Group } from '../../domain/group.ts';
import type { Problem } from '../../domain/limits.ts';
import { channelTexts as t } from '../../domain/texts/pages/channels.ts';
import type { Registry } from '../../providers/index.ts';
import type { Channel } from '../../store/channels.ts';
import { ChannelName } from '../ui/avatar.tsx';
import { ActionButton, Button, ButtonLink } from '../ui/button.tsx';
import { Empty } from '../ui/empty.tsx';
import { TextField } from '../ui/field.tsx';
import { Form } from '../ui/form.tsx';
import { Sheet } from '../ui/menu.tsx';
import { PageHead } from '../ui/page-head.tsx';

/** What was typed and refused, for which group; null is the new one. */
export interface GroupTyped {
  id: string | null;
  name: string;
  problems: readonly Problem[];
}

export function GroupsPage({ groups, channels, providers, csrf, typed }: {
  groups: readonly Group[]; channels: readonly Channel[]; providers: Registry; csrf: string; typed: GroupTyped | null;
}) {
  const fresh = typed?.id === null ? typed : null;
  return (
    <div class="groups-page">
      <PageHead title={t.groupsTitle}><ButtonLink href="/channels">{t.title}</ButtonLink></PageHead>
      <p class="lead">{t.groupsLead}</p>
      {groups.length === 0 && <Empty>{t.groupsNone}</Empty>}
      <ul class="rows">
        {groups.map((group, n) => (
          <GroupRow group={group} first={n === 0} last={n === groups.length - 1} count={channels.filter(({ groupId }) => groupId === group.id).length} csrf={csrf} typed={typed?.id === group.id ? typed : null} />
        ))}
      </ul>
      <section>
        <h2>{t.newGroup}</h2>
        <Form action="/channels/groups" csrf={csrf} class="group-form">
          <TextField name="name" label={t.groupName} placeholder={t.groupNameExample} value={fresh?.name ?? ''} maxLength={longestGroup} required problems={fresh?.problems ?? []} autocomplete="off" />
          <Button kind={groups.length === 0 ? 'primary' : 'plain'}>{t.addGroup}</Button>
        </Form>
      </section>
      {groups.length > 0 && channels.length > 0 && (
        <section>
          <h2>{t.whichGroup}</h2>
          <Form action="/channels/groups/sort" csrf={csrf}>
            <ul class="rows">
              {channels.map((channel) => (
                <li class="row group-choice">
                  <ChannelName channel={channel} provider={providers.get(channel.provider)} />
                  <select name={`in.${channel.id}`} aria-label={t.groupOf(channel.name)}>
                    <option value="">{t.noGroup}</option>
                    {groups.map(({ id, name }) => <option value={id} selected={id === channel.groupId}>{name}</option>)}
                  </select>
                </li>
              ))}
            </ul>
            <p class="form-foot"><Button kind="primary">{t.saveGroups}</Button></p>
          </Form>
        </section>
      )}
    </div>
  );
}

function GroupRow({ group: { id, name }, first, last, count, csrf, typed }: { group: Group; first: boolean; last: boolean; count: number; csrf: string; typed: GroupTyped | null }) {
  const move = (to: string, word: string, named: string) => (
    <ActionButton action={`/channels/groups/${id}/move`} csrf={csrf} fields={{ to }} small aria-label={named}>{word}</ActionButton>
  );
  return (
    <li class="row group-row">
      <span class="row-text"><span class="channel-title">{name}</span> <span class="handle">{t.groupChannels(count)}</span></span>
      <span class="buttons">
        {!first && move('up', t.up, t.upNamed(name))}
        {!last && move('down', t.down, t.downNamed(name))}
        <Sheet label={t.changeGroup} group="groups" open={typed !== null}>
          <Form action={`/channels/groups/${id}`} csrf={csrf}>
            <TextField name="name" id={`name-${id}`} label={t.groupName} value={typed?.name ?? name} maxLength={longestGroup} required problems={typed?.problems ?? []} autocomplete="off" />
            <p class="form-foot"><Button small>{t.save}</Button></p>
          </Form>
          <ActionButton action={`/channels/groups/${id}/delete`} csrf={csrf} kind="danger" small>{t.deleteGroup(name)}</ActionButton>
        </Sheet>
      </span>
    </li>
  );
}

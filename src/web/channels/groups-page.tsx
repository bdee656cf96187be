import type { ComponentChildren } from 'preact';
import { longestGroup, type Group } from '../../domain/channels/group.ts';
import type { Problem } from '../../domain/limits.ts';
import { channelTexts as t } from '../../domain/texts/pages/channels.ts';
import { groupTexts as g } from '../../domain/texts/pages/groups.ts';
import type { Registry } from '../../providers/index.ts';
import type { Channel } from '../../store/channels.ts';
import { ChannelName } from '../ui/avatar.tsx';
import { ActionButton, Button, ButtonLink, Buttons } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { Form } from '../ui/form.tsx';
import { Icon } from '../ui/icon.tsx';
import { Sheet } from '../ui/menu.tsx';
import { PageHead } from '../ui/page-head.tsx';

/** What was typed and refused, for which group; null is the new one. */
export interface GroupTyped {
  id: string | null;
  name: string;
  problems: readonly Problem[];
}

interface Board {
  groups: readonly Group[];
  channels: readonly Channel[];
  providers: Registry;
}

/** The form that the choice in each line belongs to. */
const sorting = 'sort-channels';

/** A card for each group with the channels that are in it. They are dragged from card to card, or chosen for in their lines. */
export function GroupsPage({ groups, channels, providers, csrf, typed }: Board & { csrf: string; typed: GroupTyped | null }) {
  const fresh = typed?.id === null ? typed : null;
  const board = { groups, channels, providers };
  const sortable = groups.length > 0 && channels.length > 0;
  return (
    <div class="groups-page">
      <PageHead title={t.groupsTitle}><ButtonLink href="/channels">{t.groupsBack}</ButtonLink></PageHead>
      <p class="lead">{t.groupsLead}</p>
      <Form action="/channels/groups" csrf={csrf} class="group-form">
        <TextField name="name" label={t.groupName} placeholder={t.groupNameExample} value={fresh?.name ?? ''} maxLength={longestGroup} required problems={fresh?.problems ?? []} autocomplete="off" />
        <Button kind={groups.length === 0 ? 'primary' : 'plain'}>{t.addGroup}</Button>
      </Form>
      {sortable && <p class="help" data-for-dragging hidden>{g.dragHelp}</p>}
      {groups.length > 0 && (
        <ul class="group-board">
          {/* First what is still to be sorted. */}
          {channels.length > 0 && <Card {...board} group={null} name={t.inNoGroup} />}
          {groups.map((group, n) => (
            <Card {...board} group={group} name={group.name}>
              <Changes group={group} first={n === 0} last={n === groups.length - 1} csrf={csrf} typed={typed?.id === group.id ? typed : null} />
            </Card>
          ))}
        </ul>
      )}
      {sortable && <Form action="/channels/groups/sort" csrf={csrf} id={sorting} class="group-save"><Button kind="primary">{t.saveGroups}</Button></Form>}
    </div>
  );
}

/** A group; null are the channels that are in none. */
function Card({ group, name, groups, channels, providers, children }: Board & { group: Group | null; name: string; children?: ComponentChildren }) {
  const inIt = channels.filter(({ groupId }) => groupId === (group?.id ?? null));
  return (
    <li class="sheet-card group-card" id={`group-${group?.id ?? 'none'}`} data-group={group?.id ?? ''} data-name={group?.name ?? ''}>
      <header>
        <h2>{name} <span class="help">{t.groupChannels(inIt.length)}</span></h2>
        {children && <Buttons>{children}</Buttons>}
      </header>
      {inIt.length === 0 ? <p class="help">{t.groupEmpty}</p> : (
        <ul class="group-channels">
          {inIt.map((channel) => (
            <li class="group-choice" data-channel={channel.id}>
              <span class="grip"><Icon name="grip" /></span>
              <ChannelName channel={channel} provider={providers.get(channel.provider)} />
              <select name={`in.${channel.id}`} aria-label={t.groupOf(channel.name)} form={sorting}>
                <option value="">{t.noGroup}</option>
                {groups.map(({ id, name: called }) => <option value={id} selected={id === channel.groupId}>{called}</option>)}
              </select>
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

/** What is changed of a group: its place, its name, or that it is there. */
function Changes({ group: { id, name }, first, last, csrf, typed }: { group: Group; first: boolean; last: boolean; csrf: string; typed: GroupTyped | null }) {
  const move = (to: string, word: string, named: string) => (
    <ActionButton action={`/channels/groups/${id}/move`} csrf={csrf} fields={{ to }} small aria-label={named}>{word}</ActionButton>
  );
  return (
    <>
      {!first && move('up', t.up, t.upNamed(name))}
      {!last && move('down', t.down, t.downNamed(name))}
      <Sheet label={t.changeGroup} named={t.changeNamed(name)} group="groups" open={typed !== null}>
        <Form action={`/channels/groups/${id}`} csrf={csrf}>
          <TextField name="name" id={`name-${id}`} label={t.groupName} value={typed?.name ?? name} maxLength={longestGroup} required problems={typed?.problems ?? []} autocomplete="off" />
          <p class="form-foot"><Button small>{t.save}</Button></p>
        </Form>
        <ActionButton action={`/channels/groups/${id}/delete`} csrf={csrf} kind="danger" small>{t.deleteGroup(name)}</ActionButton>
      </Sheet>
    </>
  );
}

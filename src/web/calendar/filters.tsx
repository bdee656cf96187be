import type { ComponentChildren } from 'preact';
import { groupTexts } from '../../domain/texts/pages/groups.ts';
import { stateFilters, type PostFilter } from '../../store/calendar/filter.ts';
import { Mark } from '../ui/avatar.tsx';
import { LabelWord } from '../ui/badge.tsx';
import type { Names } from '../posts/cards.ts';
import { stateWords } from './scope.ts';

export interface FiltersProps {
  filter: PostFilter;
  names: Names;
  /** The same page with another filter. */
  hrefOf: (filter: PostFilter) => string;
  /** False where another row of the page narrows by state. */
  states?: boolean;
}

/** What narrows a calendar or a list: menus of links, each of which keeps the rest. */
export function Filters({ filter, names: { channels, labels, groups }, hrefOf, states = true }: FiltersProps) {
  const { channelId, labelId, groupId = null, state } = filter;
  const channel = channels.find(({ id }) => id === channelId);
  const label = labels.find(({ id }) => id === labelId);
  const narrowed = channelId !== null || labelId !== null || groupId !== null || (states && state !== null);
  return (
    <div class="filters" role="group" aria-label="Filters">
      <Menu name="Channel" chosen={channelId === null ? null : channel?.name ?? 'A removed channel'}>
        <Choice href={hrefOf({ ...filter, channelId: null })} on={channelId === null}>All channels</Choice>
        {channels.map(({ id, provider, name, handle }) => (
          <Choice href={hrefOf({ ...filter, channelId: id })} on={id === channelId}><Mark provider={provider} /> {name} <span class="handle">{handle}</span></Choice>
        ))}
      </Menu>
      {(groups.length > 0 || groupId !== null) && (
        <Menu name={groupTexts.filter} chosen={groupId === null ? null : groups.find(({ id }) => id === groupId)?.name ?? groupTexts.gone}>
          <Choice href={hrefOf({ ...filter, groupId: null })} on={groupId === null}>{groupTexts.all}</Choice>
          {groups.map(({ id, name }) => <Choice href={hrefOf({ ...filter, groupId: id })} on={id === groupId}>{name}</Choice>)}
        </Menu>
      )}
      <Menu name="Label" chosen={labelId === null ? null : label?.name ?? 'A deleted label'}>
        <Choice href={hrefOf({ ...filter, labelId: null })} on={labelId === null}>All labels</Choice>
        {labels.map((one) => <Choice href={hrefOf({ ...filter, labelId: one.id })} on={one.id === labelId}><LabelWord label={one} /></Choice>)}
        <Choice href="/labels" on={false}>{labels.length === 0 ? 'Make the first label' : 'Change labels'}</Choice>
      </Menu>
      {states && (
        <Menu name="State" chosen={state === null ? null : stateWords[state]}>
          <Choice href={hrefOf({ ...filter, state: null })} on={state === null}>All states</Choice>
          {stateFilters.map((one) => <Choice href={hrefOf({ ...filter, state: one })} on={one === state}>{stateWords[one]}</Choice>)}
        </Menu>
      )}
      {narrowed && <a class="clear" href={hrefOf({ channelId: null, labelId: null, state: states ? null : state })}>Clear filters</a>}
    </div>
  );
}

function Menu({ name, chosen, children }: { name: string; chosen: string | null; children: ComponentChildren }) {
  return (
    <details class="menu" name="filters">
      <summary class={chosen === null ? '' : 'chosen'}>{chosen === null ? name : <><span class="visually-hidden">{name}: </span>{chosen}</>}</summary>
      <ul>{children}</ul>
    </details>
  );
}

function Choice({ href, on, children }: { href: string; on: boolean; children: ComponentChildren }) {
  return <li><a href={href} aria-current={on ? 'true' : undefined}>{children}</a></li>;
}

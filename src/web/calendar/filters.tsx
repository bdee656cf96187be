import { calendarTexts as t } from '../../domain/texts/pages/calendar.ts';
import { noFilter, stateFilters, type PostFilter } from '../../store/calendar/filter.ts';
import { Mark } from '../ui/avatar.tsx';
import { LabelWord } from '../ui/badge.tsx';
import { Menu, MenuLink } from '../ui/menu.tsx';
import type { Names } from '../posts/cards.ts';
import { narrows } from './scope.ts';

export interface FiltersProps {
  filter: PostFilter;
  names: Names;
  /** The same page with another filter. */
  hrefOf: (filter: PostFilter) => string;
  /** False where another row of the page narrows by state. */
  states?: boolean;
}

/** What narrows a calendar or a list: menus of links, each of which keeps the rest. */
export function Filters({ filter, names: { channels, groups, labels }, hrefOf, states = true }: FiltersProps) {
  const { channelId, groupId, labelId, state } = filter;
  const chosen = (all: readonly { id: string; name: string }[], id: string | null, gone: string) => (id === null ? null : all.find((one) => one.id === id)?.name ?? gone);
  return (
    <div class="filters" role="group" aria-label={t.filters}>
      <Menu label={t.channel} chosen={chosen(channels, channelId, t.removedChannel)} group="filters">
        <MenuLink href={hrefOf({ ...filter, channelId: null })} current={channelId === null}>{t.allChannels}</MenuLink>
        {channels.map(({ id, provider, name, handle }) => (
          <MenuLink href={hrefOf({ ...filter, channelId: id })} current={id === channelId}><Mark provider={provider} /> {name} <span class="handle">{handle}</span></MenuLink>
        ))}
      </Menu>
      {(groups.length > 0 || groupId !== null) && (
        <Menu label={t.group} chosen={chosen(groups, groupId, t.deletedGroup)} group="filters">
          <MenuLink href={hrefOf({ ...filter, groupId: null })} current={groupId === null}>{t.allGroups}</MenuLink>
          {groups.map(({ id, name }) => <MenuLink href={hrefOf({ ...filter, groupId: id })} current={id === groupId}>{name}</MenuLink>)}
        </Menu>
      )}
      <Menu label={t.label} chosen={chosen(labels, labelId, t.deletedLabel)} group="filters">
        <MenuLink href={hrefOf({ ...filter, labelId: null })} current={labelId === null}>{t.allLabels}</MenuLink>
        {labels.map((one) => <MenuLink href={hrefOf({ ...filter, labelId: one.id })} current={one.id === labelId}><LabelWord label={one} /></MenuLink>)}
        <MenuLink href="/labels">{labels.length === 0 ? t.firstLabel : t.changeLabels}</MenuLink>
      </Menu>
      {states && (
        <Menu label={t.state} chosen={state === null ? null : t.states[state]} group="filters">
          <MenuLink href={hrefOf({ ...filter, state: null })} current={state === null}>{t.allStates}</MenuLink>
          {stateFilters.map((one) => <MenuLink href={hrefOf({ ...filter, state: one })} current={one === state}>{t.states[one]}</MenuLink>)}
        </Menu>
      )}
      {narrows(states ? filter : { ...filter, state: null }) && <a class="clear" href={hrefOf({ ...noFilter, state: states ? null : state })}>{t.clear}</a>}
    </div>
  );
}

import { calendarViews, isDate, type CalendarView } from '../../domain/time/days.ts';
import { isId } from '../../lib/ids.ts';
import type { After } from '../../store/calendar/calendar.ts';
import { stateFilters, type PostFilter } from '../../store/calendar/filter.ts';

/** What a person looks at: the view, the day it is about, and what narrows it. It is the page's address and nothing else. */
export interface Scope extends PostFilter {
  view: CalendarView;
  /** `YYYY-MM-DD`. */
  on: string;
  /** In the list: behind this post. */
  after: After | null;
  /** In week and day: no hour is folded away. */
  allHours: boolean;
}

/** Whatever an address says; what it says wrongly is as if it had not. */
export function scopeIn(query: unknown, today: string): Scope {
  const asked = (typeof query === 'object' && query !== null ? query : {}) as Record<string, unknown>;
  const { on, month } = asked;
  // The address of older links and bookmarks.
  const ofMonth = typeof month === 'string' ? `${month}-01` : '';
  return {
    ...filterIn(asked), view: calendarViews.find((view) => view === asked['view']) ?? 'month',
    on: isDate(on) ? on : isDate(ofMonth) ? ofMonth : today, after: afterIn(asked['after']), allHours: asked['hours'] === 'all',
  };
}

export function filterIn({ channel, group, label, state }: Record<string, unknown>): PostFilter {
  return { channelId: isId(channel) ? channel : null, groupId: isId(group) ? group : null, labelId: isId(label) ? label : null, state: stateFilters.find((one) => one === state) ?? null };
}

/** The address of a view; the filters come along. */
export function hrefOf(scope: Scope, change: Partial<Scope> = {}): string {
  const { view, on, after, allHours, ...filter } = { ...scope, after: null, ...change };
  const query = new URLSearchParams({
    view, on, ...filterQuery(filter), ...(after && { after: `${after.at}.${after.id}` }), ...(allHours && (view === 'week' || view === 'day') && { hours: 'all' }),
  });
  return `/calendar?${query}`;
}

/** Where a post is begun from here, up to its time, which is put behind: what narrows the view is chosen in it already. */
export function writeHref(filter: PostFilter): string {
  return `/posts/new?${new URLSearchParams({ ...filterQuery({ ...filter, state: null }), at: '' })}`;
}

export function filterQuery({ channelId, groupId, labelId, state }: PostFilter): Record<string, string> {
  return { ...(channelId !== null && { channel: channelId }), ...(groupId !== null && { group: groupId }), ...(labelId !== null && { label: labelId }), ...(state !== null && { state }) };
}

export function afterIn(text: unknown): After | null {
  const [at, id] = typeof text === 'string' ? text.split('.', 2) : [];
  return at && isId(id) && /^\d{1,15}$/u.test(at) ? { at: Number(at), id } : null;
}

/** True where anything narrows what is shown. */
export function narrows({ channelId, groupId, labelId, state }: PostFilter): boolean {
  return channelId !== null || groupId !== null || labelId !== null || state !== null;
}

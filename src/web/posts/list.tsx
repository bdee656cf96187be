import type { Label } from '../../domain/posts/label.ts';
import type { PostStatus } from '../../domain/post.ts';
import { postsListTexts as t } from '../../domain/texts/writing/posts-list.ts';
import type { Channel } from '../../store/channels.ts';
import { Mark } from '../ui/avatar.tsx';
import { LabelWords } from '../ui/badge.tsx';
import { StateMark } from '../words/state.tsx';
import { clockText, dayText, Time } from '../words/time.tsx';
import { cardHref } from './cards.ts';
import { lineOf } from './view.ts';

/** What a row of posts shows. */
export interface RowView {
  id: string;
  status: PostStatus;
  excerpt: string;
  contentDeletedAt: number | null;
  at: number | null;
  channels: readonly Channel[];
  thumb: { id: string; alt: string } | null;
  labels?: readonly Label[];
  reason?: string | null;
}

export interface PostRowProps {
  view: RowView;
  zone: string;
  /** True for whoever may change posts. */
  editor: boolean;
  /** True where it can be chosen. */
  pick?: boolean;
  picked?: boolean;
  /** True where the day is said already. */
  clock?: boolean;
}

export function PostRow({ view, zone, editor, pick = false, picked = false, clock = false }: PostRowProps) {
  const { id, status, at, channels, thumb, labels = [], reason = null } = view;
  return (
    <li class={`row edge-${status} ${pick ? 'pickable' : ''}`}>
      {pick && (
        <label class="choose">
          <input type="checkbox" name="post" value={id} checked={picked} />
          <span class="visually-hidden">{t.choose(at === null ? t.withoutTime : `${dayText(at, zone)} ${clockText(at, zone)}`, lineOf(view).slice(0, 60))}</span>
        </label>
      )}
      <a href={cardHref(view, editor)} data-post={id}>
        {clock && at !== null && <time class="row-clock" dateTime={new Date(at).toISOString()}>{clockText(at, zone)}</time>}
        {thumb && <img src={`/media/${thumb.id}/thumb`} alt={thumb.alt} width={48} height={48} loading="lazy" />}
        <span class="row-text">{lineOf(view)}{reason !== null && <span class="row-reason">{reason}</span>}<LabelWords labels={labels} /></span>
        <span class="row-marks">{channels.map(({ provider, name }) => <Mark provider={provider} name={name} />)}</span>
        {!clock && <span class="row-time">{at === null ? t.noTime : <Time at={at} zone={zone} />}</span>}
        <span class="row-state"><StateMark status={status} /></span>
      </a>
    </li>
  );
}

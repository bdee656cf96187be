import type { PostFilter } from '../../store/calendar/filter.ts';
import type { Before } from '../../store/calendar/calendar.ts';
import { keepDays } from '../../domain/retention.ts';
import { Filters } from '../calendar/filters.tsx';
import { filterQuery } from '../calendar/scope.ts';
import { ActionButton } from '../ui/button.tsx';
import { spanText } from '../words/time.tsx';
import { BulkForm } from './bulk-form.tsx';
import type { CardView, Names } from './cards.ts';
import { PostRow } from './list.tsx';

export const shows = ['all', 'draft', 'scheduled', 'published', 'failed', 'canceled', 'deleted'] as const;
export type Show = (typeof shows)[number];

const words: Record<Show, string> = { all: 'All', draft: 'Drafts', scheduled: 'Scheduled', published: 'Published', failed: 'Needs you', canceled: 'Canceled', deleted: 'Deleted' };

/** What of all posts is looked at. */
export interface Asked {
  show: Show;
  text: string;
  filter: PostFilter;
  before: Before | null;
}

function hrefOf({ show, text, filter, before }: Asked): string {
  const query = new URLSearchParams({
    ...(show !== 'all' && { show }), ...(text !== '' && { q: text }), ...filterQuery({ ...filter, state: null }), ...(before && { before: `${before.updatedAt}.${before.id}` }),
  });
  return query.size > 0 ? `/posts?${query}` : '/posts';
}

export interface PostsPageProps {
  cards: readonly CardView[];
  asked: Asked;
  names: Names;
  zone: string;
  csrf: string;
  here: string;
  now: number;
  editor: boolean;
  next: Before | null;
}

export function PostsPage({ cards, asked, names, zone, csrf, here, now, editor, next }: PostsPageProps) {
  const { show, text, filter } = asked;
  const narrowed = text !== '' || filter.channelId !== null || filter.labelId !== null || (filter.groupId ?? null) !== null;
  const first = { ...asked, before: null };
  return (
    <>
      <div class="page-head">
        <h1>Posts</h1>
        <form method="get" action="/posts" role="search" class="search">
          {show !== 'all' && <input type="hidden" name="show" value={show} />}
          {Object.entries(filterQuery(filter)).map(([name, value]) => <input type="hidden" name={name} value={value} />)}
          <label class="visually-hidden" for="search">Search the text of posts</label>
          <input type="search" id="search" name="q" value={text} placeholder="Search the text" data-search />
          <button class="button">Search</button>
        </form>
      </div>
      <div class="calendar-bar">
        <nav class="tabs" aria-label="Which posts">
          {shows.map((one) => <a href={hrefOf({ ...first, show: one })} aria-current={one === show ? 'page' : undefined}>{words[one]}</a>)}
        </nav>
        <Filters filter={{ ...filter, state: null }} names={names} states={false} hrefOf={(changed) => hrefOf({ ...first, filter: changed })} />
      </div>
      {show === 'deleted' && <p class="help">What you deleted stays here for {keepDays('bin', 'deleted')} days. Nothing of it goes out.</p>}
      {cards.length === 0 && <NoPosts text={text} narrowed={narrowed} show={show} editor={editor} clear={hrefOf({ ...first, text: '', filter: { channelId: null, labelId: null, state: null } })} />}
      {cards.length > 0 && (show === 'deleted'
        ? <ul class="rows">{cards.map((card) => <DeletedRow card={card} csrf={csrf} now={now} editor={editor} />)}</ul>
        : <BulkForm csrf={csrf} here={here} labels={names.labels} editor={editor}><ul class="rows">{cards.map((card) => <PostRow view={card} zone={zone} pick={editor} />)}</ul></BulkForm>)}
      {next && <p><a class="button" href={hrefOf({ ...asked, before: next })}>Earlier posts</a></p>}
    </>
  );
}

function NoPosts({ text, narrowed, show, editor, clear }: { text: string; narrowed: boolean; show: Show; editor: boolean; clear: string }) {
  return (
    <div class="empty">
      <p>{text !== '' ? `No post says “${text}”.` : narrowed || show !== 'all' ? 'Nothing here.' : 'Nothing written yet. What you write, schedule and publish gathers here.'}</p>
      {narrowed ? <p><a class="button" href={clear}>Show all of them</a></p> : editor && <p><a class="button primary" href="/posts/new">{show === 'all' ? 'Write the first post' : 'Write a post'}</a></p>}
    </div>
  );
}

function DeletedRow({ card: { id, excerpt, deletedAt, channels }, csrf, now, editor }: { card: CardView; csrf: string; now: number; editor: boolean }) {
  return (
    <li class="row deleted">
      <span class="row-text">{excerpt || 'No text'} <span class="handle">{channels.map(({ name }) => name).join(', ')}</span></span>
      {deletedAt !== null && <span class="row-time">deleted {spanText(now - deletedAt)} ago</span>}
      {editor && (
        <span class="buttons">
          <ActionButton action={`/posts/${id}/restore`} csrf={csrf}>Take it back</ActionButton>
          <ActionButton action={`/posts/${id}/empty-out`} csrf={csrf} kind="danger">Delete for good</ActionButton>
        </span>
      )}
    </li>
  );
}

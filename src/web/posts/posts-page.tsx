import type { PostFilter } from '../../store/calendar/filter.ts';
import type { After, Before } from '../../store/calendar/calendar.ts';
import type { PostCard } from '../../store/calendar/cards.ts';
import { keepDays } from '../../domain/promise/retention.ts';
import { postsListTexts as t } from '../../domain/texts/writing/posts-list.ts';
import { noFilter } from '../../store/calendar/filter.ts';
import { Filters } from '../calendar/filters.tsx';
import { filterQuery, narrows } from '../calendar/scope.ts';
import { ActionButton, Button, ButtonLink, Buttons } from '../ui/button.tsx';
import { Empty } from '../ui/empty.tsx';
import { Tabs } from '../ui/tabs.tsx';
import { PageHead } from '../ui/page-head.tsx';
import { spanText } from '../words/time.tsx';
import { BulkForm } from './bulk-form.tsx';
import type { CardView, Names } from './cards.ts';
import { PostRow } from './list.tsx';

export const shows = ['all', 'draft', 'scheduled', 'published', 'failed', 'canceled', 'deleted'] as const;
export type Show = (typeof shows)[number];

/** What of all posts is looked at. */
export interface Asked {
  show: Show;
  text: string;
  filter: PostFilter;
  before: Before | null;
  /** The same where posts stand in the order of time. */
  after: After | null;
}

/** True where the next one comes first: of those that wait, unless words are looked for. */
export function byTime({ show, text }: Asked): boolean {
  return show === 'scheduled' && text === '';
}

function hrefOf({ show, text, filter, before, after }: Asked): string {
  const query = new URLSearchParams({
    ...(show !== 'all' && { show }), ...(text !== '' && { q: text }), ...filterQuery({ ...filter, state: null }), ...(before && { before: `${before.updatedAt}.${before.id}` }), ...(after && { after: `${after.at}.${after.id}` }),
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
  /** The last one here, where there are more behind it. */
  last: PostCard | null;
}

export function PostsPage({ cards, asked, names, zone, csrf, here, now, editor, last }: PostsPageProps) {
  const { show, text, filter } = asked;
  const narrowed = text !== '' || narrows({ ...filter, state: null });
  const first = { ...asked, before: null, after: null };
  return (
    <>
      <PageHead title={t.title} beside={(
        <form method="get" action="/posts" role="search" class="search">
          {show !== 'all' && <input type="hidden" name="show" value={show} />}
          {Object.entries(filterQuery(filter)).map(([name, value]) => <input type="hidden" name={name} value={value} />)}
          <label class="visually-hidden" for="search">{t.searchLabel}</label>
          <input type="search" id="search" name="q" value={text} placeholder={t.searchHint} data-search />
          <Button icon="search">{t.search}</Button>
        </form>
      )} />
      <div class="calendar-bar">
        <Tabs label={t.which} tabs={shows.map((one) => ({ href: hrefOf({ ...first, show: one }), label: t.shows[one] }))} current={hrefOf(first)} />
        <Filters filter={{ ...filter, state: null }} names={names} states={false} hrefOf={(changed) => hrefOf({ ...first, filter: changed })} />
      </div>
      {show === 'deleted' && <p class="help">{t.binNote(keepDays('bin', 'deleted'))}</p>}
      {cards.length === 0 && <NoPosts text={text} narrowed={narrowed} show={show} editor={editor} clear={hrefOf({ ...first, text: '', filter: noFilter })} />}
      {cards.length > 0 && (show === 'deleted'
        ? <ul class="rows">{cards.map((card) => <DeletedRow card={card} csrf={csrf} now={now} editor={editor} />)}</ul>
        : <BulkForm csrf={csrf} here={here} labels={names.labels} editor={editor}><ul class="rows">{cards.map((card) => <PostRow view={card} zone={zone} editor={editor} pick={editor} />)}</ul></BulkForm>)}
      {last && <p class="further"><ButtonLink href={hrefOf(furtherOf(asked, last))}>{byTime(asked) ? t.later : t.earlier}</ButtonLink></p>}
    </>
  );
}

function furtherOf(asked: Asked, { at, updatedAt, deletedAt, id }: PostCard): Asked {
  if (byTime(asked)) return { ...asked, after: at === null ? null : { at, id } };
  return { ...asked, before: { updatedAt: (asked.show === 'deleted' ? deletedAt : null) ?? updatedAt, id } };
}

/** Where writing is what one does about it that nothing is there. */
const writes: ReadonlySet<Show> = new Set(['all', 'draft', 'scheduled', 'published']);

function NoPosts({ text, narrowed, show, editor, clear }: { text: string; narrowed: boolean; show: Show; editor: boolean; clear: string }) {
  return (
    <Empty action={narrowed ? <ButtonLink href={clear}>{t.showAll}</ButtonLink> : editor && writes.has(show) && <ButtonLink kind="primary" href="/posts/new">{show === 'all' ? t.writeFirst : t.write}</ButtonLink>}>
      {text !== '' ? t.noneSays(text) : narrowed ? t.noneFits : t.empty[show]}
    </Empty>
  );
}

function DeletedRow({ card: { id, excerpt, deletedAt, channels }, csrf, now, editor }: { card: CardView; csrf: string; now: number; editor: boolean }) {
  return (
    <li class="row deleted">
      <span class="row-text">{excerpt || t.noText} <span class="handle">{channels.map(({ name }) => name).join(', ')}</span></span>
      {deletedAt !== null && <span class="row-time">{t.deletedAgo(spanText(now - deletedAt))}</span>}
      {editor && (
        <Buttons>
          <ActionButton action={`/posts/${id}/restore`} csrf={csrf}>{t.takeBack}</ActionButton>
          <ActionButton action={`/posts/${id}/empty-out`} csrf={csrf} kind="danger">{t.forGood}</ActionButton>
        </Buttons>
      )}
    </li>
  );
}

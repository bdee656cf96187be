import { cardsFrom, rowOf, type CardRow, type PostCard } from './cards.ts';
import type { Statements } from './statements.ts';

/** Instants (epoch ms) from `from` to before `to`. */
export interface Span {
  from: number;
  to: number;
}

/** The first posts of a span of time, and how many there are in it. */
export interface SpanPosts {
  cards: PostCard[];
  count: number;
}

/** How much is shown: at most `each` of a span, fewer where all spans together would come to more than `together`. */
export interface Room {
  each: number;
  together: number;
}

/** How many of each span there is room for: one at least, for what is counted only is not seen; none where none is asked for. */
export function shareOf(counts: readonly number[], { each, together }: Room): number {
  let share = each;
  while (share > 1 && counts.reduce((sum, count) => sum + Math.min(count, share), 0) > together) share -= 1;
  return share;
}

const inSpan = 'p.workspace_id = @workspace and p.deleted_at is null and p.at >= s.value ->> 0 and p.at < s.value ->> 1';
const listOf = (spans: readonly Span[]) => JSON.stringify(spans.map(({ from, to }) => [from, to]));

/** Which of these spans have posts. */
export function filledIn(run: Statements, workspace: string, spans: readonly Span[]): boolean[] {
  return run<{ filled: 0 | 1 }>(`select exists (select 1 from posts p where ${inSpan}) filled from json_each(@spans) s order by s.id`)
    .all({ workspace, spans: listOf(spans) }).map(({ filled }) => filled === 1);
}

/**
 * Counts in the index, and reads of each span only what is shown, in two queries for however many spans. `condition` narrows
 * `posts p` with the names that `given` has.
 */
export function postsIn(run: Statements, spans: readonly Span[], room: Room, condition: string, given: { workspace: string }): SpanPosts[] {
  const counts = run<{ n: number }>(`select (select count(*) from posts p where ${inSpan}${condition}) n from json_each(@spans) s order by s.id`)
    .all({ ...given, spans: listOf(spans) }).map(({ n }) => n);
  const share = shareOf(counts, room);
  // Empty ones are not looked into again.
  const full = JSON.stringify(spans.flatMap(({ from, to }, n) => ((counts[n] ?? 0) > 0 ? [[from, to, n]] : [])));
  const found = run<CardRow & { n: number }>(`
    select s.value ->> 2 n, ${rowOf('f')} from json_each(@spans) s
    join posts f on f.rowid in (select p.rowid from posts p where ${inSpan}${condition} order by p.at, p.id limit @share)
    order by f.at, f.id`).all({ ...given, spans: full, share });
  const shown: SpanPosts[] = counts.map((count) => ({ count, cards: [] }));
  for (const [at, card] of cardsFrom(run, given.workspace, found).entries()) shown[found[at]?.n ?? 0]?.cards.push(card);
  return shown;
}

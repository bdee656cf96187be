import { cardsOf, type PostCard } from './cards.ts';
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

/**
 * Counts in the index, and reads of each span only what is shown, in two queries for however many spans. `condition` narrows
 * `posts p` with the names that `given` has.
 */
export function postsIn(run: Statements, spans: readonly Span[], room: Room, condition: string, given: { workspace: string }): SpanPosts[] {
  const inSpan = `p.workspace_id = @workspace and p.deleted_at is null and p.at >= s.value ->> 0 and p.at < s.value ->> 1${condition}`;
  const whole = JSON.stringify(spans.map(({ from, to }) => [from, to]));
  const counts = run<{ n: number }>(`select (select count(*) from posts p where ${inSpan}) n from json_each(@spans) s order by s.id`).all({ ...given, spans: whole }).map(({ n }) => n);
  const share = shareOf(counts, room);
  // Empty ones are not looked into again.
  const full = JSON.stringify(spans.flatMap(({ from, to }, n) => ((counts[n] ?? 0) > 0 ? [[from, to, n]] : [])));
  const found = run<{ n: number; id: string }>(`
    select s.value ->> 2 n, f.id from json_each(@spans) s join posts f on f.id in (select p.id from posts p where ${inSpan} order by p.at, p.id limit @share)
    order by f.at, f.id`).all({ ...given, spans: full, share });
  const cards = new Map(cardsOf(run, given.workspace, found.map(({ id }) => id)).map((card) => [card.id, card]));
  const own = Map.groupBy(found, ({ n }) => n);
  return counts.map((count, n) => ({ count, cards: (own.get(n) ?? []).flatMap(({ id }) => cards.get(id) ?? []) }));
}

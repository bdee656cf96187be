import type { Db } from '../db.ts';
import { cardsOf, type PostCard } from './cards.ts';
import { conditionOf, noFilter, type PostFilter } from './filter.ts';
import { anywhere, folded, says } from './said.ts';
import { filledIn, postsIn, type Room, type Span, type SpanPosts } from './spans.ts';
import { statementsOf } from './statements.ts';

/** A place in the order of time: behind this post. */
export interface After {
  at: number;
  id: string;
}

/** Where a list that was searched or filtered goes on: behind this post, the latest touched first. */
export interface Before {
  updatedAt: number;
  id: string;
}

/** Posts by their time. What is counted is counted in the index, and of each span only what is shown is read. */
export function calendarStore(db: Db) {
  const run = statementsOf(db);
  db.$client.function('says', { deterministic: true }, says);
  const inTime = 'from posts p where p.workspace_id = @workspace and p.deleted_at is null and p.at >= @from and p.at < @to';

  function values(workspaceId: string, { channelId, groupId, labelId }: PostFilter) {
    const hold = run<{ hold: number | null }>('select coalesce(frozen_at, unpaid_at) hold from workspaces where id = ?').get(workspaceId)?.hold ?? null;
    return { workspace: workspaceId, channel: channelId, group: groupId, label: labelId, hold };
  }

  return {
    /** Of each span the first posts that there is room for, and how many it has. */
    async spans(workspaceId: string, spans: readonly Span[], room: Room, filter: PostFilter): Promise<SpanPosts[]> {
      return postsIn(run, spans, room, conditionOf(filter), values(workspaceId, filter));
    },

    /** Which of these spans have posts, deleted ones left out: one look into the index for each. */
    async filled(workspaceId: string, spans: readonly Span[]): Promise<boolean[]> {
      return filledIn(run, workspaceId, spans);
    },

    /** Posts of a span in the order of time, behind `after`. */
    async list(workspaceId: string, { from, to }: Span, after: After | null, limit: number, filter: PostFilter): Promise<PostCard[]> {
      const behind = after ? ' and (p.at, p.id) > (@afterAt, @afterId)' : '';
      const ids = run<{ id: string }>(`select p.id ${inTime}${behind}${conditionOf(filter)} order by p.at, p.id limit @limit`).all({ ...values(workspaceId, filter), from, to, limit, afterAt: after?.at ?? null, afterId: after?.id ?? null });
      return cardsOf(run, workspaceId, ids.map(({ id }) => id));
    },

    /** Posts of a span that are out somewhere, the latest first. */
    async out(workspaceId: string, { from, to }: Span, limit: number): Promise<PostCard[]> {
      const filter: PostFilter = { ...noFilter, state: 'published' };
      const ids = run<{ id: string }>(`select p.id ${inTime}${conditionOf(filter)} order by p.at desc, p.id desc limit @limit`).all({ ...values(workspaceId, filter), from, to, limit });
      return cardsOf(run, workspaceId, ids.map(({ id }) => id));
    },

    /** Posts the latest touched first, those alone that say `text` (capitals and accents apart) where it is given; from the bin those deleted last. */
    async find(workspaceId: string, asked: { text: string; filter: PostFilter; deleted: boolean; before: Before | null; limit: number }): Promise<PostCard[]> {
      const { text, filter, deleted, before, limit } = asked;
      const order = deleted ? 'deleted_at' : 'updated_at';
      const behind = before ? ` and (p.${order}, p.id) < (@beforeAt, @beforeId)` : '';
      const sought = folded(text);
      // Put down at every save; what older versions saved is read as it stands.
      const said = sought === '' ? '' : ` and case when p.words is not null then p.words glob @pattern
        else says(p.content, @text) or exists (select 1 from variants s where s.post_id = p.id and s.content is not null and says(s.content, @text)) end`;
      const ids = run<{ id: string }>(`
        select p.id from posts p where p.workspace_id = @workspace and p.deleted_at is ${deleted ? 'not ' : ''}null${behind}${conditionOf(filter)}${said}
        order by p.${order} desc, p.id desc limit @limit`).all({ ...values(workspaceId, filter), text: sought, pattern: anywhere(sought), limit, beforeAt: before?.updatedAt ?? null, beforeId: before?.id ?? null });
      return cardsOf(run, workspaceId, ids.map(({ id }) => id));
    },

    /** These posts as cards, in their order, those that are there. */
    async cards(workspaceId: string, ids: readonly string[]): Promise<PostCard[]> {
      return cardsOf(run, workspaceId, ids);
    },
  };
}

import type { Db } from '../db.ts';
import { statementsOf } from './statements.ts';
import { beatOf, type CountUnderWay } from './under-way.ts';

const hour = 3_600_000;

/** Whether something has changed, cheaply enough to be asked once a second. */
export function pulseStore(db: Db, underWay: CountUnderWay) {
  const run = statementsOf(db);

  return {
    /** Another text whenever anything may have been written, by this process or another one. */
    async beat(): Promise<string> {
      return beatOf(run);
    },

    /**
     * Another text whenever the pages of a workspace would show something else: posts, publications and channels. What is
     * over moves no more, so that only publications which may still move are counted; and what the engine puts off it puts
     * off by less than an hour, so that times are summed up for that much alone.
     */
    async of(workspaceId: string, now: number): Promise<string> {
      const posts = run<{ at: number | null }>('select max(updated_at) at from posts where workspace_id = ? and deleted_at is null').get(workspaceId)?.at ?? 0;
      const gone = run<{ at: number | null }>('select max(deleted_at) at from posts where workspace_id = ? and deleted_at is not null').get(workspaceId)?.at ?? 0;
      const { scheduled, publishing, unconfirmed, failed } = underWay(workspaceId);
      const soon = run<{ due: number | null }>("select sum(due_at) due from publications where workspace_id = ? and status = 'scheduled' and due_at < ?").get(workspaceId, (Math.floor(now / hour) + 2) * hour)?.due ?? 0;
      const channels = run<{ n: number; at: number | null }>('select count(*) n, max(updated_at) at from connections where workspace_id = ?').get(workspaceId);
      const own = run<{ paused: number; at: number | null; named: number }>('select count(paused_at) paused, max(paused_at) at, coalesce(sum(length(own_name) + unicode(own_name)), 0) named from channels where workspace_id = ?').get(workspaceId);
      const grouped = run<{ n: number }>('select count(*) n from grouped_channels g join channels c on c.id = g.channel_id where c.workspace_id = ?').get(workspaceId)?.n ?? 0;
      const alone = run<{ n: number }>('select count(*) n from disconnected_channels d join channels c on c.id = d.channel_id where c.workspace_id = ?').get(workspaceId)?.n ?? 0;
      const labels = run<{ n: number }>('select count(*) n from labels where workspace_id = ?').get(workspaceId)?.n ?? 0;
      const hold = run<{ f: number | null; u: number | null }>('select frozen_at f, unpaid_at u from workspaces where id = ?').get(workspaceId);
      return [posts, gone, scheduled, publishing, unconfirmed, failed, soon % 1e12, channels?.n, channels?.at ?? 0, alone, own?.paused, own?.at ?? 0, own?.named, grouped, labels, hold?.f ?? '', hold?.u ?? ''].join('.');
    },
  };
}

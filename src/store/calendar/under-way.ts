import type { Db } from '../db.ts';
import { statementsOf, type Statements } from './statements.ts';

/** How many publications of a workspace have not come to a good end. */
export interface UnderWay {
  scheduled: number;
  publishing: number;
  unconfirmed: number;
  failed: number;
}

export type CountUnderWay = (workspaceId: string) => UnderWay;

/** Workspaces that are looked at between two writes. */
const mostKnown = 1_000;

const countOf = (status: keyof UnderWay) => `(select count(*) from publications where workspace_id = @workspace and status = '${status}') ${status}`;
const counted = `select ${countOf('scheduled')}, ${countOf('publishing')}, ${countOf('unconfirmed')}, ${countOf('failed')}`;

/**
 * Counts in the index, and what was counted is told again until anything at all is written: every page asks it twice, and a
 * queue of ten thousand is not counted in less than half a millisecond.
 */
export function underWayOf(db: Db): CountUnderWay {
  const run = statementsOf(db);
  const known = new Map<string, UnderWay>();
  let since = '';
  return (workspaceId) => {
    const now = beatOf(run);
    if (now !== since || known.size >= mostKnown) known.clear();
    since = now;
    const counts = known.get(workspaceId) ?? run<UnderWay>(counted).get({ workspace: workspaceId });
    if (!counts) throw new Error('a count gave no row');
    known.set(workspaceId, counts);
    return counts;
  };
}

/** Another text whenever anything may have been written, by this process or another one. */
export function beatOf(run: Statements): string {
  return `${run<{ n: number }>('select total_changes() n').get()?.n ?? 0}.${run<{ data_version: number }>('pragma data_version').get()?.data_version ?? 0}`;
}

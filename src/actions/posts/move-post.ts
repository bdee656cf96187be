import type { Actor } from '../../domain/actor.ts';
import { movedWall } from '../../domain/time/days.ts';
import { refused, type Result } from '../../domain/result.ts';
import { momentOf, wallOf, type Moment } from '../../domain/time/schedule.ts';
import type { UndoNote } from '../../domain/posts/undo.ts';
import { postRefusals as t } from '../../domain/texts/refusals/posts.ts';
import type { Deps } from '../../deps.ts';
import type { PostCard } from '../../store/calendar/cards.ts';
import type { Move, Moved, Stayed } from '../../store/calendar/moving.ts';
import { timeProblems } from './check-post.ts';
import { keepUndo } from './undo.ts';

type MoveDeps = Pick<Deps, 'store' | 'now'>;

export interface MoveInput {
  postId: string;
  /** The version that was seen. */
  version: number | null;
  /** Wall time `YYYY-MM-DDTHH:mm` in `zone`. */
  wall: string;
  zone: string;
}

const sentences: Record<Stayed, string> = {
  gone: t.deletedMeanwhile,
  changed_meanwhile: t.changedMeanwhile,
  already_begun: t.beyondMoving,
  nothing_waits: t.nothingWaits,
};

/** Moves one draft or scheduled post to another time, under the same rules as scheduling it there. */
export async function movePost(deps: MoveDeps, actor: Actor, { postId, version, wall, zone }: MoveInput): Promise<Result<{ moment: Moment; undo: string | null }>> {
  const moment = momentOf(wall, zone);
  const problems = timeProblems(moment, deps.now());
  if (!moment || problems.length > 0) return { ok: false, problems };
  const [moved] = await deps.store.moving.move(actor.workspaceId, [{ id: postId, version, moment }], { userId: actor.userId, now: deps.now() });
  if (moved?.to !== 'moved') return refused('', sentences[moved?.to ?? 'gone']);
  return { ok: true, moment, undo: await keepUndo(deps, actor, wayBack([moved])) };
}

/** Where several posts go: by so much, or all to one date at the hour that each has. */
export type Shift = { days: number; hours: number } | { date: string };

/** What came of several posts at once. */
export interface BulkDone {
  done: number;
  /** Why others stayed, and how many. */
  stayed: ReadonlyMap<string, number>;
  undo: string | null;
}

const inShort: Record<Stayed | 'past' | 'no_time', string> = {
  gone: t.stayedDeletedMeanwhile, changed_meanwhile: t.stayedChanged, already_begun: t.stayedOut, nothing_waits: t.stayedNothingWaits,
  past: t.stayedPast, no_time: t.stayedWithoutTime,
};

/** Moves posts together, as one thing to undo. What cannot move stays and is counted by its reason. */
export async function movePosts(deps: MoveDeps, actor: Actor, ids: readonly string[], shift: Shift, zone: string): Promise<BulkDone> {
  const cards = await deps.store.calendar.cards(actor.workspaceId, ids);
  const stayed: (keyof typeof inShort)[] = Array.from({ length: ids.length - cards.length }, () => 'gone');
  const moves = cards.flatMap((card): Move[] => {
    const wall = wallAfter(card, shift, zone);
    const moment = wall === null ? null : momentOf(wall, zone);
    if (moment && timeProblems(moment, deps.now()).length === 0) return [{ id: card.id, version: card.version, moment }];
    stayed.push(!card.movable ? (card.state === 'canceled' ? 'nothing_waits' : 'already_begun') : wall === null ? 'no_time' : 'past');
    return [];
  });
  const moved = await deps.store.moving.move(actor.workspaceId, moves, { userId: actor.userId, now: deps.now() });
  for (const { to } of moved) if (to !== 'moved') stayed.push(to);
  return { done: moved.filter(({ to }) => to === 'moved').length, stayed: counted(stayed.map((reason) => inShort[reason])), undo: await keepUndo(deps, actor, wayBack(moved)) };
}

function wallAfter({ at }: PostCard, shift: Shift, zone: string): string | null {
  if (at === null) return null;
  const wall = wallOf(at, zone);
  return 'date' in shift ? `${shift.date}T${wall.slice(11)}` : movedWall(wall, zone, shift);
}

function wayBack(moved: readonly Moved[]): UndoNote {
  return { kind: 'move', posts: moved.flatMap((one) => (one.to === 'moved' ? [{ id: one.id, version: one.version, zone: one.from?.zone ?? null, wall: one.from?.wall ?? null }] : [])) };
}

export function counted(reasons: readonly string[]): Map<string, number> {
  return new Map([...Map.groupBy(reasons, (reason) => reason)].map(([reason, all]) => [reason, all.length]));
}

import type { Actor } from '../../domain/actor.ts';
import { refused, type Result } from '../../domain/result.ts';
import { momentOf } from '../../domain/time/schedule.ts';
import type { UndoNote } from '../../domain/posts/undo.ts';
import { postRefusals as t } from '../../domain/texts/refusals/posts.ts';
import type { Deps } from '../../deps.ts';
import { newId } from '../../lib/ids.ts';
import type { Move, Restored } from '../../store/calendar/moving.ts';
import { timeProblems } from './check-post.ts';
import { takeFromBin, type RestoreDeps } from './restore.ts';

type UndoDeps = Pick<Deps, 'store' | 'now'>;

/** Keeps how to take something back; gives the id to ask for it by, null where there is nothing to take back or nobody who would. */
export async function keepUndo({ store, now }: UndoDeps, actor: Actor, note: UndoNote): Promise<string | null> {
  const { userId, workspaceId } = actor;
  if (note.posts.length === 0 || userId === null) return null;
  const id = newId(now());
  await store.undos.keep(workspaceId, { id, userId, note, madeAt: now() });
  return id;
}

/** Takes back what a person did a moment ago, post by post; what has changed since is left alone, and said. */
export async function undo(deps: UndoDeps & RestoreDeps, actor: Actor, id: string): Promise<Result<{ said: string }>> {
  const note = actor.userId === null ? undefined : await deps.store.undos.take(actor.workspaceId, actor.userId, id);
  if (!note) return refused('', t.nothingToUndo);
  const { done, drafts = 0 } = await takenBack(deps, actor, note);
  const left = note.posts.length - done;
  if (done === 0) return refused('', left === 1 ? t.postChanged : t.postsChanged);
  return { ok: true, said: [...saidOf(note, drafts), ...(left === 0 ? [] : [t.someStayed(left)])].join(' ') };
}

/** `drafts`: how many of them no longer wait for their time. */
function saidOf({ kind, posts }: UndoNote, drafts: number): string[] {
  switch (kind) {
    case 'move': return [posts.length === 1 ? t.movedBack : t.movedBackMany];
    case 'schedule': return [t.draftAgain];
    case 'delete':
      if (posts.length === 1) return [drafts === 1 ? t.postBackAsDraft : t.postBack];
      return [t.postsBack, ...(drafts === 0 ? [] : [t.backAsDrafts(drafts)])];
    case 'label': case 'label_files': return [t.labelsBack];
  }
}

async function takenBack(deps: UndoDeps & RestoreDeps, actor: Actor, note: UndoNote): Promise<{ done: number; drafts?: number }> {
  const { store, now } = deps;
  const { workspaceId, userId } = actor;
  switch (note.kind) {
    case 'move': {
      const moves = note.posts.flatMap(({ id, version, zone, wall }): Move[] => {
        if (wall === null || zone === null) return [{ id, version, moment: null }];
        const moment = momentOf(wall, zone);
        return moment && timeProblems(moment, now()).length === 0 ? [{ id, version, moment }] : [];
      });
      return { done: (await store.moving.move(workspaceId, moves, { userId, now: now() })).filter(({ to }) => to === 'moved').length };
    }
    case 'schedule': {
      const done = await Promise.all(note.posts.map(({ id, version }) => store.moving.unschedule(workspaceId, id, version, { userId, now: now() })));
      return { done: done.filter(({ to }) => to === 'draft').length };
    }
    case 'delete': {
      const back: Restored[] = [];
      // One after the other: each takes a place of those that a plan has.
      for (const { id } of note.posts) back.push(await takeFromBin(deps, actor, id));
      return { done: back.filter((state) => state !== 'gone').length, drafts: back.filter((state) => state === 'unscheduled').length };
    }
    case 'label':
      return { done: (await store.labels.put(workspaceId, note.posts)).length };
    case 'label_files':
      return { done: (await store.mediaLabels.put(workspaceId, note.posts)).length };
  }
}

import type { Actor } from '../../domain/actor.ts';
import { refused, type Result } from '../../domain/result.ts';
import { momentOf } from '../../domain/schedule.ts';
import type { UndoNote } from '../../domain/undo.ts';
import { postRefusals as t } from '../../domain/texts/refusals/posts.ts';
import type { Deps } from '../../deps.ts';
import { newId } from '../../lib/ids.ts';
import type { Move } from '../../store/calendar/moving.ts';
import { pastMinute, timeProblems } from './check-post.ts';

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
export async function undo(deps: UndoDeps, actor: Actor, id: string): Promise<Result<{ said: string }>> {
  const note = actor.userId === null ? undefined : await deps.store.undos.take(actor.workspaceId, actor.userId, id);
  if (!note) return refused('', t.nothingToUndo);
  const done = await takenBack(deps, actor, note);
  const left = note.posts.length - done;
  if (done === 0) return refused('', left === 1 ? t.postChanged : t.postsChanged);
  return { ok: true, said: left === 0 ? saidOf(note) : `${saidOf(note)} ${t.someStayed(left)}` };
}

function saidOf({ kind, posts }: UndoNote): string {
  switch (kind) {
    case 'move': return posts.length === 1 ? t.movedBack : t.movedBackMany;
    case 'schedule': return t.draftAgain;
    case 'delete': return posts.length === 1 ? t.postBack : t.postsBack;
    case 'label': case 'label_files': return t.labelsBack;
  }
}

async function takenBack({ store, now }: UndoDeps, { workspaceId, userId }: Actor, note: UndoNote): Promise<number> {
  switch (note.kind) {
    case 'move': {
      const moves = note.posts.flatMap(({ id, version, zone, wall }): Move[] => {
        if (wall === null || zone === null) return [{ id, version, moment: null }];
        const moment = momentOf(wall, zone);
        return moment && timeProblems(moment, now()).length === 0 ? [{ id, version, moment }] : [];
      });
      const moved = (await store.moving.move(workspaceId, moves, now())).filter(({ to }) => to === 'moved');
      for (const { id } of moved) {
        const at = moves.find((move) => move.id === id)?.moment?.at;
        if (at !== undefined) await store.audit.add(workspaceId, { userId, now: now() }, 'post.moved', id, { at });
      }
      return moved.length;
    }
    case 'schedule': {
      const done = await Promise.all(note.posts.map(({ id, version }) => store.moving.unschedule(workspaceId, id, version, { userId, now: now() })));
      return done.filter(({ to }) => to === 'draft').length;
    }
    case 'delete': {
      const by = { userId, now: now(), grace: pastMinute, publicationId: () => newId(now()) };
      const done = await Promise.all(note.posts.map(({ id }) => store.moving.restore(workspaceId, id, by)));
      return done.filter((state) => state !== 'gone').length;
    }
    case 'label':
      return (await store.labels.put(workspaceId, note.posts)).length;
    case 'label_files':
      return (await store.mediaLabels.put(workspaceId, note.posts)).length;
  }
}

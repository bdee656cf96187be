import type { Person } from '../../domain/actor.ts';
import { answerWithin, graceMs, momentText } from '../../domain/promise/privacy.ts';
import { refused, type Result } from '../../domain/result.ts';
import { privacyRefusals as t } from '../../domain/texts/refusals/privacy.ts';
import type { Deps } from '../../deps.ts';
import { newId } from '../../lib/ids.ts';
import type { Erasure } from '../../store/privacy/erasures.ts';
import { queueMail } from '../mails/queue-mail.ts';
import { proveAgain, type StepUpDeps } from '../people/step-up.ts';
import { beginErasure } from './begin-erasure.ts';
import { endGrants } from './end-grants.ts';

export type AskDeps = StepUpDeps & Pick<Deps, 'providers' | 'io' | 'now' | 'log' | 'config' | 'settings'>;

export interface DeletionInput {
  password: string;
  ip: string;
  /** No grace: it begins now and cannot be undone. */
  atOnce: boolean;
  understood: boolean;
}

/** A minute in which the request itself ends the accesses; whatever it leaves the job takes up. */
const ownMinute = 60 * 1000;

/**
 * Deletes a person's account, with the workspaces that nobody else owns: after the grace, or at once. `handOver` says who
 * gets which workspace (absent: it goes along); `successor` is the e-mail of whoever runs the instance then.
 */
export async function deleteAccount(
  deps: AskDeps, actor: Person, input: DeletionInput & { handOver: ReadonlyMap<string, string>; successor: string },
): Promise<Result<{ erasure: Erasure }>> {
  const { store } = deps;
  const proven = await proveAgain(deps, actor.userId, { password: input.password, ip: input.ip, field: 'password' });
  if (!proven.ok) return proven;
  if (input.atOnce && !input.understood) return refused('understood', t.confirmMissing);
  const handOver = [...input.handOver].filter(([, userId]) => userId !== '').map(([workspaceId, userId]) => ({ workspaceId, userId }));
  const owned = new Set((await store.erasures.owned(actor.userId)).map(({ id }) => id));
  const foreign = handOver.find(({ workspaceId }) => !owned.has(workspaceId));
  if (foreign) return refused('', t.ownerChanged);
  let successor: string | null = null;
  if (await store.erasures.operatorIsNeeded(actor.userId)) {
    const found = await store.people.userByEmail(input.successor.trim().toLowerCase());
    if (!found || found.id === actor.userId) return refused('successor', t.successorMissing);
    successor = found.id;
  }
  return ask(deps, actor, input, { kind: 'account', subjectId: actor.userId, handOver, successor });
}

/** Deletes the workspace that the session looks at; its name is typed as the proof that this one is meant. */
export async function deleteWorkspace(deps: AskDeps, actor: Person, input: DeletionInput & { name: string }): Promise<Result<{ erasure: Erasure }>> {
  const { store } = deps;
  const workspace = await store.people.workspace(actor.workspaceId);
  if (!workspace) return refused('', t.workspaceGone);
  if (input.name.trim().normalize('NFC') !== workspace.name.normalize('NFC')) return refused('name', t.nameMismatch(workspace.name));
  const proven = await proveAgain(deps, actor.userId, { password: input.password, ip: input.ip, field: 'password' });
  if (!proven.ok) return proven;
  if (input.atOnce && !input.understood) return refused('understood', t.confirmMissing);
  return ask(deps, actor, input, { kind: 'workspace', subjectId: actor.workspaceId, handOver: [], successor: null });
}

async function ask(
  deps: AskDeps, actor: Person, { atOnce }: DeletionInput,
  about: { kind: 'account' | 'workspace'; subjectId: string; handOver: { workspaceId: string; userId: string }[]; successor: string | null },
): Promise<Result<{ erasure: Erasure }>> {
  const { store, now, log } = deps;
  const askedAt = now();
  const id = newId(askedAt);
  const dueAt = atOnce ? askedAt : askedAt + graceMs;
  // Before the row: a backup that is put back must not forget that it was asked for.
  await store.erasureLog.note([{ event: 'asked', erasure: id, kind: about.kind, id: about.subjectId, at: askedAt, due: dueAt }]);
  const asked = await store.erasures.ask({ ...about, id, askedBy: actor.userId, askedAt, dueAt, nextAt: atOnce ? askedAt + ownMinute : dueAt });
  if (asked !== 'asked') {
    await store.erasureLog.note([{ event: 'undone', erasure: id, at: now() }]);
    return asked === 'already' ? refused('', t.askedAlready) : refused('', t.successorGone);
  }
  await store.requests.add({ id: newId(askedAt), userId: actor.userId, workspaceId: null, kind: 'erasure', subjectId: id, message: '', askedAt, dueAt: askedAt + answerWithin });
  await store.audit.add(about.kind === 'workspace' ? about.subjectId : null, { userId: actor.userId, now: askedAt }, 'data.deletion');
  log.info({ erasure: id, kind: about.kind, atOnce }, 'a deletion was asked for');
  await tell(deps, actor.userId, id);
  if (atOnce) await atTheVeryRequest(deps, id);
  const erasure = await store.erasures.get(id);
  if (!erasure) throw new Error('a deletion vanished that was just asked for');
  return { ok: true, erasure };
}

/** A mail to the person, where there is time to undo it, and to everybody whose workspace goes. */
async function tell(deps: AskDeps, userId: string, id: string): Promise<void> {
  const { store } = deps;
  const user = await store.people.user(userId);
  for (const { kind, subjectId, parentId, dueAt, askedAt } of await store.erasures.together(id)) {
    const workspace = kind === 'workspace' ? ((await store.people.workspace(subjectId))?.name ?? '') : null;
    const until = dueAt > askedAt ? momentText(dueAt) : null;
    if (user && parentId === null && until !== null) {
      await queueMail(deps, { kind: 'deletion_asked', event: `erasure:${id}`, to: { email: user.email, userId }, data: { workspace, until } });
    }
    if (workspace === null) continue;
    for (const other of await store.erasures.others(subjectId, userId)) {
      await queueMail(deps, { kind: 'workspace_going', event: `erasure:${id}:${subjectId}`, to: { email: other.email, userId: other.userId }, data: { workspace, until } });
    }
  }
}

/** The accesses go before the request is answered, as far as the networks answer; the rest is the job's. */
async function atTheVeryRequest(deps: AskDeps, id: string): Promise<void> {
  for (const row of await beginErasure(deps, id)) {
    if (row.kind === 'workspace') await endGrants(deps, row.subjectId, { beganAt: deps.now(), patienceMs: 5_000 });
    await deps.store.erasures.lookAgain(row.id, deps.now());
  }
}

/** Takes a deletion back: one's own account, or as an owner the workspace. */
export async function undoDeletion({ store, now, log }: Pick<Deps, 'store' | 'now' | 'log'>, actor: Person, id: string): Promise<Result> {
  const found = (await store.erasures.announced(actor.userId, actor.workspaceId)).find((erasure) => erasure.id === id);
  if (!found) return refused('', t.nothingToUndo);
  if (found.parentId !== null || (found.kind === 'workspace' && actor.role !== 'owner')) return refused('', t.undoByOwner);
  if (!(await store.erasures.undo(id, now()))) return refused('', t.deletionBegun);
  await store.erasureLog.note([{ event: 'undone', erasure: id, at: now() }]);
  log.info({ erasure: id }, 'a deletion was undone');
  return { ok: true };
}

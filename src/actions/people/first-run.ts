import type { Person } from '../../domain/actor.ts';
import { stepsOf, type SetupStep } from '../../domain/instance/first-run.ts';
import type { Deps } from '../../deps.ts';

type Who = Pick<Person, 'workspaceId' | 'userId' | 'role'> & { operator: boolean };

/** Keeps that a person has passed a step of setting up, or left it out; gives the next one, null at the end. */
export async function passStep({ store }: Pick<Deps, 'store'>, { workspaceId, userId, ...who }: Who, from: SetupStep, leftOut: boolean): Promise<SetupStep | null> {
  const steps = stepsOf(who);
  const next = steps[steps.indexOf(from) + 1] ?? null;
  const skipped = new Set((await store.firstRun.of(workspaceId, userId))?.skipped ?? []);
  if (leftOut) skipped.add(from);
  else skipped.delete(from);
  await store.firstRun.keep(workspaceId, userId, { step: next, skipped: [...skipped] });
  return next;
}

/** Keeps where a person wants to go on another time. */
export async function leaveAt({ store }: Pick<Deps, 'store'>, { workspaceId, userId }: Who, step: SetupStep): Promise<void> {
  const skipped = (await store.firstRun.of(workspaceId, userId))?.skipped ?? [];
  await store.firstRun.keep(workspaceId, userId, { step, skipped });
}

/** Puts the checklist away, or has it back. */
export async function putChecklistAway({ store, now }: Pick<Deps, 'store' | 'now'>, { workspaceId, userId }: Who, away: boolean): Promise<void> {
  await store.firstRun.putAway(workspaceId, userId, away ? now() : null);
}

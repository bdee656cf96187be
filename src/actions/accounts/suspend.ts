import type { Person } from '../../domain/actor.ts';
import { refused, type Result } from '../../domain/result.ts';
import { peopleRefusals as t } from '../../domain/texts/refusals/people.ts';
import type { Deps } from '../../deps.ts';

type AccountDeps = Pick<Deps, 'store' | 'now'>;

/** Sessions end at once, and workspaces that nobody else owns are held until the account is let in again. */
export async function suspendAccount({ store, now }: AccountDeps, { userId }: Pick<Person, 'userId'>, of: string): Promise<Result> {
  return (await store.accounts.suspend({ userId, now: now() }, of)) ? { ok: true } : refused('', t.cannotSuspend);
}

export async function unsuspendAccount({ store, now }: AccountDeps, { userId }: Pick<Person, 'userId'>, of: string): Promise<Result> {
  return (await store.accounts.unsuspend({ userId, now: now() }, of)) ? { ok: true } : refused('', t.notSuspended);
}

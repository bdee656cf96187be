import { and, eq, exists, inArray, isNotNull, isNull, not, sql } from 'drizzle-orm';
import { withoutTraces, type Failure } from '../domain/failure.ts';
import { names } from '../domain/texts/names.ts';
import type { Tx } from './db.ts';
import { channels, connections } from './schema/channels.ts';
import { variants } from './schema/posts.ts';
import { attempts, publications, steps } from './schema/publications.ts';

/**
 * Erases what is known of an account: the grant, and every id, name and address that its platform gave, down to journals
 * and evidence. What people wrote stays theirs, and when it went out. What waited is stopped with `told` as its reason;
 * what is being sent loses its lease, so that nothing of the account is written afterwards. Gives the number of channels.
 */
export function eraseConnection(tx: Tx, connectionId: string, told: Failure, now: number, called: Called = names.deletedAccount): number {
  const own = tx.select().from(channels).where(eq(channels.connectionId, connectionId)).all();
  for (const channel of own) eraseChannel(tx, channel, told, now, called);
  tx.update(connections).set({
    grant: null, status: 'revoked', accountId: sql`'erased:' || ${connections.id}`, accountName: called, expiresAt: null, updatedAt: now,
  }).where(eq(connections.id, connectionId)).run();
  return own.length;
}

/** What stands in the place of a name. */
export type Called = 'Deleted account' | 'Disconnected account';

/** Erases what is known of one channel, like `eraseConnection`, which the others of its connection outlive. */
export function eraseChannel(tx: Tx, { id, connectionId, remoteId, name, ownName, handle, url }: typeof channels.$inferSelect, told: Failure, now: number, called: Called): void {
  const account = tx.select({ id: connections.accountId, name: connections.accountName }).from(connections).where(eq(connections.id, connectionId)).get();
  const onIt = eq(publications.channelId, id);
  stopPublications(tx, onIt, told, now);
  const traces = [account?.id, account?.name, remoteId, name, ownName, handle, handle.replace(/^@/u, ''), url].filter((trace) => trace != null).filter((trace) => trace.length > 1);
  // Where a person disconnected, the record of their posts stays theirs, as far as it does not say which account it was.
  erasePublications(tx, onIt, traces, called === names.disconnectedAccount);
  tx.update(variants).set({ options: {} }).where(eq(variants.channelId, id)).run();
  tx.update(channels).set({
    remoteId: sql`'erased:' || ${channels.id}`, name: called, ownName: null, handle: '', url: null, avatarUrl: null, limits: {},
    removedAt: sql`coalesce(${channels.removedAt}, ${now})`,
  }).where(eq(channels.id, id)).run();
}

/** With a visible call begun it may be out; without one it is definitely not. */
function stopPublications(tx: Tx, onIt: ReturnType<typeof eq>, told: Failure, now: number) {
  const visible = exists(tx.select({ one: sql`1` }).from(steps).where(and(eq(steps.publicationId, publications.id), eq(steps.kind, 'once'))));
  const stopped = { failure: told, reason: null, lockedBy: null, lockedUntil: null, updatedAt: now };
  tx.update(attempts).set({ endedAt: now, outcome: 'crashed' }).where(and(
    isNull(attempts.endedAt), inArray(attempts.publicationId, tx.select({ id: publications.id }).from(publications).where(onIt)),
  )).run();
  tx.update(publications).set({ ...stopped, status: 'unconfirmed' }).where(and(onIt, inArray(publications.status, ['scheduled', 'publishing']), visible)).run();
  tx.update(publications).set({ ...stopped, status: 'failed' }).where(and(onIt, eq(publications.status, 'publishing'), not(visible))).run();
  tx.update(publications).set({ ...stopped, status: 'canceled' }).where(and(onIt, eq(publications.status, 'scheduled'))).run();
}

/** That it went out and when stays; the platform's ids and addresses, in results, evidence and sentences, go. */
function erasePublications(tx: Tx, onIt: ReturnType<typeof eq>, traces: readonly string[], keepsRecord: boolean) {
  // Addresses with a name in them say so by an @, also where we never knew that name.
  const kept = (text: string | null) => (keepsRecord && text !== null && !text.includes('@') && !traces.some((trace) => text.includes(trace)) ? text : null);
  for (const { id, snapshot, failure, remoteId, url } of tx.select().from(publications).where(onIt).all()) {
    tx.update(publications).set({
      remoteId: kept(remoteId), url: kept(url),
      snapshot: snapshot && { ...snapshot, options: {}, target: { remoteId: '', handle: '', name: '', url: null, limits: {} } },
      failure: failure && withoutTraces(failure, traces),
    }).where(eq(publications.id, id)).run();
    tx.update(steps).set({ result: null }).where(eq(steps.publicationId, id)).run();
    for (const attempt of tx.select().from(attempts).where(and(eq(attempts.publicationId, id), isNotNull(attempts.failure))).all()) {
      tx.update(attempts).set({ failure: attempt.failure && withoutTraces(attempt.failure, traces) }).where(eq(attempts.id, attempt.id)).run();
    }
  }
}

import { eq, inArray } from 'drizzle-orm';
import { eraseAudit } from '../instance/audit.ts';
import { eraseBilling } from '../billing/billing.ts';
import type { Tx } from '../db.ts';
import { channels } from '../schema/channels.ts';
import { users } from '../schema/people.ts';
import { requests } from '../schema/privacy.ts';
import { holds, publications } from '../schema/publications.ts';
import { eraseSupportSender } from '../people/support.ts';

/**
 * What the foreign keys do not reach, or what stays without saying whose it was. Runs before the rows of the workspace or
 * person go, once more when it was broken off.
 */
export interface Eraser {
  what: string;
  workspace?: (tx: Tx, workspaceId: string, now: number) => void;
  user?: (tx: Tx, userId: string) => void;
}

/** One line each. */
export const erasers: readonly Eraser[] = [
  { what: 'pauses of channels', workspace: eraseHolds },
  { what: 'who paid; the bills stay without it', workspace: eraseBilling },
  { what: 'who settled a publication by hand', user: eraseSettledBy },
  { what: 'who did what in logs that stay', user: eraseAudit },
  { what: 'who wrote to support, and mails to the address', user: eraseWriter },
  { what: 'the words of requests, while that they were answered stays', user: eraseWords },
];

function eraseHolds(tx: Tx, workspaceId: string) {
  const keys = tx.select({ id: channels.id }).from(channels).where(eq(channels.workspaceId, workspaceId)).all().map(({ id }) => `channel:${id}`);
  if (keys.length > 0) tx.delete(holds).where(inArray(holds.key, keys)).run();
}

function eraseWriter(tx: Tx, userId: string) {
  const person = tx.select({ email: users.email }).from(users).where(eq(users.id, userId)).get();
  if (person) eraseSupportSender(tx, { userId, email: person.email });
}

function eraseSettledBy(tx: Tx, userId: string) {
  tx.update(publications).set({ settledBy: null }).where(eq(publications.settledBy, userId)).run();
}

function eraseWords(tx: Tx, userId: string) {
  tx.update(requests).set({ message: '', answer: '' }).where(eq(requests.userId, userId)).run();
}

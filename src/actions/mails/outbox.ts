import type { Deps } from '../../deps.ts';

/** Sends a mail that waits, failed or is in doubt once more; false when there is nothing of it to send. */
export async function retryMail({ store, now }: Pick<Deps, 'store' | 'now'>, id: string): Promise<boolean> {
  return store.mails.retry(id, now());
}

/** Gives a mail up and forgets what stands in it. */
export async function dropMail({ store, now }: Pick<Deps, 'store' | 'now'>, id: string): Promise<boolean> {
  return store.mails.drop(id, now());
}

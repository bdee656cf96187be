import { openData } from '../app.ts';
import type { Config } from '../config.ts';
import { mailKinds, mailTextOf } from '../domain/texts/mails/index.ts';
import type { Assets } from '../lib/assets.ts';
import type { Store } from '../store/index.ts';

export async function migrateCommand(config: Config, assets: Assets): Promise<void> {
  const { store, applied, copy } = await openData(config, assets, Date.now);
  store.close();
  process.stdout.write(applied.length === 0
    ? 'The database is up to date.\n'
    : `Applied ${applied.join(', ')}.${copy ? ` The file as it was is ${copy}.` : ''}\n`);
}

/** To be run once after an older copy of the data was put back, before the server starts: nothing may go out twice. */
export async function restored(config: Config, assets: Assets): Promise<void> {
  const { store } = await openData(config, assets, Date.now);
  const count = await doubtDue(store);
  store.close();
  process.stdout.write(`${count} posts were due before now. They wait under "Unconfirmed" until somebody has looked.\n`);
}

/** What an older copy of the data has waiting and was due before now may be out already. Gives how many posts that are. */
export async function doubtDue(store: Store): Promise<number> {
  const again = mailKinds.filter((kind) => mailTextOf(kind).inDoubt === 'again');
  await store.mails.doubt(again, 'This was waiting in a backup that was put back. It may have been sent after the backup was made.', Date.now());
  return store.queue.doubtDue({
    kind: 'unsettled', code: 'restored', message: 'This was waiting in a backup that was put back. It may have gone out after the backup was made.',
  }, Date.now());
}

/** Seals every secret anew with the newest key; the older ones may go from SECRET_KEY afterwards. */
export async function rotateKey(config: Config, assets: Assets): Promise<void> {
  const { store } = await openData(config, assets, Date.now);
  let sealed = (await store.connecting.resealNotes()) + (await store.settings.reseal()) + (await store.mails.reseal()) + (await store.security.reseal()) + (await store.support.reseal());
  for (let batch = -1; batch !== 0;) {
    batch = await store.connections.reseal(500);
    sealed += batch;
  }
  store.close();
  process.stdout.write(`${sealed} secrets are sealed with the newest key.\n`);
}

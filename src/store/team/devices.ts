import { eq } from 'drizzle-orm';
import { record, type By } from '../audit.ts';
import { atomic, type Db } from '../db.ts';
import { members } from '../schema/people.ts';
import { devices } from '../schema/team.ts';

/** The browsers that people have logged in with. */
export function devicesStore(db: Db) {
  return {
    /**
     * Notes a log-in. `new` for a browser that this person never used before, which the logs of all their workspaces then
     * say; `first` when they had none at all.
     */
    async seen({ userId, now }: By, device: { id: string; name: string }): Promise<'known' | 'new' | 'first'> {
      return atomic(db, (tx) => {
        const known = tx.select({ id: devices.id }).from(devices).where(eq(devices.id, device.id)).get();
        if (known) {
          tx.update(devices).set({ seenAt: now, name: device.name }).where(eq(devices.id, device.id)).run();
          return 'known';
        }
        const first = tx.select({ id: devices.id }).from(devices).where(eq(devices.userId, userId)).get() === undefined;
        tx.insert(devices).values({ ...device, userId, seenAt: now }).run();
        if (first) return 'first';
        for (const { workspaceId } of tx.select({ workspaceId: members.workspaceId }).from(members).where(eq(members.userId, userId)).all()) {
          record(tx, workspaceId, { userId, now }, 'access.new_device', null, { name: device.name });
        }
        return 'new';
      });
    },
  };
}

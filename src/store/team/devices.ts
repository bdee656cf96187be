import { and, eq } from 'drizzle-orm';
import type { ByPerson } from '../instance/audit.ts';
import { atomic, type Db } from '../db.ts';
import { devices } from '../schema/team.ts';
import { recordEverywhere } from './security.ts';

/** `new`: this person has others; `first`: they had none at all. */
export type DeviceStanding = 'known' | 'new' | 'first';

/** The browsers that people have logged in with. */
export function devicesStore(db: Db) {
  const standing = (on: Pick<Db, 'select'>, userId: string, id: string): DeviceStanding => {
    if (on.select({ id: devices.id }).from(devices).where(and(eq(devices.id, id), eq(devices.userId, userId))).get()) return 'known';
    return on.select({ id: devices.id }).from(devices).where(eq(devices.userId, userId)).get() ? 'new' : 'first';
  };

  return {
    async standing(userId: string, id: string): Promise<DeviceStanding> {
      return standing(db, userId, id);
    },

    /** Notes a log-in; of a new browser the logs of all workspaces of this person say so. */
    async seen({ userId, now }: ByPerson, device: { id: string; name: string }): Promise<DeviceStanding> {
      return atomic(db, (tx) => {
        const was = standing(tx, userId, device.id);
        tx.insert(devices).values({ ...device, userId, seenAt: now })
          .onConflictDoUpdate({ target: devices.id, set: { seenAt: now, name: device.name } }).run();
        if (was !== 'new') return was;
        recordEverywhere(tx, { userId, now }, 'access.new_device', { name: device.name });
        return was;
      });
    },
  };
}

import { day, keepDays } from '../../domain/promise/retention.ts';
import type { Deps } from '../../deps.ts';
import { sweepPortability } from '../portability/files.ts';

/** Removes what has had its time and has files, or lives for hours: copies of data, archives, unconfirmed addresses. */
export async function sweepPrivacy(deps: Pick<Deps, 'store' | 'config' | 'now'>): Promise<void> {
  await sweepPortability(deps, keepDays('exports', 'made') * day);
  await deps.store.people.sweepEmailChanges(deps.now());
}

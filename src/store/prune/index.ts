import type { Db } from '../db.ts';
import { billingRules } from './billing.ts';
import { binRules } from './bin.ts';
import { connectionRules } from './connections.ts';
import { contentRules } from './content.ts';
import { intakeRules } from './intake.ts';
import { mailRules } from './mails.ts';
import { passingRules } from './passing.ts';
import { requestRules } from './requests.ts';
import type { PruneRule } from './rule.ts';
import { supportRules } from './support.ts';
import { teamRules } from './team.ts';

/** Every rule of the nightly prune, in the order in which they are applied. */
export function pruneRules(db: Db): readonly PruneRule[] {
  return [...connectionRules(db), ...contentRules(db), ...passingRules(db), ...billingRules(db), ...binRules(db), ...intakeRules(db), ...mailRules(db), ...requestRules(db), ...supportRules(db), ...teamRules(db)];
}

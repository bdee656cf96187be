import { dateText, effectiveOf, noTexts, policyPages, type PolicyTexts } from '../../domain/instance/policy.ts';
import type { Problem } from '../../domain/limits.ts';
import { refused, type Result } from '../../domain/result.ts';
import { policyRefusals as t } from '../../domain/texts/refusals/policy.ts';
import type { Deps } from '../../deps.ts';
import { newId } from '../../lib/ids.ts';

type PolicyDeps = Pick<Deps, 'store' | 'now'>;

/** The pages as they read with these additions. Drawing is the web's; what is kept of it is decided here. */
export type Draw = (additions: PolicyTexts) => PolicyTexts;

const longest = 20_000;

/**
 * Keeps the pages as they read now, if they read otherwise than the version in force: a new version of the program, another
 * setting. Called at the start and after whoever runs the instance has changed something.
 */
export async function keepPolicy({ store, now }: PolicyDeps, draw: Draw): Promise<void> {
  const at = now();
  const current = await store.policy.current(at);
  const additions = current?.additions ?? noTexts;
  const pages = draw(additions);
  if (current && policyPages.every((page) => pages[page] === current.pages[page])) return;
  await store.policy.record({
    id: newId(at), material: false, additions, pages, recordedAt: at, effectiveAt: at,
    summary: current ? t.changedBySettings : t.firstVersion,
  });
}

/** What the operator wants to change. */
export interface PolicyChange {
  additions: PolicyTexts;
  material: boolean;
  summary: string;
  /** `YYYY-MM-DD`, for a material change. */
  effective: string;
}

/** A minor change holds at once; a material one is announced to everybody and holds on its day. */
export async function changePolicy({ store, now }: PolicyDeps, draw: Draw, { additions, material, summary, effective }: PolicyChange): Promise<Result> {
  const at = now();
  const when = material ? effectiveOf(effective, at) : { at };
  const problems: Problem[] = [
    ...policyPages.filter((page) => additions[page].length > longest).map((page) => ({ field: page, message: t.additionTooLong(longest) })),
    ...(material && summary.trim() === '' ? [{ field: 'summary', message: t.summaryMissing }] : []),
    ...(summary.length > 3_000 ? [{ field: 'summary', message: t.summaryTooLong }] : []),
    ...('at' in when ? [] : [when]),
  ];
  if (problems.length > 0 || !('at' in when)) return { ok: false, problems };
  const announced = await store.policy.upcoming(at);
  if (announced) return refused('', t.announcedAlready);
  const version = { id: newId(at), material, summary: summary.trim() || t.smallCorrections, additions, pages: draw(additions), recordedAt: at, effectiveAt: when.at };
  if (!material) {
    await store.policy.record(version);
    return { ok: true };
  }
  const done = await store.policy.announce(version, {
    id: newId(at), kind: 'policy', versionId: version.id, workspaceId: null, createdAt: at,
    data: { summary: version.summary, effective: dateText(when.at), versionId: version.id },
  });
  return done ? { ok: true } : refused('', t.announcedJustNow);
}

/** Takes an announced change back; mails that have not gone out do not go out any more. */
export async function withdrawPolicy({ store, now }: PolicyDeps, id: string): Promise<boolean> {
  const withdrawn = await store.policy.withdraw(id, now());
  if (withdrawn) await store.mails.dropEvent(`notice:${withdrawn.noticeId}`, t.takenBack, now());
  return withdrawn !== undefined;
}

import type { Problem } from '../../domain/limits.ts';
import type { Result } from '../../domain/result.ts';
import { noticeMails, type NoticeMails } from '../../domain/texts/mails/notices.ts';
import { policyRefusals as t } from '../../domain/texts/refusals/policy.ts';
import type { Deps } from '../../deps.ts';
import { newId } from '../../lib/ids.ts';
import { queueMail } from '../mails/queue-mail.ts';

/** How many people are put into the queue in one go. */
const batch = 200;

/** The fields of a breach notice, in the order of the mail. */
export const breachFields = [
  { name: 'happened', label: t.happened, help: t.happenedHelp },
  { name: 'data', label: t.data, help: t.dataHelp },
  { name: 'done', label: t.done, help: t.doneHelp },
  { name: 'todo', label: t.todo, help: t.todoHelp },
  { name: 'contact', label: t.contact, help: t.contactHelp },
] as const;

export type Breach = NoticeMails['breach'];

export function breachProblems(typed: Breach): Problem[] {
  return breachFields.flatMap(({ name, label }): Problem[] => {
    if (typed[name].trim() === '') return [{ field: name, message: t.fieldMissing(label) }];
    return typed[name].length > 5_000 ? [{ field: name, message: t.fieldTooLong }] : [];
  });
}

/**
 * Tells everybody, or everybody of one workspace, of a breach. `id` was made with the form, so that pressing twice tells once.
 */
export async function tellBreach({ store, now }: Pick<Deps, 'store' | 'now'>, { id, workspaceId, breach }: { id: string; workspaceId: string | null; breach: Breach }): Promise<Result> {
  const problems = breachProblems(breach);
  if (workspaceId !== null && !(await store.people.workspace(workspaceId))) problems.push({ field: 'whom', message: t.workspaceGone });
  if (problems.length > 0) return { ok: false, problems };
  await store.policy.addNotice({ id, kind: 'breach', versionId: null, workspaceId, data: { ...breach }, createdAt: now() });
  return { ok: true };
}

/**
 * Puts everybody whom an open notice concerns into the queue, some at a time; who signs up before a change takes effect is told
 * as well. A death between mail and record repeats the mail's event, of which there is one.
 */
export async function sendNotices(deps: Pick<Deps, 'store' | 'now' | 'settings' | 'config'>): Promise<void> {
  const { store, now } = deps;
  for (const notice of await store.policy.openNotices()) {
    const version = notice.versionId === null ? undefined : await store.policy.version(notice.versionId);
    if (version && version.effectiveAt <= now()) {
      await store.policy.close(notice.id, now());
      continue;
    }
    const people = await store.policy.untold(notice, batch);
    for (const { userId, email } of people) {
      const mail = { event: `notice:${notice.id}`, to: { userId, email } };
      if (notice.kind === 'policy') await queueMail(deps, { ...mail, kind: 'policy_change', data: notice.data as unknown as NoticeMails['policy_change'] });
      else await queueMail(deps, { ...mail, kind: 'breach', data: notice.data as unknown as Breach });
      await store.policy.addRecipient({ id: newId(now()), noticeId: notice.id, userId, queuedAt: now() });
    }
    if (notice.kind === 'breach' && people.length < batch) await store.policy.close(notice.id, now());
  }
}

/** The words of a breach notice, to look at before it goes. */
export function breachPreview(breach: Breach, instance: string) {
  return { subject: noticeMails.breach.subject(breach, { instance }), body: noticeMails.breach.body(breach, { instance }) };
}
